"""What the ledger keeps of an application: how its author stood to the practice, never what they wrote."""

from commonplace.internalizing.models import Help, Outcome
from commonplace.ledger.evidence import Digest, Evidence, evidence
from commonplace.objectifying.status import Status


@evidence
class Reported(Evidence):
    """`originator`: took part in an exchange it comes from. `setting` (setting.py) tells places apart, within one
    practice only. `help` is who helped to use it, as asked.

    `status` and `number` are those of the practice and its version at that time.
    """

    outcome: Outcome
    by_author: bool
    originator: bool
    help: Help
    setting: Digest
    status: Status
    number: int
