"""A file that a member sent, and which texts name it: whoever may read one of these may open it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community, Person
from commonplace.communities.models.footing import readable
from commonplace.files.addresses import in_address, in_markdown
from commonplace.files.kinds import Kind
from commonplace.ledger import clock
from commonplace.ledger.ids import LENGTH, PublicId
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet

LONGEST_NAME, DIGEST = 120, 64


class FileQuerySet(ScopedQuerySet["File"]):
    def _visible_to(self, person: Any) -> FileQuerySet:
        """One's own, and what a text names that this person may read."""
        held = Held.objects.filter(file=OuterRef("pk")).visible_to(person)
        return self.filter(Q(owner=person.pk) | Exists(held))

    def of(self, person: Any) -> FileQuerySet:
        """Those that they sent, each with whether it `is_named` by any text."""
        named = Exists(
            Held.objects.filter(file=OuterRef("pk")).everywhere("whoever sent it is told whether, not where")
        )
        return self.filter(owner=person.pk).annotate(is_named=named)


class File(models.Model):
    """`digest`: SHA-256 of the bytes as they are kept (`storing.py`); a picture's are drawn anew.

    `size`: bytes. `width` and `height`: of a picture, in points; else 0. `media_type`: ours, said by its kind.
    `unnamed_since`: of one that no text names, since when.
    """

    OUTSIDE_ACTS = "what somebody lays ready is theirs until a text names it, and that text is an act's"

    id = PublicId()
    owner = models.ForeignKey(Person, models.CASCADE, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    media_type = models.CharField(max_length=80)
    digest = models.CharField(max_length=DIGEST, db_index=True)
    size = models.PositiveIntegerField()
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(default=clock.now)
    unnamed_since = models.DateTimeField(default=clock.now, db_index=True)

    objects = ScopedManager.from_queryset(FileQuerySet)()

    PERSONAL = ("owner", "name", "digest")
    IMPERSONAL = ("id", "kind", "media_type", "size", "width", "height", "at", "unnamed_since")

    def get_absolute_url(self) -> str:
        return reverse("file", args=[self.pk, in_address(self.name)])

    def in_markdown(self) -> str:
        """What a text says to show it, or to link to it."""
        return in_markdown(self.kind, self.name, self.get_absolute_url())


class HeldQuerySet(ScopedQuerySet["Held"]):
    def let_go(self, why: str) -> None:
        """These texts name them no more; a file that now none names has its week before it."""
        rows = self.everywhere(why)
        files = list(rows.values_list("file", flat=True))
        if files:
            File.objects.filter(pk__in=files).everywhere(why).update(unnamed_since=clock.now())
            rows.filter(file__in=files).delete()

    def _visible_to(self, person: Any) -> HeldQuerySet:
        return self.filter(readable(person, "community"))


class Held(models.Model):
    """A text names a file: the row `of` of the model `holder` (its label), known to the higher layer."""

    OUTSIDE_ACTS = "read from a text, in the transaction of the act that writes it"

    id = PublicId()
    file = models.ForeignKey(File, models.CASCADE, related_name="+")
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    holder = models.CharField(max_length=60)
    of = models.CharField(max_length=LENGTH)

    objects = ScopedManager.from_queryset(HeldQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["of", "file", "holder"],
                name="held_once",
                violation_error_message=_("This text names the file already."),
            )
        ]

    COMMUNITY = "community"
    PERSONAL = ()
    IMPERSONAL = ("id", "file", "community", "holder", "of")
