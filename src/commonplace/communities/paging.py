"""Lists in pages that begin beside a row: the thousandth costs what the first does, and nobody counts them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import F, IntegerField, Model, Q, QuerySet, Subquery
from django.utils.translation import gettext

from commonplace.ledger.reading import Place, Reading

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
    return _page(lambda of, by: list(_beside(rows, _place(rows, of, by), most, by)), asked, most, by)


class Listing(Generic[M]):
    """The same of a queryset with places, each way to go on from a row composed once. `by`: one column, of ids."""

    def __init__(self, compose: Callable[[], QuerySet[M]], most: int = PAGE, by: Sequence[str] = NEWEST_FIRST) -> None:
        self.compose, self.most, self.by = compose, most, by
        ways = product((by, _backwards(by)), (None, [Place("beside")]))
        self.ways: dict[tuple[Sequence[str], bool], Reading[M]] = {
            (way, bool(place)): Reading(partial(self._composed, place, way)) for way, place in ways
        }

    def page(self, asked: Mapping[str, str], **places: Any) -> Page[M]:
        return _page(lambda of, by: self.ways[by, bool(of)].rows(beside=of, **places), asked, self.most, self.by)

    def _composed(self, place: Sequence[Any] | None, by: Sequence[str]) -> QuerySet[M]:
        return _beside(self.compose(), place, self.most, by)


def key(asked: Mapping[str, str], name: str) -> str:
    """An id out of an address: anything may stand there."""
    return asked.get(name, "").replace("\0", "")


def number_or(typed: str, otherwise: int) -> int:
    """A number of a version out of an address: anything may stand there."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else otherwise


def _page(
    beside: Callable[[str, Sequence[str]], list[M]], asked: Mapping[str, str], most: int, by: Sequence[str]
) -> Page[M]:
    """Of what `beside(of, by)` gives: the rows that follow that one, one too many if there are more."""
    by_name = not by[-1].startswith("-")
    if (after := key(asked, "after")) and len(above := beside(after, _backwards(by))) > most:
        shown = above[:most][::-1]
        return Page(shown, str(shown[0].pk), str(shown[-1].pk), is_first=False, by_name=by_name)
    before = "" if after else key(asked, "before")
    rows = beside(before, by)
    shown, more = rows[:most], len(rows) > most
    newer, older = (str(shown[at].pk) if shown and there else "" for at, there in ((0, before), (-1, more)))
    return Page(shown, newer, older, is_first=not before, by_name=by_name)


def _beside(rows: QuerySet[M], place: Sequence[Any] | None, most: int, by: Sequence[str]) -> QuerySet[M]:
    """From the beginning if there is no such place."""
    return (rows.filter(_beyond(by, place)) if place else rows).order_by(*by)[: most + 1]


def _place(rows: QuerySet[M], of: str, by: Sequence[str]) -> Sequence[Any] | None:
    if not of:
        return None
    try:
        identifier = rows.model._meta.pk.to_python(of)
    except ValidationError:
        return None
    columns = [name.removeprefix("-") for name in by]
    return (identifier,) if len(by) == 1 else rows.filter(pk=identifier).values_list(*columns).first()


def _beyond(by: Sequence[str], place: Sequence[Any]) -> Q:
    column, way = by[0].removeprefix("-"), "lt" if by[0].startswith("-") else "gt"
    past = Q(**{f"{column}__{way}": place[0]})
    if len(by) == 1:  # No engine carries a bound from one side of a join to the other.
        return past & Q(**{f"pk__{way}": place[0]}) if column.endswith("__pk") else past
    return Q(**{f"{column}__{way}e": place[0]}) & (past | _beyond(by[1:], place[1:]))


def _backwards(by: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.removeprefix("-") if name.startswith("-") else f"-{name}" for name in by)


def in_figures(number: int, most: int) -> str:
    """Of what is counted up to `most`: that many or more."""
    return at_least(most) if number >= most else str(number)


def at_least(number: int) -> str:
    """So many or more, the one way in which that is said on pages."""
    return f"{number}+"


def by_steps(number: int, step: int) -> str:
    """So many or more, so that no difference of two is about one person."""
    few = gettext("fewer than %(n)s") % {"n": step}
    return at_least(number - number % step) if number >= step else few


class Counted(Subquery):
    """How many different ones a column of other rows has, or `most`: no more of them are looked at."""

    template = (
        "(SELECT CASE WHEN COUNT(*) < %(most)s THEN COUNT(DISTINCT few.counted) ELSE %(most)s END"
        " FROM (%(subquery)s) AS few)"
    )
    output_field = IntegerField()

    def __init__(self, rows: Any, column: str, most: int) -> None:
        super().__init__(rows.order_by().values(counted=F(column))[:most], most=most)
