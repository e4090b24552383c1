"""What a reader of a list had ticked when they left its page: with their session, and told nobody.

It is for the next time that the page is shown. Shown again without it nothing is ticked: what they took out is not
known then, and a consent is never said for them.
"""

from collections.abc import Sequence
from typing import Final

from django.http import HttpRequest

FIELD: Final = "lists"
LISTS: Final = 20


def keep(request: HttpRequest, name: str, ticks: Sequence[str]) -> None:
    held = {key: value for key, value in request.session.get(FIELD, {}).items() if key != name}
    request.session[FIELD] = dict([*held.items(), (name, list(ticks))][-LISTS:])


def taken(request: HttpRequest, name: str) -> set[str] | None:
    """As it was kept, once; None if the page was not shown before."""
    ticks: list[str] | None = request.session.get(FIELD, {}).get(name)
    if ticks != []:
        keep(request, name, [])
    return None if ticks is None else set(ticks)
