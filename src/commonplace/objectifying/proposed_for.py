"""Beside a round on a version, or before it: whom the version is for, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from commonplace.communities.contributions import Panel, Step
from commonplace.communities.models import Visibility
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock
from commonplace.ledger.once import once
from commonplace.objectifying.answering import AnswersPanel, answers_shown
from commonplace.objectifying.for_whom import change_at
from commonplace.objectifying.models import Practice, Version
from commonplace.objectifying.reach import PUT, Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedPanel(Panel):
    """`reach`: None once it has closed; `is_in_text`: of a round its text says it, and here is how many that is now.
    `answers`: None where it answers nothing."""

    template: ClassVar[str] = "objectifying/proposed.jinja"
    reach: Reach | None
    answers: AnswersPanel | None
    is_in_text: bool


def proposed_shown(proposal: Proposal) -> ProposedPanel | None:
    """How many that is now is told as on the practice's page, until the round has closed."""
    practice: Practice = proposal.subject
    answers, reach = answers_shown(proposal), _reach(practice, proposal)
    if reach is None and answers is None:
        return None
    return ProposedPanel(reach=reach, answers=answers, is_in_text=not proposal._state.adding)


def _reach(practice: Practice, proposal: Proposal) -> Reach | None:
    here = practice.community
    if proposal._state.adding:
        version = _version(practice, proposal)
        return Reach(version, here) if version else None
    if not proposal.is_open or clock.now() >= proposal.closes_at:
        return None
    is_read_by = {"practice": practice.pk, "number": proposal.number, "community": here.pk}
    put = PUT[here.visibility == Visibility.OPEN].first(**is_read_by)
    return Reach(put, here, put.everybody) if put else None


def change_first(person: Any, proposal: Proposal) -> Sequence[Step]:
    """For whom it is, until it is put."""
    practice: Practice = proposal.subject
    at = change_at(person, practice)
    return [Step(_("Change for whom it is"), f"{at}?then=round")] if at else ()


def _version(practice: Practice, proposal: Proposal) -> Version | None:
    number = proposal.number
    return once(("version", practice.pk, number), lambda: practice.versions.filter(number=number).first())
