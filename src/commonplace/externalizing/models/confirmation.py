"""How an exchange ends: someone says that it helped, and how; or it is closed without."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Person
from commonplace.externalizing.models.exchange import Exchange, Purpose
from commonplace.externalizing.models.response import Response
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet


class Benefit(models.TextChoices):
    """What an answer gives, after Cross et al. (theory §1.2); unknown for archives that do not say."""

    SOLUTION = "solution", _("It solved it")
    META_KNOWLEDGE = "meta_knowledge", _("It told me whom or where to ask")
    REFORMULATION = "reformulation", _("It helped me see the problem differently")
    VALIDATION = "validation", _("It confirmed what I thought")
    LEGITIMATION = "legitimation", _("It gave me the standing to go ahead")
    UNKNOWN = "unknown", _("It helped")


class WhyUnresolved(models.TextChoices):
    NOBODY_KNEW = "nobody_knew", _("Nobody knew")
    ELSEWHERE = "elsewhere", _("I found it elsewhere")
    NO_LONGER_NEEDED = "no_longer_needed", _("It is no longer needed")
    OTHER = "other", _("Something else")


class Confirmation(models.Model):
    id = PublicId()
    exchange = models.ForeignKey(Exchange, models.CASCADE, related_name="confirmations")
    response = models.ForeignKey(Response, models.CASCADE, null=True, blank=True, related_name="confirmations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    benefit = models.CharField(max_length=16, choices=Benefit.choices)
    confirmed_at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exchange", "response", "person"], name="one_confirmation_of_a_response"),
            models.UniqueConstraint(
                fields=["exchange", "person"], condition=Q(response=None), name="one_confirmation_of_an_exchange"
            ),
        ]

    COMMUNITY = "exchange__community"
    PERSONAL = ("person", "benefit")
    IMPERSONAL = ("id", "exchange", "response", "confirmed_at")

    @property
    def subject(self) -> Exchange:
        return self.exchange


class Closing(models.Model):
    """The purpose is classified again here: was existing knowledge found? then it was re-use."""

    id = PublicId()
    exchange = models.OneToOneField(Exchange, models.CASCADE, related_name="closing")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    why_unresolved = models.CharField(max_length=20, choices=WhyUnresolved.choices, blank=True)
    closed_at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    COMMUNITY = "exchange__community"
    PERSONAL = ("person",)
    IMPERSONAL = ("id", "exchange", "purpose", "why_unresolved", "closed_at")

    @property
    def subject(self) -> Exchange:
        return self.exchange
