"""For whoever has the machine: a way in where no mail leaves it, and which accounts are bots."""

import os

import click
from django.urls import reverse

from commonplace.communities import acts, secrets
from commonplace.communities.models import Person
from commonplace.ledger.errors import NotPossible


@click.command("signin-link")
@click.argument("email")
def signin_link(email: str) -> None:
    """Make a link that lets the person with this address in once, to sign in or to set a new password."""
    person = Person.objects.of_address(email)
    if person is None:
        raise click.ClickException(f"Nobody here has the address {email}.")
    secret = secrets.fresh()
    acts.issue_sign_in_link(_operator(), person, secret=secret)
    click.echo(address() + reverse("sign_in_link", args=[secret]))


@click.command("bot")
@click.argument("who")
@click.option("--person", "is_person", is_flag=True, help="It is a person after all.")
def bot(who: str, is_person: bool) -> None:
    """Say that an account is a bot: one with this e-mail address, or out of an archive that kept it at this address.

    What a bot does is in no figure; it takes no stance.
    """
    person = Person.objects.of_address(who) or Person.objects.filter(origin_url=who).exclude(origin_url="").first()
    if person is None:
        raise click.ClickException(f"Nobody here has the address {who}.")
    try:
        acts.set_bot(_operator(), person, bot=not is_person)
    except NotPossible as refusal:
        raise click.ClickException(str(refusal)) from refusal


def _operator() -> Person:
    operator = Person.objects.filter(is_operator=True, is_active=True).first()
    if operator is None:
        raise click.ClickException("There is no operator yet: open the start page in a browser first.")
    return operator


def address() -> str:
    """Where people reach this installation: COMMONPLACE_URL, else this machine at PORT."""
    return os.environ.get("COMMONPLACE_URL", "").rstrip("/") or f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
