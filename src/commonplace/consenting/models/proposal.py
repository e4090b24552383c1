"""A round: something put to the consent of those who were eligible when it opened. Its rule is fixed then."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community, Person
from commonplace.consenting.absence import Wait, since
from commonplace.consenting.kinds import Kind, Outcome, TakenBack
from commonplace.consenting.lengths import LONGEST_PART, LONGEST_TITLE
from commonplace.consenting.matter import Matter, matter_of
from commonplace.consenting.models.reading import readable_rounds
from commonplace.ledger import clock
from commonplace.ledger.ids import LENGTH, PublicId
from commonplace.ledger.reading import now_for
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet

OUTCOMES = {
    Outcome.ACCEPTED: _("accepted"),
    Outcome.RETURNED: _("returned"),
    Outcome.NOT_ACCEPTED: _("not accepted"),
    Outcome.WITHDRAWN: _("withdrawn"),
}
TAKEN_BACK = {
    TakenBack.OPPOSED: _("What is said against it is right"),
    TakenBack.REWRITTEN: _("The text is to be written anew first"),
    TakenBack.EARLY: _("It is too early: it is to be tried, or talked over, first"),
    TakenBack.NEEDLESS: _("Nobody needs it any more"),
    TakenBack.OTHER: _("Something else"),
}
OPEN = Q(decided_at=None, decided_by=None, outcome="")
DECIDED = Q(decided_at__isnull=False) & ~Q(outcome="")


class ProposalQuerySet(ScopedQuerySet["Proposal"]):
    def _visible_to(self, person: Any) -> ProposalQuerySet:
        return self.filter(readable_rounds(person))

    def on(self, subject: models.Model, *kinds: Kind) -> ProposalQuerySet:
        """Rounds on this practice, objective or community."""
        rows = self.filter(subject_id=subject.pk)
        return rows.filter(matter__in=kinds) if kinds else rows

    def open(self) -> ProposalQuerySet:
        return self.filter(decided_at=None)

    def closed(self) -> ProposalQuerySet:
        """Their day has come, and they are not decided. Some are held open for somebody who may still say no."""
        return self.open().filter(closes_at__lte=clock.now())

    def open_for(self, person: Any) -> ProposalQuerySet:
        """Rounds that still wait for this person's own word on the text as it is now."""
        rounds = Proposal._base_manager.filter(pk=OuterRef("pk"))
        asked = rounds.filter(asked__person=person.pk)
        own = {"stances__replaced_at": None, "stances__entered_by": None}
        spoken = rounds.filter(stances__person=person.pk, stances__number=F("number"), **own)
        waiting = self.open().filter(Exists(asked), closes_at__gt=now_for(person)).exclude(Exists(spoken))
        return waiting._in_scope()


