"""What a row of a list says of an exchange: the answer that helped, else the newest, else how it begins."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from commonplace.communities.models import Person
from commonplace.communities.models.person import person_shown
from commonplace.communities.saying import first_words, line_of
from commonplace.externalizing.models import Exchange, Response
from commonplace.ledger.reading import Among, Reading


@dataclass(frozen=True, slots=True)
class Said:
    """`by`: who answered so; None of the opening."""

    words: str
    by: Person | None = None


def said_of(exchanges: Iterable[Exchange]) -> Mapping[str, Said]:
    """By exchange."""
    rows = list(exchanges)
    ids = [pk for row in rows if (pk := row.course.helped or row.course.newest)]
    answers: dict[str, Any] = {one.pk: one for one in ANSWERS.rows(answers=ids)} if ids else {}
    return {row.pk: _of(row, answers.get(row.course.helped or row.course.newest)) for row in rows}


def _of(exchange: Any, answer: Any) -> Said:
    if answer is None or answer.author_id == exchange.opener_id:
        return Said(line_of(exchange.begins))
    return Said(line_of(answer.begins), answer.author)


def _answers() -> Any:
    rows = Response.objects.filter(pk__in=Among("answers")).select_related("author")
    begun = rows.annotate(begins=first_words("html")).only(*person_shown("author"))
    return begun.everywhere("whoever sees an exchange in a list sees what it holds")


ANSWERS: Reading[Response] = Reading(_answers)
