"""Somebody who came by a one-time link may set a new password without the old one, for a while, in that session."""

from datetime import datetime, timedelta

from django.http import HttpRequest

from commonplace.communities.models import Person
from commonplace.communities.pages import Visit
from commonplace.ledger import clock

KEY = "by_link"
WHILE = timedelta(hours=1)


def note(request: HttpRequest, person: Person) -> None:
    request.session[KEY] = {"person": person.pk, "at": clock.now().isoformat()}


def forget(request: Visit) -> None:
    request.session.pop(KEY, None)


def may_set_password(request: Visit) -> bool:
    """Also whoever has no password yet."""
    person, noted = request.user, request.session.get(KEY)
    if not person.has_usable_password():
        return True
    return (
        noted is not None and noted["person"] == person.pk and clock.now() - datetime.fromisoformat(noted["at"]) < WHILE
    )
