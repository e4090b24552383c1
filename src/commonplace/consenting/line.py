"""Whose turn it is: one round at a time on a subject and matter, what is proposed meanwhile one after the other."""

from collections.abc import Sequence
from functools import partial
from typing import Any, TypeVar

from commonplace.consenting.matter import matter_of
from commonplace.consenting.models import InLine, InLineQuerySet, Proposal, ProposalQuerySet
from commonplace.ledger.once import once

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
    apart = not matter_of(proposal.matter).one_at_a_time
    here = (proposal.matter, proposal.about if apart else "")
    return here in {(matter, about if apart else "") for matter, about in _under_way(subject.pk)}


def _under_way(subject_id: str) -> list[tuple[str, str]]:
    """Matter and what of it, of every round that is open on it, and of all that waits: a page asks for several."""
    return once(("under way", subject_id), lambda: _all_under_way([subject_id])[subject_id])


def read_what_is_under_way(subjects: Sequence[str]) -> None:
    """On a page with many of them, at once."""
    rows = _all_under_way(subjects)
    for pk in subjects:
        once(("under way", pk), partial(rows.__getitem__, pk))


def _all_under_way(subjects: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    rounds = Proposal.objects.filter(subject_id__in=subjects).open().everywhere(WHY).order_by()
    lines = InLine.objects.filter(subject_id__in=subjects).waiting().everywhere(WHY).order_by()
    columns = ("subject_id", "matter", "about")
    each: dict[str, list[tuple[str, str]]] = {pk: [] for pk in subjects}
    for subject, *here in rounds.values_list(*columns).union(lines.values_list(*columns)):
        each[subject].append(tuple(here))
    return each


def is_next(row: InLine) -> bool:
    """Nothing is open on it, and nothing waits before it."""
    return not open_on(row.subject_id, row).exists() and line_on(row.subject_id, row).first() == row


def _in_one_line(rows: R, put: Proposal | InLine) -> R:
    rows = rows.filter(matter=put.matter)
    return rows if matter_of(put.matter).one_at_a_time else rows.filter(about=put.about)
