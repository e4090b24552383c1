"""Editions: what may be told of a window, as a number, as a band or not, by itself and beside all that was told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q

from commonplace.communities.models import Community, Membership
from commonplace.ledger.models import HERE, Act
from commonplace.measuring.cohorts import Cohort
from commonplace.measuring.disclosure.crowds import crowds
from commonplace.measuring.disclosure.groups import Count, groups_of
from commonplace.measuring.disclosure.judging import judge, untold
from commonplace.measuring.disclosure.solving import tells_of_few
from commonplace.measuring.drafts import Desk, Draft, counts
from commonplace.measuring.engines import rows
from commonplace.measuring.measure import reading_of
from commonplace.measuring.metrics import DECLARED, Metric
from commonplace.measuring.models import Figure
from commonplace.measuring.readings import Reading, Reason
from commonplace.measuring.rounding import rounded
from commonplace.measuring.sources import BOT_SET
from commonplace.measuring.windows import Period

WHY = "disclosure control looks at everything that was told"


@dataclass(frozen=True, slots=True)
class Shelf:
    """What was told of a community, by its acts up to `last_act`, and who its `members` are: beside that is judged
    what comes next."""

    desk: Desk
    last_act: int
    members: frozenset[str]
    released: Sequence[Count]

    @classmethod
    def of(cls, desk: Desk, community: Community, last_act: int) -> Shelf:
        """With all that was ever told: readers do not forget."""
        figures = Figure.objects.released().filter(community=community).everywhere(WHY)
        members = Membership.objects.filter(community=community).current().everywhere(WHY)
        released = [one for figure in figures.order_by("pk") for one in _counts(figure, last_act)]
        return cls(desk, last_act, frozenset(members.values_list("person", flat=True)), released)

    def judged(self, windows: Sequence[tuple[Metric, Period]]) -> list[Reading]:
        """Each beside all before it."""
        cohorts = self._cohorts(windows)
        drafts = [Draft(one, period, self.last_act, cohorts[f"{one.id} {self.last_act}"]) for one, period in windows]
        alone = [self._alone(draft) for draft in drafts]
        new = [draft.counts(reading) for draft, reading in zip(drafts, alone, strict=True)]
        released, readings = list(self.released), list[Reading]()
        groups = groups_of([*released, *(one for each in new for one in each)], cohorts)
        for reading, each in zip(alone, new, strict=True):
            few = bool(each) and tells_of_few(groups, released, each, self.desk.rules)
            readings.append(untold(reading, Reason.BESIDE_OTHERS) if few else reading)
            released += [] if few else each
        return readings

    def _cohorts(self, windows: Sequence[tuple[Metric, Period]]) -> dict[str, Cohort]:
        """By the name that counts have for them."""
        spans: dict[tuple[str, int], list[Count | Period]] = {}
        for count in self.released:
            spans.setdefault((count.metric, count.last_act), []).append(count)
        for metric, period in windows:
            spans.setdefault((metric.id, self.last_act), []).append(period)
        return {
            f"{metric} {last_act}": self.desk.over(DECLARED[metric], those, last_act)
            for (metric, last_act), those in spans.items()
        }

    def _alone(self, draft: Draft) -> Reading:
        cohort = draft.cohort
        reading, behind = reading_of(draft.metric, cohort), crowds(cohort)
        return rounded(judge(reading, behind, self._is_everybody(cohort, behind.began.people), self.desk.rules))

    def _is_everybody(self, cohort: Cohort, people: int) -> bool:
        """Is no member missing among those who began the cases?"""
        if len(self.members) > people:
            return False
        return self.members <= {row["person"] for row in rows(cohort.cases.select("person").distinct())}


def _counts(figure: Figure, last_act: int) -> Iterator[Count]:
    """As it was made; by the acts of today if none of those since could have changed it."""
    if figure.metric in DECLARED:
        known = figure.last_act if _was_late(figure) else last_act
        yield from counts(figure.metric, figure, figure.period, known)


def _was_late(figure: Figure) -> bool:
    """Whatever an archive brings tells also that it goes on, and so how long what it brought before was followed."""
    since = Act.objects.filter(pk__gt=figure.last_act).everywhere(WHY)
    theirs = Q(community=figure.community_id) & (Q(happened_at__lte=figure.seen) | ~Q(origin=HERE))
    return since.filter(theirs | Q(verb=BOT_SET.verb)).exists()
