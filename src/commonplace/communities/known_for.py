"""Who may be asked: what members say of themselves, for the pages that show people."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import QuerySet

from commonplace.communities.models import AskedAbout, Community, KnownFor
from commonplace.ledger.reading import READER, Among, Place, Reading
from commonplace.ledger.scope import ScopedQuerySet

MOST_ASKABLE = 6
WHY = "whoever sees a member sees what they are found under"


def of_members(reader: Any, community: Community | None = None) -> ScopedQuerySet[KnownFor]:
    """What those say of themselves who can answer, as this reader may see it: nothing for whoever is no member. Of one
    community, or of all."""
    rows = KnownFor.objects.visible_to(reader)
    rows = rows.filter(community=community) if community else rows
    return rows.filter(person__is_active=True).exclude(person__email=None)


def askable(
    reader: Any, community: Community, topics: Collection[str] | QuerySet[Any, Any], most: int = MOST_ASKABLE
) -> Sequence[KnownFor]:
    """Whom this reader may ask about any of these topics (ids: one, and those merged into it), by name, each with
    `.person` and `.words`."""
    under = AskedAbout.objects.filter(topic__in=topics).everywhere(WHY)
    rows = of_members(reader, community).filter(pk__in=under.values("known_for"))
    return list(rows.select_related("person").order_by("person__name", "person")[:most])


def words_of(reader: Any, community: Community, people: Collection[str]) -> dict[str, str]:
    """By their ids, in what words these say what they may be asked about."""
    return dict(WORDS.rows(reader=reader, community=community.pk, people=people)) if people else {}


def _words() -> Any:
    here = KnownFor.objects.visible_to(READER).filter(community=Place("community"), person__in=Among("people"))
    return here.exclude(words="").values_list("person_id", "words")


def _pair(person: str, words: str) -> tuple[str, str]:
    return person, words


WORDS: Reading[tuple[str, str]] = Reading(_words, shape=_pair)
