"""A round: a version, or an outcome of a challenge, put to who was a member when it opened. Its rule is fixed then."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community, Membership, Person, Role, RoleKind
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.reading import now_for
from commonplace.ledger.scope import ScopedManager
from commonplace.objectifying.lengths import LONGEST_PART
from commonplace.objectifying.models.challenge import Challenge
from commonplace.objectifying.models.reading import PartQuerySet
from commonplace.objectifying.models.version import Version
from commonplace.objectifying.status import Matter, Outcome

OUTCOMES = {
    Outcome.ACCEPTED: _("accepted"),
    Outcome.RETURNED: _("returned"),
    Outcome.NOT_ACCEPTED: _("not accepted"),
    Outcome.UPHELD: _("the practice is upheld"),
    Outcome.UNDER_REVISION: _("the practice goes under revision"),
    Outcome.RETIRED: _("the practice is retired"),
}
MATTERS = {Matter.ACCEPTANCE: _("acceptance of a version"), Matter.SETTLEMENT: _("settlement of a challenge")}

HEARD = Count("stances", filter=Q(stances__replaced_at=None, stances__person__is_bot=False))
OPEN = Q(decided_at=None, decided_by=None, outcome="")
DECIDED = Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(outcome="")


class ProposalQuerySet(PartQuerySet["Proposal"]):
    def open(self) -> ProposalQuerySet:
        return self.filter(decided_at=None)

    def to_be_decided(self) -> ProposalQuerySet:
        """Closed, or everybody has spoken."""
        return self.open().annotate(heard=HEARD).filter(Q(closes_at__lte=clock.now()) | Q(heard__gte=F("eligible")))

    def may_be_spoken_in_by(self, person: Any) -> ProposalQuerySet:
        """Rounds that opened while this person was a member; neither sponsors nor bots decide on knowledge."""
        here = {"person": person.pk, "community": OuterRef("practice__community")}
        belonged = Membership._base_manager.filter(joined_at__lte=OuterRef("opened_at"), **here)
        since = belonged.filter(Q(left_at=None) | Q(left_at__gt=OuterRef("opened_at")))
        member = Membership._base_manager.filter(left_at=None, person__is_bot=False, **here)
        sponsor = Role._base_manager.filter(kind=RoleKind.SPONSOR, ended_at=None, **here)
        return self.filter(Exists(since), Exists(member), ~Exists(sponsor))

    def open_for(self, person: Any) -> ProposalQuerySet:
        """Rounds that still wait for this person's word."""
        rounds = Proposal._base_manager.filter(pk=OuterRef("pk"))
        spoken = rounds.filter(stances__person=person.pk, stances__replaced_at=None)
        waiting = self.open().filter(closes_at__gt=now_for(person)).may_be_spoken_in_by(person).exclude(Exists(spoken))
        return waiting._in_scope()

    def decided_on_it(self) -> ProposalQuerySet:
        """For a query of practices: the decided rounds on each, the last first."""
        decided = self.filter(practice=OuterRef("pk")).exclude(decided_at=None)
        return decided.order_by("-decided_at")._in_scope()


class Proposal(models.Model):
    """`eligible`, `quorum` and `units_needed` are numbers of people and units; `days` how long people have to speak."""

    id = PublicId()
    practice = models.ForeignKey("objectifying.Practice", models.CASCADE, related_name="proposals")
    version = models.ForeignKey(Version, models.CASCADE, related_name="proposals")
    matter = models.CharField(max_length=12, choices=[(code.value, words) for code, words in MATTERS.items()])
    challenge = models.ForeignKey(Challenge, models.CASCADE, null=True, blank=True, related_name="rounds")
    proposed_outcome = models.CharField(
        max_length=16, choices=[(code.value, words) for code, words in OUTCOMES.items()]
    )
    aim = models.TextField(blank=True, max_length=LONGEST_PART)
    scope = models.TextField(blank=True, max_length=LONGEST_PART)
    eligible = models.PositiveIntegerField()
    quorum = models.PositiveIntegerField()
    units_needed = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField()
    review_on = models.DateField()
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    closes_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(
        max_length=16, choices=[(code.value, words) for code, words in OUTCOMES.items()], blank=True
    )
    reason = models.TextField(blank=True, max_length=LONGEST_PART)

    objects = ScopedManager.from_queryset(ProposalQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["closes_at"], condition=Q(decided_at=None), name="rounds_under_way")]
        constraints = [
            models.UniqueConstraint(
                fields=["practice"],
                condition=Q(decided_at=None),
                name="one_open_round",
                violation_error_message=_("Another round on this practice is open. One is decided before the next."),
            ),
            models.CheckConstraint(condition=Q(quorum__gte=1), name="silence_accepts_nothing"),
            models.CheckConstraint(
                condition=OPEN | DECIDED,
                name="decided_by_somebody_somehow",
                violation_error_message=_("A round that is decided has an outcome and somebody who decided it."),
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("opened_by")),
                name="not_decided_by_who_opened_it",
                violation_error_message=_("Who opened a round does not decide it."),
            ),
        ]

    COMMUNITY = "practice__community"
    PERSONAL = ("opened_by", "decided_by", "aim", "scope", "reason")
    IMPERSONAL = (
        "id", "practice", "version", "matter", "challenge", "proposed_outcome", "eligible", "quorum", "units_needed",
        "days", "review_on", "opened_at", "closes_at", "decided_at", "outcome",
    )  # fmt: skip

    def get_absolute_url(self) -> str:
        return reverse("proposal", args=[self.community.slug, self.practice_id, self.pk])

    @property
    def subject(self) -> models.Model:
        return self.practice

    @property
    def community(self) -> Community:
        return self.practice.community

    @property
    def is_open(self) -> bool:
        return self.decided_at is None

    @property
    def is_closed_to_stances(self) -> bool:
        return clock.now() >= self.closes_at
