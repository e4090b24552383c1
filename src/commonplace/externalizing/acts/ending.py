"""T3: it helped, says who asked; or it is closed without, and why. The purpose is classified again at close."""

from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.communities.policy import archivist
from commonplace.externalizing.evidence import Closed, Confirmed
from commonplace.externalizing.models import (
    Benefit,
    Closing,
    Confirmation,
    Exchange,
    Purpose,
    Response,
    ResponseKind,
    Status,
    WhyUnresolved,
)
from commonplace.externalizing.policy import closer, confirmer
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible


def _can_be_confirmed(actor: Person, exchange: Exchange, *, response: Response | None, benefit: Benefit) -> None:
    if exchange.confirmations.filter(response=response, person=actor).exists():
        raise NotPossible(_("You have said so already."))
    if exchange.confirmer_is_the_opener() and response is None:
        raise NotPossible(_("Say which answer helped."))
    if response and (response.exchange_id != exchange.pk or response.kind != ResponseKind.ANSWER):
        raise NotPossible(_("Only an answer in this exchange can be confirmed."))


@act("exchange.confirmed", who=confirmer, evidence=Confirmed, guard=_can_be_confirmed, brought_by=archivist)
def confirm(actor: Person, exchange: Exchange, *, response: Response | None, benefit: Benefit) -> Written[Confirmation]:
    """Who: the asker only (offer, story: who took it up). Guard: an answer here, not confirmed yet.
    Effect: resolved.
    """
    row = Confirmation.objects.create(exchange=exchange, response=response, person=actor, benefit=benefit)
    own = response is not None and response.author_id == actor.pk
    return Written(row, Confirmed(benefit=benefit, response=response.pk if response else "", own_response=own))


def _is_not_closed(actor: Person, exchange: Exchange, *, purpose: Purpose, why: str = "") -> None:
    if Closing.objects.filter(exchange=exchange).everywhere("guard").exists():
        raise NotPossible(_("This exchange is closed already."))
    if not exchange.confirmations.exists() and not why:
        raise NotPossible(_("Nothing has been confirmed as helpful: say why it is closed."))


@act("exchange.closed", who=closer, evidence=Closed, guard=_is_not_closed)
def close(actor: Person, exchange: Exchange, *, purpose: Purpose, why: str = "") -> Written[Closing]:
    """Who: who opened it, or a facilitator. Guard: not closed; a reason if nothing helped.
    Effect: closed, purpose as it turned out.
    """
    resolved = exchange.confirmations.exists()
    why = "" if resolved else why
    row = Closing.objects.create(exchange=exchange, person=actor, purpose=purpose, why_unresolved=why)
    declared, exchange.purpose = Purpose(exchange.purpose), purpose
    exchange.save(update_fields=["purpose"])
    return Written(row, _closed(row, declared))


def _closed(closing: Closing, declared: Purpose) -> Closed:
    why = WhyUnresolved(closing.why_unresolved) if closing.why_unresolved else None
    outcome = Status.UNRESOLVED if why else Status.RESOLVED
    return Closed(purpose=Purpose(closing.purpose), declared_purpose=declared, outcome=outcome, why=why)
