"""What django-anymail reports of letters, where the operator has it: one that came back, or is unwanted, stops its
address."""

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, path

from commonplace.communities.models import Person
from commonplace.corresponding.letters import refusals
from commonplace.corresponding.models import Why

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
    """Where a service reports: only with a secret, which is asked of it each time."""
    if find_spec("anymail") and settings.ANYMAIL.get("WEBHOOK_SECRET"):
        from anymail.urls import urlpatterns

        for one in urlpatterns:
            yield path(f"mail/reports/{one.pattern}", login_not_required(one.callback), name=one.name)
