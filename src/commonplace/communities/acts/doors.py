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


def _address_is_free(newcomer: Person) -> None:
    if newcomer.email and Person.objects.filter(email__iexact=newcomer.email).exists():
        raise NotPossible(_("Somebody here already has the address %(email)s.") % {"email": newcomer.email})


def _nobody_is_here() -> bool:
    """Asked once the installation's row is there: of two first accounts, the later waits for it, and sees the other."""
    Installation.objects.get_or_create(pk=Installation.ONLY)
    return not Person.objects.accounts().exists()


def _may_sign_up(actor: Person, installation: Installation, *, first: bool = False) -> None:
    if first and not _nobody_is_here():
        raise NotPossible(_("Somebody has made the first account already. Sign in, or ask for an invitation."))
    _address_is_free(actor)


@act("person.signed_up", who=policy.someone_with_a_way_in, evidence=Nothing, guard=_may_sign_up)
def sign_up(actor: Person, installation: Installation, *, first: bool = False) -> Written[Person]:
    """Who: someone with a way in (first account, invitation, open sign-up). Guard: the address is free.
    Effect: a person.

    The first one becomes the operator; with `first`, nobody else is let in by this way.
    """
    actor.is_operator = _nobody_is_here()
    actor.save(force_insert=True)
    return Written(actor, Nothing())


def _may_be_added(actor: Person, installation: Installation, *, person: Person) -> None:
    _address_is_free(person)


@act("person.added", who=policy.operator, evidence=Nothing, guard=_may_be_added)
def add_person(actor: Person, installation: Installation, *, person: Person) -> Written[Person]:
    """Who: the operator. Guard: the address is free. Effect: a person without a password, who comes in by a link."""
    person.is_operator = False
    person.set_unusable_password()
    person.save(force_insert=True)
    return Written(person, Nothing())


def _has_a_way_in(actor: Person, person: Person, *, secret: str) -> None:
    if person.is_unclaimed or not person.is_active:
        raise NotPossible(_("%(name)s has no account that a link could open.") % {"name": person.name})


@act("person.link_issued", who=policy.operator, evidence=Nothing, guard=_has_a_way_in)
def issue_sign_in_link(actor: Person, person: Person, *, secret: str) -> Written[SignInLink]:
    """Who: the operator. Guard: an account, and active. Effect: a link that lets the person in once, within days."""
    expires = clock.now() + timedelta(days=settings.SIGN_IN_LINK_DAYS)
    link = SignInLink.objects.create(person=person, digest=digest(secret), issued_by=actor, expires_at=expires)
    return Written(link, Nothing())


def _link_is_fresh(actor: Person, link: SignInLink) -> None:
    if not link.is_fresh():
        raise NotPossible(_("This link has been used or is too old. Ask the operator for a new one."))


@act("person.link_used", who=policy.whose_it_is, evidence=Nothing, guard=_link_is_fresh)
def take_sign_in_link(actor: Person, link: SignInLink) -> Written[SignInLink]:
    """Who: the person whose it is. Guard: unused and in time.
    Effect: the link is spent; the caller signs the person in.
    """
    link.used_at = clock.now()
    link.save(update_fields=["used_at"])
    return Written(link, Nothing())
