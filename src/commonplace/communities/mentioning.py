"""Who is mentioned in a text: members of its community, by `@` and their name."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Case, OuterRef, Subquery, Value, When
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from commonplace.communities.models import AskedAbout, Community, KnownFor, Membership, Person
from commonplace.communities.texts import Text
from commonplace.ledger.reading import READER, Place, Reading
from commonplace.untrusted import markdown
from commonplace.untrusted.visible import folded

MOST: Final = 20
MOST_LISTED: Final = 300
WHY_NAMED = "a member sees fellow members, and what they say of themselves"
WHY = "a name that somebody typed is looked for among the members"
_AT: Final = re.compile(r"@(\S{1,4})")


def mark(text: Text, community: Community, by: Person) -> list[str]:
    """Its names of members are marked once it is saved; the ids of the others who are mentioned in it."""
    people = _named_in(text.body, community)
    typed = dict.fromkeys(markdown.mentioned(text.body, people)) if people else {}
    mentioned = {name: people[name] for name in list(typed)[:MOST]}
    text.named = frozenset(mentioned)
    return [person for person in dict.fromkeys(mentioned.values()) if person != by.pk]


def _named_in(words: str, community: Community) -> Mapping[str, str]:
    """Folded names of those who may be meant, and whose each is: two of one name by the number that each bears."""
    beginnings = {folded(after)[:1] for after in _AT.findall(words)} - {""}
    if not beginnings:
        return {}
    rows = able(community).annotate(beginning=Left("person__folded", 1)).filter(beginning__in=beginnings)
    people = list(rows.everywhere(WHY).values_list("person__folded", "person__namesake", "person"))
    bearers = Counter(name for name, _number, _pk in people)
    numbered = {f"{name} ({number})" if number > 1 else name: pk for name, number, pk in people}
    return {name: pk for name, _number, pk in people if bearers[name] == 1} | numbered


def able(community: Any) -> Any:
    """Members who can be told something."""
    rows = Membership.objects.current().filter(community=community, person__is_active=True, person__is_bot=False)
    return rows.exclude(person__email=None)


@dataclass(frozen=True, slots=True)
class Other:
    """Whom one can tell. `is_asked`: they may be asked about what it is on, as they say in `words`, or without any."""

    person: Person
    is_asked: bool = False
    words: str = ""

    @property
    def label(self) -> str:
        if not self.is_asked:
            return self.person.called
        about = self.words or _("may be asked about this")
        return _("%(name)s: %(words)s") % {"name": self.person.called, "words": about}


def choosing(about: Callable[[], Any]) -> Reading[Any]:
    """The others here, MOST_LISTED at the most: those first who say that they may be asked about what `about()` gives
    the ids of, then by name."""
    return Reading(lambda: _to_choose(about())[:MOST_LISTED])


def _to_choose(topics: Any) -> Any:
    rows = able(Place("community")).exclude(person=READER.pk).select_related("person")
    known = KnownFor.objects.filter(community=Place("community")).everywhere(WHY_NAMED)
    under = AskedAbout.objects.filter(topic__in=topics).everywhere(WHY_NAMED)
    asked = When(person__in=known.filter(pk__in=under.values("known_for")).values("person"), then=Value(True))
    rows = rows.annotate(
        is_asked=Case(asked, default=Value(False)),
        words=Subquery(known.filter(person=OuterRef("person")).values("words")[:1]),
    )
    rows = rows.only("person__name", "person__namesake", "person__is_bot").everywhere(WHY_NAMED)
    return rows.order_by("-is_asked", "person__name", "pk")


def to_choose_from(choosing: Reading[Any], person: Any, community: Community, **about: Any) -> list[Other]:
    """For a member."""
    rows = choosing.rows(reader=person, community=community.pk, **about)
    return [Other(row.person, bool(row.is_asked), row.words or "") for row in rows]


def with_names(words: str, chosen: Collection[str], people: Sequence[Person]) -> str:
    """The text that also mentions those `chosen` of these `people`, as whoever reads it sees; nobody twice."""
    typed = set(markdown.mentioned(words, {folded(one.known_as): one.pk for one in people})) if chosen else set()
    missing = [one.known_as for one in people if one.pk in chosen and folded(one.known_as) not in typed]
    return "\n\n".join([words.rstrip(), ", ".join(f"@{name}" for name in missing)]) if missing else words
