"""How much more waits of a kind than is shown, each with the list where it is found; or how much, where a list has just
that."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import ngettext

from commonplace.communities.contributions import Need
from commonplace.communities.models import Community
from commonplace.communities.urgency import Urgency
from commonplace.ledger import clock
from commonplace.objectifying.choosing import NOBODY
from commonplace.objectifying.status import Origin, Status


class Kind(NamedTuple):
    phase: str
    words: Callable[[int], str]
    address: str
    query: str = ""


KINDS = {
    "words": Kind(
        "obj",
        lambda n: ngettext("%(n)s more answer of yours is quoted", "%(n)s more answers of yours are quoted", n),
        "words",
    ),
    "challenge": Kind(
        "red",
        lambda n: ngettext("%(n)s more practice is challenged", "%(n)s more practices are challenged", n),
        "practices",
        f"?status={Status.CONTESTED}",
    ),
    "unsettled": Kind(
        "red",
        lambda n: ngettext("%(n)s more practice is challenged", "%(n)s more practices are challenged", n),
        "practices",
        f"?status={Status.CONTESTED}",
    ),
    "ripe": Kind(
        "obj",
        lambda n: ngettext(
            "%(n)s more exchange is ripe to write down", "%(n)s more exchanges are ripe to write down", n
        ),
        "exchanges",
        "?status=resolved",
    ),
    "answer": Kind(
        "red",
        lambda n: ngettext(
            "%(n)s more version would answer a challenge of yours",
            "%(n)s more versions would answer challenges of yours",
            n,
        ),
        "proposals",
    ),
    "credit": Kind(
        "obj",
        lambda n: ngettext(
            "%(n)s more practice credits others than before", "%(n)s more practices credit others than before", n
        ),
        "practices",
    ),
    "edit": Kind(
        "obj",
        lambda n: ngettext("%(n)s more minor edit waits", "%(n)s more minor edits wait", n),
        "practices",
        f"?status={Status.ACCEPTED}",
    ),
    "original": Kind(
        "obj",
        lambda n: ngettext(
            "%(n)s more practice has a new version where it was taken over from",
            "%(n)s more practices have a new version where they were taken over from",
            n,
        ),
        "practices",
        f"?origin={Origin.TAKEN_OVER}",
    ),
    "taken_over": Kind(
        "obj",
        lambda n: ngettext(
            "%(n)s more practice has another text where it was taken over",
            "%(n)s more practices have another text where they were taken over",
            n,
        ),
        "practices",
    ),
    "review": Kind(
        "obj",
        lambda n: ngettext(
            "%(n)s more practice is to be looked at again", "%(n)s more practices are to be looked at again", n
        ),
        "reviews",
    ),
    "review_here": Kind(
        "obj",
        lambda n: ngettext("%(n)s practice is to be looked at again", "%(n)s practices are to be looked at again", n),
        "reviews",
    ),
    "batch": Kind(
        "obj",
        lambda n: ngettext("%(n)s more came in at once", "%(n)s more came in at once", n),
        "batches",
    ),
    "untended": Kind(
        "obj",
        lambda n: ngettext(
            "%(n)s more practice has nobody who looks after it",
            "%(n)s more practices have nobody who looks after them",
            n,
        ),
        "practices",
        f"?steward={NOBODY}",
    ),
    "untended_here": Kind(
        "obj",
        lambda n: ngettext(
            "%(n)s practice has nobody who looks after it", "%(n)s practices have nobody who looks after them", n
        ),
        "practices",
        f"?steward={NOBODY}",
    ),
}


def further(kind: str, rows: Sequence[Any], here: Community) -> Need:
    one, n = KINDS[kind], len(rows)
    at = reverse(one.address, args=[here.slug]) + one.query
    last = Urgency.LAST if kind == "edit" else Urgency.WAITS
    words = one.words(n) % {"n": n}
    return Need(one.phase, words, here.title, at, clock.now(), language=here.language, urgency=last, kind=kind)
