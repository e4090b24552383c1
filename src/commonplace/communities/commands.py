"""`commonplace signin-link EMAIL`: for whoever has the machine, where no mail leaves it."""

import os

import click
from django.urls import reverse

from commonplace.communities import acts, secrets
from commonplace.communities.models import Person


@click.command("signin-link")
@click.argument("email")
def signin_link(email: str) -> None:
    """Make a link that lets the person with this address in once, to sign in or to set a new password."""
    person = Person.objects.of_address(email)
    if person is None:
        raise click.ClickException(f"Nobody here has the address {email}.")
    operator = Person.objects.filter(is_operator=True, is_active=True).first()
    if operator is None:
        raise click.ClickException("There is no operator yet: open the start page in a browser first.")
    secret = secrets.fresh()
    acts.issue_sign_in_link(operator, person, secret=secret)
    click.echo(address() + reverse("sign_in_link", args=[secret]))


def address() -> str:
    """Where people reach this installation: COMMONPLACE_URL, else this machine at PORT."""
    return os.environ.get("COMMONPLACE_URL", "").rstrip("/") or f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
