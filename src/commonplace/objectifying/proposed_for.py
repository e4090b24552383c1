"""Beside a round on a version, or before it: whom the version is for, and what it answers."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.urls import reverse

from commonplace.communities.contributions import Panel
from commonplace.consenting.models import Proposal
from commonplace.ledger.act import may, why_not
from commonplace.ledger.once import once
from commonplace.objectifying.acts.audience import set_audience
from commonplace.objectifying.answering import AnswersPanel, answers_shown
from commonplace.objectifying.models import Practice, Version
from commonplace.objectifying.reach import Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedPanel(Panel):
    """`reach`: None once the round is over; `answers`: None where it answers nothing; `edit_at`: where whom it is for
    can still be changed, "" nowhere."""

    template: ClassVar[str] = "objectifying/proposed.jinja"
    practice: Practice
    reach: Reach | None
    answers: AnswersPanel | None
    edit_at: str = ""

    def may_edit(self, person: Any) -> bool:
        return bool(self.edit_at) and may(set_audience, person, self.practice)


def proposed_shown(proposal: Proposal) -> ProposedPanel | None:
    practice: Practice = proposal.subject
    answers, version = answers_shown(proposal), _version(practice, proposal.number) if proposal.is_open else None
    if version is None:
        return ProposedPanel(practice=practice, reach=None, answers=answers) if answers else None
    at = _edit_at(practice) if proposal._state.adding else ""
    return ProposedPanel(practice=practice, reach=Reach(version, practice.community), answers=answers, edit_at=at)


def _version(practice: Practice, number: int) -> Version | None:
    return once(("version", practice.pk, number), lambda: practice.versions.filter(number=number).first())


def _edit_at(practice: Practice) -> str:
    """Whoever asks, its guard minds the version alone."""
    if why_not(set_audience, None, practice):
        return ""
    return reverse("edit_audience", args=[practice.community.slug, practice.pk]) + "?then=round"
