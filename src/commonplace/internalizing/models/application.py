"""One person used a practice in a real situation, and says how it went (theory T5, T11)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community, Person
from commonplace.communities.models.footing import readable
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet
from commonplace.objectifying.models import Practice, Version

LONGEST_ADAPTATION = 4_000


class Outcome(models.TextChoices):
    WORKED = "worked", _("It worked")
    ADAPTED = "adapted", _("It worked, adapted")
    FAILED = "failed", _("It failed")


class Help(models.TextChoices):
    """Who helped to use it: what others use without its authors passes on (theory §2.4)."""

    AUTHOR = "author", _("One of its authors")
    OTHER = "other", _("Somebody else")
    NOBODY = "nobody", _("Nobody")
    UNSAID = "unsaid", _("I would rather not say")


HELPED = {
    Help.AUTHOR: _("with an author's help"),
    Help.OTHER: _("with somebody else's help"),
    Help.NOBODY: _("without anybody's help"),
}


class ApplicationQuerySet(ScopedQuerySet["Application"]):
    def _visible_to(self, person: Any) -> ApplicationQuerySet:
        return self.filter(readable(person, "community"))

    def by(self, person: Any) -> ApplicationQuerySet:
        return self.filter(person=person.pk)

    def since(self, moment: datetime) -> ApplicationQuerySet:
        return self.filter(reported_at__gte=moment)

    def newest_first(self) -> ApplicationQuerySet:
        return self.select_related("person", "version", "practice__community").order_by("-reported_at", "-pk")

    def counted(self) -> Any:
        """Of one practice, if anybody reported on it: for `Uses`."""
        of = {outcome: models.Count("pk", filter=models.Q(outcome=outcome)) for outcome in Outcome.values}
        each = self.order_by().values("practice").annotate(**of, people=models.Count("person", distinct=True))
        return each.values_list(*Outcome.values, "people")


@dataclass(frozen=True, slots=True)
class Uses:
    """How often a practice was reported on, how it went, and by how many people."""

    worked: int = 0
    adapted: int = 0
    failed: int = 0
    people: int = 0

    @property
    def all(self) -> int:
        return self.worked + self.adapted + self.failed

    @staticmethod
    def of(counted: Iterable[Sequence[int]]) -> Uses:
        return next((Uses(*row) for row in counted), Uses())


class Application(models.Model):
    """`where` is the setting in the person's words; `adaptation` is what was changed, or what went wrong."""

    id = PublicId()
    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    practice = models.ForeignKey(Practice, models.CASCADE, related_name="applications")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    where = models.CharField(max_length=120)
    adaptation = models.TextField(blank=True, max_length=LONGEST_ADAPTATION)
    help = models.CharField(max_length=8, choices=Help.choices, default=Help.UNSAID)
    reported_at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(ApplicationQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["practice", "-reported_at"], name="application_newest_first"),
            models.Index(fields=["community", "reported_at"], name="applications_of_a_community"),
        ]

    COMMUNITY = "community"
    PERSONAL = ("person", "where", "adaptation", "help")
    IMPERSONAL = ("id", "community", "practice", "version", "outcome", "reported_at")

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} · {self.where}"

    def get_absolute_url(self) -> str:
        return reverse("application", args=[self.practice.community.slug, self.practice_id, self.pk])

    @property
    def subject(self) -> Practice:
        return self.practice

    @property
    def helped(self) -> str:
        """Who helped, for people; nothing if it was not said."""
        return str(HELPED.get(Help(self.help), ""))

    def has_failed(self) -> bool:
        return self.outcome == Outcome.FAILED
