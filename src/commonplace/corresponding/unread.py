"""How many threads have something unread, on every page: one statement, asked once a page."""

from typing import Any

from django.http import HttpRequest

from commonplace.corresponding.models import Notice
from commonplace.ledger.once import once
from commonplace.ledger.reading import READER, Reading

MOST = 100


def _unread() -> Any:
    return Notice.objects.visible_to(READER).unread().order_by().values_list("thread").distinct()[:MOST]


UNREAD: Reading[str] = Reading(_unread, shape=str)


def threads(person: Any) -> list[str]:
    """MOST at the most."""
    return once(("unread", person.pk), lambda: UNREAD.rows(reader=person))


def in_words(n: int) -> str:
    """Nothing where nothing is unread."""
    return (str(n) if n < MOST else f"{MOST - 1}+") if n else ""


def count(request: HttpRequest) -> dict[str, Any]:
    """For every page. What the page itself shows is read with it."""
    return {"unread_threads": lambda: _beside(request)}


def _beside(request: HttpRequest) -> str:
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return ""
    shown = getattr(request, "shown_thread", "")
    return in_words(len([one for one in threads(person) if one != shown]))
