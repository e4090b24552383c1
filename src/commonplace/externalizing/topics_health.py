"""How the topics of communities stand, for the operator: how many hold nothing, or are nearly called alike."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef

from commonplace.communities.contributions import Shelf, contributed
from commonplace.communities.models import Community
from commonplace.externalizing.models import Topic
from commonplace.externalizing.models.topic import TopicAlias, filings
from commonplace.untrusted.visible import folded

WHY = "the operator sees how many there are, and no name"
MOST_COMPARED = 5000


@dataclass(frozen=True, slots=True)
class Health:
    """`alike`: topics whose name is nearly that of another; None where there are too many to compare."""

    community: Community
    topics: int
    unused: int
    alike: int | None


def health(communities: Sequence[Community]) -> list[Health]:
    current = Topic.objects.current().filter(community__in=[one.pk for one in communities])
    topics, unused = _by_community(current), _by_community(_unused(current))
    alike = _alike(current)
    return [
        Health(one, topics.get(one.pk, 0), unused.get(one.pk, 0), alike.get(one.pk, 0) if alike is not None else None)
        for one in communities
    ]


def _unused(topics: Any) -> Any:
    """Nothing of any kind is filed under any of their names."""
    for shelf in contributed(Shelf):
        topics = topics.filter(~Exists(_filed(shelf)))
    return topics


def _filed(shelf: Shelf) -> Any:
    names = TopicAlias.objects.filter(topic=OuterRef(OuterRef("pk"))).everywhere(WHY)
    return filings(shelf.rows).objects.filter(topicalias__in=names.values("pk"))


def _by_community(topics: Any) -> Mapping[str, int]:
    counted = topics.everywhere(WHY).order_by().values_list("community").annotate(n=Count("pk"))
    return dict(counted)


def _alike(topics: Any) -> Mapping[str, int] | None:
    """Of those shown, as long as they are few enough to be compared on a page."""
    names = list(topics.everywhere(WHY).order_by().values_list("community", "name")[: MOST_COMPARED + 1])
    return near_duplicates(names) if len(names) <= MOST_COMPARED else None


def near_duplicates(names: Iterable[tuple[str, str]]) -> Mapping[str, int]:
    """By community how many of its topics have a name that differs from another's by no more than spaces, marks and
    the s of a plural."""
    called: dict[str, Counter[str]] = defaultdict(Counter)
    for community, name in names:
        called[community][bare(name)] += 1
    return {community: sum(n for n in bares.values() if n > 1) for community, bares in called.items()}


def bare(name: str) -> str:
    words = "".join(letter if letter.isalnum() else " " for letter in folded(name)).split()
    return "".join(word.removesuffix("s") if len(word) > 3 else word for word in words) or name
