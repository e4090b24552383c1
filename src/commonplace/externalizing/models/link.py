"""One exchange points at another."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Person
from commonplace.externalizing.models.exchange import Exchange
from commonplace.externalizing.models.kinds import LinkKind
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet


class ExchangeLink(models.Model):
    """`person` None: archives do not tell who linked."""

    id = PublicId()
    exchange = models.ForeignKey(Exchange, models.CASCADE, related_name="links")
    other = models.ForeignKey(Exchange, models.CASCADE, related_name="linked_from")
    kind = models.CharField(max_length=10, choices=LinkKind.choices, default=LinkKind.LINKED)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    linked_at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["exchange", "other", "kind"],
                name="one_link_of_a_kind",
                violation_error_message=_("These two are linked already."),
            )
        ]

    COMMUNITY = "exchange__community"
    PERSONAL = ("person",)
    IMPERSONAL = ("id", "exchange", "other", "kind", "linked_at")

    @property
    def subject(self) -> Exchange:
        return self.exchange
