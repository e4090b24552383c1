"""What its reader may know of the thanks for an answer: that they thanked; of their own, who did."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Value, When

from commonplace.communities.models import Person
from commonplace.communities.models.person import person_shown
from commonplace.externalizing.models import Response, Thanks
from commonplace.ledger.reading import READER, Among, Reading

MOST, MOST_NAMED = 200, 20


@dataclass(frozen=True, slots=True)
class Between:
    """`given`: by the reader; `by`: who thanked them for theirs, `more` than are named."""

    given: bool = False
    by: tuple[Person, ...] = ()
    more: bool = False


def between(reader: Any, answers: Iterable[Response]) -> Mapping[str, Between]:
    """By answer, where there is something to know."""
    ids = [answer.pk for answer in answers]
    rows = GIVEN.rows(reader=reader, answers=ids) if ids else []
    people: dict[str, list[Person]] = defaultdict(list)
    for one in rows:
        people[one.response_id].append(one.person)
    return {pk: _of(reader, thanked) for pk, thanked in people.items()}


def _of(reader: Any, people: list[Person]) -> Between:
    if any(one.pk == reader.pk for one in people):
        return Between(given=True)
    return Between(by=tuple(people[:MOST_NAMED]), more=len(people) > MOST_NAMED)


def _given() -> Any:
    rows = Thanks.objects.visible_to(READER).filter(response__in=Among("answers")).select_related("person")
    own_first = Case(When(person=READER.pk, then=Value(0)), default=Value(1))
    return rows.only("response", *person_shown("person")).order_by(own_first, "pk")[:MOST]


GIVEN: Reading[Thanks] = Reading(_given)
