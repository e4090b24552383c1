"""Postings and vocabulary, as the documents are now. The vocabulary counts in how many documents each name stands."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from commonplace.internalizing.search.engines import changed, engine, rows
from commonplace.internalizing.search.entry import Entry
from commonplace.internalizing.search.slips import can_be_mistyped, one_less

TAKE_OUT = "DELETE FROM internalizing_posting WHERE (term, document) IN (SELECT c0, c1 FROM {})"
COUNT_LESS = "UPDATE internalizing_term SET documents = documents - listed.c1 FROM {} WHERE id = listed.c0"
NAME = """INSERT INTO internalizing_term AS term (word, community, kind, documents, written)
    SELECT c0, c1, c2, c3, c4 FROM {} WHERE true ON CONFLICT (word, community, kind) DO UPDATE SET
    documents = term.documents + excluded.documents,
    written = CASE WHEN excluded.written > term.written THEN excluded.written ELSE term.written END
    RETURNING id, word, community, kind, documents"""
PUT_IN = """INSERT INTO internalizing_posting (term, document, thread, impact) SELECT c0, c1, c2, c3 FROM {} WHERE true
    ON CONFLICT (term, document) DO UPDATE SET thread = excluded.thread, impact = excluded.impact"""
SLIP = (
    "INSERT INTO internalizing_slip (slip, community, word) SELECT c0, c1, c2 FROM {} WHERE true ON CONFLICT DO NOTHING"
)
FORGET = (
    "DELETE FROM internalizing_posting WHERE document NOT IN (SELECT id FROM internalizing_document)",
    "UPDATE internalizing_term SET documents ="
    " (SELECT count(*) FROM internalizing_posting WHERE term = internalizing_term.id)",
    "DELETE FROM internalizing_term WHERE documents = 0",
    "DELETE FROM internalizing_slip WHERE (community, word) NOT IN"
    " (SELECT community, word FROM internalizing_term WHERE written > 0)",
)
Name = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry where it stands: the document's number, its thread's, its community, the kind of what it is about."""

    number: int
    thread: int
    community: str
    kind: str
    entry: Entry

    def names(self) -> Iterable[Name]:
        return ((word, self.community, self.kind) for word in self.entry.impact)


def take_out(old: Mapping[int, Sequence[int]]) -> None:
    """Of each document the terms it was found by."""
    pairs = sorted((term, document) for document, terms in old.items() for term in terms)
    if pairs:
        _with(TAKE_OUT, pairs, "ii")
        _with(COUNT_LESS, sorted(Counter(term for term, _ in pairs).items()), "ii")


def put_in(new: Sequence[Placed]) -> dict[int, list[int]]:
    """Gives the terms of each document."""
    ids = _named(new)
    terms = {one.number: [ids[name] for name in one.names()] for one in new}
    postings = [
        (ids[name], one.number, one.thread, impact)
        for one in new
        for name, impact in zip(one.names(), one.entry.impact.values(), strict=True)
    ]
    _with(PUT_IN, sorted(postings), "iiii")
    return terms


def _named(new: Sequence[Placed]) -> dict[Name, int]:
    count = Counter(chain.from_iterable(one.names() for one in new))
    written = {(word, one.community, one.kind) for one in new for word in one.entry.written}
    listed = [(*name, n, int(name in written)) for name, n in sorted(count.items())]
    table, parameters = engine().listed(listed, "tttii")
    named = rows(NAME.format(table), parameters)
    first = {(community, word) for _, word, community, kind, n in named if n == count[word, community, kind]}
    mistyped = [(slip, at, word) for at, word in sorted(first) if can_be_mistyped(word) for slip in one_less(word)]
    _with(SLIP, mistyped, "ttt")
    return {(word, community, kind): pk for pk, word, community, kind, _ in named}


def forget_orphans() -> None:
    """What stands for no document any more; the counts are right again, however they came to be wrong."""
    with engine().alone():
        for statement in FORGET:
            changed(statement)


def _with(statement: str, values: Sequence[Sequence[object]], kinds: str) -> None:
    if values:
        table, parameters = engine().listed(values, kinds)
        changed(statement.format(table), parameters)
