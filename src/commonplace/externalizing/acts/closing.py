"""T3: it is over, with help or without. The purpose is classified again."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonplace.communities.models import Person
from commonplace.externalizing.evidence import Closed, ClosedWith
from commonplace.externalizing.models import Closing, Exchange, Purpose, Status, WhyUnresolved
from commonplace.externalizing.policy import closer
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible

SAY_WHY = gettext_lazy("Nothing has been confirmed as helpful: say why it is closed.")


def has_helped(exchange: Exchange) -> bool:
    return exchange.confirmations.exists()


def _can_be_closed(actor: Person, exchange: Exchange, *, purpose: Purpose, why: WhyUnresolved | None = None) -> None:
    if Closing.objects.filter(exchange=exchange).everywhere("guard").exists():
        raise NotPossible(_("This exchange is closed already."))
    if not why and not has_helped(exchange):
        raise NotPossible(str(SAY_WHY), "why")


def _any_reason(actor: Person, exchange: Exchange) -> dict[str, Any]:
    return {"purpose": exchange.purpose, "why": WhyUnresolved.OTHER}


@act("exchange.closed", who=closer, evidence=Closed, guard=_can_be_closed, supposing=_any_reason)
def close(actor: Person, exchange: Exchange, *, purpose: Purpose, why: WhyUnresolved | None = None) -> Written[Closing]:
    """Who: who opened it, or a facilitator. Guard: not closed; a reason if nothing helped.
    Effect: closed, purpose as it turned out.
    """
    helped = has_helped(exchange)
    why = None if helped else why
    row = Closing.objects.create(exchange=exchange, person=actor, purpose=purpose, why_unresolved=why or "")
    declared, exchange.purpose = Purpose(exchange.purpose), purpose
    exchange.save(update_fields=["purpose"])
    evidence = Closed(
        purpose=purpose,
        declared_purpose=declared,
        outcome=Status.RESOLVED if helped else Status.UNRESOLVED,
        why=why,
        closed_with=ClosedWith.CONFIRMED if helped else ClosedWith.NOTHING,
    )
    return Written(row, evidence)
