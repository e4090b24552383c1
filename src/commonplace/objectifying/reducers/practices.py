"""How practices stand: the pure table of their course on one side, the rows on the other."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q

from commonplace.ledger.evidence import Evidence
from commonplace.ledger.replay import Recorded, Reducer, Span
from commonplace.objectifying.course import STEPS, Course, after
from commonplace.objectifying.models import Agreement, Practice, Settlement, Version
from commonplace.objectifying.status import Outcome


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


practices: Reducer[tuple[str, Course]] = Reducer("practice", lambda: ("", Course()), _practices)


@practices.on(*STEPS)
def _moved(before: tuple[str, Course], act: Recorded, evidence: Evidence) -> tuple[str, Course]:
    course = after(before[1], act.verb, evidence)
    return course.status, course
