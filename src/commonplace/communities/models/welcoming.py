"""Who has offered to welcome newcomers: a row while the offer stands, gone with the membership that it belongs to."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models.community import Community
from commonplace.communities.models.membership import Membership, belonging
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.reading import settled
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet


class WelcomingQuerySet(ScopedQuerySet["Welcoming"]):
    def _visible_to(self, person: Any) -> WelcomingQuerySet:
        """Fellow members; a sponsor or a passer-by sees nobody."""
        return self.filter(membership__community__in=settled(person, belonging))

    def able(self) -> WelcomingQuerySet:
        """Of somebody who can still come in, and is no program."""
        able = self.filter(membership__left_at=None, membership__person__is_active=True)
        return able.filter(membership__person__is_bot=False).exclude(membership__person__email=None)


class Welcoming(models.Model):
    id = PublicId()
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    since = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(WelcomingQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership"],
                name="welcomes_once",
                violation_error_message=_("You welcome newcomers already."),
            )
        ]

    COMMUNITY = "membership__community"
    PERSONAL = ("membership",)
    IMPERSONAL = ("id", "since")

    @property
    def subject(self) -> Community:
        return self.membership.community
