"""What waits for this person: each is one thing to do, with its address."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities.models import JoinRequest
from commonplace.externalizing.models import Exchange, Status

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Need:
    phase: str
    what: str
    title: str
    href: str
    since: datetime


def needs(person: Any) -> list[Need]:
    """Oldest first: who has waited longest comes first."""
    return sorted((need for kind in KINDS for need in kind(person)), key=lambda need: need.since)


def join_requests(person: Any) -> Iterator[Need]:
    waiting = JoinRequest.objects.visible_to(person).waiting().exclude(person=person.pk)
    for asked in waiting.select_related("community", "person")[:SHOWN]:
        what = _("%(name)s asks to join") % {"name": asked.person.name}
        yield Need("", what, asked.community.title, asked.community.get_absolute_url() + "#requests", asked.asked_at)


def own_exchanges(person: Any) -> Iterator[Need]:
    """Answered ones wait for me to say whether it helped; unanswered ones may want more words."""
    mine = Exchange.objects.visible_to(person).unfinished().filter(opener=person.pk)
    for exchange in mine.select_related("community").order_by("opened_at")[:SHOWN]:
        if exchange.status == Status.OPEN:
            what = _("Nobody has answered yet: say more, or ask someone")
        elif exchange.confirmer_is_the_opener():
            what = _("Did it help?")
        else:
            continue
        yield Need("ext", what, exchange.title, exchange.get_absolute_url(), exchange.opened_at)


KINDS = [join_requests, own_exchanges]
