"""Publishing: of every community, the figures whose windows have become ripe on the grid."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from commonplace.communities.models import Community
from commonplace.ledger import clock
from commonplace.ledger.models import Act
from commonplace.measuring.as_of import default_as_of
from commonplace.measuring.cycle.moved import Moved
from commonplace.measuring.cycle.published import stocks
from commonplace.measuring.cycle.stocks import STOCK
from commonplace.measuring.drafts import Desk
from commonplace.measuring.editions import WHY, Editions
from commonplace.measuring.engines import EngineMissing, acts_of, engine, rows
from commonplace.measuring.grid import Span, ripe, ripening, step
from commonplace.measuring.lake import LakeUnusable, export
from commonplace.measuring.measure import without
from commonplace.measuring.metrics import METRICS, Metric
from commonplace.measuring.models import Figure
from commonplace.measuring.origins import Firsts, firsts_of, told_from
from commonplace.measuring.readings import UNDECIDED, Reading, Reason
from commonplace.measuring.rules import Rules
from commonplace.measuring.windows import Period

log = logging.getLogger(__name__)
TICK = timedelta(microseconds=1)


class Unpublished(RuntimeError):
    """Of some communities nothing could be published."""


def publish(lake: str | Path, rules: Rules, only: Community | None = None) -> int:
    """Of every community, or of one. Gives how many figures were published.

    Where one of several fails the others go on; then `Unpublished` names it. Without an engine or a lake none is.
    """
    export(lake)
    if only:
        return _publish_community(only, lake, rules)
    published, failed = 0, list[str]()
    for community in Community.objects.everywhere("figures of every community").order_by("pk"):
        try:
            published += _publish_community(community, lake, rules)
        except (EngineMissing, LakeUnusable):
            raise
        except Exception:
            log.exception("The figures of %s were not published.", community.slug)
            failed.append(community.slug)
    if failed:
        raise Unpublished(f"{published} figures published, and none of {', '.join(failed)}: the log says why.")
    return published


def _publish_community(community: Community, lake: str | Path, rules: Rules) -> int:
    """An engine each, so that memory goes back and no community's acts lie beside another's."""
    with engine() as connection:
        publication = Publication.of(community, Desk(acts_of(connection, lake, community.pk), rules))
        return publication.publish() if publication else 0


@dataclass(frozen=True, slots=True)
class Publication:
    """One community's acts up to number `last_act`, and what is to be said of them after its editions so far."""

    community: Community
    desk: Desk
    last_act: int
    moment: datetime
    editions: int
    firsts: Firsts

    @classmethod
    def of(cls, community: Community, desk: Desk) -> Publication | None:
        acts = desk.acts
        known = rows(acts.aggregate(last=acts.act.max(), theirs=(acts.community == community.pk).any()))[0]
        editions = Figure.objects.filter(community=community).everywhere(WHY).last_edition()
        moment = default_as_of(acts)
        return cls(community, desk, known["last"], moment, editions, firsts_of(acts)) if known["theirs"] else None

    def publish(self) -> int:
        """What cannot be told yet is said, with the day from which it can."""
        windows = [(metric, *self._window(metric)) for metric in METRICS]
        due = [one for one in windows if is_due(self.community, *one)]
        blank = [self._figure(metric.span, period, without(metric, why)) for metric, period, why in due if why]
        judged = self._judged([(metric, period) for metric, period, why in due if not why])
        return self._store([*blank, *judged, *self._stocks()])

    def _window(self, metric: Metric) -> tuple[Period, Reason | None]:
        """The last ripe window of the grid, from where its evidence begins; or why there is none."""
        followed = metric.followed(self.desk.rules)
        window, begun = ripe(metric.span, followed, self.moment), told_from(self.firsts, metric.reads)
        if begun is None or metric.cases is None:
            return window, Reason.NOT_RECORDED
        if begun > window.until:
            return ripening(metric.span, followed, begun), Reason.TOO_EARLY
        return Period(max(window.since or begun, begun - TICK), window.until, followed), None

    def _judged(self, windows: list[tuple[Metric, Period]]) -> list[Figure]:
        if not windows:
            return []
        judged = Editions.of(self.desk, self.community, self.last_act).judged(windows)
        return [self._figure(one.span, period, read) for (one, period), read in zip(windows, judged, strict=True)]

    def _stocks(self) -> list[Figure]:
        """What is in each phase now, once in each step of the grid; or as it was counted last."""
        now = clock.now()
        last = Figure.objects.filter(community=self.community, unit=STOCK).everywhere(WHY).order_by("pk").last()
        if last and last.computed_at >= step(Span.WEEKS, now):
            return []
        counted = stocks(self.community, self.desk.rules)
        return [self._figure(Span.WEEKS, Period(one.at, one.at), one.reading, one.moved) for one in counted]

    def _figure(self, span: Span, period: Period, reading: Reading, moved: Moved | None = None) -> Figure:
        return Figure(
            community=self.community,
            metric=reading.id,
            edition=self.editions + 1,
            span=span,
            last_act=self.last_act,
            **{name: getattr(period, name) for name in ("since", "until", "seen")},
            **{name: getattr(reading, name) for name in ("unit", "value", "low", "high", "n", "events")},
            formula_version=reading.formula_version,
            band=reading.band or "",
            suppressed=reading.suppressed or "",
            moved=moved,
        )

    @transaction.atomic
    def _store(self, figures: list[Figure]) -> int:
        """Nothing when somebody else has published meanwhile: these were not judged beside theirs."""
        Community.objects.everywhere(WHY).select_for_update(no_key=True).get(pk=self.community.pk)
        if Figure.objects.filter(community=self.community).everywhere(WHY).last_edition() != self.editions:
            return 0
        return len(Figure.objects.bulk_create(figures))


def is_due(community: Community, metric: Metric, period: Period, why: Reason | None) -> bool:
    """Nothing is said of this window yet, or something of it became known since. A wait that was told stands: one
    person's case can move it, and its counts do not show that."""
    last = Figure.objects.filter(community=community, metric=metric.id).everywhere(WHY).order_by("pk").last()
    if last is None:
        return True
    if last.suppressed in UNDECIDED or why:
        return last.suppressed != (why or "")
    if last.until != period.until:
        return last.until < period.until
    if metric.unit == "seconds" and last.events is not None:
        return False
    late = Act.objects.filter(community=community.pk, pk__gt=last.last_act, happened_at__lte=period.seen)
    return late.everywhere(WHY).exists()
