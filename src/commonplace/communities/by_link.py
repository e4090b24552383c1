"""Somebody who came by a one-time link may set a new password without the old one, for a while, in that session."""

from datetime import datetime, timedelta

from django.http import HttpRequest

from commonplace.communities.models import Person
from commonplace.communities.pages import Visit
from commonplace.ledger import clock

KEY = "by_link"
WHILE = timedelta(hours=1)


def note(request: HttpRequest, person: Person) -> None:
    at = clock.now().isoformat()
    request.session[KEY] = {"person": person.pk, "at": at, "password": _password_of(person)}


def forget(request: Visit) -> None:
    request.session.pop(KEY, None)


def may_set_password(request: Visit) -> bool:
    """Also whoever has no password yet."""
    person, noted = request.user, request.session.get(KEY)
    if not person.has_usable_password():
        return True
    return noted is not None and _is_of(noted, person) and clock.now() - datetime.fromisoformat(noted["at"]) < WHILE


def _is_of(noted: dict[str, str], person: Person) -> bool:
    """And of their password of then: whoever has set a new one has used the link."""
    return noted["person"] == person.pk and noted.get("password") == _password_of(person)


def _password_of(person: Person) -> str:
    """When they set it: what stands for it, whatever its digest is."""
    return person.password_set_at.isoformat() if person.password_set_at else ""
