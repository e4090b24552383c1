"""What the ledger keeps of figures that were read without protection."""

from commonplace.ledger.evidence import Day, Evidence, evidence


@evidence
class Opened(Evidence):
    """`days`: how long the window was (0: all there is); `until_on`: the day of its end."""

    days: int
    until_on: Day
