"""Practices, rounds and objections, folded from the ledger: the pure table on one side, the rows on the other."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q

from commonplace.ledger.evidence import Evidence
from commonplace.ledger.replay import Recorded, Reducer, Span
from commonplace.objectifying.course import STEPS, Course, after
from commonplace.objectifying.evidence import Amended, Decided, ObjectionResolved, ProposalOpened
from commonplace.objectifying.models import Agreement, Objection, Practice, Proposal, Settlement, Version
from commonplace.objectifying.status import Outcome

OPEN, STANDING = "open", "standing"
ByObject = Mapping[str, str]
"""Round or objection -> how it stands."""


def _practices(span: Span) -> dict[str, tuple[str, Course]]:
    """The status as pages show it, and beside it what it follows from."""
    return {row["pk"]: (row["status"], _course(row)) for row in _with_all(span)}


def _with_all(span: Span) -> Iterable[dict[str, Any]]:
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
    practices: Any = Practice.objects.filter(span.within("pk")).everywhere("check").with_course().annotate(**facts)
    rows: Iterable[dict[str, Any]] = practices.values(
        "pk", "status", "round_matter", "round_number", "agreed_number", *facts
    )
    return rows


def _course(row: dict[str, Any]) -> Course:
    return Course(
        latest=row["latest"],
        complete=row["complete"],
        matter=row["round_matter"],
        on=row["round_number"] or 0,
        agreed=row["agreed_number"] or 0,
        once_agreed=row["once_agreed"],
        refused=row["refused"] or 0,
        challenges=row["challenged"],
        retired=row["retired"],
    )


def _rounds(span: Span) -> dict[str, ByObject]:
    rows = Proposal.objects.filter(span.within("practice")).everywhere("check")
    return _by_practice(
        (practice, pk, outcome or f"{OPEN} {number}")
        for practice, pk, outcome, number in rows.values_list("practice", "pk", "outcome", "version__number")
    )


def _objections(span: Span) -> dict[str, ByObject]:
    rows = Objection.objects.filter(span.within("proposal__practice")).everywhere("check")
    return _by_practice(
        (practice, pk, how or STANDING) for practice, pk, how in rows.values_list("proposal__practice", "pk", "how")
    )


def _by_practice(rows: Iterable[tuple[str, str, str]]) -> dict[str, ByObject]:
    gathered: dict[str, dict[str, str]] = defaultdict(dict)
    for practice, pk, code in rows:
        gathered[practice][pk] = code
    return dict(gathered)


practices: Reducer[tuple[str, Course]] = Reducer("practice", ("", Course()), _practices)
rounds: Reducer[ByObject] = Reducer("round", {}, _rounds)
objections: Reducer[ByObject] = Reducer("objection", {}, _objections)


@practices.on(*STEPS)
def _moved(before: tuple[str, Course], act: Recorded, evidence: Evidence) -> tuple[str, Course]:
    course = after(before[1], act.verb, evidence)
    return course.status, course


@rounds.on("proposal.opened", "proposal.amended")
def _put(before: ByObject, act: Recorded, evidence: ProposalOpened | Amended) -> ByObject:
    return {**before, act.object: f"{OPEN} {evidence.number}"}


@rounds.on("proposal.decided")
def _decided(before: ByObject, act: Recorded, evidence: Decided) -> ByObject:
    return {**before, act.object: evidence.outcome}


@objections.on("proposal.objection_raised")
def _raised(before: ByObject, act: Recorded, evidence: Evidence) -> ByObject:
    return {**before, act.object: STANDING}


@objections.on("proposal.objection_resolved")
def _resolved(before: ByObject, act: Recorded, evidence: ObjectionResolved) -> ByObject:
    return {**before, act.object: evidence.how}
