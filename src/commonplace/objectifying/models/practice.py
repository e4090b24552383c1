"""A practice: what a community wrote down of how it does something. The text is not the practice, but agreed on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.urls import reverse
from django.utils.text import slugify

from commonplace.communities.models import Community, Membership, Person
from commonplace.communities.models.footing import readable
from commonplace.externalizing.models import Exchange, Purpose, Topic, TopicAlias
from commonplace.externalizing.models.topic import topics_of, with_topics
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.reading import Place
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet
from commonplace.objectifying.models import course
from commonplace.objectifying.models.course import STATUSES
from commonplace.objectifying.models.put_away import PutAway
from commonplace.objectifying.models.review import Review
from commonplace.objectifying.models.version import Version
from commonplace.objectifying.status import Status

NEWEST_FIRST = ("-course__pk",)


def orphaned() -> Q:
    """Nobody who can looks after it."""
    caring = Membership.objects.current().filter(community=OuterRef("community"), person=OuterRef("steward"))
    able = caring.filter(person__is_active=True, person__is_bot=False).everywhere("somebody must be able to care")
    return Q(~Exists(able))


class PracticeQuerySet(ScopedQuerySet["Practice"]):
    def _visible_to(self, person: Any) -> PracticeQuerySet:
        return self.filter(readable(person, "community"))

    def with_course(self) -> PracticeQuerySet:
        """With how it stands, what a page says of the agreement in force and of the open round."""
        return self.select_related("course").annotate(**course.agreed(), **course.open_round())

    def held(self) -> PracticeQuerySet:
        """The community's agreement on it is in force, challenged or not."""
        return self.filter(course__agreed__gt=0)

    def for_list(self) -> PracticeQuerySet:
        """What a list shows; the newest first."""
        rows = self.with_course().annotate(is_orphan=ExpressionWrapper(orphaned(), output_field=BooleanField()))
        rows = rows.select_related("community", "steward", "bringing").with_topics()
        return rows.order_by(*NEWEST_FIRST)

    def with_topics(self) -> PracticeQuerySet:
        """Reads `topics` of all of them at once."""
        return self.prefetch_related(with_topics())

    def orphans(self) -> PracticeQuerySet:
        return self.filter(orphaned())

    def here(self, community: Community | Place | str) -> PracticeQuerySet:
        """In this community: by the course, whose indexes have the order of lists."""
        return self.filter(course__community=community)

    def in_a_round(self) -> PracticeQuerySet:
        return self.filter(course__rounds__gt=0)


class Practice(models.Model):
    """What there is only after `with_course()`: since when it is agreed and its open round, or None."""

    agreed_since: datetime | None
    review_on: date | None
    round: str | None
    round_matter: str | None
    round_closes_at: datetime | None

    id = PublicId()
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    title = models.CharField(max_length=200)
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    filed_under = models.ManyToManyField(TopicAlias, related_name="practices", blank=True)
    steward = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    begun_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(PracticeQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["community", "-begun_at"], name="practice_newest_first")]

    COMMUNITY = "community"
    PERSONAL = ("title", "steward", "begun_by")
    IMPERSONAL = ("id", "community", "purpose", "begun_at")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("practice", args=[self.community.slug, self.pk, slugify(self.title)[:60] or "-"])

    @property
    def topics(self) -> list[Topic]:
        """Each once, whichever of its names were typed, or the exchanges are filed under that it came of."""
        return topics_of(self)

    @property
    def open_review(self) -> Review | None:
        """Of what is agreed: nothing else is looked at again."""
        return self.reviews.open().first() if self.course.agreed else None

    @property
    def last_put_away(self) -> PutAway | None:
        return self.put_away.select_related("replacement__community").order_by("-at").first()

    @property
    def has_a_stand_in(self) -> bool:
        """A round put another practice in its place; a duplicate that no round is about can be taken up again."""
        gone = self.last_put_away if self.status == Status.REPLACED else None
        return gone is not None and gone.proposal_id is not None

    @property
    def status(self) -> Status:
        return Status(self.course.status)

    @property
    def status_words(self) -> str:
        return str(STATUSES[self.status])

    @property
    def newest_version(self) -> Version:
        return self.versions.latest("number")

    def is_credited_as_author(self, person: Any) -> bool:
        return self.credits.authors().filter(person=person.pk).exists()

    def is_author(self, person: Any) -> bool:
        """Credited as an author, or wrote a version of the text."""
        return self.is_credited_as_author(person) or self.versions.filter(author=person.pk).exists()

    def is_originator(self, person: Any) -> bool:
        """Took part in an exchange that it was distilled from."""
        came_from = Exchange.objects.filter(distilled_into__practice=self).taken_part_in_by(person)
        return came_from.everywhere("one's own part in the sources").exists()
