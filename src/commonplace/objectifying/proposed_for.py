"""Beside a round on a version, or before it: whom the version is for, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from commonplace.communities.contributions import Panel, Step
from commonplace.consenting.models import Proposal
from commonplace.ledger.once import once
from commonplace.objectifying.answering import AnswersPanel, answers_shown
from commonplace.objectifying.for_whom import change_at
from commonplace.objectifying.models import Practice, Version
from commonplace.objectifying.reach import Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedPanel(Panel):
    """`reach`: None of a round that is open, whose text says it; `answers`: None where it answers nothing."""

    template: ClassVar[str] = "objectifying/proposed.jinja"
    reach: Reach | None
    answers: AnswersPanel | None


def proposed_shown(proposal: Proposal) -> ProposedPanel | None:
    """How many that is now is told before a round opens, to members, who alone open one."""
    practice: Practice = proposal.subject
    answers, version = answers_shown(proposal), _version(practice, proposal) if proposal._state.adding else None
    if version is None:
        return ProposedPanel(reach=None, answers=answers) if answers else None
    return ProposedPanel(reach=Reach(version, practice.community), answers=answers)


def change_first(person: Any, proposal: Proposal) -> Sequence[Step]:
    """For whom it is, until it is put."""
    practice: Practice = proposal.subject
    at = change_at(person, practice)
    return [Step(_("Change for whom it is"), f"{at}?then=round")] if at else ()


def _version(practice: Practice, proposal: Proposal) -> Version | None:
    number = proposal.number
    return once(("version", practice.pk, number), lambda: practice.versions.filter(number=number).first())
