"""Answered exchanges wait for who opened them to say whether it helped; unanswered ones may want more words."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities.contributions import Need
from commonplace.externalizing.models import Exchange, Status


def own_exchanges(person: Any, most: int) -> Iterator[Need]:
    mine = Exchange.objects.visible_to(person).unfinished().filter(course__opener=person.pk)
    exchange: Any
    for exchange in mine.select_related("community", "course").order_by("course__pk")[:most]:
        if exchange.status == Status.OPEN:
            what = _("Nobody has answered yet")
        elif exchange.confirmer_is_the_opener():
            what = _("Did it help?")
        else:
            continue
        yield Need("ext", what, exchange.title, exchange.get_absolute_url(), exchange.opened_at)
