"""Practices, rounds and objections, folded from the ledger: the pure table on one side, the rows on the other."""

import json
from collections.abc import Iterable
from dataclasses import astuple
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q

from commonplace.ledger.models import Act
from commonplace.ledger.replay import Reducer, State, reduces
from commonplace.objectifying.models import Agreement, Objection, Practice, Proposal, Settlement, Version
from commonplace.objectifying.status import EFFECTS, Outcome, after
from commonplace.objectifying.status import State as Course

OPEN, STANDING = "open", "standing"


def _practice(state: State, act: Act) -> None:
    if act.verb in EFFECTS:
        course = after(_read(state.get(act.subject, "")), act.verb, act.evidence)
        state[act.subject] = _told(course.status, course)


def _practices() -> State:
    """The status as pages show it, and beside it what it follows from."""
    return {row["pk"]: _told(row["status"], _course(row)) for row in _with_all()}


def _with_all() -> Iterable[dict[str, Any]]:
    here = {"practice": OuterRef("pk")}
    retired = Settlement.objects.everywhere("check").filter(challenge__practice=OuterRef("pk"), outcome=Outcome.RETIRED)
    facts = {
        "latest": Max("versions__number"),
        "complete": Exists(Version.objects.everywhere("check").filter(**here).exclude(Version.PARTLY)),
        "once_agreed": Exists(Agreement.objects.everywhere("check").filter(**here)),
        "refused": Max("versions__number", filter=Q(versions__proposals__outcome=Outcome.NOT_ACCEPTED)),
        "challenged": Count("challenges", filter=Q(challenges__settlement=None), distinct=True),
        "retired": Exists(retired),
    }
    practices: Any = Practice.objects.everywhere("check").with_course().annotate(**facts)
    rows: Iterable[dict[str, Any]] = practices.values(
        "pk", "status", "round_kind", "round_number", "agreed_number", *facts
    )
    return rows


def _course(row: dict[str, Any]) -> Course:
    return Course(
        latest=row["latest"],
        complete=row["complete"],
        round=row["round_kind"] or "",
        on=row["round_number"] or 0,
        agreed=row["agreed_number"] or 0,
        once_agreed=row["once_agreed"],
        refused=row["refused"] or 0,
        challenges=row["challenged"],
        retired=row["retired"],
    )


def _told(status: str, course: Course) -> str:
    return f"{status} {json.dumps(astuple(course))}"


def _read(told: str) -> Course:
    return Course(*json.loads(told.partition(" ")[2])) if told else Course()


def _round(state: State, act: Act) -> None:
    if act.verb in ("proposal.opened", "proposal.amended"):
        state[act.object] = f"{OPEN} {act.evidence['number']}"
    elif act.verb == "proposal.decided":
        state[act.object] = act.evidence["outcome"]


def _rounds() -> State:
    rows = Proposal.objects.everywhere("check").values_list("pk", "outcome", "version__number")
    return {pk: outcome or f"{OPEN} {number}" for pk, outcome, number in rows}


def _objection(state: State, act: Act) -> None:
    if act.verb == "proposal.objection_raised":
        state[act.object] = STANDING
    elif act.verb == "proposal.objection_resolved":
        state[act.object] = act.evidence["how"]


def _objections() -> State:
    rows = Objection.objects.everywhere("check").values_list("pk", "how")
    return {pk: how or STANDING for pk, how in rows}


reduces(Reducer("practice", _practice, _practices))
reduces(Reducer("round", _round, _rounds))
reduces(Reducer("objection", _objection, _objections))
