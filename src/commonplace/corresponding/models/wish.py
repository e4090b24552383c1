"""How somebody wants letters: theirs alone, and told to nobody."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community, Person
from commonplace.corresponding.models.notice import LONGEST_NAME
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet

THEIRS = "how somebody wants letters is theirs: no act tells of it, and the ledger does not hold it"
EARLY = 7


class Often(models.TextChoices):
    DAILY = "daily", _("every day")
    WEEKLY = "weekly", _("every Monday")
    NEVER = "never", _("never")


class How(models.TextChoices):
    AT_ONCE = "at_once", _("at once what cannot wait")
    DIGEST = "digest", _("in the digest")
    NOT = "not", _("no letters")


class DigestWish(models.Model):
    """Whoever has none gets the digest every day, early."""

    OUTSIDE_ACTS = THEIRS

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    often = models.CharField(max_length=8, choices=Often.choices, default=Often.DAILY)
    hour = models.PositiveSmallIntegerField(default=EARLY)

    PERSONAL = ("person", "often", "hour")
    IMPERSONAL = ()


class LetterWishQuerySet(ScopedQuerySet["LetterWish"]):
    def _visible_to(self, person: Any) -> LetterWishQuerySet:
        return self.filter(person=person.pk)


class LetterWish(models.Model):
    """`kind`: of which threads, by their name. Without one it is as `How` begins."""

    OUTSIDE_ACTS = THEIRS

    id = PublicId()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=LONGEST_NAME)
    how = models.CharField(max_length=8, choices=How.choices)

    objects = ScopedManager.from_queryset(LetterWishQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "community", "kind"],
                name="one_wish_a_kind",
                violation_error_message=_("You have said already how you want these letters."),
            )
        ]

    COMMUNITY = "community"
    PERSONAL = ("person", "kind", "how")
    IMPERSONAL = ("id", "community")
