"""What happened, as it is told to those whom it concerns: each phase contributes which acts are an occasion for whom,
and the threads under which that is grouped and which people follow (docs/decisions/0014).

Whoever tells it, on a page, in a letter, in a feed, composes what was contributed and names no phase.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from django.db.models import CharField, QuerySet, Value
from django.http import HttpRequest
from django.utils.functional import Promise

from commonplace.communities.models import Community, Person
from commonplace.communities.texts import MARKDOWN, shown
from commonplace.ledger.models import Act


class Concern(NamedTuple):
    """One whom an act concerns, and why: the name of a `Because` of its occasion; `about`: a plain id or a number."""

    person: str
    because: str
    about: str = ""


class Told(Protocol):
    """What is known of a notice when it is put into words: who acted (None: nobody, or who is gone), on what, why."""

    actor: Person | None
    thread: str
    object: str
    because: str
    about: str

    @property
    def who(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Because:
    """Why somebody is told, in words after "because"; `%(about)s` stands for the number or name of what it is about.

    `at_once`: a letter goes at once, else it stands in the digest. `own`: it is about who is told, and said to them
    wherever they may read.
    """

    words: Promise
    at_once: bool = False
    own: bool = False


class Seen(NamedTuple):
    """A thread that its reader may read, in the columns that all kinds have; `more`: what else its address needs."""

    kind: str
    thread: str
    title: str
    more: str
    community: str
    slug: str
    called: str
    language: str
    visibility: str

    @property
    def here(self) -> Community:
        return Community(
            pk=self.community, slug=self.slug, title=self.called, language=self.language, visibility=self.visibility
        )


def seen(
    rows: Any, kind: str, thread: str = "pk", title: str = "title", more: Any = None, here: str = "community__"
) -> QuerySet[Any, Any]:
    """Of such rows, the columns of `Seen`. `here`: the way to the community."""
    nothing = Value("", output_field=CharField())
    known = rows.order_by().annotate(
        seen_kind=Value(kind, output_field=CharField()), seen_more=nothing if more is None else more
    )
    of_it = (f"{here}{name}" for name in ("pk", "slug", "title", "language", "visibility"))
    columns: QuerySet[Any, Any] = known.values_list("seen_kind", thread, title, "seen_more", *of_it)
    return columns


@dataclass(frozen=True, slots=True)
class Named:
    """A thread as its reader sees it."""

    title: str
    href: str
    community: Community


def _by_its_id(request: Any) -> str:
    return str(request.resolver_match.kwargs["pk"])


def _title(one: Seen) -> str:
    return one.title


@dataclass(frozen=True, slots=True)
class Thread:
    """Under what notices are grouped, and what people follow.

    `rows()`: those among the place `threads` that the place for a reader may read, as `seen`; all kinds are read in one
    statement. `href`, `title`: of one that was. `pages`: names of the addresses that show what is new in it;
    `shown(request)`: its id there, "" while that is not known. `topics(thread)`: ids of topics it is filed under.
    `many`: what it is called where people choose how they are told of all of its kind; `part_of`: the kind with which
    they do, if it has no choice of its own.
    """

    name: str
    phase: str
    words: Promise
    rows: Callable[[], QuerySet[Any, Any]]
    href: Callable[[Seen], str]
    title: Callable[[Seen], str] = _title
    pages: tuple[str, ...] = ()
    topics: Callable[[str], Sequence[str]] = lambda thread: ()
    shown: Callable[[HttpRequest], str] = _by_its_id
    many: Promise | str = ""
    part_of: str = ""

    def named(self, one: Seen) -> Named:
        return Named(self.title(one), self.href(one), one.here)


def _subject(act: Act) -> str:
    return act.subject


def _nobody(act: Act) -> Iterable[Concern]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What acts of these `verbs` are to whom they concern, in the `thread` of that name; of those only where `is_one`.

    `concerns(act)`: whom and why, the weightiest reason of each first. `what`: what happened, with `%(who)s` for who
    acted. `href(notice, named)`: where it leads. `followed`: told to whoever follows the thread, its topics or who
    acted, too. `gathered`: of several in a thread one is told, until it is put away. `quoted(person, objects)`: of the
    objects of such acts, which this person may read, the HTML of what was said. `undone_by`: verbs by which whoever
    acted takes it back from that object; what is unread and in no letter is told no more.
    """

    name: str
    thread: str
    what: Promise
    verbs: tuple[str, ...] = ()
    is_one: Callable[[Act], bool] = lambda act: True
    concerns: Callable[[Act], Iterable[Concern]] = _nobody
    because: Mapping[str, Because] = field(default_factory=dict)
    thread_of: Callable[[Act], str] = _subject
    href: Callable[[Told, Named], str] = lambda notice, named: named.href
    followed: bool = False
    gathered: bool = False
    undone_by: tuple[str, ...] = ()
    quoted: Callable[[Any, Sequence[str]], Mapping[str, str]] | None = None


def words_of(model: Any, column: str) -> Callable[[Any, Sequence[str]], Mapping[str, str]]:
    """`quoted` of what people typed in this column of rows that have a door of their own."""

    def quoted(person: Any, objects: Sequence[str]) -> Mapping[str, str]:
        rows = model.objects.visible_to(person).filter(pk__in=objects).values_list("pk", column)
        return {pk: shown(words, MARKDOWN, pk) for pk, words in rows}

    return quoted


class Due(NamedTuple):
    """What falls due in the `thread` of a `community`, plain ids: whom it concerns is told of this `object` once."""

    community: str
    thread: str
    object: str
    concerns: Iterable[Concern]


@dataclass(frozen=True, slots=True)
class Reminder:
    """What time brings, with no act: told as the occasion of the same `name`, which has no verbs.

    `due(now)`: what falls due about now; asked often, it may say the same each time.
    """

    name: str
    due: Callable[[datetime], Iterable[Due]]
