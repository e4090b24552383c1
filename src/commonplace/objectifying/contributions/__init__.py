"""What practices bring to the pages of several phases."""

from commonplace.communities.contributions import Needs, News, Panels
from commonplace.communities.models import Community
from commonplace.externalizing.models import Exchange
from commonplace.objectifying.contributions.first_steps import WHAT_IS_IN_FORCE
from commonplace.objectifying.contributions.needs import to_look_after, to_review, unsettled, waiting
from commonplace.objectifying.contributions.news import moved
from commonplace.objectifying.contributions.panel import on_community, on_exchange
from commonplace.objectifying.contributions.search import PRACTICES

CONTRIBUTIONS = (
    Needs("practices", waiting),
    Needs("unsettled", unsettled),
    Needs("to_review", to_review),
    Needs("to_look_after", to_look_after),
    News("practices", moved),
    Panels("challenges_of_a_community", Community, on_community),
    Panels("practices_of_an_exchange", Exchange, on_exchange),
    PRACTICES,
    WHAT_IS_IN_FORCE,
)
