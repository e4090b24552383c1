"""What letters bring to one's own page: which one gets, and that they have stopped or not begun."""

from dataclasses import dataclass
from typing import Any, ClassVar

from commonplace.communities.contributions import Panel, Panels
from commonplace.communities.models import Person
from commonplace.corresponding.letters import confirming, refusals
from commonplace.corresponding.models import StoppedAddress


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersPanel(Panel):
    template: ClassVar[str] = "corresponding/letters/panel.jinja"
    stopped: StoppedAddress | None
    unconfirmed: bool


def _of_letters(person: Any, row: Any) -> LettersPanel:
    return LettersPanel(stopped=refusals.stopped(row), unconfirmed=confirming.must_confirm(row))


LETTERS = Panels("letters", Person, _of_letters)
