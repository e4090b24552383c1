"""What is alive of exchanges: who waits for an answer, and, while people find each other, what they bring up."""

from collections.abc import Iterator
from typing import Any

from django.db.models import BooleanField, Case, Exists, OuterRef, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonplace.communities.alive import MOST_ALIVE, Alive, AliveRow
from commonplace.communities.models import Community
from commonplace.communities.stages import About
from commonplace.communities.way_on import Step
from commonplace.externalizing.models import (
    Exchange,
    ExchangeCourse,
    ExchangeQuerySet,
    Status,
    Topic,
    TopicAlias,
)
from commonplace.externalizing.models.course import NOT_YET
from commonplace.externalizing.models.exchange import NEWEST_FIRST
from commonplace.ledger.models import Act
from commonplace.ledger.reading import READER, Place, Reading

MOST_LOOKED_AT = 50
WHY = "a newcomer is answered before others"
WHY_NAMED = "whoever sees a topic sees its names"
HERE = Place("community")


def _waiting() -> ExchangeQuerySet:
    """Questions and problems, of the newest that wait; a newcomer's first."""
    newest = ExchangeCourse.objects.visible_to(READER).filter(community=HERE, status=Status.OPEN, over__in=NOT_YET)
    looked_at = newest.order_by("-pk").values("pk")[:MOST_LOOKED_AT]
    newly = Act.objects.filter(verb="exchange.opened", subject=OuterRef("pk"), newcomer=True).everywhere(WHY)
    first = Case(When(Exists(newly), then=Value(True)), default=Value(False), output_field=BooleanField())
    rows = Exchange.objects.visible_to(READER).filter(pk__in=looked_at).annotate(is_newcomers=first)
    rows = rows.select_related("community", "course", "opener").defer("body", "html")
    return rows.order_by("-is_newcomers", *NEWEST_FIRST)[:MOST_ALIVE]


def _topics() -> Any:
    """Those of what was asked or told last."""
    newest = ExchangeCourse.objects.visible_to(READER).filter(community=HERE).order_by("-pk").values("pk")
    names = TopicAlias.objects.filter(exchanges__in=newest[:MOST_LOOKED_AT]).everywhere(WHY_NAMED)
    rows = Topic.objects.visible_to(READER).filter(pk__in=names.values("topic"), community=HERE).current()
    return rows.select_related("community").order_by("name", "pk")[:MOST_ALIVE]


WAITING: Reading[Exchange] = Reading(_waiting)
TOPICS: Reading[Topic] = Reading(_topics)


def waiting(person: Any, community: Community) -> list[AliveRow]:
    return list(_rows(WAITING.rows(reader=person, community=community.pk), person, community))


def _rows(exchanges: list[Exchange], person: Any, community: Community) -> Iterator[AliveRow]:
    for one in exchanges:
        line = _("you asked") if one.opener_id == str(person.pk) else ""
        who = None if line else one.opener
        yield AliveRow(one.title, one.get_absolute_url(), community.language, who, one.opened_at, line)


def topics(person: Any, community: Community) -> list[AliveRow]:
    rows = TOPICS.rows(reader=person, community=community.pk)
    return [AliveRow(one.name, one.get_absolute_url(), community.language) for one in rows]


def _exchanges(community: Community) -> str:
    return reverse("exchanges", args=[community.slug])


def _all_waiting(community: Community) -> Step:
    return Step(_("All that wait"), f"{_exchanges(community)}?status={Status.OPEN.value}")


def _all_topics(community: Community) -> Step:
    return Step(_("All topics"), reverse("topics", args=[community.slug]))


ALIVE = (
    Alive("waiting", About.WAITING, "ext", gettext_lazy("Somebody waits for an answer"), waiting, _all_waiting),
    Alive("topics", About.TOPICS, "ext", gettext_lazy("What people bring up"), topics, _all_topics),
)
