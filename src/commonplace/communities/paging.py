"""Lists in pages that begin beside a row: the thousandth costs what the first does, and nobody counts them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import F, IntegerField, Model, Q, QuerySet, Subquery

M = TypeVar("M", bound=Model)
PAGE = 25
NEWEST_FIRST = ("-pk",)


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """`newer` and `older`: the ids beside which the next pages begin, "" where there is none. `by_name`: A to Z."""

    rows: Sequence[M]
    newer: str = ""
    older: str = ""
    is_first: bool = True
    by_name: bool = False

    def __iter__(self) -> Iterator[M]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def listed(rows: QuerySet[M], asked: Mapping[str, str], most: int = PAGE, by: Sequence[str] = NEWEST_FIRST) -> Page[M]:
    """The page that is `asked` for: `before` or `after` a row, whose id it is; the first one otherwise.

    `by`: as in order_by(), down to what is unique; a single column holds the ids themselves.
    """
    by_name = not by[-1].startswith("-")
    if (after := key(asked, "after")) and len(above := _beside(rows, after, most, [*map(_reversed, by)])) > most:
        shown = above[:most][::-1]
        return Page(shown, str(shown[0].pk), str(shown[-1].pk), is_first=False, by_name=by_name)
    before = "" if after else key(asked, "before")
    beside = _beside(rows, before, most, by)
    shown, more = beside[:most], len(beside) > most
    newer, older = (str(shown[at].pk) if shown and there else "" for at, there in ((0, before), (-1, more)))
    return Page(shown, newer, older, is_first=not before, by_name=by_name)


def key(asked: Mapping[str, str], name: str) -> str:
    """An id out of an address: anything may stand there."""
    return asked.get(name, "").replace("\0", "")


def _beside(rows: QuerySet[M], of: str, most: int, by: Sequence[str]) -> list[M]:
    """Those that follow that row, one too many if there are more; from the beginning if it is not there."""
    place = _place(rows, of, by) if of else None
    return list((rows.filter(_beyond(by, place)) if place else rows).order_by(*by)[: most + 1])


def _place(rows: QuerySet[M], of: str, by: Sequence[str]) -> Sequence[Any] | None:
    try:
        identifier = rows.model._meta.pk.to_python(of)
    except ValidationError:
        return None
    columns = [name.removeprefix("-") for name in by]
    return (identifier,) if len(by) == 1 else rows.filter(pk=identifier).values_list(*columns).first()


def _beyond(by: Sequence[str], place: Sequence[Any]) -> Q:
    column, way = by[0].removeprefix("-"), "lt" if by[0].startswith("-") else "gt"
    past = Q(**{f"{column}__{way}": place[0]})
    if len(by) == 1:
        return past
    return Q(**{f"{column}__{way}e": place[0]}) & (past | _beyond(by[1:], place[1:]))


def _reversed(name: str) -> str:
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"


class Counted(Subquery):
    """How many different ones a column of other rows has; of a sliced query no more are looked at than that."""

    template = "(SELECT COUNT(DISTINCT few.counted) FROM (%(subquery)s) AS few)"
    output_field = IntegerField()

    def __init__(self, rows: Any, column: str) -> None:
        super().__init__(rows.values(counted=F(column)))
