"""T3: it helped, says who asked."""

from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.communities.policy import archivist
from commonplace.externalizing.evidence import Confirmed
from commonplace.externalizing.models import Benefit, Confirmation, Exchange, Purpose, Response, ResponseKind
from commonplace.externalizing.policy import confirmer
from commonplace.ledger import clock
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible


def _can_be_confirmed(actor: Person, exchange: Exchange, *, response: Response | None, benefit: Benefit) -> None:
    if exchange.confirmer_is_the_opener() and response is None:
        raise NotPossible(_("Say which answer helped."))
    if response and (response.exchange_id != exchange.pk or response.kind != ResponseKind.ANSWER):
        raise NotPossible(_("Only an answer in this exchange can be confirmed."))
    if benefit == Benefit.UNKNOWN:
        raise NotPossible(_("Say how it helped."))
    if exchange.confirmations.filter(response=response, person=actor).exists():
        raise NotPossible(_("You have said so already."))


def _any_benefit(actor: Person, exchange: Exchange) -> dict[str, Any]:
    """Which answer is known before: whoever asks says it."""
    return {"response": None, "benefit": Benefit.SOLUTION}


@act(
    "exchange.confirmed",
    who=confirmer,
    evidence=Confirmed,
    guard=_can_be_confirmed,
    supposing=_any_benefit,
    brought_by=archivist,
)
def confirm(actor: Person, exchange: Exchange, *, response: Response | None, benefit: Benefit) -> Written[Confirmation]:
    """Who: the asker only (offer, story: who took it up). Guard: an answer here, not confirmed yet; how it helped.
    Effect: resolved.

    One's own answer may have helped too; the ledger knows that it was one's own.
    """
    row = Confirmation.objects.create(exchange=exchange, response=response, person=actor, benefit=benefit)
    evidence = Confirmed(
        benefit=benefit,
        response=response.pk if response else "",
        own_response=response is not None and response.author_id == actor.pk,
        purpose=Purpose(exchange.purpose),
        days_after=max((clock.now() - exchange.opened_at).days, 0),
    )
    return Written(row, evidence)
