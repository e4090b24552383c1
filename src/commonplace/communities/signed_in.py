"""Who asks for a page: their session and their row, each read by a statement that is composed once."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import DateTimeField

from commonplace.communities.models import Person
from commonplace.ledger import clock
from commonplace.ledger.reading import Place, Reading

SESSION: Reading[Session] = Reading(
    lambda: Session.objects.filter(session_key=Place("key"), expire_date__gt=Place("now", DateTimeField()))
)
PERSON: Reading[Person] = Reading(lambda: Person.objects.filter(pk=Place("person")))


class SessionStore(db.SessionStore):
    """Django's own, in the database; it ends by the clock on the wall, as Django begins it."""

    def _get_session_from_db(self) -> Session | None:
        session = SESSION.first(key=self.session_key, now=clock.wall())
        if session is None:
            self._session_key = None
        return session


class SignIn(AuthenticationBackend):
    """The sign-in library's own."""

    def get_user(self, user_id: Any) -> Person | None:
        person = PERSON.first(person=user_id)
        return person if person and self.user_can_authenticate(person) else None
