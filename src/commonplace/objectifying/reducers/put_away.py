"""What was set aside, replaced or retired: by which other practice, by which round."""

from commonplace.ledger.replay import Recorded, Row, of_each
from commonplace.objectifying.evidence import PutAwayBy
from commonplace.objectifying.models import PutAway
from commonplace.objectifying.status import Status

put_away = of_each("put away", PutAway, "practice", "practice", "how", "replacement", "proposal", "by")
HOW = {
    "practice.set_aside": Status.SET_ASIDE,
    "practice.replaced": Status.REPLACED,
    "practice.retired": Status.RETIRED,
}


@put_away.on(*HOW)
def _gone(before: Row, act: Recorded, evidence: PutAwayBy) -> Row:
    by = None if evidence.proposal else act.actor
    return act.subject, HOW[act.verb].value, evidence.replacement or None, evidence.proposal or None, by
