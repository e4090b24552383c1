"""Ways in: invitations, requests to join, and the links that the operator hands out where there is no mail."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models.community import Community
from commonplace.communities.models.footing import footing, where
from commonplace.communities.models.kinds import Experience, RoleKind
from commonplace.communities.models.membership import Role
from commonplace.communities.models.person import Person
from commonplace.communities.secrets import digest
from commonplace.communities.wording import LONGEST
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet

WHY = "a link gives what its maker may still give"


def facilitates(person: Any) -> Q:
    return where(lambda one: one.serves_as(RoleKind.FACILITATOR), person, "community")


class InvitationQuerySet(ScopedQuerySet["Invitation"]):
    def _visible_to(self, person: Any) -> InvitationQuerySet:
        return self.filter(facilitates(person))

    def open(self) -> InvitationQuerySet:
        """In time; one that brings a role, while whoever made it gives roles here."""
        tending = Role.objects.able().filter(kind=RoleKind.FACILITATOR, person=OuterRef("invited_by"))
        gives = Exists(tending.filter(community=OuterRef("community")).everywhere(WHY))
        return self.filter(Q(role="") | gives, expires_at__gt=clock.now(), withdrawn_at=None, taken_at=None)

    def with_secret(self, secret: str) -> InvitationQuerySet:
        """Whoever has the link may look: its secret is the permission."""
        return self.filter(digest=digest(secret)).everywhere("the link is in hand")


class Invitation(models.Model):
    """A link into a community; only the digest of its secret is kept. One with a `role` offers that to whoever takes it
    up, once, and no membership."""

    id = PublicId()
    community = models.ForeignKey(Community, models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    role = models.CharField(max_length=12, choices=[(RoleKind.SPONSOR, RoleKind.SPONSOR.label)], blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(InvitationQuerySet)()

    COMMUNITY = "community"
    PERSONAL = ("invited_by", "digest")
    IMPERSONAL = ("id", "community", "made_at", "expires_at", "withdrawn_at", "role", "taken_at")

    @property
    def subject(self) -> Community:
        return self.community

    def is_good(self) -> bool:
        in_time = self.withdrawn_at is None and self.taken_at is None and self.expires_at > clock.now()
        return in_time and (not self.role or self._maker_gives_roles())

    def _maker_gives_roles(self) -> bool:
        return self.invited_by.is_active and footing(self.invited_by, self.community).facilitates


class JoinRequestQuerySet(ScopedQuerySet["JoinRequest"]):
    def _visible_to(self, person: Any) -> JoinRequestQuerySet:
        return self.filter(Q(person=person.pk) | facilitates(person))

    def waiting(self) -> JoinRequestQuerySet:
        return self.filter(answered_at=None)


class JoinRequest(models.Model):
    id = PublicId()
    community = models.ForeignKey(Community, models.CASCADE, related_name="join_requests")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    words = models.TextField(blank=True, max_length=LONGEST)
    experience = models.CharField(max_length=12, choices=Experience.choices, blank=True, default=Experience.UNSAID)
    asked_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    admitted = models.BooleanField(null=True)

    objects = ScopedManager.from_queryset(JoinRequestQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "person"],
                condition=Q(answered_at=None),
                name="one_waiting_request",
                violation_error_message=_("Your request is waiting for a facilitator."),
            )
        ]

    COMMUNITY = "community"
    PERSONAL = ("person", "words", "experience")
    IMPERSONAL = ("id", "community", "asked_at", "answered_at", "admitted")

    @property
    def subject(self) -> Community:
        return self.community


class SignInLinkQuerySet(models.QuerySet["SignInLink"]):
    def with_secret(self, secret: str) -> SignInLinkQuerySet:
        return self.filter(digest=digest(secret))


class SignInLink(models.Model):
    """A one-time way in, handed out by the operator, for the password of then; of its secret only a digest is kept."""

    id = PublicId()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    password_set_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(Person, models.CASCADE, related_name="+", null=True)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = SignInLinkQuerySet.as_manager()

    PERSONAL = ("person", "digest", "password_set_at", "issued_by")
    IMPERSONAL = ("id", "made_at", "expires_at", "used_at")

    def is_fresh(self) -> bool:
        """A link of the time before their password was changed is over with the old one."""
        in_time = self.used_at is None and self.expires_at > clock.now()
        return in_time and self.person.password_set_at == self.password_set_at
