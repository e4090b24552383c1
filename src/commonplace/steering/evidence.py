"""What the ledger keeps of objectives. The words stay on the cards."""

from typing import Annotated

from commonplace.ledger.evidence import Among, Evidence, Id, evidence
from commonplace.measuring.metrics import DECLARED
from commonplace.objectifying.consent import Stand
from commonplace.objectifying.status import Outcome
from commonplace.steering.models import Side

MetricId = Annotated[str, Among(lambda: DECLARED)]


@evidence
class CardWritten(Evidence):
    number: int
    metric_ids: list[MetricId]


@evidence
class Signed(Evidence):
    """`proposal`: the round by which the community consented; "" for a sponsor, who signs in person."""

    number: int
    side: Side
    proposal: Id = ""


@evidence
class Judged(Evidence):
    number: int
    side: Side
    level_judged: int


@evidence
class CardRoundOpened(Evidence):
    number: int
    eligible: int
    quorum: int
    units_needed: int


@evidence
class CardStanceTaken(Evidence):
    stance: Stand


@evidence
class CardRoundDecided(Evidence):
    outcome: Outcome
    consents: int
    spoken: int
