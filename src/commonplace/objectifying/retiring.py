"""T17: the end of what was agreed on, put to consent; with the practice that people use instead, if there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonplace.communities.contributions import Panel
from commonplace.communities.models import Person
from commonplace.consenting.guards import must_have_words
from commonplace.consenting.kinds import Kind
from commonplace.consenting.matter import Matter
from commonplace.consenting.models import Proposal
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.recording import Also
from commonplace.objectifying.acts.putting_away import must_stand_in
from commonplace.objectifying.matters import RELATED, SECTION, at_practice, text_of
from commonplace.objectifying.models import PARTS, Practice
from commonplace.objectifying.possible import must_be_possible
from commonplace.objectifying.reviewing import ended
from commonplace.objectifying.settling import end_agreement, retire, settle
from commonplace.objectifying.status import OVER, Reviewed, Settled, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class StandInPanel(Panel):
    """What people use instead."""

    template: ClassVar[str] = "objectifying/stand_in.jinja"
    replacement: Practice


def _can_be_retired(actor: Person, practice: Practice, proposal: Proposal) -> None:
    must_be_possible("proposal.opened", practice, Kind.RETIREMENT)
    must_have_words(proposal.aim, _("Say why it should no longer hold."), "aim")
    if proposal.number != practice.course.last_agreed:
        raise NotPossible(_("What was agreed on last is what can be retired."))
    if proposal.about:
        must_stand_in(practice, _replacement(practice, proposal))


def _replacement(practice: Practice, proposal: Proposal) -> Practice:
    here = Practice.objects.filter(community=practice.community_id, pk=proposal.about).everywhere("it stands in")
    other = here.first()
    if other is None:
        raise NotPossible(_("Choose another practice of this community."), "replacement")
    return other


def _retire(actor: Any, proposal: Proposal) -> Sequence[Also]:
    """It no longer holds; what was challenged of it is answered by that."""
    practice: Practice = proposal.subject
    answered = [settle(one, Settled.ANSWERED, proposal) for one in practice.challenges.open()]
    reviewed = ended(practice, Reviewed.RETIRED)
    end_agreement(practice)
    return [*answered, *reviewed, retire(practice, proposal, replacement=proposal.about)]


def _is_over(proposal: Proposal) -> bool:
    """It is gone by now; or what should stand in for it is."""
    practice: Practice = proposal.subject
    if practice.status in OVER or practice.course.last_agreed != proposal.number:
        return True
    return bool(proposal.about) and _replacement(practice, proposal).status in (*OVER, Status.SET_ASIDE)


def _last_agreed(practice: Practice, about: str) -> int:
    return int(practice.course.last_agreed)


def _stand_in(proposal: Proposal) -> StandInPanel | None:
    here = Practice.objects.filter(community=proposal.community_id, pk=proposal.about)
    row = here.everywhere("who reads a round reads what stands in").select_related("community").first()
    return StandInPanel(replacement=row) if row else None


RETIREMENT = Matter(
    kind=Kind.RETIREMENT, on=Practice, words=gettext_lazy("the end of a practice"),
    accept=gettext_lazy("Retire it"), parts=PARTS, must_be_ready=_can_be_retired, text=text_of, accepted=_retire,
    overtaken=_is_over, address=at_practice, number=_last_agreed, panel=_stand_in, related=RELATED, section=SECTION,
    has_about=True,
)  # fmt: skip
