"""From what was read of documents to the rows that somebody looks through."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any, Final

from commonplace.communities.models import Community, Person
from commonplace.communities.wording import must_fit
from commonplace.ledger.act import require
from commonplace.objectifying import policy
from commonplace.objectifying.batches.dates import day_of
from commonplace.objectifying.batches.in_force import is_in_force, meant, status_of
from commonplace.objectifying.batches.judging import Judge
from commonplace.objectifying.batches.knowing import digest_of, key_of
from commonplace.objectifying.batches.topics import named_in
from commonplace.objectifying.models import PARTS, Batch, BatchRow, Verdict
from commonplace.objectifying.status import Authority, SourceKind
from commonplace.untrusted.documents import STATUS, Exactness, Found, Noted, Place, Read, Refused
from commonplace.untrusted.visible import folded, one_line

AT_ONCE: Final = 200
OWN_COLUMNS: Final = ("source", "owner", "link", "audience")
_KNOWN: Final = frozenset((*OWN_COLUMNS, "key", "authority", "since", "topics", STATUS))


def lay_out(
    actor: Person,
    community: Community,
    reads: Iterable[Read],
    *,
    called: str,
    source_kind: str = SourceKind.HANDBOOK,
    authority: str = "",
    owner: str = "",
    since_on: date | None = None,
    dates: str = "",
    sources: Mapping[str, str] | None = None,
    meanings: Mapping[str, bool] | None = None,
) -> Batch:
    """What would become of all this. Who: any member. Nothing is a practice by it.

    `called`: the source of what names none. Authority, owner, first day: of what says none. `dates`: what stands
    first in one that reads two ways; `sources`: the known name of each that is spelled otherwise; `meanings`: whether a
    status word is in force. Raises NotPossible if the source or the owner cannot be called so.
    """
    require(policy.member, actor, community)
    words = {"called": one_line(called), "owner": one_line(owner)}
    kinds = {"source_kind": source_kind, "authority": authority, "since_on": since_on, "dates": dates}
    by_hand = {"sources": dict(sources or {}), "meanings": folded_meanings(meanings or {})}
    batch = Batch(community=community, by=actor, **by_hand, **words, **kinds)
    must_fit(batch, *words)
    batch.save()
    try:
        _fill(batch, reads)
    except BaseException:
        batch.delete()
        raise
    return batch


def folded_meanings(meanings: Mapping[str, bool]) -> dict[str, bool]:
    return {meant(word): bool(is_meant) for word, is_meant in meanings.items()}


def _fill(batch: Batch, reads: Iterable[Read]) -> None:
    judge = Judge(batch)
    rows = _rows(batch, reads)
    while some := list(islice(rows, AT_ONCE)):
        for row in some:
            judge.judge(row)
        BatchRow.objects.bulk_create(some)
    batch.is_whole = True
    batch.save()


def _rows(batch: Batch, reads: Iterable[Read]) -> Iterator[BatchRow]:
    """Remarks are the batch's own."""
    number = 0
    for one in reads:
        if isinstance(one, Noted):
            batch.remarks.append([_place(one.place), one.why, _plain(one.values)])
            continue
        number += 1
        yield _document(batch, number, one) if isinstance(one, Found) else _refused(batch, number, one)


def _refused(batch: Batch, number: int, one: Refused) -> BatchRow:
    """What it is called is told, and its key is taken, so that nothing else comes in under it."""
    file, sheet, row = _place(one.place)
    why = {"verdict": Verdict.SET_ASIDE, "because": one.why, "values": _plain(one.values)}
    title, source = one.known.get("title", ""), one.known.get("source", "") or batch.called
    source = batch.sources.get(source, source)
    key = key_of(one.place, title, one.known.get("key", "")) if one.known else ""
    named = {"title": title, "source": source, "key": key}
    return BatchRow(batch=batch, number=number, file=file, sheet=sheet, row=row, **named, **why)


def _document(batch: Batch, number: int, one: Found) -> BatchRow:
    file, sheet, line = _place(one.place)
    status = one_line(status_of(one))
    row = BatchRow(batch=batch, number=number, file=file, sheet=sheet, row=line, title=one.title, status=status)
    row.context, row.how, row.why, row.limits = one.parts.when, one.parts.how, one.parts.why, one.parts.limits
    for name in OWN_COLUMNS:
        setattr(row, name, one_line(one.fields.get(name, "")))
    row.source, row.owner = row.source or batch.called, row.owner or batch.owner
    row.source = batch.sources.get(row.source, row.source)
    row.authority = one.authority or batch.authority or _by_status(row)
    row.since_on, row.since_written = day_of(one.since, batch) if one.since else (batch.since_on, "")
    row.exact_to = one.since.exact_to if one.since else Exactness.DAY
    row.how = _with_the_rest(row, one)
    row.topics = named_in(one.fields.get("topics", ""))
    row.links = [[link.address, one_line(link.file)] for link in one.links if not link.picture]
    row.key, row.digest = key_of(one.place, one.title, one.fields.get("key", "")), digest_of(row)
    return row


def _with_the_rest(row: BatchRow, one: Found) -> str:
    """What columns of a table say that mean no field of ours is part of the text. Before a text it is there for whoever
    keeps the file; where there is no text, it and the address of the original are all that it says."""
    is_empty = not any(map(row.version.words, PARTS))
    if not is_empty and not row.row:
        return row.how
    lines = [f"{one_line(name)}: {words}" for name, words in one.fields.items() if folded(name) not in _KNOWN]
    lines += [f"<{row.link}>"] if is_empty and row.link else []
    return "\n\n".join(filter(None, (row.how, "\n".join(f"- {_indented(line)}" for line in lines))))


def _indented(words: str) -> str:
    return words.strip().replace("\n", "\n  ")


def _by_status(row: BatchRow) -> Authority:
    """Somebody there agreed, where its status says so; what a word means by hand says nothing of that."""
    return Authority.AGREED_ELSEWHERE if row.status and is_in_force(row.status, {}) else Authority.UNKNOWN


def _place(place: Place) -> tuple[str, str, int]:
    return one_line(place.file), one_line(place.sheet), place.row


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: one_line(value) if isinstance(value, str) else value for name, value in values.items()}
