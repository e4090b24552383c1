"""What is unread, and whether the thread that a page shows is followed: one statement a page, asked once."""

from typing import Any, NamedTuple

from django.db.models import Case, CharField, Value, When
from django.http import HttpRequest

from commonplace.communities.paging import in_figures
from commonplace.corresponding.models import Following, Notice
from commonplace.ledger.once import once
from commonplace.ledger.reading import READER, Place, Reading

MOST = 100
UNREAD, FOLLOWED, MUTED = "unread", "followed", "muted"
HOW = Case(When(muted=True, then=Value(MUTED)), default=Value(FOLLOWED), output_field=CharField())


class Mark(NamedTuple):
    of: str
    kind: str


def _marks() -> Any:
    """Of the thread that is shown first: the rest may be cut."""
    unread = Notice.objects.visible_to(READER).unread().order_by().annotate(kind=Value(UNREAD))
    mine = Following.objects.visible_to(READER).filter(of=Place("shown")).annotate(how=HOW)
    rows = mine.values_list("of", "how").union(unread.values_list("thread", "kind"))
    return rows.order_by("how")[: MOST + 1]


MARKS: Reading[Mark] = Reading(_marks, shape=Mark)


def marks(person: Any, shown: str = "") -> list[Mark]:
    """`shown`: the id of what the page shows, said by whoever asks first."""
    return once(("marks", person.pk), lambda: MARKS.rows(reader=person, shown=shown))


def threads(person: Any, shown: str = "") -> list[str]:
    """With something unread; MOST at the most."""
    return [mark.of for mark in marks(person, shown) if mark.kind == UNREAD][:MOST]


def following(person: Any, shown: str) -> str:
    """FOLLOWED, MUTED, or nothing."""
    return next((mark.kind for mark in marks(person, shown) if mark.of == shown and mark.kind != UNREAD), "")


def followed(person: Any, community: Any, of: str) -> str:
    """The same of what is in several communities: a person."""
    row = Following.objects.visible_to(person).filter(community=community, of=of).first()
    return (MUTED if row.muted else FOLLOWED) if row else ""


def in_words(n: int) -> str:
    """Nothing where nothing is unread."""
    return in_figures(n, MOST) if n else ""


def count(request: HttpRequest) -> dict[str, Any]:
    """For every page. What the page itself shows is read with it."""
    return {"unread_threads": lambda: _beside(request)}


def _beside(request: HttpRequest) -> str:
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return ""
    thread = shown(request)
    return in_words(len([one for one in threads(person, thread) if one != thread]))


def shown(request: HttpRequest) -> str:
    """The id of the thread whose page this is; "" of other pages."""
    thread = getattr(request, "shows", None)
    return thread.shown(request) if thread else ""
