"""Where a person is signed in. The sign-in library notes each session; those that no longer hold are left out."""

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session

from commonplace.communities.models import Person
from commonplace.ledger import clock


def sessions(person: Person) -> list[UserSession]:
    """Latest first."""
    noted = list(UserSession.objects.filter(user=person.pk).order_by("-created_at"))
    stored = Session.objects.filter(session_key__in=[one.session_key for one in noted], expire_date__gt=clock.now())
    alive = {
        one.session_key for one in stored if one.get_decoded().get(HASH_SESSION_KEY) == person.get_session_auth_hash()
    }
    return [one for one in noted if one.session_key in alive]


def end(person: Person, pk: str) -> None:
    """One of this person's sessions, at once; somebody else's is not touched."""
    for one in UserSession.objects.filter(user=person.pk, pk=pk if pk.isdigit() else None):
        one.end()


def end_others(person: Person, current: str | None) -> None:
    for one in UserSession.objects.filter(user=person.pk).exclude(session_key=current):
        one.end()
