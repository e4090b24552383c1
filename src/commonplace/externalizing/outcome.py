"""What became of an exchange, for the top of its page: the answer that helped, whom, and how it ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from commonplace.communities.models.person import person_shown
from commonplace.externalizing.models import Closing, Confirmation, Exchange, Response, Status
from commonplace.externalizing.thread import Thread, answers_of
from commonplace.ledger.reading import Place, Reading

MOST = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """`answer`: the first that helped; of what was given, without one, `taken_up`: whom it helped."""

    answer: Any = None
    taken_up: Sequence[Confirmation] = ()
    closing: Closing | None = None

    def __bool__(self) -> bool:
        return bool(self.answer or self.taken_up or self.closing)


def outcome(exchange: Exchange, thread: Thread) -> Outcome:
    closing = getattr(exchange, "closing", None)
    if exchange.status != Status.RESOLVED:
        return Outcome(closing=closing)
    if helped := exchange.course.helped:
        here = (one for one in thread.page if one.pk == helped)
        return Outcome(next(here, None) or HELPED.first(exchange=exchange.pk, answer=helped), closing=closing)
    return Outcome(taken_up=TAKEN_UP.rows(exchange=exchange.pk), closing=closing)


def _taken_up() -> Any:
    rows = Confirmation.objects.filter(exchange=Place("exchange"), response=None).select_related("person")
    shown = rows.only("benefit", *person_shown("person")).order_by("pk")[:MOST]
    return shown.everywhere("whoever sees the exchange sees whom it helped")


HELPED: Reading[Response] = Reading(lambda: answers_of(Place("exchange")).filter(pk=Place("answer")))
TAKEN_UP: Reading[Confirmation] = Reading(_taken_up)
