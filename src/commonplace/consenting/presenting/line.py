"""What stands before something that somebody would put to consent: the round that is open, and what waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from commonplace.consenting.line import line_on, open_on
from commonplace.consenting.models import InLine, Proposal
from commonplace.consenting.models.reading import with_people


@dataclass(frozen=True, slots=True)
class Line:
    """`proposal`: the open round; `waiting`: in their order; `mine`: the reader's own among them."""

    proposal: Proposal | None
    waiting: Sequence[InLine]
    mine: InLine | None

    @property
    def is_there(self) -> bool:
        return self.proposal is not None or bool(self.waiting)

    @property
    def before_mine(self) -> int:
        return self.waiting.index(self.mine) if self.mine else len(self.waiting)


def line_of(person: Any, meant: Proposal) -> Line:
    """Whoever may put something on it may read what else is."""
    waiting = list(with_people(line_on(meant.subject_id, meant), "proposed_by"))
    mine = next((one for one in waiting if one.proposed_by_id == person.pk), None)
    return Line(open_on(meant.subject_id, meant).select_related("community").first(), waiting, mine)
