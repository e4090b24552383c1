"""Threads of any kind as their reader sees them, in one statement."""

from collections.abc import Iterable, Mapping
from typing import Any

from commonplace.communities.contributions import contributed
from commonplace.communities.occasions import Named, Seen, Thread
from commonplace.ledger.reading import Reading

Key = tuple[str, str]


def named(person: Any, keys: Iterable[Key]) -> Mapping[Key, Named]:
    """Of threads, by kind and id, those that this person may read."""
    wanted, kinds = set(keys), by_name()
    rows = SEEN.rows(reader=person, threads=sorted({thread for _kind, thread in wanted})) if wanted else []
    return {(one.kind, one.thread): kinds[one.kind].named(one) for one in rows if (one.kind, one.thread) in wanted}


def by_name() -> Mapping[str, Thread]:
    return {one.name: one for one in contributed(Thread)}


def _seen() -> Any:
    first, *others = (one.rows() for one in contributed(Thread))
    return first.union(*others, all=True)


SEEN: Reading[Seen] = Reading(_seen, shape=Seen)
