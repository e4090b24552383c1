"""What applications bring to the pages of several phases."""

from commonplace.communities.contributions import News, Panels
from commonplace.internalizing.contributions.alive import ALIVE
from commonplace.internalizing.contributions.news import last_reported, reported
from commonplace.internalizing.contributions.occasions import OCCASIONS
from commonplace.internalizing.contributions.panel import on_practice, on_review
from commonplace.objectifying.models import Practice, Review

CONTRIBUTIONS = (
    News("applications", reported, last_reported),
    Panels("applications_of_a_practice", Practice, on_practice),
    Panels("what_failed_before_a_review", Review, on_review),
    ALIVE,
    *OCCASIONS,
)
