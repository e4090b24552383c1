"""What happens in a round, and whom it concerns: its opening and its end, what is said in it, what waited its turn."""

from commonplace.consenting.contributions.occasions.closing import CLOSING
from commonplace.consenting.contributions.occasions.objections import OF_OBJECTIONS
from commonplace.consenting.contributions.occasions.rounds import OF_ROUNDS
from commonplace.consenting.contributions.occasions.speaking import OF_SPEAKING
from commonplace.consenting.contributions.occasions.threads import LINE, LIST, ROUND

OCCASIONS = (ROUND, LIST, LINE, *OF_ROUNDS, *OF_OBJECTIONS, *OF_SPEAKING, *CLOSING)
