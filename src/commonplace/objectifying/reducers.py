"""Practices, rounds and objections, folded from the ledger: the pure table on one side, the rows on the other."""

import json
from collections.abc import Iterable
from dataclasses import astuple
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q

from commonplace.ledger.models import Act
from commonplace.ledger.replay import Reducer, reduces
from commonplace.objectifying.models import Agreement, Objection, Practice, Proposal, Settlement, Version
from commonplace.objectifying.status import EFFECTS, Course, Outcome, after

OPEN, STANDING = "open", "standing"


def _practice(statuses: dict[str, str], act: Act) -> None:
    if act.verb in EFFECTS:
        course = after(_read(statuses.get(act.subject, "")), act.verb, act.evidence)
        statuses[act.subject] = _coded(course.status, course)


def _practices() -> dict[str, str]:
    """The status as pages show it, and beside it what it follows from."""
    return {row["pk"]: _coded(row["status"], _course(row)) for row in _with_all()}


def _with_all() -> Iterable[dict[str, Any]]:
    here = {"practice": OuterRef("pk")}
    retired = Settlement._base_manager.filter(challenge__practice=OuterRef("pk"), outcome=Outcome.RETIRED)
    facts = {
        "latest": Max("versions__number"),
        "complete": Exists(Version._base_manager.filter(**here).exclude(Version.PARTLY)),
        "once_agreed": Exists(Agreement._base_manager.filter(**here)),
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
        round_kind=row["round_kind"] or "",
        on=row["round_number"] or 0,
        agreed=row["agreed_number"] or 0,
        once_agreed=row["once_agreed"],
        refused=row["refused"] or 0,
        challenges=row["challenged"],
        retired=row["retired"],
    )


def _coded(status: str, course: Course) -> str:
    return f"{status} {json.dumps(astuple(course))}"


def _read(code: str) -> Course:
    return Course(*json.loads(code.partition(" ")[2])) if code else Course()


def _round(statuses: dict[str, str], act: Act) -> None:
    if act.verb in ("proposal.opened", "proposal.amended"):
        statuses[act.object] = f"{OPEN} {act.evidence['number']}"
    elif act.verb == "proposal.decided":
        statuses[act.object] = act.evidence["outcome"]


def _rounds() -> dict[str, str]:
    rows = Proposal.objects.everywhere("check").values_list("pk", "outcome", "version__number")
    return {pk: outcome or f"{OPEN} {number}" for pk, outcome, number in rows}


def _objection(statuses: dict[str, str], act: Act) -> None:
    if act.verb == "proposal.objection_raised":
        statuses[act.object] = STANDING
    elif act.verb == "proposal.objection_resolved":
        statuses[act.object] = act.evidence["how"]


def _objections() -> dict[str, str]:
    rows = Objection.objects.everywhere("check").values_list("pk", "how")
    return {pk: how or STANDING for pk, how in rows}


reduces(Reducer("practice", _practice, _practices))
reduces(Reducer("round", _round, _rounds))
reduces(Reducer("objection", _objection, _objections))
