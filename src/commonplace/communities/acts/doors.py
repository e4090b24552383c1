"""How people come in: signing up, being added, and one-time links where there is no mail."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from commonplace.communities import addresses, policy
from commonplace.communities.acts.units import is_current
from commonplace.communities.evidence import SignedUp
from commonplace.communities.models import Installation, Invitation, Person, SignInLink, Unit
from commonplace.communities.naming import must_be_a_name
from commonplace.communities.secrets import digest, has_digest
from commonplace.ledger import clock
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.evidence import Nothing


def _installation(*args: Any, **kwargs: Any) -> tuple[Installation]:
    """Accounts are made one after the other, whatever installation the caller has in hand."""
    return (Installation.current(),)


def _can_have_an_account(newcomer: Person) -> None:
    must_be_a_name(newcomer.name)
    if not newcomer.email:
        raise NotPossible(_("An account needs an e-mail address."))
    _is_an_address(newcomer)
    if addresses.taken([newcomer.email]):
        raise NotPossible(_("Somebody here already has the address %(email)s.") % {"email": newcomer.email})
    is_current(Unit.objects.filter(pk=newcomer.unit_id).first())


def _is_an_address(newcomer: Person) -> None:
    try:
        newcomer._meta.get_field("email").clean(newcomer.email, newcomer)
    except ValidationError as wrong:
        raise NotPossible(" ".join(wrong.messages), "email") from wrong


def _nobody_is_here() -> bool:
    """Asked once the installation's row is there: of two first accounts, the later waits for it, and sees the other."""
    Installation.objects.get_or_create(pk=Installation.ONLY)
    return not Person.objects.accounts().exists()


def _is_invited(secret: str) -> bool:
    return Invitation.objects.with_secret(secret).open().exists()


def _was_invited(secret: str) -> None:
    if Invitation.objects.with_secret(secret).exists():
        raise NotPossible(_("This invitation is no longer good. Ask a facilitator for a new one."))


def _has_a_way_in(actor: Person, installation: Installation, *, first: bool = False, secret: str = "") -> None:
    if first and not _nobody_is_here():
        raise NotPossible(_("Somebody has made the first account already. Sign in, or ask for an invitation."))
    if not first and not Installation.current().open_signup and not _is_invited(secret):
        _was_invited(secret)
        raise NotPossible(_("People come here by invitation. Ask somebody who is here for one."))
    _can_have_an_account(actor)


@act("person.signed_up", who=policy.someone_with_a_way_in, evidence=SignedUp, guard=_has_a_way_in, locks=_installation)
def sign_up(actor: Person, installation: Installation, *, first: bool = False, secret: str = "") -> Written[Person]:
    """Who: someone with a way in. Guard: `first` and nobody is here, or sign-up is open, or an invitation's secret;
    the address is free; their unit was not merged.
    Effect: a person; the first one is the operator, whose letters go to that address.
    """
    actor.is_operator, actor.namesake = first, Person.objects.namesake(actor.name)
    actor.given_email = str(actor.email).lower() if first else ""
    actor.save(force_insert=True)
    return Written(actor, SignedUp(operator=first))


def _may_be_added(actor: Person, installation: Installation, *, person: Person) -> None:
    _can_have_an_account(person)


@act("person.added", who=policy.operator, evidence=Nothing, guard=_may_be_added, locks=_installation)
def add_person(actor: Person, installation: Installation, *, person: Person) -> Written[Person]:
    """Who: the operator. Guard: the address is free; a unit that was not merged.
    Effect: a person without a password, who comes in by a link; letters go to that address.
    """
    person.is_operator, person.namesake = False, Person.objects.namesake(person.name)
    person.given_email = str(person.email).lower()
    person.set_unusable_password()
    person.save(force_insert=True)
    return Written(person, Nothing())


def _has_an_account(actor: Person, person: Person, *, secret: str) -> None:
    if person.is_unclaimed or not person.is_active:
        raise NotPossible(_("%(name)s has no account that a link could open.") % {"name": person.known_as})


@act("person.link_issued", who=policy.operator, evidence=Nothing, guard=_has_an_account)
def issue_sign_in_link(actor: Person, person: Person, *, secret: str) -> Written[SignInLink]:
    """Who: the operator. Guard: an account, and active. Effect: a link that lets the person in once, within days."""
    expires = clock.now() + timedelta(days=settings.SIGN_IN_LINK_DAYS)
    link = SignInLink.objects.create(
        person=person,
        digest=digest(secret),
        password_set_at=person.password_set_at,
        issued_by=actor,
        expires_at=expires,
    )
    return Written(link, Nothing())


def _holds(actor: Person, link: SignInLink, *, secret: str) -> None:
    if not has_digest(secret, link.digest) or not link.is_fresh():
        raise NotPossible(_("This link has been used or is too old. Ask the operator for a new one."))


@act("person.link_used", who=policy.whose_it_is, evidence=Nothing, guard=_holds)
def take_sign_in_link(actor: Person, link: SignInLink, *, secret: str) -> Written[SignInLink]:
    """Who: the person whose it is. Guard: they have its secret; unused, in time, their password is the same.
    Effect: the link is spent; the caller signs the person in.
    """
    link.used_at = clock.now()
    link.save(update_fields=["used_at"])
    return Written(link, Nothing())
