"""T17: the end of what was agreed on, put to consent; with the practice that people use instead, if there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonplace.communities.contributions import Panel
from commonplace.communities.models import Person
from commonplace.consenting.counting import tally_of
from commonplace.consenting.guards import must_have_words
from commonplace.consenting.kinds import Kind
from commonplace.consenting.matter import Matter
from commonplace.consenting.models import Proposal
from commonplace.consenting.phrases import Phrases
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.once import once
from commonplace.ledger.recording import Also
from commonplace.objectifying.acts.putting_away import must_stand_in
from commonplace.objectifying.matters import RELATED, SECTION, at_practice, text_of
from commonplace.objectifying.models import Practice
from commonplace.objectifying.possible import must_be_possible
from commonplace.objectifying.put import PUT
from commonplace.objectifying.reviewing import ended
from commonplace.objectifying.settling import end_agreement, retire, settle
from commonplace.objectifying.status import OVER, PUT_AWAY, Reviewed, Settled


@dataclass(frozen=True, slots=True, kw_only=True)
class StandInPanel(Panel):
    """What people use instead."""

    template: ClassVar[str] = "objectifying/stand_in.jinja"
    replacement: Practice


def _can_be_retired(actor: Person, practice: Practice, proposal: Proposal) -> None:
    must_be_possible("proposal.opened", practice, Kind.RETIREMENT)
    must_have_words(proposal.aim, _("Say why it should no longer hold."), "aim")
    if proposal.number != _last_in_force(practice):
        raise NotPossible(_("What was agreed on last, or brought in, is what can be retired."))
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
    reviewed = ended(practice, Reviewed.RETIRED, by_nonauthor=tally_of(proposal).others_consent > 0)
    end_agreement(practice)
    return [*answered, *reviewed, retire(practice, proposal, replacement=proposal.about)]


def _is_over(proposal: Proposal) -> bool:
    """It is gone by now; or what should stand in for it is."""
    practice: Practice = proposal.subject
    if practice.status in OVER or _last_in_force(practice) != proposal.number:
        return True
    return bool(proposal.about) and _replacement(practice, proposal).status in PUT_AWAY


def _last_in_force(practice: Practice, about: str = "") -> int:
    """By consent, whether it still is or not; else by another authority."""
    return int(practice.course.last_agreed or practice.course.brought)


def _stand_in(proposal: Proposal) -> Practice | None:
    here = Practice.objects.filter(community=proposal.community_id, pk=proposal.about)
    rows = here.everywhere("who reads a round reads what stands in").select_related("community")
    return once(("stands in", proposal.about), rows.first) if proposal.about else None


def _stand_in_shown(proposal: Proposal) -> StandInPanel | None:
    row = _stand_in(proposal)
    return StandInPanel(replacement=row) if row else None


def _asks(proposal: Proposal) -> str:
    return _("Let another practice stand in for it?") if proposal.about else _("Retire it?")


def _question(proposal: Proposal) -> str:
    other = _stand_in(proposal)
    if other:
        return _("Let “%(other)s” stand in for “%(title)s”?") % {"other": other.title, "title": proposal.title}
    return _("Retire “%(title)s”?") % {"title": proposal.title}


PHRASES = Phrases(
    asks=_asks,
    question=_question,
    agreed=lambda proposal: _("replaced") if proposal.about else _("retired"),
    text=gettext_lazy("The text that ends"),
    consent=gettext_lazy("I can work with its end"),
    object=gettext_lazy("its end would do harm: stops it while it stands"),
)
RETIREMENT = Matter(
    kind=Kind.RETIREMENT, on=Practice, words=gettext_lazy("the end of a practice"),
    accept=gettext_lazy("Retire it"), parts=PUT, must_be_ready=_can_be_retired, text=text_of, accepted=_retire,
    overtaken=_is_over, address=at_practice, number=_last_in_force, panel=_stand_in_shown, related=RELATED,
    section=SECTION, has_about=True, phrases=PHRASES, is_told=False,
)  # fmt: skip
