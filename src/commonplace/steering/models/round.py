"""The community's consent to a card: rule, stances and terms as for a practice (objectifying/consent.py, terms.py)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community, Membership, Person, Role, RoleKind
from commonplace.communities.models.footing import readable
from commonplace.communities.wording import LONGEST
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.reading import now_for
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet
from commonplace.objectifying.consent import Stand
from commonplace.objectifying.models.proposal import DECIDED, HEARD, OPEN
from commonplace.objectifying.models.voice import Voice
from commonplace.objectifying.status import Outcome
from commonplace.steering.models.card import Card
from commonplace.steering.models.objective import Objective

OUTCOMES = {Outcome.ACCEPTED: _("consented to"), Outcome.RETURNED: _("returned")}


class CardRoundQuerySet(ScopedQuerySet["CardRound"]):
    def _visible_to(self, person: Any) -> CardRoundQuerySet:
        """Whoever may read the community's exchanges; a sponsor from outside sees the outcome only."""
        community = "card__objective__community"
        return self.filter(readable(person, community))

    def open(self) -> CardRoundQuerySet:
        return self.filter(decided_at=None)

    def to_be_decided(self) -> CardRoundQuerySet:
        """Closed, or everybody has spoken."""
        return self.open().annotate(heard=HEARD).filter(Q(closes_at__lte=clock.now()) | Q(heard__gte=F("eligible")))

    def may_be_spoken_in_by(self, person: Any) -> CardRoundQuerySet:
        """Rounds that opened while this person was a member, and no bot."""
        here = {"person": person.pk, "community": OuterRef("card__objective__community"), "person__is_bot": False}
        since = Membership._base_manager.filter(left_at=None, joined_at__lte=OuterRef("opened_at"), **here)
        return self.filter(Exists(since))

    def open_for(self, person: Any) -> CardRoundQuerySet:
        """Rounds that still wait for this person's word."""
        spoken = CardStance._base_manager.filter(round=OuterRef("pk"), person=person.pk, replaced_at=None)
        waiting = self.open().filter(closes_at__gt=now_for(person)).may_be_spoken_in_by(person)
        here = {"person": person.pk, "community": OuterRef("card__objective__community")}
        sponsors = Role._base_manager.filter(kind=RoleKind.SPONSOR, ended_at=None, **here)
        return waiting.exclude(Exists(spoken)).exclude(Exists(sponsors))._in_scope()


class CardRound(models.Model):
    """`eligible`, `quorum`, `units_needed` are numbers of people and units, fixed at the opening."""

    id = PublicId()
    card = models.ForeignKey(Card, models.CASCADE, related_name="rounds")
    eligible = models.PositiveIntegerField()
    quorum = models.PositiveIntegerField()
    units_needed = models.PositiveSmallIntegerField()
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    closes_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=16, choices=OUTCOMES.items(), blank=True)
    reason = models.TextField(blank=True, max_length=LONGEST)

    objects = ScopedManager.from_queryset(CardRoundQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["card"],
                condition=Q(decided_at=None),
                name="one_open_round_on_a_card",
                violation_error_message=_("A round on this card is open already."),
            ),
            models.CheckConstraint(condition=Q(quorum__gte=1), name="silence_signs_nothing"),
            models.CheckConstraint(
                condition=OPEN | DECIDED,
                name="card_decided_by_somebody_somehow",
                violation_error_message=_("A round that is decided has an outcome and somebody who decided it."),
            ),
        ]

    COMMUNITY = "card__objective__community"
    PERSONAL = ("opened_by", "decided_by", "reason")
    IMPERSONAL = (
        *("id", "card", "eligible", "quorum", "units_needed", "opened_at", "closes_at", "decided_at", "outcome"),
    )

    def get_absolute_url(self) -> str:
        return reverse("card_round", args=[self.community.slug, self.card.objective_id, self.pk])

    @property
    def subject(self) -> Objective:
        return self.card.objective

    @property
    def community(self) -> Community:
        return self.card.objective.community

    @property
    def is_closed_to_stances(self) -> bool:
        return clock.now() >= self.closes_at


class CardStance(Voice):
    """An objection stands as long as it is where its author stands."""

    round = models.ForeignKey(CardRound, models.CASCADE, related_name="stances")

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "person"],
                condition=Q(replaced_at=None),
                name="one_stance_on_a_card",
                violation_error_message=_("Your stance changed meanwhile. Load the page again."),
            )
        ]

    COMMUNITY = "round__card__objective__community"
    IMPERSONAL = ("id", "round", "taken_at", "replaced_at")

    @property
    def subject(self) -> Objective:
        return self.round.subject

    @property
    def stands_against(self) -> bool:
        return self.stance == Stand.OBJECT
