"""What other rules were drafted for a community."""

from commonplace.communities.models.charter import RULE
from commonplace.consenting.evidence import Drafted
from commonplace.consenting.models import Draft
from commonplace.ledger.replay import Recorded, Row, of_each

drafts = of_each("draft", Draft, "community", "community", "drafted_by", "number", "visibility", *RULE)


@drafts.on("charter.drafted")
def _drafted(before: Row, act: Recorded, evidence: Drafted) -> Row:
    rule = (getattr(evidence, name) for name in RULE)
    return (act.community, act.actor, evidence.number, evidence.visibility.value, *rule)
