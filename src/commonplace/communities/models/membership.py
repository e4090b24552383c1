"""Who belongs, since when; and who serves in which role. An ended row stays: it is history, not a flag."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models.footing import footings
from commonplace.communities.models.kinds import Experience, RoleKind
from commonplace.communities.models.person import Person
from commonplace.communities.zones import today
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.reading import settled
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet

if TYPE_CHECKING:
    from commonplace.communities.models.community import Community

SOMEBODY = "somebody must tend a community"


def belonging(person: Any) -> list[str]:
    """The ids of the communities that this person is a member of."""
    return [pk for pk, one in footings(person).items() if one.is_member]


def is_newcomer(at: datetime, joined_at: datetime, founded_at: datetime, experience: str = Experience.UNSAID) -> bool:
    """Theory §2.8: lately come to a community that was there, or to its work; who began it with others is none.

    Either ends with the same day: nobody is new for ever.
    """
    if at - joined_at >= timedelta(days=settings.NEWCOMER_DAYS):
        return False
    return experience == Experience.NEW or joined_at - founded_at >= timedelta(days=settings.FOUNDING_DAYS)


class MembershipQuerySet(ScopedQuerySet["Membership"]):
    def _visible_to(self, person: Any) -> MembershipQuerySet:
        """Members see their fellow members; a sponsor or a passer-by sees none."""
        return self.filter(community__in=settled(person, belonging))

    def current(self) -> MembershipQuerySet:
        return self.filter(left_at=None)


def reachable(person: str, community: str) -> Q:
    """Of rows with ways to a person and a community: they belong there, are no bot, and have a way in."""
    here = Membership.objects.filter(community=OuterRef(community), person=OuterRef(person)).current()
    able = {f"{person}__is_active": True, f"{person}__is_bot": False, f"{person}__email__isnull": False}
    return Q(Exists(here.everywhere("what is said to somebody reaches them")), **able)


class Membership(models.Model):
    """One that has ended, ended by leaving, unless its member was `removed` by a round."""

    id = PublicId()
    community = models.ForeignKey("communities.Community", models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    joined_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True, blank=True)
    removed = models.BooleanField(default=False)
    experience = models.CharField(max_length=12, choices=Experience.choices, blank=True, default=Experience.UNSAID)

    objects = ScopedManager.from_queryset(MembershipQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "person"],
                condition=Q(left_at=None),
                name="one_current_membership",
                violation_error_message=_("This person is a member already."),
            )
        ]

    COMMUNITY = "community"
    PERSONAL = ("person", "experience")
    IMPERSONAL = ("id", "community", "joined_at", "left_at", "removed")

    @property
    def subject(self) -> Community:
        return self.community

    def is_newcomer(self, at: datetime) -> bool:
        return is_newcomer(at, self.joined_at, self.community.founded_at, self.experience)


class RoleQuerySet(ScopedQuerySet["Role"]):
    def _visible_to(self, person: Any) -> RoleQuerySet:
        """Members see who serves; a sponsor who is not a member sees that they serve themselves, and nobody else."""
        return self.filter(Q(community__in=belonging(person)) | Q(person=person.pk))

    def current(self) -> RoleQuerySet:
        return self.filter(ended_at=None, accepted_at__isnull=False)

    def offered(self) -> RoleQuerySet:
        """A sponsor takes no stance on knowledge, so nobody is made one without saying yes."""
        return self.filter(ended_at=None, accepted_at=None)

    def offered_to(self, person: Any) -> RoleQuerySet:
        """One's own to answer, whatever the community is open to."""
        return self.offered().filter(person=person.pk)._in_scope()

    def able(self) -> RoleQuerySet:
        """Held now, by somebody who can still come in."""
        return self.current().filter(person__is_active=True).exclude(person__email=None)

    def away(self, today: Any) -> RoleQuerySet:
        """Held by somebody who has said that they are away, to the end of that day."""
        return self.current().filter(away_until__gte=today)

    def covered(self, today: Any) -> RoleQuerySet:
        """Of facilitators who are away and whom a member stands in for."""
        belongs = Membership.objects.filter(community=OuterRef("community"), person=OuterRef("stand_in")).current()
        able = self.filter(stand_in__is_active=True).exclude(stand_in__email=None)
        return able.away(today).filter(Exists(belongs.everywhere(SOMEBODY)), kind=RoleKind.FACILITATOR)

    def tended(self, today: date, but_for: str | None = None) -> RoleQuerySet:
        """Of facilitators who are here, or whom somebody stands in for who is here; `but_for`: by anybody else."""
        tending = self.filter(kind=RoleKind.FACILITATOR).able().exclude(person=but_for)
        here = Q(away_until=None) | Q(away_until__lt=today)
        return tending.filter(here | Q(pk__in=self._covered_by_who_is_here(today, but_for).values("pk")))

    def _covered_by_who_is_here(self, today: date, but_for: str | None) -> Any:
        away = self.model.objects.filter(community=OuterRef("community"), person=OuterRef("stand_in")).away(today)
        covered = self.model.objects.covered(today).exclude(stand_in=but_for)
        return covered.exclude(Exists(away.everywhere(SOMEBODY))).everywhere(SOMEBODY)

    def tending_alone(self, person: Any) -> RoleQuerySet:
        """Roles of this person as the only facilitator of a community who is here."""
        tending = self.filter(kind=RoleKind.FACILITATOR).able()
        others = self.model.objects.tended(today(), but_for=person.pk).filter(community=OuterRef("community"))
        return tending.filter(person=person.pk).exclude(Exists(others.everywhere(SOMEBODY)))


class Role(models.Model):
    """`away_until`: its holder has said so, to the end of that day by the server's clocks; `stand_in`: who tends the
    community meanwhile."""

    id = PublicId()
    community = models.ForeignKey("communities.Community", models.CASCADE, related_name="roles")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=RoleKind.choices)
    granted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(default=clock.now)
    accepted_at = models.DateTimeField(null=True, blank=True, default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    away_until = models.DateField(null=True, blank=True)
    stand_in = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ScopedManager.from_queryset(RoleQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "person", "kind"],
                condition=Q(ended_at=None),
                name="one_current_role_of_a_kind",
                violation_error_message=_("This person has this role already."),
            )
        ]

    COMMUNITY = "community"
    PERSONAL = ("person", "granted_by", "away_until", "stand_in")
    IMPERSONAL = ("id", "community", "kind", "granted_at", "accepted_at", "ended_at")

    def get_absolute_url(self) -> str:
        """Where whom it is offered to answers."""
        return reverse("role_offer", args=[self.community.slug, self.pk])

    @property
    def is_away(self) -> bool:
        return self.away_until is not None and self.away_until >= today()

    @property
    def subject(self) -> Community:
        return self.community
