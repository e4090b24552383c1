"""Publishing: every community's figures on the fixed grid, each edition only if comparing it singles nobody out."""

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
from django.db import transaction

from commonplace.communities.models import Community
from commonplace.ledger import clock
from commonplace.measuring.as_of import archive_end
from commonplace.measuring.editions import Draft, is_news, may_appear
from commonplace.measuring.grid import Until
from commonplace.measuring.lake import export
from commonplace.measuring.lake.reading import acts_of, engine
from commonplace.measuring.measure import measure
from commonplace.measuring.metrics import METRICS, Metric
from commonplace.measuring.models import Figure, FigureQuerySet
from commonplace.measuring.rounding import rounded
from commonplace.measuring.rules import Rules


@dataclass(frozen=True, slots=True)
class Press:
    """One community's acts, and where its grid ends."""

    community: Community
    acts: ir.Table
    last_act: int
    until: Until
    rules: Rules

    def draft(self, metric: Metric) -> Draft:
        period = self.until.period(metric.span)
        return Draft(metric, period, self.last_act, self.community, self.acts, self.rules)


def publish(lake: Path, rules: Rules, only: Community | None = None) -> int:
    """Of every community, or of one. Gives how many figures were published."""
    export(lake)
    every = Community.objects.everywhere("figures of every community").order_by("pk")
    return sum(_publish_community(one, lake, rules) for one in ([only] if only else every))


def _publish_community(community: Community, lake: Path, rules: Rules) -> int:
    """An engine each, so that memory goes back and no community's acts lie beside another's."""
    with engine() as connection:
        press = _press(connection, lake, community, rules)
        return _publish(press) if press else 0


def _press(connection: Any, lake: Path, community: Community, rules: Rules) -> Press | None:
    acts = acts_of(connection, lake, community.pk)
    last_act = acts.act.max().to_pyarrow().as_py()
    end = archive_end(acts)
    return Press(community, acts, last_act, Until(end or clock.now(), bool(end)), rules) if last_act else None


def _publish(press: Press) -> int:
    """Figures of one cohort appear together: each says something of the others."""
    return sum(_publish_cohort(press, list(of)) for _, of in groupby(sorted(METRICS, key=_cohort), _cohort))


def _cohort(metric: Metric) -> tuple[str, str]:
    return metric.span, metric.cohort


def _publish_cohort(press: Press, metrics: list[Metric]) -> int:
    drafts = [press.draft(metric) for metric in metrics]
    readings = measure(press.acts, drafts[0].period, press.rules, metrics)
    figures = [draft.figure(rounded(reading)) for draft, reading in zip(drafts, readings, strict=True)]
    return _store_if_news(press.community, drafts, figures)


def _store_if_news(community: Community, drafts: list[Draft], figures: list[Figure]) -> int:
    """What was judged beside older editions stands beside these alone; with a newer one it is judged again."""
    while True:
        last = _editions(community).last_edition()
        if not is_news(community, figures) or not all(may_appear(draft) for draft in drafts):
            return 0
        if _stored_after(last, community, figures):
            return len(figures)


@transaction.atomic
def _stored_after(last: int, community: Community, figures: list[Figure]) -> bool:
    """As the next edition; False when somebody else has published one meanwhile."""
    Community.objects.everywhere("one edition after another").select_for_update(no_key=True).get(pk=community.pk)
    if _editions(community).last_edition() != last:
        return False
    for figure in figures:
        figure.edition = last + 1
    return bool(Figure.objects.bulk_create(figures))


def _editions(community: Community) -> FigureQuerySet:
    return Figure.objects.everywhere("one edition after another").filter(community=community)
