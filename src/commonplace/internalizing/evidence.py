"""What the ledger keeps of an application: who stood how to the practice, never what they wrote."""

from dataclasses import dataclass

from commonplace.ledger.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Reported(Evidence):
    """`originator`: took part in an exchange it comes from. `setting`: tells places apart, within one practice only.

    `status` and `number` are those of the practice and its version at that time.
    """

    outcome: str
    by_author: bool
    originator: bool
    with_author: bool
    setting: str
    status: str
    number: int
    unit: str = ""
    newcomer: bool | None = None
