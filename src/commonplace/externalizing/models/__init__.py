from commonplace.externalizing.models.confirmation import Benefit, Closing, Confirmation, WhyUnresolved
from commonplace.externalizing.models.exchange import Exchange, ExchangeQuerySet, Kind, Purpose, Status, Topic
from commonplace.externalizing.models.link import ExchangeLink, LinkKind
from commonplace.externalizing.models.response import Response, ResponseKind
from commonplace.externalizing.models.revision import Revision

__all__ = [
    "Benefit", "Closing", "Confirmation", "Exchange", "ExchangeLink", "ExchangeQuerySet", "Kind", "LinkKind", "Purpose",
    "Response", "ResponseKind", "Revision", "Status", "Topic", "WhyUnresolved",
]  # fmt: skip
