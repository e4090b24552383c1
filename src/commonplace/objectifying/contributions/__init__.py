"""What practices bring to the pages of several phases."""

from commonplace.communities.calendar import Dates
from commonplace.communities.contributions import Needs, News, Panels, Shelf
from commonplace.communities.models import Community
from commonplace.externalizing.models import Exchange, Topic
from commonplace.objectifying.contributions import dates
from commonplace.objectifying.contributions.alive import ALIVE
from commonplace.objectifying.contributions.batches import to_back
from commonplace.objectifying.contributions.entrusted import PRACTICES_LOOKED_AFTER
from commonplace.objectifying.contributions.first_steps import WHAT_IS_IN_FORCE
from commonplace.objectifying.contributions.needs import to_look_after, to_review, waiting
from commonplace.objectifying.contributions.news import last_moved, moved
from commonplace.objectifying.contributions.occasions import OCCASIONS
from commonplace.objectifying.contributions.panel import on_community, on_exchange
from commonplace.objectifying.contributions.people import LOOKS_AFTER, WROTE
from commonplace.objectifying.contributions.search import PRACTICES
from commonplace.objectifying.contributions.topics import counted, on_topic
from commonplace.objectifying.models import Practice

CONTRIBUTIONS = (
    Needs("practices", waiting),
    Needs("to_review", to_review),
    Needs("to_look_after", to_look_after),
    Needs("to_back", to_back),
    News("practices", moved, last_moved),
    Panels("challenges_of_a_community", Community, on_community),
    Panels("practices_of_an_exchange", Exchange, on_exchange),
    Panels("practices_of_a_topic", Topic, on_topic),
    Shelf("practices", Practice, "practices", counted),
    Dates("reviews", dates.to_review),
    Dates("challenges", dates.to_settle),
    PRACTICES_LOOKED_AFTER,
    PRACTICES,
    WHAT_IS_IN_FORCE,
    *ALIVE,
    LOOKS_AFTER,
    WROTE,
    *OCCASIONS,
)
