"""T16: an agreement is looked at again; two people, one of whom did not write it, say that it still holds."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.communities.wording import must_fit
from commonplace.ledger.act import Also, Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.registry import consequence
from commonplace.objectifying import policy
from commonplace.objectifying.evidence import Reaffirmed, ReviewDone, ReviewDue
from commonplace.objectifying.models import Agreement, Review, ReviewVoice
from commonplace.objectifying.possible import must_be_possible
from commonplace.objectifying.reviewing import done, lacks_a_reason, opened, today, why_due
from commonplace.objectifying.status import Due, Reviewed
from commonplace.untrusted.visible import is_blank

consequence(
    "review.done",
    of=("review.reaffirmed", "proposal.decided", "challenge.settled"),
    evidence=ReviewDone,
    effect="Who: two people, or a round. Guard: reaffirmed by two, one of whom did not write it; or another version, "
    "or its end, is agreed on. Effect: the review is done; reaffirmed, the next day follows from the charter.",
)


def _is_due(actor: Any, agreement: Agreement, *, why: Due) -> None:
    must_be_possible("review.due", agreement.practice)
    if agreement.ended_at or agreement.practice.open_review:
        raise NotPossible(_("It is being looked at already."))
    if why_due(agreement) != why:
        raise NotPossible(_("It is not to be looked at yet."))


def _as_it_is(actor: Any, agreement: Agreement) -> dict[str, Any]:
    return {"why": why_due(agreement)}


@act(
    "review.due",
    who=policy.by_time,
    evidence=ReviewDue,
    guard=_is_due,
    supposing=_as_it_is,
    of=("proposal.decided", "challenge.settled"),
)
def open_review(actor: Any, agreement: Agreement, *, why: Due) -> Written[Review]:
    """Who: the rule. Guard: in force, no review of it open; its day has come, or it failed twice since the last look,
    or nobody has reported for a year; or a challenge ended unsettled. Effect: a review is open."""
    due = opened(agreement, why)
    return Written(due.row, due.evidence)  # type: ignore[arg-type]


def _can_be_reaffirmed(actor: Person, review: Review, *, reason: str = "") -> None:
    must_be_possible("review.reaffirmed", review.practice)
    must_fit(ReviewVoice(reason=reason), "reason")
    if review.done_at:
        raise NotPossible(_("This review is done."))
    if review.voices.filter(person=actor).exists():
        raise NotPossible(_("You have said already that it holds."))
    if is_blank(reason) and lacks_a_reason(review):
        raise NotPossible(_("It failed, and no version or challenge says so. Say why it holds all the same."), "reason")


def _some_reason(actor: Person, review: Review) -> dict[str, str]:
    return {"reason": "–"}


@act(
    "review.reaffirmed",
    who=policy.reviewer,
    evidence=Reaffirmed,
    guard=_can_be_reaffirmed,
    supposing=_some_reason,
)
def reaffirm(actor: Person, review: Review, *, reason: str = "") -> Written[ReviewVoice]:
    """Who: a member, no bot, no sponsor. Guard: the review is open, not said by them before; each failed report is
    named by a version or a challenge, or it is said why not. Effect: with two, one of whom did not write it, the
    agreement is reaffirmed until the next day that the charter gives."""
    by_author = review.practice.is_author(actor)
    row = ReviewVoice.objects.create(review=review, person=actor, by_author=by_author, reason=reason)
    evidence = Reaffirmed(review=review.pk, by_author=by_author)
    return Written(row, evidence, also=[_reaffirmed(review)] if _is_enough(review) else [])


def _is_enough(review: Review) -> bool:
    voices = list(review.voices.all())
    return len(voices) >= 2 and any(not one.by_author for one in voices)


def _reaffirmed(review: Review) -> Also:
    """Of what is in force: a minor edit may have come since the review opened."""
    agreement = review.practice.agreements.in_force().get()
    agreement.review_on = _next(review)
    agreement.save(update_fields=["review_on"])
    return done(review, Reviewed.REAFFIRMED, by_nonauthor=True, review_on=agreement.review_on)


def _next(review: Review) -> date:
    return today(review.practice) + timedelta(days=review.community.charter.review_days)
