"""What a member may be asked about, in their own words and under topics, and what their page shows of what they did."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonplace.communities.fingerprint import fingerprint
from commonplace.communities.models.membership import belonging
from commonplace.communities.models.person import Person
from commonplace.ledger import clock
from commonplace.ledger.ids import LENGTH, PublicId
from commonplace.ledger.reading import settled
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet

if TYPE_CHECKING:
    from commonplace.communities.models.community import Community

LONGEST_WORDS, MOST_TOPICS = 300, 8


class KnownForQuerySet(ScopedQuerySet["KnownFor"]):
    def _visible_to(self, person: Any) -> KnownForQuerySet:
        """Members see what their fellow members say of themselves; nobody else does."""
        return self.filter(community__in=settled(person, belonging))


class KnownFor(models.Model):
    """Theirs alone to change, and gone as soon as they are no member any more. `shows`: names of `Portrait`s."""

    id = PublicId()
    community = models.ForeignKey("communities.Community", models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    shows = models.JSONField(default=list)
    set_at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(KnownForQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "person"],
                name="known_for_once",
                violation_error_message=_("Your page says something already. Look at it again."),
            )
        ]

    COMMUNITY = "community"
    PERSONAL = ("person", "words", "shows", "set_at")
    IMPERSONAL = ("id", "community")

    @property
    def subject(self) -> Community:
        return self.community

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.words, [one.topic for one in self.topics.all()], self.shows)


def fingerprint_of(words: str, topics: Iterable[str], shows: Iterable[str]) -> str:
    """The fingerprint of what a page says."""
    return fingerprint(words, ",".join(sorted(set(topics))), ",".join(sorted(set(shows))))


class AskedAboutQuerySet(ScopedQuerySet["AskedAbout"]):
    def _visible_to(self, person: Any) -> AskedAboutQuerySet:
        return self.filter(known_for__community__in=settled(person, belonging))


class AskedAbout(models.Model):
    """A topic under which somebody is found. The topics are a higher layer's: only its id is kept, and whoever shows it
    reads it there, where one that was merged leads on."""

    id = PublicId()
    known_for = models.ForeignKey(KnownFor, models.CASCADE, related_name="topics")
    topic = models.CharField(max_length=LENGTH)

    objects = ScopedManager.from_queryset(AskedAboutQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "known_for"],
                name="asked_about_once",
                violation_error_message=_("This topic is on your page already."),
            )
        ]

    COMMUNITY = "known_for__community"
    PERSONAL = ("known_for", "topic")
    IMPERSONAL = ("id",)

    @property
    def subject(self) -> Community:
        return self.known_for.community
