"""Of what is gathered in a thread, rounds of a list, rows of a batch, a person is told once until they put it away."""

from collections.abc import Iterator, Sequence
from typing import Any

from commonplace.communities.contributions import contributed
from commonplace.communities.occasions import Occasion
from commonplace.corresponding.models import Notice
from commonplace.ledger.reading import Among, Place, Reading


def first_of_its_thread(notices: Sequence[Notice]) -> list[Notice]:
    gathered = {one.name for one in contributed(Occasion) if one.gathered}
    if not any(one.occasion in gathered for one in notices):
        return list(notices)
    return list(_firsts(notices, gathered))


def _firsts(notices: Sequence[Notice], gathered: set[str]) -> Iterator[Notice]:
    keys = {(one.occasion, one.thread) for one in notices if one.occasion in gathered}
    people = {one.person_id for one in notices}
    waiting = {(person, *key) for key in keys for person in _waiting(people, *key)}
    for one in notices:
        key = (one.person_id, one.occasion, one.thread)
        if key not in waiting:
            yield one
        if one.occasion in gathered:
            waiting.add(key)


def _waiting(people: set[str], occasion: str, thread: str) -> list[str]:
    return WAITING.rows(people=people, occasion=occasion, thread=thread)


def _unread() -> Any:
    rows = Notice.objects.unread().filter(person__in=Among("people"), thread=Place("thread"))
    rows = rows.filter(occasion=Place("occasion")).everywhere("whether somebody is told of it already")
    return rows.order_by().values_list("person")


WAITING: Reading[str] = Reading(_unread, shape=str)
