"""What a phase brings to a page that shows several phases: what waits, what is new, a panel, what can be found or is
filed under a topic, what a new community can begin with, what is told to whom (`occasions.py`),
what falls due (`calendar.py`), what somebody looks after (`entrusted.py`), what is alive now (`alive.py`), what of
theirs a person's page may show (`portraits.py`), what they may be asked about (`subjects.py`).

The page composes what was contributed and names no phase.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, ClassVar, TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from django.utils.functional import Promise

from commonplace.communities import lately
from commonplace.communities.alive import Alive
from commonplace.communities.calendar import Dates
from commonplace.communities.entrusted import Entrusted
from commonplace.communities.finding import Findable as Findable
from commonplace.communities.finding import SearchSource as SearchSource
from commonplace.communities.finding import Shown as Shown
from commonplace.communities.leading import leads_to, slug_of, subject_of
from commonplace.communities.models import Community
from commonplace.communities.news import MOST_PIECES as MOST_PIECES
from commonplace.communities.news import News as News
from commonplace.communities.news import Piece as Piece
from commonplace.communities.occasions import Occasion, Reminder, Thread
from commonplace.communities.portraits import Portrait
from commonplace.communities.subjects import Subjects
from commonplace.communities.urgency import Urgency
from commonplace.communities.way_on import Step as Step
from commonplace.communities.way_on import WayOn
from commonplace.ledger.ids import LENGTH

MOST_NEEDS, MOST_ALIKE = 20, 3
MOST_COUNTED = 500


@dataclass(frozen=True, slots=True)
class Need:
    """One thing to do, with its address. `phase`: ext, obj, int, red or none; `detail` in place of how long ago;
    the `language` of its community; `due`: when it closes, falls due, or ends by itself.

    `kind` tells it apart from what else waits on that page; `many`: how many rows it stands for, if it is no single
    one; `by`: who contributed it, said where all are composed; `act`: what is done there, in a word or two; `step`:
    what can be done at once. `of_place`: `title` is the community's, so that what waits is called by `what`. `about`:
    the id of what a round is on, whose own page is another.
    """

    phase: str
    what: str
    title: str
    href: str
    since: datetime
    detail: str = ""
    language: str = ""
    due: datetime | None = None
    urgency: Urgency = Urgency.WAITS
    kind: str = ""
    many: int = 0
    by: str = ""
    act: str = ""
    of_place: bool = False
    about: str = ""
    step: Step | None = None

    @property
    def slug(self) -> str:
        """Of the community whose page it leads to."""
        return slug_of(self.href)

    @property
    def subjects(self) -> set[str]:
        """What its page is about, and what it asks about if that has a page of its own."""
        return {subject_of(self.href), self.about} - {""}

    @property
    def key(self) -> str:
        """The same while it waits, whatever it is called: who brought it, and the page where it is done."""
        page, asks = leads_to(self.href), urlsplit(self.href)
        ids = {name: value for name, value in page.kwargs.items() if name != "name"}
        return _digest(self.by, self.kind, self.phase, page.url_name, sorted(ids.items()), asks.query, asks.fragment)

    @property
    def stamp(self) -> str:
        """Another as soon as something about it changes: what is asked, until when, of how many."""
        return _digest(self.what, self.title, self.many or self.since.isoformat(), self.due and self.due.isoformat())


def _digest(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:LENGTH]


@dataclass(frozen=True, slots=True)
class Needs:
    """`waiting(person)`: what waits for this person; of what is alike MOST_ALIKE, and how much more there is."""

    name: str
    waiting: Callable[[Any], Iterable[Need]]


@dataclass(frozen=True, slots=True)
class Aside:
    """`marks(person)`: by their keys the needs that this person has set aside; with what was so then, of one that is
    set aside until something changes, else with ""."""

    name: str
    marks: Callable[[Any], Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A section of a page: its own `template` shows it, as `panel`; `above`, at the top; `beside`, beside the title.
    Each may be missing. `last`: quiet, where the page ends. `way_on`: what comes next of this row, in a sentence at
    the top."""

    template: ClassVar[str] = ""
    above: ClassVar[str] = ""
    beside: ClassVar[str] = ""
    last: ClassVar[bool] = False
    steps: tuple[Step, ...] = ()
    way_on: WayOn | None = None


