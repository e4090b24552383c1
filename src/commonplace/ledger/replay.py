"""Fold the ledger, one subject after the other, and compare with the rows: what is shown is what happened."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from django.db.models import BooleanField, ExpressionWrapper, Model, Q, TextField
from django.db.models.functions import Cast

from commonplace.ledger.errors import NotRecordable
from commonplace.ledger.evidence import PUBLIC_ID, Evidence
from commonplace.ledger.models import HERE, Act
from commonplace.ledger.scope import everywhere
from commonplace.ledger.situation import EXPERIENCES

S = TypeVar("S")
E = TypeVar("E", bound=Evidence)
K = TypeVar("K")
AT_ONCE, FEW = 20_000, 500
BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


class Recorded(NamedTuple):
    """What a reducer may read of an act, beside its evidence."""

    id: int
    actor: str
    unit_id: str
    object: str
    subject: str
    community: str
    happened_at: datetime
    origin: str
    verb: str
    version: int
    evidence: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Span:
    """Subjects by their ids: those `after` one, up to another (None: all that follow); or the few in `ids`."""

    after: str = ""
    upto: str | None = None
    ids: tuple[str, ...] = ()

    def within(self, field: str) -> Q:
        """A condition on the column that holds the subject's id."""
        if self.ids:
            return Q(**{f"{field}__in": self.ids})
        after = Q(**{f"{field}__gt": self.after}) if self.after else Q()
        return after & (Q(**{f"{field}__lte": self.upto}) if self.upto else Q())


Row = tuple[Any, ...]
"""Columns as they are stored; of an act those of `Recorded`, the evidence as text, and two more of `_acts`."""
Step = Callable[[S, Recorded, Any], S]


class Reducer(Generic[S]):
    """What follows of one subject's acts, or of those that have one object: a step a verb; `rows` reads the same.

    `nothing` makes what there is before the first act. What it makes is the fold's own: a step may change it in place.
    """

    def __init__(
        self,
        name: str,
        nothing: Callable[[], S],
        rows: Callable[[Span], Mapping[str, S]],
        by: Literal["subject", "object"] = "subject",
    ) -> None:
        self.name, self.nothing, self.rows, self.by = name, nothing, rows, by
        self.steps: dict[str, Step[S]] = {}
        REDUCERS.append(self)

    def on(self, *verbs: str) -> Callable[[Callable[[S, Recorded, E], S]], Callable[[S, Recorded, E], S]]:
        def register(step: Callable[[S, Recorded, E], S]) -> Callable[[S, Recorded, E], S]:
            self.steps |= dict.fromkeys(verbs, step)
            return step

        return register

    def at(self, subject: str, moment: datetime) -> S:
        """What followed for one subject from all that had happened by then, brought by an archive since or not."""
        acts = Act.objects.filter(subject=subject, verb__in=[*self.steps], happened_at__lte=moment)
        before = self.nothing()
        for row in acts.everywhere("a fold").order_by("happened_at", "id").values_list(*Recorded._fields).iterator():
            act = Recorded._make(row)
            before = self.steps[act.verb](before, act, Evidence.of(act))
        return before

    def remedy(self, subject: str) -> str:
        """What helps where its row says something else than its acts, which can all be read; if anything does."""
        return ""


REDUCERS: list[Reducer[Any]] = []


def is_set(column: str) -> Any:
    """Of a moment that is in no evidence: whether there is one."""
    return ExpressionWrapper(Q(**{f"{column}__isnull": False}), output_field=BooleanField())


def of_each(name: str, model: type[Model], subject: str, *columns: Any) -> Reducer[Row]:
    """Rows that acts have as their object, each by itself: those of its columns that the acts determine.

    `subject`: the way to the subject of those acts.
    """

    def rows(span: Span) -> dict[str, Row]:
        mine = everywhere(model, "check").filter(span.within(subject)).order_by()
        return {row[0]: row[1:] for row in mine.values_list("pk", *columns)}

    return Reducer(name, tuple, rows, by="object")


def gathered(pairs: Iterable[tuple[str, K]]) -> dict[str, set[K]]:
    """For `rows`: by their first half."""
    by_subject: dict[str, set[K]] = defaultdict(set)
    for subject, what in pairs:
        by_subject[subject].add(what)
    return dict(by_subject)


def differences(since: int | None = None) -> Iterator[str]:
    """One line for each act that cannot be read, and for each status in which ledger and rows disagree.

    `since`: of subjects with an act after that.
    """
    for span in all_spans() if since is None else _spans_since(since):
        fold = Fold()
        yield from fold.over(_acts(span))
        for reducer in REDUCERS:
            yield from _compared(reducer, fold, reducer.rows(span))


