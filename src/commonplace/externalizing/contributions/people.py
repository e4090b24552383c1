"""What a person's page shows of exchanges, the way to ask them, and the topics that members may be asked about."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonplace.communities.contributions import Panel
from commonplace.communities.models import Community, Membership
from commonplace.communities.portraits import MOST_DEEDS, Deed, Portrait
from commonplace.communities.subjects import MOST_OFFERED, Subject, Subjects
from commonplace.communities.way_on import Step
from commonplace.externalizing.models import Confirmation, Exchange, Kind, Topic
from commonplace.externalizing.models.topic import TopicQuerySet

WHY = "whoever sees the exchange sees what helped"


def _helped(reader: Any, person: Any, community: Community) -> Iterator[Deed]:
    """Somebody else said so."""
    confirmed = Confirmation.objects.filter(response__author=person.pk).exclude(person=person.pk).everywhere(WHY)
    return _deeds(Exchange.objects.visible_to(reader).filter(pk__in=confirmed.values("exchange")), community)


def _began(reader: Any, person: Any, community: Community) -> Iterator[Deed]:
    began = Exchange.objects.visible_to(reader).filter(opener=person.pk, kind__in=(Kind.STORY, Kind.OFFER))
    return _deeds(began, community)


def _deeds(rows: Any, community: Community) -> Iterator[Deed]:
    newest = rows.filter(community=community).select_related("community").defer("body", "html")
    for exchange in newest.order_by("-opened_at", "-pk")[: MOST_DEEDS + 1]:
        yield Deed(exchange.title, exchange.get_absolute_url())


HELPED = Portrait(
    "helped", "ext", gettext_lazy("Where an answer of theirs helped"), gettext_lazy("Where an answer of yours helped"),
    gettext_lazy("where an answer of mine helped"), _helped,
)  # fmt: skip
TOLD = Portrait(
    "told", "ext", gettext_lazy("What they told and offer"), gettext_lazy("What you told and offer"),
    gettext_lazy("the stories and offers that I began"), _began,
)  # fmt: skip


def ask_them(reader: Any, membership: Membership) -> Panel:
    """Whoever can be told something; oneself one does not ask."""
    person, community = membership.person, membership.community
    if person.pk == reader.pk or person.is_bot or not person.is_active or person.is_unclaimed:
        return Panel()
    at = f"{reverse('ask', args=[community.slug])}?{urlencode({'of': person.pk})}"
    return Panel(steps=(Step(_("Ask them"), at),))


def _topics(reader: Any, community: Community) -> TopicQuerySet:
    rows: TopicQuerySet = Topic.objects.visible_to(reader).filter(community=community)
    return rows


def _offered(reader: Any, community: Community) -> Iterable[Subject]:
    return _as_kept(_topics(reader, community).current().order_by("name", "pk")[:MOST_OFFERED])


def _named(reader: Any, community: Community, ids: Collection[str]) -> Iterable[Subject]:
    here = _topics(reader, community)
    kept = here.filter(pk__in=ids).values_list("pk", "merged_into")
    current = {merged or pk for pk, merged in kept}
    return _as_kept(here.current().filter(pk__in=current).order_by("name", "pk"))


def _resembling(reader: Any, typed: Any) -> Any:
    """With those that were merged into them."""
    alike = Topic.objects.visible_to(reader).resembling(typed).values("pk")
    merged = Topic.objects.visible_to(reader).filter(Q(pk__in=alike) | Q(merged_into__in=alike))
    return merged.values("pk")


def _called(reader: Any, community: Community, name: str) -> Iterable[Subject]:
    return _as_kept(_topics(reader, community).called(name, community))


def _as_kept(topics: Any) -> Iterator[Subject]:
    """With what was merged into each."""
    for topic in topics.select_related("community").prefetch_related("merged"):
        yield Subject(
            topic.pk, topic.name, topic.get_absolute_url(), [topic.pk, *(one.pk for one in topic.merged.all())]
        )


TOPICS = Subjects("topics", _offered, _named, _resembling, _called)
