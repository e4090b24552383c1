"""The same cohorts found by plain loops over the rows of a history: slow, obvious, written apart from the metrics."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

Row = dict[str, Any]
Cases = dict[str, Any]
"""Case -> (person, hit) or (person, seconds waited, ended)."""
Doers = set[tuple[str, str]]

WEEK, MONTH, HALF_YEAR = timedelta(days=7), timedelta(days=30), timedelta(days=180)
LINES = [
    *("exchange.opened", "exchange.responded", "exchange.confirmed", "practice.distilled"),
    *("proposal.opened", "proposal.stance", "proposal.amended", "proposal.decided", "application.reported"),
]
LINES += ["practice.brought", "practice.set_aside"]
STAGES = ["C1.resolved", "C1.item", "C1.accepted", "C1.applied"]
BROUGHT = ["B1.used", "B1.accepted", "B1.passed_on"]


def cohort(rows: list[Row], metric: str, period: Any) -> tuple[Cases, Doers]:
    read = [row | {"upto": _upto(row, rows, period.seen)} for row in rows if row["happened_at"] <= period.seen]
    known = sorted(read, key=lambda r: (r["happened_at"], r["act"]))
    if metric in BROUGHT:
        return _brought(known, period, BROUGHT.index(metric))
    if metric in STAGES:
        return _rate(known, period, HALF_YEAR, STAGES.index(metric))
    if metric in ("X2", "X4"):
        return _rate(known, period, *((WEEK, -1) if metric == "X2" else (MONTH, 0)))
    return {"X3": _first, "N3": _uptake}.get(metric, _agreement)(known, period, metric)


def _upto(one: Row, rows: list[Row], seen: Any) -> Any:
    """An archive knows nothing of what came after its last line."""
    lines = [row["happened_at"] for row in rows if row["origin"] == one["origin"] and row["verb"] in LINES]
    return seen if one["origin"] == "here" else min(seen, max(lines))


def _in(at: Any, period: Any) -> bool:
    return at <= period.until and (period.since is None or at > period.since)


def _named(rows: list[Row], verb: str, **wanted: Any) -> list[Row]:
    return [r for r in rows if r["verb"] == verb and all(r.get(k) == v for k, v in wanted.items())]


def _opened(rows: list[Row], period: Any) -> list[Row]:
    return [r for r in _named(rows, "exchange.opened") if _in(r["happened_at"], period)]


def _rate(rows: list[Row], period: Any, limit: timedelta, depth: int) -> tuple[Cases, Doers]:
    cases, doers = {}, set()
    for one in _opened(rows, period):
        if one["happened_at"] + limit <= one["upto"] and one["happened_at"] + period.followed <= one["upto"]:
            within = [row for row in rows if row["happened_at"] <= one["happened_at"] + limit]
            done = _done(rows, within, one, depth)
            cases[one["subject"]] = (one["actor"], done is not None)
            doers |= {(one["subject"], person) for person in done or ()}
    return cases, doers


def _done(rows: list[Row], within: list[Row], opened: Row, depth: int) -> Iterable[str] | None:
    """By whom it was brought so far; None if it was not."""
    if depth == -1:
        return [answer["actor"] for answer in _responses(within, opened)][:1] or None
    helped = [row["actor"] for row in _named(within, "exchange.confirmed", subject=opened["subject"])]
    own = opened["kind"] in ("request", "problem")
    helped = [person for person in helped if (person == opened["actor"]) == own]
    if not helped or depth == 0:
        return helped or None
    written = [row for row in _named(within, "practice.distilled") if opened["subject"] in row["exchanges"]]
    if not written or depth == 1:
        return [row["actor"] for row in written] or None
    agreed = [(row["subject"], _acceptance(rows, row["subject"])) for row in written]
    agreed = [(practice, at) for practice, at in agreed if at and at in within]
    if not agreed or depth == 2:
        return [person for _, at in agreed for person in _consenters(rows, at)] if agreed else None
    return _first_user(within, dict(agreed))


def _first_user(within: list[Row], agreed: dict[str, Row]) -> list[str] | None:
    uses = [
        row
        for row in _named(within, "application.reported", originator=False)
        if row["subject"] in agreed and row["happened_at"] >= agreed[row["subject"]]["happened_at"]
    ]
    return [row["actor"] for row in uses][:1] or None


def _responses(rows: list[Row], opened: Row) -> list[Row]:
    answers = _named(rows, "exchange.responded", subject=opened["subject"])
    return [row for row in answers if row["actor"] != opened["actor"]]


def _wait(person: str, begun: Row, end: Row | None) -> tuple[str, float, bool]:
    until = end["happened_at"] if end else begun["upto"]
    return person, max(0.0, (until - begun["happened_at"]).total_seconds()), end is not None


def _before(end: Row | None, begun: Row) -> Row | None:
    return end if end and end["happened_at"] <= begun["upto"] else None


def _first(rows: list[Row], period: Any, metric: str) -> tuple[Cases, Doers]:
    cases, doers = {}, set()
    for one in _opened(rows, period):
        first = _before(next(iter(_responses(rows, one)), None), one)
        cases[one["subject"]] = _wait(one["actor"], one, first)
        doers |= {(one["subject"], first["actor"])} if first else set()
    return cases, doers


def _acceptance(rows: list[Row], practice: str) -> Row | None:
    decided = _named(rows, "proposal.decided", subject=practice, matter="acceptance", outcome="accepted")
    return decided[0] if decided else None


def _consenters(rows: list[Row], accepted: Row) -> set[str]:
    """By their own last word; a move that asked everybody again wiped what was said of the texts before."""
    until = [row for row in rows if row["happened_at"] <= accepted["happened_at"]]
    moves = _named(until, "proposal.amended", object=accepted["object"], asked_again=True)
    since = max((row["number"] for row in moves), default=0)
    own = _named(until, "proposal.stance", proposal=accepted["object"], entered_by_other=False)
    last = {row["person"]: row["stance"] for row in own if row["number"] >= since}
    return {person for person, stance in last.items() if stance in ("consent", "concern")}


def _agreement(rows: list[Row], period: Any, metric: str) -> tuple[Cases, Doers]:
    proposed = metric == "O4.from_propose"
    begun: dict[str, Row] = {}
    for row in _named(rows, "proposal.opened", matter="acceptance") if proposed else _named(rows, "practice.distilled"):
        begun.setdefault(row["subject"], row)
    cases, doers = {}, set()
    for practice, row in begun.items():
        if _in(row["happened_at"], period):
            accepted = _before(_acceptance(rows, practice), row)
            cases[practice] = _wait(row["actor"], row, accepted)
            doers |= {(practice, person) for person in _consenters(rows, accepted)} if accepted else set()
    return cases, doers


def _uptake(rows: list[Row], period: Any, metric: str) -> tuple[Cases, Doers]:
    cases, doers = {}, set()
    for practice in {row["subject"] for row in _named(rows, "practice.distilled")}:
        accepted, scribe = _acceptance(rows, practice), _named(rows, "practice.distilled", subject=practice)[0]["actor"]
        if accepted and _in(accepted["happened_at"], period):
            reports = _named(rows, "application.reported", subject=practice, by_author=False)
            first = next((r for r in reports if r["happened_at"] >= accepted["happened_at"]), None)
            first = _before(first, accepted)
            cases[practice] = _wait(scribe, accepted, first)
            doers |= {(practice, first["actor"])} if first else set()
    return cases, doers


def _brought(rows: list[Row], period: Any, depth: int) -> tuple[Cases, Doers]:
    cases, doers = {}, set()
    for one in _named(rows, "practice.brought"):
        end = one["happened_at"] + HALF_YEAR
        if not _in(one["happened_at"], period) or max(end, one["happened_at"] + period.followed) > one["upto"]:
            continue
        within = [row for row in rows if row["happened_at"] <= end]
        if not _named(within, "practice.set_aside", subject=one["subject"]):
            by = _came_of_it(rows, within, one, depth)
            cases[one["subject"]] = (one["actor"], by is not None)
            doers |= {(one["subject"], person) for person in by or ()}
    return cases, doers


def _came_of_it(rows: list[Row], within: list[Row], brought: Row, depth: int) -> Iterable[str] | None:
    """By whom; None if it did not come so far."""
    uses = [
        row
        for row in _named(within, "application.reported", subject=brought["subject"])
        if row["outcome"] in ("worked", "adapted") and row["actor"] != brought["actor"]
    ]
    if not uses or depth == 0:
        return [row["actor"] for row in uses][:1] or None
    agreed = _acceptance(rows, brought["subject"])
    if agreed is None or agreed not in within:
        return None
    if depth == 1:
        return _consenters(rows, agreed)
    later = [row for row in uses if agreed["happened_at"] < _came(rows, row["actor"]) <= row["happened_at"]]
    return [row["actor"] for row in later][:1] or None


def _came(rows: list[Row], person: str) -> Any:
    """When they first were a member; long before all, where nobody says."""
    own = [row for row in rows if row["actor"] == person and row["verb"] in ("community.founded", "member.joined")]
    added = _named(rows, "member.added", person=person)
    admitted = _named(rows, "member.answered", person=person, admitted=True)
    return min((row["happened_at"] for row in [*own, *added, *admitted]), default=datetime.min.replace(tzinfo=UTC))
