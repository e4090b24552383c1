"""Letters begin once an address is confirmed, or somebody has another that is: what waits comes in the next digest."""

from typing import Any

from allauth.account.signals import email_changed, email_confirmed
from django.conf import settings

from commonplace.communities import addresses
from commonplace.communities.models import Person
from commonplace.corresponding.letters import digests


def listen() -> None:
    """The library says it: no act of ours confirms an address."""
    email_confirmed.connect(_confirmed, dispatch_uid="corresponding.confirmed")
    email_changed.connect(_changed, dispatch_uid="corresponding.changed")


def must_confirm(person: Person) -> bool:
    """Where no mail is sent there is nothing to confirm."""
    return bool(settings.MAIL) and not addresses.is_vouched_for(person)


def _confirmed(sender: Any, email_address: Any, **_more: Any) -> None:
    _begin(email_address.user_id)


def _changed(sender: Any, user: Person, **_more: Any) -> None:
    _begin(user.pk)


def _begin(person: str) -> None:
    if settings.MAIL:
        digests.owe([person])
