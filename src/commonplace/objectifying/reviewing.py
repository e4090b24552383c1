"""What a review reads: the reports since the last look, those that nobody answered, what was said against it before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from commonplace.consenting.kinds import How, Stand
from commonplace.consenting.models import Objection, Stance
from commonplace.ledger import clock
from commonplace.ledger.models import Act
from commonplace.ledger.recording import Also
from commonplace.objectifying.evidence import ReviewDone, ReviewDue
from commonplace.objectifying.models import Agreement, Practice, Review
from commonplace.objectifying.models.agreement import AgreementQuerySet
from commonplace.objectifying.reports import FAILED, REPORTED, report, reports_on
from commonplace.objectifying.status import Due, Reviewed
from commonplace.untrusted.visible import is_blank

AHEAD = timedelta(hours=14)  # Of UTC, where a day begins first.
WHY = "a review reads all of it"


@dataclass(frozen=True, slots=True)
class Since:
    """Reports on a practice since the last look at it, and what was kept of the round that agreed on it."""

    at: datetime
    used: int
    failed: Sequence[Act]
    last_report: datetime | None
    concerns: Sequence[Stance]
    dissent: Sequence[Objection]

    @property
    def kept(self) -> int:
        return len(self.concerns) + len(self.dissent)


def since(agreement: Agreement) -> Since:
    practice, at = agreement.practice, looked_at(agreement)
    acts = list(reports_on(practice).filter(happened_at__gt=at).order_by("happened_at", "id"))
    failed = [act for act in acts if report(act).outcome == FAILED]
    round_ = agreement.proposal
    concerns = round_.stances.current().own().filter(stance=Stand.CONCERN).select_related("person")
    dissent = round_.objections.filter(how=How.DISSENT).select_related("raised_by")
    return Since(
        at=at,
        used=len(acts) - len(failed),
        failed=failed,
        last_report=acts[-1].happened_at if acts else None,
        concerns=list(concerns),
        dissent=list(dissent),
    )


def looked_at(agreement: Agreement) -> datetime:
    """When it was last agreed on, or found to hold: a slip of the pen that was mended is no look."""
    agreed_at = agreement.proposal.decided_at or agreement.since
    held = agreement.practice.reviews.filter(outcome=Reviewed.REAFFIRMED, done_at__gt=agreed_at)
    last = held.everywhere(WHY).order_by("-done_at").values_list("done_at", flat=True).first()
    return last or agreed_at


def unanswered(practice: Practice, failed: Sequence[Act]) -> list[Act]:
    """Failed reports that no version and no challenge names."""
    named = set(practice.challenges.exclude(application="").values_list("application", flat=True))
    named |= set(practice.versions.exclude(application="").values_list("application", flat=True))
    return [act for act in failed if act.object not in named]


def lacks_a_reason(review: Review) -> bool:
    """It failed, no version or challenge says so, and nobody has said why it holds all the same."""
    failed = unanswered(review.practice, since(review.agreement).failed)
    return bool(failed) and all(is_blank(one.reason) for one in review.voices.all())


def maybe_due(agreements: AgreementQuerySet) -> AgreementQuerySet:
    """Of these, all that `why_due` could say something of, found in one statement: most have nothing near them."""
    last = Review.objects.filter(practice=OuterRef("practice"), outcome=Reviewed.REAFFIRMED).everywhere(WHY)
    looked = last.filter(done_at__gt=OuterRef("agreed_at")).order_by("-done_at").values("done_at")[:1]
    rows = agreements.annotate(agreed_at=Coalesce("proposal__decided_at", "since"))
    rows = rows.annotate(looked_at=Coalesce(Subquery(looked), "agreed_at"))
    acts = Act.objects.filter(verb=REPORTED, subject=OuterRef("practice"), happened_at__gt=OuterRef("looked_at"))
    acts = acts.everywhere(WHY)
    silent = clock.now() - timedelta(days=settings.REVIEW_SILENT_DAYS)
    heard, times = Exists(acts.filter(happened_at__gt=silent)), settings.REVIEW_FAILURES
    failed = acts.filter(evidence__outcome=FAILED).order_by().values("subject").annotate(n=Count("pk")).values("n")
    rows = rows.annotate(failed=Subquery(failed, output_field=IntegerField()))
    by_now = Q(review_on__lte=(clock.now() + AHEAD).date())
    return rows.filter(by_now | Q(failed__gte=times) | (Q(looked_at__lte=silent) & ~heard))


def why_due(agreement: Agreement) -> Due | None:
    """Whether it is looked at now, and why."""
    if agreement.review_on <= today(agreement.practice):
        return Due.DAY
    seen = since(agreement)
    if len(seen.failed) >= settings.REVIEW_FAILURES:
        return Due.FAILURES
    silent = timedelta(days=settings.REVIEW_SILENT_DAYS)
    return Due.SILENCE if clock.now() - (seen.last_report or seen.at) >= silent else None


def today(practice: Practice) -> date:
    return clock.now().astimezone(practice.community.zone).date()


def opened(agreement: Agreement, why: Due) -> Also:
    practice = agreement.practice
    due_on = agreement.review_on if why == Due.DAY else today(practice)
    row = Review.objects.create(practice=practice, agreement=agreement, due_on=due_on, why=why)
    return Also("review.due", row, ReviewDue(agreement=agreement.pk, due_on=due_on.isoformat(), why=why))


def ended(practice: Practice, outcome: Reviewed, by_nonauthor: bool) -> list[Also]:
    """The open review, if there is one, by what came of it. `by_nonauthor`: somebody consented who did not write it."""
    review = practice.open_review
    return [done(review, outcome, by_nonauthor)] if review else []


def done(review: Review, outcome: Reviewed, by_nonauthor: bool, review_on: date | None = None) -> Also:
    seen = since(review.agreement)
    review.done_at, review.outcome = clock.now(), outcome
    review.save(update_fields=["done_at", "outcome"])
    evidence = ReviewDone(
        review=review.pk,
        outcome=outcome,
        uses_since=seen.used,
        failed_since=len(seen.failed),
        concerns_read=seen.kept if outcome == Reviewed.REAFFIRMED else 0,
        by_nonauthor=by_nonauthor,
        review_on=review_on.isoformat() if review_on else "",
    )
    return Also("review.done", review, evidence)