def _compared(reducer: Reducer[Any], fold: Fold, stored: Mapping[str, Any]) -> Iterator[str]:
    derived = fold.derived[reducer.name]
    for key in sorted(derived.keys() | stored.keys()):
        folded, shown = (each[key] if key in each else reducer.nothing() for each in (derived, stored))
        if folded != shown:
            remedy = reducer.remedy(key) if key in derived and key not in fold.unread else ""
            yield f"{reducer.name} {key}: the ledger says {folded}, the rows say {shown}{remedy}"


def folded(span: Span) -> Fold:
    fold = Fold()
    deque(fold.over(_acts(span)), maxlen=0)
    return fold


class Fold:
    """What follows for some subjects: `derived[reducer's name][subject, or object]`.

    `unread`: subjects with an act that cannot be read. It says nothing, so what the others say may be false.
    """

    def __init__(self) -> None:
        self.unread: set[str] = set()
        self.derived: dict[str, dict[str, Any]] = {reducer.name: {} for reducer in REDUCERS}
        self.steps: dict[str, list[tuple[Reducer[Any], Step[Any]]]] = {}
        for reducer in REDUCERS:
            for verb, step in reducer.steps.items():
                self.steps.setdefault(verb, []).append((reducer, step))

    def over(self, rows: Iterable[Row]) -> Iterator[str]:
        """Fold the acts in; one line for each that cannot be read."""
        for *columns, verb, version, text, recorded_by, experience in rows:
            for name in _untyped(columns[1], columns[2], columns[5], recorded_by, experience):
                self.unread.add(columns[4])
                yield f"act {columns[0]}: {name} may not be this text: the ledger holds ids and codes"
            try:
                stored, evidence = _read(verb, version, text)
            except NotRecordable as error:
                self.unread.add(columns[4])
                yield f"act {columns[0]}: {error}"
            else:
                if steps := self.steps.get(verb):
                    self._take(steps, Recorded._make((*columns, verb, version, stored)), evidence)

    def _take(self, steps: Iterable[tuple[Reducer[Any], Step[Any]]], act: Recorded, evidence: Evidence) -> None:
        for reducer, step in steps:
            derived, key = self.derived[reducer.name], act.subject if reducer.by == "subject" else act.object
            derived[key] = step(derived[key] if key in derived else reducer.nothing(), act, evidence)


@lru_cache(maxsize=AT_ONCE)
def _read(verb: str, version: int, text: str) -> tuple[Mapping[str, Any], Evidence]:
    """The evidence as it was stored, and typed: of most acts the same few. What no act could have stored is refused."""
    try:
        stored = json.loads(text)
    except ValueError as error:
        raise NotRecordable(f"evidence that is no JSON: {error}") from error
    evidence = Evidence.of(Recorded(0, "", "", "", "", "", BEFORE_ALL, HERE, verb, version, stored))
    evidence.as_json()
    return stored, evidence


@lru_cache(maxsize=AT_ONCE)
def _untyped(actor: str, unit_id: str, community: str, recorded_by: str, experience: str) -> tuple[str, ...]:
    """Which of an act's own columns hold what no act could have stored there: of most acts the same few people."""
    ids = {"actor": actor, "unit_id": unit_id, "community": community, "recorded_by": recorded_by}
    wrong = [name for name, value in ids.items() if not PUBLIC_ID.allows(value)]
    return (*wrong, "experience") if experience not in EXPERIENCES else tuple(wrong)


def _acts(span: Span) -> Iterator[Row]:
    acts = Act.objects.filter(span.within("subject")).everywhere("replay folds all").order_by("id")
    columns = (*Recorded._fields[:-1], Cast("evidence", TextField()), "recorded_by", "experience")
    return acts.values_list(*columns).iterator(chunk_size=2_000)


def all_spans() -> Iterator[Span]:
    """Of about AT_ONCE acts each, so that memory stays the same however long the ledger is."""
    after = ""
    subjects = Act.objects.everywhere("replay folds all").order_by("subject").values_list("subject", flat=True)
    while (upto := subjects.filter(subject__gt=after)[AT_ONCE : AT_ONCE + 1].first()) is not None:
        yield Span(after, upto)
        after = upto
    yield Span(after)


def _spans_since(act: int) -> Iterator[Span]:
    touched = Act.objects.filter(id__gt=act).everywhere("replay folds what is new").order_by("subject")
    ids = list(touched.values_list("subject", flat=True).distinct())
    for start in range(0, len(ids), FEW):
        yield Span(ids=tuple(ids[start : start + FEW]))
