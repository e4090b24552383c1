"""What there is to see after an act: the status, the last row of the ledger, a page."""

from typing import Any

from django.test import Client

from commonplace.externalizing.models import Exchange
from commonplace.ledger.models import Act


def status(exchange: Exchange) -> str:
    return Exchange.objects.everywhere("test").get(pk=exchange.pk).status


def acts_of(verb: str) -> list[Act]:
    return list(Act.objects.everywhere("test").filter(verb=verb).order_by("id"))


def last(verb: str) -> Act:
    return acts_of(verb)[-1]


def refusal(browser: Client, place: str, /, **typed: Any) -> str:
    """The page that answers a refused form."""
    page = browser.post(place, typed)
    assert page.status_code == 422
    return page.content.decode()
