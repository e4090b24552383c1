"""What somebody has set aside of what needs them, and why: nobody else is shown it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community, Person
from commonplace.corresponding.models.within import within
from commonplace.ledger import clock
from commonplace.ledger.ids import LENGTH
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet


class WhyNot(models.TextChoices):
    NOT_MINE = "not_mine", _("It is not mine to do")
    TOO_EARLY = "too_early", _("It is too early")
    ELSEWHERE = "elsewhere", _("It is done elsewhere")
    NO_TIME = "no_time", _("I have not enough time")


class NotNowQuerySet(ScopedQuerySet["NotNow"]):
    def _visible_to(self, person: Any) -> NotNowQuerySet:
        """One's own, where one still belongs or serves."""
        return self.filter(within(person), person=person.pk)


class NotNow(models.Model):
    """`need`: its key; `until`: None while nothing about it changes, which its `stamp` tells."""

    OUTSIDE_ACTS = "what somebody puts off is a private mark, which no ledger holds"

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    need = models.CharField(max_length=LENGTH)
    stamp = models.CharField(max_length=LENGTH, blank=True)
    because = models.CharField(max_length=12, choices=WhyNot.choices)
    until = models.DateTimeField(null=True)
    at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(NotNowQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "need"],
                name="set_aside_once",
                violation_error_message=_("You have set it aside already."),
            )
        ]

    COMMUNITY = "community"
    PERSONAL = ("person", "need", "stamp", "because", "until", "at")
    IMPERSONAL = ("id", "community")

    @property
    def subject(self) -> Community:
        return self.community
