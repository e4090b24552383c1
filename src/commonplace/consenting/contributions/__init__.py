"""What rounds bring to the pages of several phases."""

from commonplace.communities.calendar import Dates
from commonplace.communities.contributions import Contribution, Needs, News
from commonplace.consenting.contributions.alive import ALIVE
from commonplace.consenting.contributions.dates import closing
from commonplace.consenting.contributions.entrusted import ROUNDS_OPENED
from commonplace.consenting.contributions.makers import answered, asked, objected
from commonplace.consenting.contributions.needs import returnable, waiting
from commonplace.consenting.contributions.news import decided, last_decided
from commonplace.consenting.contributions.occasions import OCCASIONS

CONTRIBUTIONS: tuple[Contribution, ...] = (
    Needs("rounds", waiting),
    Needs("rounds_to_return", returnable),
    News("rounds", decided, last_decided),
    ALIVE,
    Needs("objections_to_meet", objected),
    Needs("questions", asked),
    Needs("answers", answered),
    Dates("rounds", closing),
    ROUNDS_OPENED,
    *OCCASIONS,
)
