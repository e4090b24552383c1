"""What closes and falls due for somebody, as a calendar (RFC 5545, RFC 7986): no alarm, and nobody is shown as busy."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities.calendar import Dates, DueDate
from commonplace.communities.contributions import contributed
from commonplace.corresponding.feeds.atom import plain
from commonplace.ledger import clock

BEFORE, AHEAD, REFRESHED = timedelta(days=30), timedelta(days=2 * 365), timedelta(hours=6)


def dates(person: Any) -> list[DueDate]:
    """The soonest first; a day stands before the hours of it."""
    now = clock.now()
    due = (one for source in contributed(Dates) for one in source.due(person, now - BEFORE, now + AHEAD))
    return sorted(due, key=lambda one: (one.on.isoformat(), one.uid))


def ics(due: Sequence[DueDate], title: str, at: Callable[[str], str]) -> bytes:
    """The library is brought in by whoever first asks: it takes a third of a second."""
    from icalendar import Calendar

    calendar = Calendar()
    for name, value in _head(title):
        calendar.add(name, value)
    calendar.add("refresh-interval", REFRESHED, parameters={"VALUE": "DURATION"})
    for one in due:
        calendar.add_component(_event(one, at(one.href)))
    return bytes(calendar.to_ical())


def _head(title: str) -> Iterator[tuple[str, Any]]:
    yield from (("prodid", "-//Commonplace//EN"), ("version", "2.0"))
    yield from (("name", plain(title)), ("x-wr-calname", plain(title)))
    yield "x-published-ttl", "PT6H"


def _event(due: DueDate, href: str) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{due.uid}@commonplace")
    event.add("dtstamp", due.since.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", due.on.astimezone(UTC).replace(microsecond=0) if isinstance(due.on, datetime) else due.on)
    event.add("summary", plain(_("%(what)s: %(title)s") % {"what": due.what, "title": due.title}))
    event.add("description", plain(f"{due.community}\n{href}"))
    event.add("url", href)
    event.add("transp", "TRANSPARENT")
    return event
