"""Where people work: departments, sites, crews. Kept by the operator for the whole installation; people choose one."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.untrusted.visible import folded


class UnitQuerySet(models.QuerySet["Unit"]):
    def current(self) -> UnitQuerySet:
        """Those that people can belong to."""
        return self.filter(merged_into=None)

    def of_name(self, name: str) -> Unit | None:
        """By name, however it is spelled; of one that was merged, the unit that was kept."""
        unit = self.called(name)
        return unit.as_kept() if unit else None

    def called(self, name: str) -> Unit | None:
        """That very unit."""
        return self.filter(folded=folded(name)).first()

    def names(self) -> set[str]:
        """As they are compared."""
        return set(self.values_list("folded", flat=True))

    def kept(self, ids: Iterable[str]) -> set[str]:
        """The units that these ids lead to: of those that were merged, the ones that were kept; "" leads nowhere."""
        into = dict(self.exclude(merged_into=None).values_list("pk", "merged_into"))
        return {_followed(into, pk) for pk in ids if pk}


def _followed(into: dict[str, str | None], pk: str) -> str:
    further = into.get(pk)
    return _followed(into, further) if further else pk


class Unit(models.Model):
    """One that was merged stays, so that its name and its id lead to the one that was kept."""

    id = PublicId()
    name = models.CharField(max_length=80)
    folded = models.TextField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    named_at = models.DateTimeField(default=clock.now)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["folded"],
                name="one_unit_of_a_name",
                violation_error_message=_("There is already a unit of this name."),
            )
        ]

    PERSONAL = ()
    IMPERSONAL = ("id", "name", "folded", "parent", "merged_into", "named_at")

    def __str__(self) -> str:
        return self.name

    def as_kept(self) -> Unit:
        """Itself, or the unit that it was merged into."""
        return self.merged_into.as_kept() if self.merged_into else self

    def lies_in(self, other: Unit) -> bool:
        """Is it the other one, or a part of it?"""
        return self.pk == other.pk or (self.parent is not None and self.parent.lies_in(other))