@dataclass(frozen=True, slots=True)
class Panels:
    """`panel(person, row)`: what a higher phase adds to the page of a row: a community, an exchange, a person's
    membership."""

    name: str
    on: type[Model]
    panel: Callable[[Any, Any], Panel]


@dataclass(frozen=True, slots=True)
class HomePart:
    """`part(person)`: a panel on home for whom it concerns, None for others. It stands in place of what is new for who
    reads no community, else after it."""

    name: str
    part: Callable[[Any], Panel | None]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A kind of what is filed under topics: `rows` say under which by their `filed_under`. The list at `address` takes
    `?topic=`; `counted(n, most)` says how many of a topic, which are counted up to `most`."""

    name: str
    rows: type[Model]
    address: str
    counted: Callable[[int, int], str]


@dataclass(frozen=True, slots=True)
class FirstStep:
    """What a new community can begin with, in some `minutes`: `why`, in a sentence, and the `ways` there.

    The lower its `place`, the earlier. `columns()` are read with the community's row; from that `done(row)` says what
    came of it, and nothing while it has not been done.
    """

    name: str
    place: int
    phase: str
    title: Promise
    why: Promise
    minutes: int
    ways: Callable[[Community], Sequence[Step]]
    columns: Callable[[], Mapping[str, Any]]
    done: Callable[[Any], str]


Contribution = (
    Needs
    | Aside
    | News
    | HomePart
    | Panels
    | SearchSource
    | Shelf
    | FirstStep
    | Occasion
    | Thread
    | Reminder
    | Dates
    | Entrusted
    | Portrait
    | Subjects
    | Alive
)
C = TypeVar("C", bound=Contribution)
R = TypeVar("R")
_contributed: dict[tuple[type[Any], str], Contribution] = {}


def first_of(
    rows: Sequence[R],
    need: Callable[[R], Need],
    alike: Callable[[R], Any],
    further: Callable[[Sequence[R]], Need],
    is_a_list: Callable[[R], bool] = lambda row: False,
) -> Iterator[Need]:
    """Of up to MOST_COUNTED rows those that are `alike` as a need each while they are few. Of more the first are, and
    how many more there are, unless it is one, is said once; of what a list has just as it waits, how many there are, in
    place of all."""
    groups = defaultdict(list)
    for row in rows:
        groups[alike(row)].append(row)
    for group in groups.values():
        shown = 0 if len(group) > MOST_ALIKE and is_a_list(group[0]) else MOST_ALIKE
        shown += len(group) == shown + 1
        yield from map(need, group[:shown])
        if more := group[shown:]:
            yield replace(further(more), since=need(more[0]).since, many=len(more), of_place=True)


def contribute(*contributions: Contribution) -> None:
    """Called once by each phase at start-up: those of lower layers come first, each under a name of its own."""
    for one in contributions:
        if (type(one), one.name) in _contributed:
            raise ImproperlyConfigured(f"{type(one).__name__} {one.name} is contributed twice.")
        _contributed[type(one), one.name] = one
        if isinstance(one, News):
            lately.SOURCES.append(one.rows)


def contributed(kind: type[C]) -> list[C]:
    return [one for one in _contributed.values() if isinstance(one, kind)]


def of_name(kind: type[C], name: str) -> C | None:
    one = _contributed.get((kind, name))
    return one if isinstance(one, kind) else None


def home_parts(person: Any) -> list[Panel]:
    return [part for one in contributed(HomePart) if (part := one.part(person))]


def panels(person: Any, row: Model) -> list[Panel]:
    """What the higher phases add to this row's page."""
    return [one.panel(person, row) for one in contributed(Panels) if isinstance(row, one.on)]
