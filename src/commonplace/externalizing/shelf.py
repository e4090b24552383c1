"""The exchanges, or the practices, filed under a topic, page by page."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from django.db.models import Model, QuerySet, prefetch_related_objects

from commonplace.communities.paging import PAGE, Page, key, listed
from commonplace.externalizing.models import Exchange, Status, Topic
from commonplace.externalizing.models.course import NOT_YET
from commonplace.externalizing.models.exchange import NEWEST_FIRST
from commonplace.externalizing.models.topic import with_topics

M = TypeVar("M", bound=Model)
WALK, MOST_SHOWN = 200, 6


def on_topic(person: Any, topic: Topic) -> tuple[list[Exchange], list[Exchange]]:
    """Of the newest on a topic, those that wait for an answer, and those that have one or need none; MOST_SHOWN of
    each, one too many if there are more."""
    ids = topic.filed(Exchange, {}, WALK)
    rows = Exchange.objects.visible_to(person).filter(pk__in=ids, course__pk__in=ids).for_list().prefetch_related(None)
    waiting = list(rows.filter(course__status=Status.OPEN, course__over__in=NOT_YET)[: MOST_SHOWN + 1])
    answered = list(rows.filter(course__status__in=(Status.ANSWERED, Status.SHARED, Status.RESOLVED))[: MOST_SHOWN + 1])
    prefetch_related_objects([*waiting, *answered], with_topics())
    return waiting, answered


def filed_under(topic: Topic, rows: QuerySet[M], asked: Mapping[str, str], sifted: bool) -> Page[M]:
    """Of these rows; `sifted`: only some of a topic's are among them, and of WALK of them what there is."""
    most = WALK if sifted else PAGE + 1
    ids = topic.filed(rows.model, asked, most)
    page = listed(rows.filter(pk__in=ids, course__pk__in=ids), asked, by=NEWEST_FIRST)
    if page.is_first and key(asked, "after"):
        return filed_under(topic, rows, {}, sifted)
    if sifted and len(ids) == most and not page.older:
        return replace(page, older=ids[-1])
    return page
