"""T7: a round moves to a newer text. Where something that binds has changed, everybody is asked again."""

from django.conf import settings
from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.consenting import policy
from commonplace.consenting.acts.opening import put
from commonplace.consenting.evidence import Amended
from commonplace.consenting.guards import must_be_in_time
from commonplace.consenting.kinds import Kind
from commonplace.consenting.matter import Text
from commonplace.consenting.models import Proposal, Remedy
from commonplace.consenting.rule import binding_changed
from commonplace.consenting.terms import closing_day, deadline
from commonplace.ledger import clock
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible

TIMES = 2


def _can_be_amended(actor: Person, proposal: Proposal, *, number: int) -> None:
    must_be_in_time(proposal)
    if proposal.kind.newest is None:
        raise NotPossible(_("This round is not about a text that is written anew. Withdraw it, and propose another."))
    if proposal.amended >= TIMES:
        raise NotPossible(_("A round moves to a newer text twice at most. Withdraw it, and propose it anew."))
    if number <= proposal.number:
        raise NotPossible(_("A round moves to a newer version."))
    text = _text(proposal, number)
    if text.title == proposal.title and not _changed(proposal, text):
        raise NotPossible(_("Nothing has changed in the text."))


def _to_the_newest(actor: Person, proposal: Proposal) -> dict[str, int]:
    newest = proposal.kind.newest
    return {"number": newest(proposal.subject) if newest else 0}


@act("proposal.amended", who=policy.mover, evidence=Amended, guard=_can_be_amended, supposing=_to_the_newest)
def amend(actor: Person, proposal: Proposal, *, number: int) -> Written[Proposal]:
    """Who: who opened the round; a facilitator, if they left. Guard: in time; twice at most; a newer complete text that
    says something else. Effect: the round is on it for AMENDED_DAYS at least.

    Where nothing that binds has changed, nor what follows, consents are kept; they end no round early. Quorum, units
    and who is asked stay.
    """
    text = _text(proposal, number)
    changed = _changed(proposal, text)
    asked_again = asks_again(proposal, number)
    proposal.number, proposal.amended, proposal.title = number, proposal.amended + 1, text.title
    proposal.closes_at = max(proposal.closes_at, deadline(proposal.community, settings.AMENDED_DAYS))
    proposal.save(update_fields=["number", "amended", "title", "closes_at"])
    put(proposal, text)
    _nobody_answers_for_another_text(proposal)
    if asked_again:
        proposal.stances.current().update(replaced_at=clock.now())
    closes_on = closing_day(proposal.closes_at)
    evidence = Amended(
        matter=Kind(proposal.matter), number=number, parts=changed, asked_again=asked_again, closes_on=closes_on
    )
    return Written(proposal, evidence)


def _nobody_answers_for_another_text(proposal: Proposal) -> None:
    """What was said to meet an objection is not proposed any more."""
    pending = Remedy.objects.filter(objection__proposal=proposal, refused_at=None).everywhere("the text is another")
    pending.update(refused_at=clock.now())


def asks_again(proposal: Proposal, number: int) -> bool:
    """Has something that binds changed in this text, or in what follows from its acceptance?"""
    text = _text(proposal, number)
    changed = binding_changed(_words(proposal), {"title": text.title, **text.parts}, _binding(proposal))
    return changed or proposal.kind.follows_otherwise(proposal, number)


def _text(proposal: Proposal, number: int) -> Text:
    subject, after = proposal.subject, Proposal(matter=proposal.matter, number=number, about=proposal.about)
    return proposal.kind.text(subject, after)


def _words(proposal: Proposal) -> dict[str, str]:
    return {"title": proposal.title, **proposal.texts}


def _binding(proposal: Proposal) -> frozenset[str]:
    return proposal.kind.binding | {"title"}


def _changed(proposal: Proposal, text: Text) -> list[str]:
    before, after = proposal.texts, text.parts
    return [str(part) for part in proposal.kind.parts if before.get(part, "").split() != after.get(part, "").split()]
