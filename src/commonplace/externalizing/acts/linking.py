"""Pointing from one exchange to another of the same community."""

from django.utils.translation import gettext as _

from commonplace.communities import policy
from commonplace.communities.models import Person
from commonplace.externalizing.evidence import Linked
from commonplace.externalizing.models import Exchange, ExchangeLink, LinkKind
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible


def _joins_two(actor: Person, exchange: Exchange, *, other: Exchange, kind: LinkKind) -> None:
    if other.pk == exchange.pk or other.community_id != exchange.community_id:
        raise NotPossible(_("Give the address of another exchange of this community."))
    if exchange.links.filter(other=other, kind=kind).exists():
        raise NotPossible(_("These two are linked already."))
    if kind == LinkKind.DUPLICATE and other.links.filter(other=exchange, kind=kind).exists():
        raise NotPossible(_("The other one already says that the same was asked here before."))


def _both(actor: Person, exchange: Exchange, *, other: Exchange, kind: LinkKind) -> tuple[Exchange, Exchange]:
    return exchange, other


@act("exchange.linked", who=policy.member, evidence=Linked, guard=_joins_two, locks=_both, brought_by=policy.archivist)
def link(actor: Person, exchange: Exchange, *, other: Exchange, kind: LinkKind) -> Written[ExchangeLink]:
    """Who: any member. Guard: two exchanges of one community, not linked so yet; of two, one is the duplicate.
    Effect: each page shows the other.
    """
    row = ExchangeLink.objects.create(exchange=exchange, other=other, kind=kind, person=actor)
    return Written(row, Linked(kind=kind, other=other.pk))
