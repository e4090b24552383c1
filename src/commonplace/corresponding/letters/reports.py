"""What django-anymail reports of letters, where the operator has it: one that came back, or is unwanted, stops its
address."""

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, path

from commonplace.communities.limits import limited
from commonplace.communities.models import Person
from commonplace.corresponding.letters import refusals
from commonplace.corresponding.models import Why

SERVICES = "anymail.backends."
STOPPING = {"bounced": Why.BOUNCED, "rejected": Why.REFUSED, "complained": Why.COMPLAINED}


def listen() -> None:
    if find_spec("anymail"):
        from anymail.signals import tracking

        tracking.connect(take, dispatch_uid="corresponding.reports")


def take(sender: Any, event: Any, **_more: Any) -> None:
    """Also of an address that its owner has changed since: by then it is no longer theirs, and nothing is stopped."""
    person = Person.objects.of_address(event.recipient or "")
    if person and event.event_type in STOPPING:
        refusals.stop(person, event.recipient, STOPPING[event.event_type])


def addresses() -> Iterator[URLPattern]:
    """Where the service that sends our letters reports, and no other: only with a secret, which is asked of it each
    time. No letter comes in."""
    if settings.EMAIL_BACKEND.startswith(SERVICES) and settings.ANYMAIL.get("WEBHOOK_SECRET"):
        from anymail.urls import urlpatterns

        service = settings.EMAIL_BACKEND.removeprefix(SERVICES).partition(".")[0]
        for one in urlpatterns:
            if one.name == f"{service}_tracking_webhook":
                view = limited("mail reports", most=6_000, minutes=10)(one.callback)
                yield path(f"mail/reports/{one.pattern}", login_not_required(view), name=one.name)
