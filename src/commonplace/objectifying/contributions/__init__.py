"""What practices bring to the pages of several phases."""

from commonplace.communities.contributions import Needs, News, Panels
from commonplace.externalizing.models import Exchange
from commonplace.objectifying.contributions.needs import undecided, unsettled, waiting
from commonplace.objectifying.contributions.news import moved
from commonplace.objectifying.contributions.panel import on_exchange
from commonplace.objectifying.contributions.search import PRACTICES

CONTRIBUTIONS = (
    Needs("practices", waiting),
    Needs("undecided", undecided),
    Needs("unsettled", unsettled),
    News("practices", moved),
    Panels("practices_of_an_exchange", Exchange, on_exchange),
    PRACTICES,
)
