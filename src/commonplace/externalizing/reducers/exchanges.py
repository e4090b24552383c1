"""Who opened an exchange, how it stands, and its purpose."""

from dataclasses import replace

from commonplace.externalizing.course import Course
from commonplace.externalizing.evidence import Closed, Confirmed, Edited, Opened, Responded
from commonplace.externalizing.models import GIVEN, UNFINISHED, Exchange, ExchangeCourse, ResponseKind, Status
from commonplace.ledger.models import HERE
from commonplace.ledger.projection import Projection
from commonplace.ledger.replay import Recorded, Reducer, Row, Span, of_each


def _purposes(span: Span) -> dict[str, str]:
    return dict(Exchange.objects.filter(span.within("pk")).everywhere("check").values_list("pk", "purpose"))


course = Projection("course of exchange", ExchangeCourse, Course)
purpose: Reducer[str] = Reducer("purpose of exchange", str, _purposes)
opening = of_each("opening of exchange", Exchange, "pk", "community", "opener", "kind")


@opening.on("exchange.opened")
def _begun(before: Row, act: Recorded, evidence: Opened) -> Row:
    return act.community, act.actor, evidence.kind.value


@course.on("exchange.opened")
def _opened(before: Course, act: Recorded, evidence: Opened) -> Course:
    begun = replace(before, community=act.community, opener=act.actor, over=act.origin != HERE)
    return replace(begun, status=Status.SHARED, over=True) if evidence.kind in GIVEN else begun


@course.on("exchange.responded")
def _responded(before: Course, act: Recorded, evidence: Responded) -> Course:
    before = _taken_up(before, act)
    helps = before.status == Status.OPEN and not evidence.by_opener
    status = Status.ANSWERED if helps else before.status
    if evidence.kind == ResponseKind.COMMENT:
        return replace(before, status=status, comments=before.comments + 1)
    newest = max(before.newest, act.object)
    return replace(before, status=status, answers=before.answers + 1, newest=newest)


@course.on("exchange.edited")
def _edited(before: Course, act: Recorded, evidence: Edited) -> Course:
    return _taken_up(before, act)


def _taken_up(before: Course, act: Recorded) -> Course:
    """Whoever acts here on what an archive brought unfinished opens it again."""
    return replace(before, over=False) if act.origin == HERE and before.status in UNFINISHED else before


@course.on("exchange.confirmed")
def _confirmed(before: Course, act: Recorded, evidence: Confirmed) -> Course:
    return replace(before, status=Status.RESOLVED, over=True, helped=before.helped or evidence.response)


@course.on("exchange.closed")
def _closed(before: Course, act: Recorded, evidence: Closed) -> Course:
    return before if before.status == Status.RESOLVED else replace(before, status=Status.UNRESOLVED, over=True)


@purpose.on("exchange.opened", "exchange.closed")
def _classified(before: str, act: Recorded, evidence: Opened | Closed) -> str:
    return evidence.purpose
