"""What was in force before, by another authority: from where it was brought in, since when, and who says so too."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community, Membership, Person, Role, RoleKind
from commonplace.ledger import clock
from commonplace.ledger.ids import LENGTH, PublicId
from commonplace.ledger.scope import ScopedManager, ScopedOneToOneField
from commonplace.objectifying.models.practice import Practice
from commonplace.objectifying.models.reading import BringingPartQuerySet, PartQuerySet
from commonplace.objectifying.status import Authority, SourceKind
from commonplace.untrusted.documents import Exactness

AUTHORITIES = {
    Authority.IMPOSED: _("imposed"),
    Authority.AGREED_ELSEWHERE: _("agreed elsewhere"),
    Authority.HABIT: _("a habit"),
    Authority.UNKNOWN: _("nobody knows"),
}
SOURCE_KINDS = {
    SourceKind.HANDBOOK: _("a handbook or procedure"),
    SourceKind.STANDARD: _("a standard or rule"),
    SourceKind.HABIT: _("what is done here anyway"),
    SourceKind.COMMUNITY: _("another community"),
}


class Bringing(models.Model):
    """`source`: its name, as people here know it; `owner`: whose it is there; `link`: to the original. `since_on`: its
    first day in force, None where nobody knows, and how much of it is known. `original`: another community's practice,
    and the number of its version that was taken over; `adapted`: in other words than theirs. `batch`: the plain id of
    what it came in with, "" alone; `whole`: what that is called, and `key`: by which it is known again in it; `digest`:
    of the text as it came in last."""

    id = PublicId()
    practice = ScopedOneToOneField(Practice, models.CASCADE, related_name="bringing")
    source_kind = models.CharField(max_length=12, choices=[(code.value, words) for code, words in SOURCE_KINDS.items()])
    authority = models.CharField(max_length=16, choices=[(code.value, words) for code, words in AUTHORITIES.items()])
    source = models.CharField(max_length=200, blank=True)
    owner = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=500, blank=True)
    since_on = models.DateField(null=True, blank=True)
    exact_to = models.CharField(max_length=5, default=Exactness.DAY)
    original = models.ForeignKey(Practice, models.SET_NULL, null=True, blank=True, related_name="taken_over")
    original_number = models.PositiveSmallIntegerField(default=0)
    adapted = models.BooleanField(default=False)
    batch = models.CharField(max_length=LENGTH, blank=True, db_index=True)
    whole = models.CharField(max_length=200, blank=True)
    key = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(PartQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(original=None) | Q(original_number__gt=0), name="a_version_of_theirs")
        ]
        indexes = [models.Index(fields=["whole", "key"], condition=~Q(key=""), name="known_again")]

    COMMUNITY = "practice__community"
    PERSONAL = ("by", "source", "owner", "link", "whole", "key", "digest")
    IMPERSONAL = (
        "id", "practice", "source_kind", "authority", "since_on", "exact_to", "original", "original_number", "adapted",
        "batch", "at",
    )  # fmt: skip

    @property
    def subject(self) -> Practice:
        return self.practice

    @property
    def community(self) -> Community:
        return self.practice.community


class BackingQuerySet(BringingPartQuerySet["Backing"]):
    def by_members(self) -> BackingQuerySet:
        """Who has left, was found to be a bot, or sponsors the community by now, says nothing any more."""
        here = Membership.objects.current().filter(
            community=OuterRef("bringing__practice__community"), person=OuterRef("person"), person__is_bot=False
        )
        sponsors = Role.objects.current().filter(
            community=OuterRef("bringing__practice__community"), person=OuterRef("person"), kind=RoleKind.SPONSOR
        )
        why = "who says that it is in use"
        return self.filter(Exists(here.everywhere(why)), ~Exists(sponsors.everywhere(why)))


class Backing(models.Model):
    """A member who did not bring it in says that it is in use."""

    id = PublicId()
    bringing = models.ForeignKey(Bringing, models.CASCADE, related_name="backings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(BackingQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bringing", "person"],
                name="backed_once",
                violation_error_message=_("You have said already that it is in use."),
            )
        ]

    COMMUNITY = "bringing__practice__community"
    PERSONAL = ("person",)
    IMPERSONAL = ("id", "bringing", "at")

    @property
    def subject(self) -> Practice:
        return self.bringing.practice
