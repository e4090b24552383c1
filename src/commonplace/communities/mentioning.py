"""Who is mentioned in a text: members of its community, by `@` and their name."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from django.db.models.functions import Left

from commonplace.communities.models import Community, Membership, Person
from commonplace.communities.texts import Text
from commonplace.ledger.reading import READER, Place, Reading
from commonplace.untrusted import markdown
from commonplace.untrusted.visible import folded

MOST: Final = 20
MOST_LISTED: Final = 500
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


def _to_choose() -> Any:
    rows = able(Place("community")).exclude(person=READER.pk).select_related("person").order_by("person__name", "pk")
    return rows.everywhere("a member sees fellow members").only("person__name", "person__namesake", "person__is_bot")


TO_CHOOSE: Reading[Membership] = Reading(lambda: _to_choose()[:MOST_LISTED])


def to_choose_from(person: Any, community: Community) -> list[Person]:
    """For a member: the others, by name, MOST_LISTED at the most."""
    return [row.person for row in TO_CHOOSE.rows(reader=person, community=community.pk)]


def with_names(words: str, chosen: Collection[str], people: Sequence[Person]) -> str:
    """The text that also mentions those `chosen` of these `people`, as whoever reads it sees; nobody twice."""
    typed = set(markdown.mentioned(words, {folded(one.known_as): one.pk for one in people})) if chosen else set()
    missing = [one.known_as for one in people if one.pk in chosen and folded(one.known_as) not in typed]
    return "\n\n".join([words.rstrip(), ", ".join(f"@{name}" for name in missing)]) if missing else words
