"""How people come in: signing up, being added, and one-time links where there is no mail."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from commonplace.communities import policy
from commonplace.communities.models import Installation, Person, SignInLink
from commonplace.communities.secrets import digest
from commonplace.ledger import clock
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.evidence import Nothing


def _email_is_free(actor: Person, installation: Installation, *, person: Person | None = None) -> None:
    newcomer = person or actor
    if newcomer.email and Person.objects.filter(email__iexact=newcomer.email).exists():
        raise NotPossible(_("Somebody here already has the address %(email)s.") % {"email": newcomer.email})


@act("person.signed_up", who=policy.someone_with_a_way_in, evidence=Nothing, guard=_email_is_free)
def sign_up(actor: Person, installation: Installation) -> Written[Person]:
    """Who: someone with a way in (first account, invitation, open sign-up). Guard: the address is free. Effect: a person.

    The first one becomes the operator.
    """
    actor.is_operator = not Person.objects.exclude(email=None).exists()
    actor.save(force_insert=True)
    return Written(actor, Nothing())


@act("person.added", who=policy.operator, evidence=Nothing, guard=_email_is_free)
def add_person(actor: Person, installation: Installation, *, person: Person) -> Written[Person]:
    """Who: the operator. Guard: the address is free. Effect: a person without a password, who comes in by a link."""
    person.set_unusable_password()
    person.save(force_insert=True)
    return Written(person, Nothing())


@act("person.link_issued", who=policy.operator, evidence=Nothing)
def issue_sign_in_link(actor: Person, person: Person, *, secret: str) -> Written[SignInLink]:
    """Who: the operator. Guard: none. Effect: a link that lets the person in once, within days."""
    expires = clock.now() + timedelta(days=settings.SIGN_IN_LINK_DAYS)
    link = SignInLink.objects.create(person=person, digest=digest(secret), issued_by=actor, expires_at=expires)
    return Written(link, Nothing())


def _link_is_fresh(actor: Person, link: SignInLink) -> None:
    if link.used_at or link.expires_at < clock.now() or not actor.is_active:
        raise NotPossible(_("This link has been used or is too old. Ask the operator for a new one."))


@act("person.link_used", who=policy.whose_it_is, evidence=Nothing, guard=_link_is_fresh)
def take_sign_in_link(actor: Person, link: SignInLink) -> Written[SignInLink]:
    """Who: the person whose it is. Guard: unused and in time. Effect: the link is spent; the caller signs the person in."""
    link.used_at = clock.now()
    link.save(update_fields=["used_at"])
    return Written(link, Nothing())