class Proposal(models.Model):
    """`subject_id`: the practice, objective or community it is on; `about`: what of that, a challenge, a role;
    `choice`: what should become of it, where the matter leaves one. `number`: of the text, kept in `wordings`.

    `eligible`, `quorum`, `units_needed`: people and units; `days`: how long people have to speak; `amended`: how
    often. `list`: of those that were opened together, "" alone. `hidden`: until the close only who has spoken is told.
    `decided_by` None: the rule did. `why`: what kind of reason whoever took it back has.
    """

    id = PublicId()
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    matter = models.CharField(
        max_length=12, default=Kind.ACCEPTANCE, choices=[(kind.value, kind.value) for kind in Kind]
    )
    subject_id = models.CharField(max_length=LENGTH)
    about = models.CharField(max_length=LENGTH, blank=True)
    choice = models.CharField(max_length=20, blank=True)
    number = models.PositiveSmallIntegerField()
    list = models.CharField(max_length=LENGTH, blank=True)
    amended = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=LONGEST_TITLE)
    aim = models.TextField(blank=True, max_length=LONGEST_PART)
    scope = models.TextField(blank=True, max_length=LONGEST_PART)
    eligible = models.PositiveIntegerField()
    quorum = models.PositiveIntegerField()
    units_needed = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField()
    hidden = models.BooleanField(default=False)
    met_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    closes_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(
        max_length=12, choices=[(code.value, words) for code, words in OUTCOMES.items()], blank=True
    )
    reason = models.TextField(blank=True, max_length=LONGEST_PART)
    why = models.CharField(
        max_length=10, choices=[(code.value, words) for code, words in TAKEN_BACK.items()], blank=True
    )

    objects = ScopedManager.from_queryset(ProposalQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["closes_at"], condition=Q(decided_at=None), name="rounds_under_way"),
            models.Index(fields=["subject_id", "matter", "opened_at"], name="rounds_on_a_subject"),
            models.Index(fields=["community", "opened_at"], name="rounds_of_a_community"),
            models.Index(fields=["community", "closes_at"], condition=Q(decided_at=None), name="rounds_open_here"),
            models.Index(
                fields=["community", "matter", "decided_at"], condition=Q(decided_at__isnull=False), name="rounds_ended"
            ),
            models.Index(fields=["list", "subject_id"], condition=~Q(list=""), name="rounds_of_a_list"),
            models.Index(fields=["community", "id"], condition=Q(decided_at__isnull=False), name="rounds_decided"),
            models.Index(
                fields=["community", "outcome", "id"], condition=Q(decided_at__isnull=False), name="rounds_by_outcome"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id", "matter", "about"],
                condition=Q(decided_at=None),
                name="one_open_round",
                violation_error_message=_("Another round on this is open. One is decided before the next."),
            ),
            models.CheckConstraint(condition=Q(quorum__gte=2), name="nobody_agrees_alone"),
            models.CheckConstraint(condition=Q(amended__lte=2), name="amended_twice_at_most"),
            models.CheckConstraint(
                condition=OPEN | DECIDED,
                name="decided_somehow",
                violation_error_message=_("A round that is decided has an outcome."),
            ),
        ]

    COMMUNITY = "community"
    PERSONAL = ("opened_by", "decided_by", "title", "aim", "scope", "reason")
    IMPERSONAL = (
        "id", "community", "matter", "subject_id", "about", "choice", "number", "list", "amended", "eligible",
        "quorum", "units_needed", "days", "hidden", "met_on", "review_on", "opened_at", "closes_at", "decided_at",
        "outcome", "why",
    )  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("proposal", args=[self.community.slug, self.pk])

    def get_list_url(self) -> str:
        return reverse("list", args=[self.community.slug, self.list]) if self.list else ""

    @property
    def kind(self) -> Matter:
        return matter_of(self.matter)

    @property
    def asks(self) -> str:
        return self.kind.phrases.asks(self)

    @property
    def ended(self) -> str:
        """How it ended, as its matter says it."""
        return str(
            self.kind.phrases.agreed(self) if self.outcome == Outcome.ACCEPTED else OUTCOMES[Outcome(self.outcome)]
        )

    @property
    def subject(self) -> Any:
        """The row that is locked and that the ledger names."""
        return self.kind.row(self.subject_id)

    @property
    def is_open(self) -> bool:
        return self.decided_at is None

    def is_veiled(self, in_time: bool) -> bool:
        """While words are taken only who has spoken is told, and for ever where it was taken back."""
        return self.hidden and (in_time or self.outcome == Outcome.WITHDRAWN)

    @property
    def ends_at(self) -> datetime:
        """The closing time; later while whoever objected, and has seen what is said to meet it, may say no."""
        offered = self.objections.filter(remedies__seen__at__lt=self.closes_at)
        waits = offered.annotate(**since("raised_by", "proposal__community", "remedies__seen__at"))
        columns = ("remedies__seen__at", "remedies__refused_at", "settled_at", "left_at", "bot_since", "locked_since")
        return self.ends_after(Wait(*row) for row in waits.values_list(*columns))

    def ends_after(self, waits: Iterable[Wait]) -> datetime:
        return max([self.closes_at, *(_held_until(wait) for wait in waits if wait.seen_at < self.closes_at)])

    @property
    def is_closed_to_stances(self) -> bool:
        return clock.now() >= self.closes_at and clock.now() >= self.ends_at

    @property
    def texts(self) -> dict[str, str]:
        """Part -> source, of the text that is proposed now."""
        return self.text_of(self.number)

    def text_of(self, number: int) -> dict[str, str]:
        rows = self.wordings.filter(number=number).order_by("position")
        return dict(cast(Any, rows.values_list("part", "text")))


class InRound(models.Model):
    """What is asked, said or written down in a round: it belongs to what the round is on."""

    proposal: Proposal
    COMMUNITY = "proposal__community"

    class Meta:
        abstract = True

    @property
    def subject(self) -> Any:
        return self.proposal.subject

    @property
    def community(self) -> Community:
        return self.proposal.community


def _held_until(wait: Wait) -> datetime:
    """Nobody waits for an answer that was given, or cannot come."""
    days_over = wait.seen_at + timedelta(days=settings.REMEDY_DAYS)
    return min(days_over, wait.ended_at or days_over)
