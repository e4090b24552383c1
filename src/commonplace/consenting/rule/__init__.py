"""The decision rule (theory §2.7), pure: no rows, no clock. Acts, pages, the worker and the tests share it."""

from commonplace.consenting.rule.amending import binding_changed
from commonplace.consenting.rule.ending import Ending, ending
from commonplace.consenting.rule.fixing import quorum_for, units_needed
from commonplace.consenting.rule.round import Against, Round, Voice
from commonplace.consenting.rule.tally import Lack, Tally, tally

__all__ = [
    "Against",
    "Ending",
    "Lack",
    "Round",
    "Tally",
    "Voice",
    "binding_changed",
    "ending",
    "quorum_for",
    "tally",
    "units_needed",
]
