"""A version of a practice's text, in its four parts. A version is never changed: a change is a new one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community, Person, Unit
from commonplace.communities.models.person import person_shown
from commonplace.communities.texts import MARKDOWN, shown
from commonplace.communities.units import as_kept, kept
from commonplace.consenting.lengths import LONGEST_PART
from commonplace.ledger import clock
from commonplace.ledger.ids import LENGTH, PublicId
from commonplace.ledger.scope import ScopedManager
from commonplace.objectifying.audience import Audience
from commonplace.objectifying.models.reading import PartQuerySet
from commonplace.objectifying.status import AudienceKind
from commonplace.untrusted.visible import is_blank


class Part(StrEnum):
    CONTEXT = "context"
    HOW = "how"
    WHY = "why"
    LIMITS = "limits"


PARTS = {Part.CONTEXT: _("When"), Part.HOW: _("How"), Part.WHY: _("Why"), Part.LIMITS: _("Limits")}


AUDIENCES = {
    AudienceKind.EVERYONE: _("Everyone who may read this community"),
    AudienceKind.UNITS: _("Units"),
    AudienceKind.NEWCOMERS: _("Newcomers"),
}


class VersionQuerySet(PartQuerySet["Version"]):
    def listed(self) -> VersionQuerySet:
        """By number, the newest first, without their texts."""
        rows = self.select_related("author", "agreement").order_by("-number")
        return rows.only("practice", "number", "note", "made_at", *person_shown("author"), "agreement__ended_at")

    def shown(self) -> VersionQuerySet:
        """Of each practice the one that its page shows: see `PracticeCourse.to_read`."""
        course = "practice__course"
        never_agreed = Q(**{f"{course}__last_agreed": 0})
        agreed = Q(number=F(f"{course}__last_agreed"))
        brought = never_agreed & Q(number=F(f"{course}__brought"))
        newest = never_agreed & Q(**{f"{course}__brought": 0}, number=F(f"{course}__latest"))
        return self.filter(agreed | brought | newest)


class Version(models.Model):
    """Context (when it applies), how, why, limits: Markdown, each with its HTML made on write.

    `application`: the plain id of a report that it answers, known to the higher layer. `meets`: of the objection that
    its author wrote it to meet. `audience`: whom it is for; of units, `audience_units`, as they were named: one that
    was merged since leads to the one that was kept.
    """

    PARTLY: ClassVar[Q] = Q(context="") | Q(how="") | Q(why="") | Q(limits="")

    id = PublicId()
    practice = models.ForeignKey("objectifying.Practice", models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    context = models.TextField(blank=True, max_length=LONGEST_PART)
    how = models.TextField(blank=True, max_length=LONGEST_PART)
    why = models.TextField(blank=True, max_length=LONGEST_PART)
    limits = models.TextField(blank=True, max_length=LONGEST_PART)
    context_html = models.TextField(blank=True, editable=False)
    how_html = models.TextField(blank=True, editable=False)
    why_html = models.TextField(blank=True, editable=False)
    limits_html = models.TextField(blank=True, editable=False)
    note = models.CharField(max_length=300, blank=True)
    application = models.CharField(max_length=LENGTH, blank=True)
    meets = models.CharField(max_length=LENGTH, blank=True)
    audience = models.CharField(
        max_length=12,
        choices=[(code.value, words) for code, words in AUDIENCES.items()],
        default=AudienceKind.EVERYONE,
    )
    audience_units = models.ManyToManyField(Unit, related_name="+", blank=True)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(VersionQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "number"],
                name="one_version_of_a_number",
                violation_error_message=_("Somebody else wrote a version at the same moment. Save yours again."),
            )
        ]

    COMMUNITY = "practice__community"
    PERSONAL = ("author", "note", *PARTS, *(f"{part}_html" for part in PARTS))
    IMPERSONAL = ("id", "practice", "number", "application", "meets", "audience", "made_at")

    def save(self, *args: Any, **kwargs: Any) -> None:
        for part in PARTS:
            setattr(self, f"{part}_html", shown(getattr(self, part), MARKDOWN, f"{part}-{self.pk}"))
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("practice_version", args=[self.community.slug, self.practice_id, self.number])

    def make_ready(self) -> None:
        """Rendered before an act: see `ledger.act`."""
        for part in PARTS:
            shown(self.words(part), MARKDOWN, part)

    @property
    def subject(self) -> models.Model:
        return self.practice

    @property
    def community(self) -> Community:
        return self.practice.community

    def words(self, part: Part) -> str:
        text = str(getattr(self, part)).strip()
        return "" if is_blank(text) else text

    @cached_property
    def units(self) -> list[Unit]:
        """Those that it is for, as they are by now, by name."""
        if self.audience != AudienceKind.UNITS:
            return []
        named = Version.audience_units.through.objects.filter(version=self.pk, unit=OuterRef("pk"))
        return kept(Exists(named))

    @property
    def for_whom(self) -> Audience:
        return Audience(AudienceKind(self.audience), frozenset(unit.pk for unit in self.units))

    @property
    def is_complete(self) -> bool:
        return all(map(self.words, PARTS))

    def parts_changed_from(self, before: Version) -> list[Part]:
        return [part for part in PARTS if self.words(part) != before.words(part)]

    @property
    def parts(self) -> list[tuple[str, Any, str]]:
        """Name, heading and HTML of each part, in the order of reading."""
        return [(part, heading, getattr(self, f"{part}_html")) for part, heading in PARTS.items()]

    @property
    def html(self) -> str:
        return "\n".join(html for _part, _heading, html in self.parts)


def read_units(versions: Sequence[Version]) -> None:
    """Of all of these at once."""
    named: dict[str, list[str]] = defaultdict(list)
    pairs = Version.audience_units.through.objects.filter(version__in=versions)
    for version, unit in pairs.values_list("version", "unit"):
        named[version].append(unit)
    rows = Unit.objects.in_bulk() if named else {}
    for one in versions:
        one.__dict__["units"] = as_kept(rows, named[one.pk])
