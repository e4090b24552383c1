"""A community of practice: people who share a concern and deepen what they know of it by interacting."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models.charter import Charter
from commonplace.communities.models.footing import where
from commonplace.communities.models.kinds import AT_WORK_ON, IN_A_WORD, RoleKind, Stage, Visibility
from commonplace.communities.models.membership import Membership, Role
from commonplace.communities.paging import Counted
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet
from commonplace.untrusted.visible import folded

if TYPE_CHECKING:
    from commonplace.communities.models.person import Person

MOST_COUNTED = 10_000


class CommunityQuerySet(ScopedQuerySet["Community"]):
    def _visible_to(self, person: Any) -> CommunityQuerySet:
        """Communities whose front page this person may see: listed ones, and those they belong to or serve."""
        return self.filter(where(lambda one: one.may_see, person, "pk"))

    def readable_by(self, person: Any) -> CommunityQuerySet:
        """Communities whose exchanges and practices this person may read."""
        return self.filter(where(lambda one: one.may_read, person, "pk"))._in_scope()

    def overseen_by(self, person: Any) -> CommunityQuerySet:
        """Communities whose cycle and objectives this person may see: readers, and those who serve in a role."""
        return self.filter(where(lambda one: one.may_oversee, person, "pk"))._in_scope()

    def shared_by(self, person: Any) -> CommunityQuerySet:
        """Communities whose people this person may see: those they are a member of."""
        return self.filter(where(lambda one: one.is_member, person, "pk"))._in_scope()

    def of(self, person: Any) -> CommunityQuerySet:
        """Communities this person is a member of, or serves in a role."""
        return self.filter(where(lambda one: one.is_within, person, "pk"))._in_scope()

    def facilitated_by(self, person: Any) -> CommunityQuerySet:
        return self.filter(roles__person=person.pk, roles__kind="facilitator", roles__ended_at=None)._in_scope()

    def for_list(self) -> CommunityQuerySet:
        """What a list shows: `domain` of the charter in force, `size` in members; by title."""
        return self.sized().with_domain().order_by("title", "pk")

    def with_domain(self) -> CommunityQuerySet:
        in_force = Charter._base_manager.filter(community=OuterRef("pk")).order_by("-set_at").values("domain")[:1]
        return self.annotate(domain=Subquery(in_force, output_field=models.CharField()))

    def resembling(self, typed: str) -> CommunityQuerySet:
        """Of a list, those whose title or domain holds what was typed."""
        wanted = folded(typed)
        named = Q(title__folded__contains=wanted) | Q(domain__folded__contains=wanted)
        return self.filter(named) if wanted else self

    def sized(self) -> CommunityQuerySet:
        """Adds `size` in members, counted of those that are shown."""
        belonging = Membership._base_manager.filter(community=OuterRef("pk"), left_at=None)
        return self.annotate(size=Counted(belonging, "id", MOST_COUNTED))

    def for_operator(self) -> CommunityQuerySet:
        """Every community by name and `size`, private ones too, and nothing of what is in them."""
        return (
            self.sized()
            .only("slug", "title", "visibility", "language", "founded_at")
            .order_by("title", "pk")
            ._in_scope()
        )

    def untended(self) -> CommunityQuerySet:
        """Those in which nobody facilitates who can still come in; who is only away counts."""
        facilitators = Role._base_manager.filter(kind=RoleKind.FACILITATOR, community=OuterRef("pk"), ended_at=None)
        here = facilitators.filter(person__is_active=True, accepted_at__isnull=False).exclude(person__email=None)
        return self.filter(~Exists(here))


class Community(models.Model):
    id = PublicId()
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=120)
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.OPEN)
    stage = models.CharField(max_length=16, choices=Stage.choices, default=Stage.POTENTIAL)
    profile = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=10, default="en")
    time_zone = models.CharField(max_length=64, default="UTC")
    origin = models.CharField(max_length=120, blank=True)
    founded_at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(CommunityQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["slug"],
                name="one_community_at_an_address",
                violation_error_message=_("There is already a community at this address. Choose another."),
            )
        ]

    COMMUNITY = "pk"
    PERSONAL = ()
    IMPERSONAL = (
        "id",
        "slug",
        "title",
        "visibility",
        "stage",
        "profile",
        "language",
        "time_zone",
        "origin",
        "founded_at",
    )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("community", args=[self.slug])

    @property
    def community_id(self) -> str:
        return self.pk

    @property
    def community(self) -> Community:
        """So that a policy reads a community and what belongs to it alike."""
        return self

    def came_with(self, person: Person, at: datetime) -> bool:
        """Whoever founded it for an archive did so when that came in, although it began when the archive did."""
        return bool(self.origin) and at == self.founded_at and not person.origin

    @property
    def in_a_word(self) -> str:
        """Who may come in."""
        return str(IN_A_WORD[Visibility(self.visibility)])

    @property
    def at_work_on(self) -> str:
        """Its stage, without the name that theory gives it."""
        return str(AT_WORK_ON[Stage(self.stage)])

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @cached_property
    def charter(self) -> Charter:
        """The charter in force: the last one set."""
        return self.charters.latest("set_at")
