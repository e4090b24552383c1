"""An objective's card is put to the community's consent: accepted, the community has signed it."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonplace.communities.models import Person
from commonplace.consenting.kinds import Kind
from commonplace.consenting.matter import Matter, Text
from commonplace.consenting.models import Proposal
from commonplace.consenting.phrases import Phrases
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.recording import Also
from commonplace.steering.evidence import Signed
from commonplace.steering.models import Card, Objective, Side, Signature

PARTS = {
    "why": gettext_lazy("Why"),
    "beneficiary": gettext_lazy("For whom"),
    "horizon": gettext_lazy("By when"),
    "baseline": gettext_lazy("At the start"),
    "much_less": gettext_lazy("-2, much less than expected"),
    "less": gettext_lazy("-1, less than expected"),
    "expected": gettext_lazy("0, as expected"),
    "more": gettext_lazy("+1, more than expected"),
    "much_more": gettext_lazy("+2, much more than expected"),
    "metrics": gettext_lazy("Figures of the cycle"),
    "review_days": gettext_lazy("Reviewed every so many days"),
}


def _is_ready(actor: Person, objective: Objective, proposal: Proposal) -> None:
    card = _card(objective, proposal)
    if not card.is_newest or Side.COMMUNITY in card.sides:
        raise NotPossible(_("A round is about the newest card, before the community has signed it."))


def _text(objective: Objective, proposal: Proposal) -> Text:
    card = _card(objective, proposal)
    parts = {part: str(getattr(card, part)) for part in PARTS} | {
        "horizon": card.horizon.isoformat(),
        "metrics": ", ".join(sorted(card.metrics)),
    }
    return Text(title=card.statement, parts=parts, wrote=frozenset({card.written_by_id}))


def _card(objective: Objective, proposal: Proposal) -> Card:
    card: Card | None = objective.cards.filter(number=proposal.number).first()
    if card is None:
        raise NotPossible(_("This card is no longer here. Load the page again."))
    return card


def _signers(proposal: Proposal) -> Sequence[str]:
    """Nobody speaks for both sides of a card."""
    card = Card.objects.filter(objective=proposal.subject_id, number=proposal.number).everywhere("who signed")
    signed = Signature.objects.filter(card__in=card, side=Side.SPONSOR).exclude(person=None)
    return list(signed.everywhere("who signed").values_list("person", flat=True))


def _sign(actor: Any, proposal: Proposal) -> Sequence[Also]:
    """By the community: no one person signs for it."""
    objective: Objective = proposal.subject
    row = Signature.objects.create(card=_card(objective, proposal), side=Side.COMMUNITY, proposal=proposal.pk)
    return [Also("objective.signed", row, Signed(number=proposal.number, side=Side.COMMUNITY, proposal=proposal.pk))]


def _is_replaced(proposal: Proposal) -> bool:
    """The community has signed a newer one. A card that somebody only wrote since ends no round."""
    signed = Signature.objects.filter(card__objective=proposal.subject_id, side=Side.COMMUNITY)
    return signed.filter(card__number__gt=proposal.number).everywhere("what a round is on was replaced").exists()


def _newest(objective: Objective) -> int:
    return int(objective.latest.number)


def _at(proposal: Proposal) -> str:
    return str(proposal.subject.get_absolute_url())


def _write_at(proposal: Proposal) -> str:
    return reverse("write_card", args=[proposal.community.slug, proposal.subject_id])


PHRASES = Phrases(
    asks=lambda proposal: _("Sign this card for the community?"),
    agreed=lambda proposal: _("signed by the community"),
    text=gettext_lazy("The card"),
    consent=gettext_lazy("I can work towards this"),
    object=gettext_lazy("this card would do harm: stops it until met"),
)
MATTERS = (
    Matter(
        kind=Kind.CARD, on=Objective, words=gettext_lazy("an objective's card"), accept=gettext_lazy("Sign it"),
        parts=PARTS, binding=frozenset(PARTS), must_be_ready=_is_ready, text=_text, newest=_newest, accepted=_sign,
        overtaken=_is_replaced, address=_at, write_at=_write_at, not_asked=_signers, related=("community",),
        section="objectives", for_sponsors=True, phrases=PHRASES,
    ),
)  # fmt: skip
