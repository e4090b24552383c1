"""Time zones by the names that people know: Europe/Paris, not CET nor Etc/GMT-1."""

from collections import Counter, defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from babel.dates import get_timezone_location
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from commonplace.ledger import clock
from commonplace.untrusted.visible import folded

UNKNOWN = _("Choose a time zone from the list, for instance Europe/Paris.")
CONTINENTS = {
    "Africa": _("Africa"),
    "America": _("America"),
    "Antarctica": _("Antarctica"),
    "Asia": _("Asia"),
    "Atlantic": _("Atlantic Ocean"),
    "Australia": _("Australia"),
    "Europe": _("Europe"),
    "Indian": _("Indian Ocean"),
    "Pacific": _("Pacific Ocean"),
}
LOCALTIME, TIMEZONE = Path("/etc/localtime"), Path("/etc/timezone")


@cache
def names() -> frozenset[str]:
    return frozenset(name for name in available_timezones() if name.split("/")[0] in CONTINENTS) | {"UTC"}


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """For a select: continent -> (name, place), as the reader's language calls them and in its order."""
    return _choices(get_language() or "en")


@cache
def _choices(language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    grouped: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in names() - {"UTC"}:
        grouped[str(CONTINENTS[name.split("/")[0]])].append((name, _place(name, language)))
    lists = [(continent, _apart(places)) for continent, places in grouped.items()]
    return [("UTC", [("UTC", "UTC")]), *sorted(lists, key=lambda one: folded(one[0]))]


def called(name: str) -> str:
    """Where its clocks hang: Europe/London is Londres in French."""
    return _place(name, get_language() or "en")


def _place(name: str, language: str) -> str:
    return get_timezone_location(name, locale=language, return_city=True).replace("/", ": ") if "/" in name else name


def _apart(places: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A zone that goes by another's clocks, or has an older name, is in the list with its own name too."""
    often = Counter(place for _name, place in places)
    named = [
        (name, place if often[place] == 1 or _place(name, "en") == _last(name) else f"{place} ({_last(name)})")
        for name, place in places
    ]
    return sorted(named, key=lambda one: folded(one[1]))


def _last(name: str) -> str:
    return name.partition("/")[2].replace("_", " ").replace("/", ": ")


def of_the_browser(name: str) -> str:
    """As a browser spells it; where this machine stands if it says nothing, or what nobody calls a zone."""
    zone = "UTC" if name in ("Etc/UTC", "Etc/GMT", "GMT") else name
    return zone if zone in names() else of_the_server()


def clocks(name: str) -> ZoneInfo:
    """Of whoever has chosen this zone, or none."""
    try:
        return ZoneInfo(name or of_the_server())
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def today() -> date:
    """By the server's clocks."""
    return clock.now().astimezone(clocks("")).date()


@cache
def of_the_server() -> str:
    """Where this machine stands; the setting otherwise. The environment says nothing: Django overwrites TZ."""
    linked = str(LOCALTIME.resolve()).rpartition("zoneinfo/")[2]
    written = TIMEZONE.read_text(errors="replace").strip() if TIMEZONE.is_file() else ""
    return next((name for name in (linked, written, settings.TIME_ZONE) if name in names()), "UTC")
