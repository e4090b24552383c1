"""What a list says of each practice besides its title: when it is for, and how often it was used. One statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, IntegerField, OuterRef, Subquery, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.communities.paging import Counted, in_figures
from commonplace.communities.saying import first_words, line_of
from commonplace.ledger.models import Act
from commonplace.ledger.reading import Among, Reading
from commonplace.objectifying.models import Practice, Version
from commonplace.objectifying.reports import FAILED, REPORTED

MOST = 100
WHY = "what belongs to practices that the door let through"


@dataclass(frozen=True, slots=True)
class Glance:
    """`begins`: the HTML with which the text begins that people read; of `uses` MOST are so many or more."""

    practice: str
    begins: str
    uses: int
    failed: int

    @property
    def when(self) -> str:
        """What it is for, in a line."""
        return line_of(self.begins)

    @property
    def used(self) -> str:
        if not self.uses:
            return ""
        times = ngettext("used once", "used %(n)s times", self.uses) % {"n": in_figures(self.uses, MOST)}
        return f"{times}, {self._how_many_failed}" if self.failed and self.uses < MOST else times

    @property
    def _how_many_failed(self) -> str:
        if self.uses == 1:
            return _("which failed")
        return _("%(n)s failed") % {"n": self.failed}


class _Failed(Subquery):
    """Of the first few reports."""

    template = f"(SELECT COUNT(*) FROM (%(subquery)s) AS few WHERE few.outcome = '{FAILED}')"
    output_field = IntegerField()


def glances(practices: Iterable[Practice]) -> Mapping[str, Glance]:
    ids = [one.pk for one in practices]
    return {one.practice: one for one in GLANCES.rows(of=ids)} if ids else {}


def _glances() -> Any:
    """Of the version that is read as the practice: `PracticeCourse.to_read`."""
    course = "practice__course__"
    known = (NullIf(F(course + name), Value(0)) for name in ("last_agreed", "brought"))
    read = Version.objects.filter(practice__in=Among("of"), number=Coalesce(*known, F(course + "latest")))
    reports = Act.objects.filter(subject=OuterRef("practice"), verb=REPORTED).everywhere(WHY)
    failed = _Failed(reports.order_by().values(outcome=KT("evidence__outcome"))[:MOST])
    rows = read.everywhere(WHY).annotate(begins=first_words("context_html"))
    rows = rows.annotate(uses=Counted(reports, "id", MOST), failed=failed)
    return rows.values_list("practice", "begins", "uses", "failed")


GLANCES: Reading[Glance] = Reading(_glances, shape=Glance)
