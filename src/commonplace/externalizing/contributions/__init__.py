"""What exchanges bring to the pages of several phases."""

from commonplace.communities.contributions import Needs, News, Panels, Shelf
from commonplace.communities.models import Membership
from commonplace.externalizing.contributions.alive import ALIVE
from commonplace.externalizing.contributions.first_steps import FIRST_QUESTION
from commonplace.externalizing.contributions.needs import unanswered
from commonplace.externalizing.contributions.news import last_opened, opened
from commonplace.externalizing.contributions.occasions import OCCASIONS
from commonplace.externalizing.contributions.people import HELPED, TOLD, TOPICS, ask_them
from commonplace.externalizing.contributions.search import EXCHANGES, RESPONSES
from commonplace.externalizing.contributions.shelf import counted
from commonplace.externalizing.models import Exchange

CONTRIBUTIONS = (
    Needs("exchanges", unanswered),
    News("exchanges", opened, last_opened),
    Shelf("exchanges", Exchange, "exchanges", counted),
    EXCHANGES,
    RESPONSES,
    FIRST_QUESTION,
    *ALIVE,
    Panels("ask_them", Membership, ask_them),
    HELPED,
    TOLD,
    TOPICS,
    *OCCASIONS,
)
