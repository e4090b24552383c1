"""What the ledger keeps of an exchange (theory §2.8)."""

from enum import StrEnum

from commonplace.externalizing.models import Benefit, Kind, LinkKind, Purpose, ResponseKind, Status, WhyUnresolved
from commonplace.ledger.evidence import Evidence, Id, evidence


class Words(StrEnum):
    """What was edited."""

    EXCHANGE = "exchange"
    RESPONSE = "response"


@evidence
class Opened(Evidence):
    kind: Kind
    purpose: Purpose
    topic_ids: list[Id]


@evidence
class Responded(Evidence):
    kind: ResponseKind
    by_opener: bool


@evidence
class Confirmed(Evidence):
    benefit: Benefit
    response: Id
    own_response: bool


@evidence
class Closed(Evidence):
    """`why` None: what was asked for was found."""

    purpose: Purpose
    declared_purpose: Purpose
    outcome: Status
    why: WhyUnresolved | None


@evidence
class Edited(Evidence):
    text: Words


@evidence
class Linked(Evidence):
    kind: LinkKind
    other: Id
