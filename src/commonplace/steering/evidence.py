"""What the ledger keeps of objectives. The words stay on the cards."""

from typing import Annotated

from commonplace.ledger.evidence import Among, Day, Evidence, Id, Within, evidence
from commonplace.measuring.metrics import DECLARED
from commonplace.steering.models import Side

MetricId = Annotated[str, Among(lambda: DECLARED)]
Level = Annotated[int, Within(-2, 2)]


@evidence
class CardWritten(Evidence):
    """`metric_ids`: the figures that the card names as evidence; `horizon_on`: by when it is to be attained."""

    number: int
    metric_ids: list[MetricId]
    horizon_on: Day


@evidence
class Signed(Evidence):
    """`proposal`: the round by which the community consented; "" for a sponsor, who signs in person."""

    number: int
    side: Side
    proposal: Id = ""


@evidence
class Judged(Evidence):
    """`figures`: of those that the card names, the ones that were published by then; `due_on`: the next review."""

    number: int
    side: Side
    level: Level
    figures: list[MetricId]
    due_on: Day
