"""The exchanges filed under a topic, page by page."""

from collections.abc import Mapping
from dataclasses import replace

from commonplace.communities.paging import PAGE, Page, key, listed
from commonplace.externalizing.models import Exchange, ExchangeQuerySet, Topic
from commonplace.externalizing.models.exchange import NEWEST_FIRST

WALK = 200


def filed_under(topic: Topic, exchanges: ExchangeQuerySet, asked: Mapping[str, str], sifted: bool) -> Page[Exchange]:
    """Of these exchanges; `sifted`: only some of a topic's are among them, and of WALK of them what there is."""
    most = WALK if sifted else PAGE + 1
    ids = topic.filed(asked, most)
    page = listed(exchanges.filter(pk__in=ids, course__pk__in=ids), asked, by=NEWEST_FIRST)
    if page.is_first and key(asked, "after"):
        return filed_under(topic, exchanges, {}, sifted)
    if sifted and len(ids) == most and not page.older:
        return replace(page, older=ids[-1])
    return page
