"""The mark of a form: made when its page is, for whoever reads it, and sent with it."""

import secrets

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from commonplace.ledger.shown import is_only_shown

FIELD, LENGTH = "once", 16


def made_for(request: HttpRequest) -> str:
    """A form that is shown again as it was sent keeps its own."""
    if is_only_shown() and (sent := request.POST.get(FIELD)):
        return sent
    chance = secrets.token_hex(LENGTH)
    return chance + _seal(chance, getattr(getattr(request, "user", None), "pk", ""))


def is_of(mark: str, person: object) -> bool:
    chance, seal = mark[: 2 * LENGTH], mark[2 * LENGTH :]
    return constant_time_compare(seal, _seal(chance, getattr(person, "pk", "")))


def _seal(chance: str, pk: object) -> str:
    return salted_hmac("commonplace.marks", f"{chance} {pk or ''}").hexdigest()[: 2 * LENGTH]
