"""For whoever has the machine: a way in where no mail leaves it, and which accounts are bots."""

import os

import click
from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from commonplace.communities import acts, secrets
from commonplace.communities.models import Person
from commonplace.ledger.alone import served_at
from commonplace.ledger.errors import NotPossible

as_operator = click.option(
    "--as", "by", default="", help="Which operator you are: your e-mail address, where there are several."
)


@click.command("signin-link")
@click.argument("email")
@as_operator
def signin_link(email: str, by: str) -> None:
    """Make a link that lets the person with this address in once, to sign in or to set a new password."""
    person = Person.objects.of_address(email)
    if person is None:
        raise click.ClickException(f"Nobody here has the address {email}.")
    secret = secrets.fresh()
    acts.issue_sign_in_link(operator(by), person, secret=secret)
    click.echo(address() + reverse("sign_in_link", args=[secret]))


@click.command("bot")
@click.argument("who")
@click.option("--person", "is_person", is_flag=True, help="It is a person after all.")
@as_operator
def bot(who: str, is_person: bool, by: str) -> None:
    """Say that an account is a bot: one with this e-mail address, or out of an archive that kept it at this address.

    What a bot does is in no figure from then on; it takes no stance. Addresses stand on the operator's page /people/,
    where whoever came with an archive is found by name.
    """
    people = _of_address(who)
    if not people:
        raise click.ClickException(f"Nobody here has the address {who!r}. Addresses stand on {address()}/people/.")
    try:
        for person in [one for one in people if one.is_bot == is_person] or people[:1]:
            acts.set_bot(operator(by), person, bot=not is_person)
            click.echo(f"{person.known_as} is {'a person again' if is_person else 'a bot now'}.")
    except NotPossible as refusal:
        raise click.ClickException(str(refusal)) from refusal


def _of_address(who: str) -> list[Person]:
    """Whose mail goes there; or, one for each community that its archive came to, who was written of there."""
    place = who.strip().partition("://")[2].rstrip("/")
    same = [f"{scheme}://{place}{end}" for scheme in ("https", "http") for end in ("", "/")] if place else []
    return list(Person.objects.filter(Q(email=who.strip().lower()) | Q(origin_url__in=same)).order_by("pk"))


def operator(email: str) -> Person:
    """In whose name a command acts: the operator of this address, or the only one there is."""
    there = Person.objects.filter(is_operator=True, is_active=True)
    asked = there.filter(email=email.strip().lower()) if email else there
    if len(asked) == 1:
        return asked[0]
    addresses = ", ".join(str(one.email) for one in there.order_by("email"))
    if not addresses:
        raise click.ClickException("There is no operator yet: open the start page in a browser first.")
    raise click.ClickException(f"Say which operator you are, with --as EMAIL: {addresses}.")


def address() -> str:
    """Where people reach this installation: COMMONPLACE_URL, else where it is served, else this machine at PORT."""
    given = os.environ.get("COMMONPLACE_URL", "").rstrip("/")
    return given or served_at(settings.DATA) or f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
