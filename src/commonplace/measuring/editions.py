"""Editions: what may be told of a window, as a number, as a band or not, by itself and beside all that was told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Exists, Max, OuterRef, Q

from commonplace.communities.models import Community, Membership
from commonplace.ledger.models import HERE, Act
from commonplace.measuring.cohorts import Cohort
from commonplace.measuring.disclosure.crowds import crowds
from commonplace.measuring.disclosure.groups import Count, groups_of
from commonplace.measuring.disclosure.judging import judge, untold
from commonplace.measuring.disclosure.solving import tells_of_few
from commonplace.measuring.drafts import Desk, Draft, counts
from commonplace.measuring.measure import reading_of
from commonplace.measuring.metrics import DECLARED, Metric
from commonplace.measuring.models import Figure
from commonplace.measuring.readings import Reading, Reason
from commonplace.measuring.rounding import rounded
from commonplace.measuring.sources import BOT_SET
from commonplace.measuring.windows import Period

WHY = "disclosure control looks at everything that was told"
LONGEST = timedelta(days=366)
STAY = ("person", "joined_at", "left_at")
Stay = tuple[str, datetime, datetime | None]
Windows = Sequence[tuple[Metric, Period]]


@dataclass(frozen=True, slots=True)
class Editions:
    """What was told of a community, by its acts up to `last_act`, and when its `members` joined and left: beside that
    is judged what comes next."""

    desk: Desk
    last_act: int
    members: Sequence[Stay]
    released: Sequence[Count]

    @classmethod
    def of(cls, desk: Desk, community: Community, last_act: int) -> Editions:
        """With all that was ever told: readers do not forget."""
        stays = Membership.objects.filter(community=community, person__is_bot=False).everywhere(WHY)
        return cls(desk, last_act, list(stays.values_list(*STAY)), list(_released(community, last_act)))

    def judged(self, windows: Windows) -> list[Reading]:
        """Each beside all before it."""
        released = _after(_horizon(windows), self.released)
        cohorts = self._cohorts(windows, released)
        drafts = [Draft(one, period, self.last_act, cohorts[f"{one.id} {self.last_act}"]) for one, period in windows]
        alone = [self._alone(draft) for draft in drafts]
        new = [draft.counts(reading) for draft, reading in zip(drafts, alone, strict=True)]
        readings = list[Reading]()
        groups = groups_of([*released, *(one for each in new for one in each)], cohorts)
        for reading, each in zip(alone, new, strict=True):
            few = bool(each) and tells_of_few(groups, released, each, self.desk.rules)
            readings.append(untold(reading, Reason.BESIDE_OTHERS) if few else reading)
            released += [] if few else each
        return readings

    def _cohorts(self, windows: Windows, released: Sequence[Count]) -> dict[str, Cohort]:
        """By the name that counts have for them."""
        spans: dict[tuple[str, int], list[Count | Period]] = {}
        for count in released:
            spans.setdefault((count.metric, count.last_act), []).append(count)
        for metric, period in windows:
            spans.setdefault((metric.id, self.last_act), []).append(period)
        return {
            f"{metric} {last_act}": self.desk.over(DECLARED[metric], those, last_act)
            for (metric, last_act), those in spans.items()
        }

    def _alone(self, draft: Draft) -> Reading:
        reading, behind = reading_of(draft.metric, draft.cohort), crowds(draft.cohort)
        return rounded(judge(reading, behind, self._members_in(draft.period), self.desk.rules))

    def _members_in(self, period: Period) -> int:
        """How many people were members at some time of the window."""
        return len(
            {
                person
                for person, joined, left in self.members
                if joined <= period.until and (left is None or period.since is None or left > period.since)
            }
        )


def _horizon(windows: Windows) -> datetime:
    """A year before all of them: no window that is told overlaps with any that begins earlier."""
    return min(period.since or period.until for _metric, period in windows) - LONGEST


def _after(horizon: datetime, released: Iterable[Count]) -> list[Count]:
    """What the counts say of cases since then. Those before are taken as known to the reader, every one of them, so
    that what is judged does not grow with the years."""
    return [replace(one, since=max(one.since, horizon)) for one in released if one.until > horizon]


def _released(community: Community, last_act: int) -> Iterator[Count]:
    """As they were made; by the acts of today if none of those since could have changed them: one of that time, any
    that an archive brings, for it tells also how long what it brought before was followed, or one about bots."""
    acts = Act.objects.everywhere(WHY).filter(pk__gt=OuterRef("last_act"), community=OuterRef("community"))
    figures = Figure.objects.released().filter(community=community, metric__in=DECLARED).everywhere(WHY)
    late = figures.filter(
        Exists(acts.filter(Q(happened_at__lte=OuterRef("seen")) | ~Q(origin=HERE)))
        | Q(last_act__lt=_last_bot_set(community))
    )
    as_made = set(late.values_list("pk", flat=True))
    for figure in figures.order_by("pk"):
        known = figure.last_act if figure.pk in as_made else last_act
        yield from counts(figure.metric, figure, figure.period, known)


def _last_bot_set(community: Community) -> int:
    """The last act that said of somebody who ever was a member here that they are a bot, or are none."""
    here = Membership.objects.filter(community=community).everywhere(WHY)
    acts = Act.objects.filter(verb=BOT_SET.verb, subject__in=here.values("person")).everywhere(WHY)
    return acts.aggregate(last=Max("pk"))["last"] or 0
