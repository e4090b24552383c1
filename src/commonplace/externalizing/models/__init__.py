from commonplace.externalizing.models.closing import Closing
from commonplace.externalizing.models.confirmation import Confirmation
from commonplace.externalizing.models.course import ExchangeCourse
from commonplace.externalizing.models.exchange import Exchange, ExchangeQuerySet
from commonplace.externalizing.models.kinds import (
    ASKED,
    GIVEN,
    IN_ITS_ARCHIVE,
    UNFINISHED,
    Benefit,
    Kind,
    LinkKind,
    Purpose,
    ResponseKind,
    Status,
    WhyUnresolved,
)
from commonplace.externalizing.models.link import ExchangeLink
from commonplace.externalizing.models.response import Response, ResponseQuerySet
from commonplace.externalizing.models.revision import Revision
from commonplace.externalizing.models.thanks import Thanks
from commonplace.externalizing.models.topic import Topic, TopicAlias

__all__ = [
    "ASKED", "GIVEN", "IN_ITS_ARCHIVE", "UNFINISHED", "Benefit", "Closing", "Confirmation", "Exchange",
    "ExchangeCourse", "ExchangeLink", "ExchangeQuerySet", "Kind", "LinkKind", "Purpose", "Response", "ResponseKind",
    "ResponseQuerySet", "Revision", "Status", "Thanks", "Topic", "TopicAlias", "WhyUnresolved",
]  # fmt: skip
