"""What the ledger keeps of an exchange (theory §2.8). What an archive may not know is None: unknown, never no."""

from enum import StrEnum

from commonplace.externalizing.models import Benefit, Kind, LinkKind, Purpose, ResponseKind, Status, WhyUnresolved
from commonplace.ledger.evidence import Evidence, Id, evidence


class Words(StrEnum):
    """What was edited."""

    EXCHANGE = "exchange"
    RESPONSE = "response"


class ClosedWith(StrEnum):
    """What there was when it was closed."""

    CONFIRMED = "confirmed"
    NOTHING = "nothing"


@evidence
class Opened(Evidence):
    """`mentions`: others who are named in it."""

    kind: Kind
    purpose: Purpose
    topic_ids: list[Id]
    mentions: list[Id] | None = None


@evidence
class Responded(Evidence):
    """`first`: the first answer by another than the opener."""

    kind: ResponseKind
    by_opener: bool
    first: bool | None = None
    mentions: list[Id] | None = None


@evidence
class Confirmed(Evidence):
    """`response` "": the offer or the story itself. `purpose` as the exchange stands; `days_after` its opening."""

    benefit: Benefit
    response: Id
    own_response: bool
    purpose: Purpose | None = None
    days_after: int | None = None


@evidence
class Closed(Evidence):
    """`why` None: what was asked for was there."""

    purpose: Purpose
    declared_purpose: Purpose
    outcome: Status
    why: WhyUnresolved | None
    closed_with: ClosedWith


@evidence
class Edited(Evidence):
    """`mentions`: who was not named in it before."""

    text: Words
    mentions: list[Id] | None = None


@evidence
class Linked(Evidence):
    kind: LinkKind
    other: Id


@evidence
class TopicNamed(Evidence):
    """Its name is typed text: the row has it."""


@evidence
class TopicMerged(Evidence):
    into: Id
