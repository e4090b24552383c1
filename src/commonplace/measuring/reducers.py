"""Which figures were read without protection, and by whom, folded from the ledger."""

from datetime import date

from commonplace.ledger.replay import Recorded, Row, of_each
from commonplace.measuring.evidence import Opened
from commonplace.measuring.models import Opening

openings = of_each("opening", Opening, "community", "community", "person", "days", "until")


@openings.on("figures.opened")
def _opened(before: Row, act: Recorded, evidence: Opened) -> Row:
    return act.community, act.actor, evidence.days, date.fromisoformat(evidence.until_on)
