"""Time zones by the names that people know: Europe/Paris, not CET nor Etc/GMT-1."""

from functools import cache
from pathlib import Path
from zoneinfo import available_timezones

from django.conf import settings
from django.utils.translation import gettext_lazy as _

UNKNOWN = _("Choose a time zone from the list, for instance Europe/Paris.")
CONTINENTS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
LOCALTIME, TIMEZONE = Path("/etc/localtime"), Path("/etc/timezone")


@cache
def names() -> frozenset[str]:
    return frozenset(name for name in available_timezones() if name.split("/")[0] in CONTINENTS) | {"UTC"}


@cache
def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """For a select: continent -> (name, place)."""
    grouped: dict[str, list[tuple[str, str]]] = {"UTC": [("UTC", "UTC")]}
    for name in sorted(names() - {"UTC"}):
        continent, _, place = name.partition("/")
        grouped.setdefault(continent, []).append((name, place.replace("_", " ").replace("/", ": ")))
    return list(grouped.items())


def of_the_browser(name: str) -> str:
    """As a browser spells it; where this machine stands if it says nothing, or what nobody calls a zone."""
    zone = "UTC" if name in ("Etc/UTC", "Etc/GMT", "GMT") else name
    return zone if zone in names() else of_the_server()


@cache
def of_the_server() -> str:
    """Where this machine stands; the setting otherwise. The environment says nothing: Django overwrites TZ."""
    linked = str(LOCALTIME.resolve()).rpartition("zoneinfo/")[2]
    written = TIMEZONE.read_text(errors="replace").strip() if TIMEZONE.is_file() else ""
    return next((name for name in (linked, written, settings.TIME_ZONE) if name in names()), "UTC")
