"""Who applied which version of a practice, how it went and who helped, folded from the ledger."""

from commonplace.internalizing.evidence import Reported
from commonplace.internalizing.models import Application
from commonplace.ledger.replay import Recorded, Row, of_each

APPLIED = ("version__practice", "version__number")
applications = of_each("application", Application, "practice", "practice", *APPLIED, "person", "outcome", "help")


@applications.on("application.reported")
def _reported(before: Row, act: Recorded, evidence: Reported) -> Row:
    return act.subject, act.subject, evidence.number, act.actor, evidence.outcome.value, evidence.help.value
