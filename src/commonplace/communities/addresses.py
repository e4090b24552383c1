"""Whose an address is: of whoever signs in with it, and of whoever only wrote it down here."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from commonplace.communities.models import Person


def taken(emails: Iterable[str], besides: str | None = None) -> set[str]:
    """Those that somebody here has, proven or not; not counting the person of this id."""
    wanted = {email.strip().lower() for email in emails}
    theirs = Person.objects.filter(email__in=wanted).exclude(pk=besides).values_list("email", flat=True)
    noted = EmailAddress.objects.filter(email__in=wanted).exclude(user=besides).values_list("email", flat=True)
    return {str(email) for email in (*theirs, *noted)}


def may_be_set_anew(person: Person, email: str) -> bool:
    """May whoever reads the mail of this address set the password? Not of an account that only wrote it down."""
    proven = Q(user=person, email=email.strip().lower(), verified=True)
    return person.email == email.strip().lower() or EmailAddress.objects.filter(proven).exists()


def vouched_for() -> QuerySet[Person]:
    """Whose mail may go out: the address was given by whoever runs this, or its reader has confirmed it.

    Letter for letter, as both are kept in small ones: a database that is asked whether two are alike takes `_` for any
    sign, or a letter of another alphabet for ours.
    """
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), email=OuterRef("email"), verified=True)
    return Person.objects.filter(Q(given_email=F("email")) | Exists(confirmed)).exclude(email=None)


def is_vouched_for(person: Person) -> bool:
    return person.given_email == person.email or vouched_for().filter(pk=person.pk).exists()
