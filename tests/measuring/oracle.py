"""The same cases found by plain loops over the rows of a history: slow, obvious, and written apart from the metrics."""

from typing import Any

Row = dict[str, Any]
LATE = 7 * 86_400


def cases(rows: list[Row], metric: str, until: Any, since: Any = None) -> dict[str, Any]:
    """Case -> (person, hit) or (person, seconds waited, ended)."""
    known = [row for row in rows if row["happened_at"] <= until]
    of_metric = {"X2": _answered, "X3": _first, "X4": _resolved, "N3": _uptake}.get(metric)
    if of_metric:
        return of_metric(known, until, since)
    if metric.startswith("O4"):
        return _agreement(
            known, until, since, "practice.distilled" if metric == "O4.from_distil" else "proposal.opened"
        )
    return _funnel(known, until, since, metric)


def _in(at: Any, until: Any, since: Any) -> bool:
    return at <= until and (since is None or at > since)


def _named(rows: list[Row], verb: str, **wanted: Any) -> list[Row]:
    named = [r for r in rows if r["verb"] == verb and all(r.get(k) == v for k, v in wanted.items())]
    return sorted(named, key=lambda r: (r["happened_at"], r["act"]))


def _opened(rows: list[Row], until: Any, since: Any) -> list[Row]:
    return [r for r in _named(rows, "exchange.opened") if _in(r["happened_at"], until, since)]


def _seconds(begin: Any, end: Any) -> float:
    return max(0.0, (end - begin).total_seconds())


def _wait(person: str | None, begin: Any, end: Any, until: Any) -> tuple[str | None, float, bool]:
    return person, _seconds(begin, end or until), end is not None


def _response(rows: list[Row], opened: Row) -> Any:
    answers = _named(rows, "exchange.responded", subject=opened["subject"])
    return next((r["happened_at"] for r in answers if r["actor"] != opened["actor"]), None)


def _answered(rows: list[Row], until: Any, since: Any) -> dict[str, Any]:
    answered = {}
    for one in _opened(rows, until, since):
        if (until - one["happened_at"]).total_seconds() >= LATE:
            answer = _response(rows, one)
            soon = answer is not None and (answer - one["happened_at"]).total_seconds() <= LATE
            answered[one["subject"]] = (one["actor"], soon)
    return answered


def _first(rows: list[Row], until: Any, since: Any) -> dict[str, Any]:
    return {
        one["subject"]: _wait(one["actor"], one["happened_at"], _response(rows, one), until)
        for one in _opened(rows, until, since)
    }


def _resolved(rows: list[Row], until: Any, since: Any) -> dict[str, Any]:
    return {
        one["subject"]: (
            one["actor"],
            any(
                (confirmed["actor"] == one["actor"]) == (one["kind"] in ("request", "problem"))
                for confirmed in _named(rows, "exchange.confirmed", subject=one["subject"])
            ),
        )
        for one in _opened(rows, until, since)
    }


def _accepted(rows: list[Row], practice: str) -> Any:
    decided = _named(rows, "proposal.decided", subject=practice, matter="acceptance", outcome="accepted")
    return decided[0]["happened_at"] if decided else None


def _agreement(rows: list[Row], until: Any, since: Any, verb: str) -> dict[str, Any]:
    begun: dict[str, Row] = {}
    for row in _named(rows, verb, **({"matter": "acceptance"} if verb == "proposal.opened" else {})):
        begun.setdefault(row["subject"], row)
    return {
        practice: _wait(row["actor"], row["happened_at"], _accepted(rows, practice), until)
        for practice, row in begun.items()
        if _in(row["happened_at"], until, since)
    }


def _uptake(rows: list[Row], until: Any, since: Any) -> dict[str, Any]:
    waits = {}
    for practice in {row["subject"] for row in rows}:
        at = _accepted(rows, practice)
        if at and _in(at, until, since):
            reports = _named(rows, "application.reported", subject=practice, by_author=False)
            first = next((r for r in reports if r["happened_at"] >= at), None)
            waits[practice] = _wait(first and first["actor"], at, first and first["happened_at"], until)
    return waits


def _funnel(rows: list[Row], until: Any, since: Any, metric: str) -> dict[str, Any]:
    depth = ["C1.resolved", "C1.item", "C1.accepted", "C1.applied"].index(metric)
    return {
        one: (person, hit and (depth == 0 or _came_to(rows, one, depth)))
        for one, (person, hit) in _resolved(rows, until, since).items()
    }


def _came_to(rows: list[Row], exchange: str, depth: int) -> bool:
    practices = [r["subject"] for r in _named(rows, "practice.distilled") if exchange in r["exchanges"]]
    if depth == 1:
        return bool(practices)
    agreed = [(practice, _accepted(rows, practice)) for practice in practices if _accepted(rows, practice)]
    return bool(agreed) if depth == 2 else any(_used(rows, practice, at) for practice, at in agreed)


def _used(rows: list[Row], practice: str, at: Any) -> bool:
    reports = _named(rows, "application.reported", subject=practice, originator=False)
    return any(r["happened_at"] >= at for r in reports)
