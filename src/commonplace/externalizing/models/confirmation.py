"""Someone says that an exchange helped, and how."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Person
from commonplace.externalizing.models.kinds import Benefit
from commonplace.externalizing.models.response import Response
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet

ONCE = _("You have said so already.")


class Confirmation(models.Model):
    """`response` None: the offer or the story itself helped."""

    id = PublicId()
    exchange = models.ForeignKey("Exchange", models.CASCADE, related_name="confirmations")
    response = models.ForeignKey(Response, models.CASCADE, null=True, blank=True, related_name="confirmations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    benefit = models.CharField(max_length=16, choices=Benefit.choices)
    confirmed_at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["exchange", "response", "person"],
                name="one_confirmation_of_a_response",
                violation_error_message=ONCE,
            ),
            models.UniqueConstraint(
                fields=["exchange", "person"],
                condition=Q(response=None),
                name="one_confirmation_of_an_exchange",
                violation_error_message=ONCE,
            ),
        ]

    COMMUNITY = "exchange__community"
    PERSONAL = ("person", "benefit")
    IMPERSONAL = ("id", "exchange", "response", "confirmed_at")

    @property
    def subject(self) -> models.Model:
        return self.exchange
