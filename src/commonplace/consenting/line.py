"""Whose turn it is: one round at a time on a subject and matter, what is proposed meanwhile one after the other."""

from typing import Any, TypeVar

from commonplace.consenting.matter import matter_of
from commonplace.consenting.models import InLine, InLineQuerySet, Proposal, ProposalQuerySet

R = TypeVar("R", ProposalQuerySet, InLineQuerySet)
WHY = "one at a time"


def open_on(subject_id: str, put: Proposal | InLine) -> ProposalQuerySet:
    """The round that is open on the same, which stands in the way."""
    return _in_one_line(Proposal.objects.filter(subject_id=subject_id).open(), put).everywhere(WHY)


def line_on(subject_id: str, put: Proposal | InLine) -> InLineQuerySet:
    """What waits on the same, whose turn is first before the others."""
    return _in_one_line(InLine.objects.filter(subject_id=subject_id).waiting(), put).everywhere(WHY)


def must_wait(subject: Any, proposal: Proposal) -> bool:
    """A round is open on it, or something waits before it."""
    return open_on(subject.pk, proposal).exists() or line_on(subject.pk, proposal).exists()


def is_next(row: InLine) -> bool:
    """Nothing is open on it, and nothing waits before it."""
    return not open_on(row.subject_id, row).exists() and line_on(row.subject_id, row).first() == row


def _in_one_line(rows: R, put: Proposal | InLine) -> R:
    rows = rows.filter(matter=put.matter)
    return rows if matter_of(put.matter).one_at_a_time else rows.filter(about=put.about)
