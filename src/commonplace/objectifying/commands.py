"""`commonplace bring`: a handbook, a folder of procedures or a table comes in at once, in one person's name."""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import click

from commonplace.communities.models import Community, Person
from commonplace.communities.policy import member
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying import batches
from commonplace.objectifying.models import SOURCE_KINDS, Batch
from commonplace.objectifying.status import Authority, SourceKind
from commonplace.untrusted.documents import FIELDS, LEFT_OUT, STATUS, Order, Read, read

IN_FORCE: Final = {"in-force": True, "no": False}
COLUMNS: Final = (*FIELDS, STATUS, LEFT_OUT, "none")
KINDS: Final = [kind.value for kind in SOURCE_KINDS if kind != SourceKind.COMMUNITY]
EVERY: Final = 25
COUNTED: Final = {
    "new": "new",
    "incomplete": "of these without one of when, how, why and limits: to be completed before they are proposed",
    "changed": "changed: a new version of each",
    "unchanged": "unchanged",
    "set_aside": "set aside",
}
Pairs = Callable[[click.Context, click.Parameter, tuple[str, ...]], dict[str, str]]


def _pairs(allowed: Iterable[str]) -> Pairs:
    """`NAME=ONE`, each of them with one that is allowed."""

    def parsed(ctx: click.Context, option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
        pairs = [one.rpartition("=") for one in given]
        if wrong := [f"{name}{sign}{value}" for name, sign, value in pairs if not name or value not in allowed]:
            raise click.BadParameter(f"{wrong[0]!r}: write NAME=ONE, with one of: {', '.join(allowed)}.")
        return {name: value for name, _, value in pairs}

    return parsed


@click.command()
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@click.option("--community", "slug", required=True, help="The last part of its address.")
@click.option("--by", "address", required=True, help="In whose name: the e-mail address of a member.")
@click.option("--source", default="", help="What it is called there; the name of PATH otherwise. Known again by it.")
@click.option("--kind", type=click.Choice(KINDS), default=KINDS[0], help="What it is.")
@click.option(
    "--authority",
    type=click.Choice([one.value for one in Authority]),
    help="Of what says none: by whose it is in force.",
)
@click.option("--owner", default="", help="Of what names none: whose it is there.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Of what says none: its first day in force.")
@click.option("--status", multiple=True, callback=_pairs(IN_FORCE), help="WORD=in-force or WORD=no: what it means.")
@click.option("--column", multiple=True, callback=_pairs(COLUMNS), help="HEADING=FIELD: which field a column holds.")
@click.option("--dates", type=click.Choice([one.value for one in Order]), help="What stands first in 03/04/2021.")
@click.option("--dry-run", is_flag=True, help="Read and judge everything, keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def bring(path: Path, slug: str, address: str, dry_run: bool, as_json: bool, **words: Any) -> None:
    """Bring in what is in force already: a folder, a zip, a document or a table at PATH.

    What is known by its source and key is not brought in twice; what has changed there is a new version. What cannot
    come in is set aside with its place and reason, and the rest comes in: that is a success. To stop is no harm: what
    was broken off the worker goes on with, and the same command again does so at once.
    """
    begun = time.monotonic()
    person = _person(address)
    batch = _laid_out(person, _community(person, address, slug), path, **words)
    noted = _noted(batch)
    try:
        counted = batches.counts(batch) if dry_run else _came_in(person, batch)
        _progress("")(0)
        seconds = round(time.monotonic() - begun, 3)
        numbers = {"source": batch.called, "dry_run": dry_run, **counted.as_json(), "seconds": seconds}
        click.echo(_as_json(batch, numbers, noted) if as_json else _summary(batch, numbers, noted))
    finally:
        if dry_run:
            batch.delete()


def _came_in(person: Person, batch: Batch) -> batches.Counts:
    try:
        return batches.confirm(person, batch, seen=_progress("in"))
    except NotPossible as no:
        raise click.ClickException(str(no)) from no


def _person(address: str) -> Person:
    person = Person.objects.of_address(address)
    if person is None or not person.is_active:
        raise click.ClickException(f"Nobody here has the address {address}. Say in whose name, with --by EMAIL.")
    return person


def _community(person: Person, address: str, slug: str) -> Community:
    theirs = [one for one in Community.objects.visible_to(person).order_by("slug") if member.allows(person, one)]
    for community in theirs:
        if community.slug == slug:
            return community
    slugs = ", ".join(one.slug for one in theirs) or "none yet"
    raise click.ClickException(
        f"{address} is no member of a community {slug}. Join it first, or say who is, with --by EMAIL. "
        f"Communities of {address}: {slugs}."
    )


def _laid_out(
    person: Person,
    community: Community,
    path: Path,
    *,
    source: str,
    kind: str,
    authority: str | None,
    owner: str,
    since: datetime | None,
    dates: str | None,
    status: dict[str, str],
    column: dict[str, str],
) -> Batch:
    by_hand = {heading: "" if field == "none" else field for heading, field in column.items()}
    meanings = {word: IN_FORCE[one] for word, one in status.items()}
    called = source or (path if path.name.strip(".") else path.resolve()).name
    before = batches.said_before(community, called)
    meanings = {**before["meanings"], **meanings}
    rest: dict[str, Any] = {
        "source_kind": kind,
        "authority": authority or "",
        "owner": owner,
        "dates": dates or before["dates"],
    }
    reads = _counted(read(path, {**before["columns"], **by_hand}))
    try:
        batch = batches.lay_out(
            person, community, reads, called=called, meanings=meanings, since_on=since and since.date(), **rest
        )
    except NotPossible as no:
        raise click.ClickException(f"{no} ({no.about})" if no.about else str(no)) from no
    if not batch.rows.exclude(digest="").exists():
        why = [f"{row.place}: {row.reason}" for row in batch.rows.all()[:1]]
        batch.delete()
        raise click.ClickException(f"Nothing of it could be read. {' '.join(why)}")
    return batch


def _counted(reads: Iterable[Read]) -> Iterator[Read]:
    show = _progress("read")
    for count, one in enumerate(reads, 1):
        show(count)
        yield one


def _progress(what: str) -> Callable[[int], None]:
    """A line that counts, where somebody watches."""

    def show(count: int) -> None:
        if sys.stderr.isatty() and count % EVERY == 0:
            click.echo(f"\r{count:,} {what} " if count else "\r\033[K", err=True, nl=False)

    return show


def _noted(batch: Batch) -> list[tuple[str, str]]:
    """Place and sentence, read while the rows still have their words."""
    read = ((str(row.place), one) for row in batch.rows.exclude(digest="") for one in batches.of_reading(row))
    alike = (
        (
            one.spelled,
            f"It may be {one.known}, from which {one.practices} are here: known again with --source '{one.known}'.",
        )
        for one in batches.spelled_otherwise(batch)
    )
    return [*alike, *((str(one.place), one.reason) for one in batch.noted()), *read]


def _as_json(batch: Batch, numbers: dict[str, Any], notes: list[tuple[str, str]]) -> str:
    aside = [{"place": str(row.place), "title": row.title, "reason": row.reason} for row in batch.rows.set_aside()]
    noted = [{"place": place, "reason": reason} for place, reason in notes]
    return json.dumps({**numbers, "rows_set_aside": aside, "noted": noted}, ensure_ascii=False)


def _summary(batch: Batch, numbers: dict[str, Any], notes: list[tuple[str, str]]) -> str:
    aside = list(batch.rows.set_aside())
    lines = [f"{numbers[name]:>7,}  {words}" for name, words in COUNTED.items() if numbers[name] or name == "new"]
    lines += [f"  set aside: {row.place}: {row.reason}" for row in aside]
    lines += [f"  noted: {place}: {reason}" for place, reason in notes]
    if any(row.because in ("status", "over_there") for row in aside):
        lines.append("To say what a status means: --status 'WORD=in-force', once for each.")
    dry = ["A dry run: nothing was kept."] if numbers["dry_run"] else []
    return "\n".join([f"Of {batch.called}:", *lines, *dry, f"{numbers['seconds']:>7} seconds"])
