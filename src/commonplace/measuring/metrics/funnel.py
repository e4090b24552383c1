"""The whole cycle: how far the exchanges of one cohort came, and where the others stopped."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from commonplace.measuring.cohorts import acceptances, exchanges
from commonplace.measuring.grid import Span
from commonplace.measuring.metrics.exchange import confirmed, resolution_rate
from commonplace.measuring.metrics.registry import Counted, Metric, Phase, Stage, declared
from commonplace.measuring.rules import Rules
from commonplace.measuring.sources import CONFIRMED, DECIDED, DISTILLED, OPENED, REPORTED
from commonplace.measuring.windows import Period

if TYPE_CHECKING:
    import ibis.expr.types as ir

metric = partial(
    Metric,
    span=Span.QUARTERS,
    counts=Counted.EXCHANGES,
    unit="rate",
    cohort="opened",
    formula_version=1,
)

resolved = declared(
    metric(
        id="C1.resolved",
        name=_("of a year's exchanges, helped"),
        phase=Phase.EXTERNALIZING,
        stage=Stage(_("helped"), _("Most exchanges end before anybody says that they helped.")),
        reads=resolution_rate.reads,
        formula=resolution_rate.formula,
        cases=resolution_rate.cases,
    )
)


@metric(
    id="C1.item",
    name=_("of a year's exchanges, written down"),
    phase=Phase.OBJECTIFYING,
    stage=Stage(_("were written down"), _("Most of what helped was not written down.")),
    reads=(OPENED, CONFIRMED, DISTILLED),
)
def written_down(acts: ir.Table, period: Period, rules: Rules) -> ir.Table:
    """Exchanges resolved and then written down as (part of) a practice / exchanges opened.

    Window: opened in W. Minimum: 5 people who opened. Source: theory C1.
    """
    return _reached(acts, period, _sources(acts, period))


@metric(
    id="C1.accepted",
    name=_("of a year's exchanges, agreed on"),
    phase=Phase.OBJECTIFYING,
    stage=Stage(_("were agreed on"), _("Most of what was written down is not agreed on yet.")),
    reads=(OPENED, CONFIRMED, DISTILLED, DECIDED),
)
def accepted(acts: ir.Table, period: Period, rules: Rules) -> ir.Table:
    """Exchanges whose practice (as C1.item) the community accepted / exchanges opened.

    Window: opened in W. Minimum: 5 people who opened. Source: theory C1.
    """
    return _reached(acts, period, _accepted(acts, period))


@metric(
    id="C1.applied",
    name=_("of a year's exchanges, used by others"),
    phase=Phase.INTERNALIZING,
    stage=Stage(_("are used by others"), _("Most of what is agreed on is not used by others yet.")),
    reads=(OPENED, CONFIRMED, DISTILLED, DECIDED, REPORTED),
)
def applied(acts: ir.Table, period: Period, rules: Rules) -> ir.Table:
    """Exchanges whose practice (as C1.accepted) was then applied by one outside its exchanges / exchanges opened.

    Window: opened in W. Minimum: 5 people who opened. Source: theory C1.
    """
    agreed, reported = _accepted(acts, period), REPORTED.of(acts)
    reported = reported.filter(~reported.originator)
    by_others = agreed.inner_join(
        reported, [agreed.practice == reported.subject, reported.happened_at >= agreed.accepted_at]
    )
    return _reached(acts, period, by_others)


embedded = declared(
    metric(
        id="C1.embedded",
        name=_("of a year's exchanges, part of the work"),
        phase=Phase.INTERNALIZING,
        stage=Stage(_("are part of the work")),
        reads=(),
        formula="""Exchanges whose practice (as C1.applied) a process owner confirmed as embedded / exchanges opened.

    Window: opened in W. Minimum: 5 people who opened. Source: theory C1.
    """,
    )
)


def _reached(acts: ir.Table, period: Period, stage: ir.Table) -> ir.Table:
    opened = exchanges(acts, period)
    return opened.select("case", "person", hit=opened.case.isin(stage.case))


def _resolved(acts: ir.Table, period: Period) -> ir.Table:
    return confirmed(acts, exchanges(acts, period))


def _sources(acts: ir.Table, period: Period) -> ir.Table:
    """case, practice: the resolved exchanges and the practices distilled from them."""
    written = DISTILLED.of(acts)
    pairs = written.select(practice="subject", case=written.exchanges.unnest())
    return pairs.inner_join(_resolved(acts, period), "case").select("case", "practice")


def _accepted(acts: ir.Table, period: Period) -> ir.Table:
    """case, practice, accepted_at."""
    sources, agreed = _sources(acts, period), acceptances(acts).select(practice="case", accepted_at="began")
    return sources.inner_join(agreed, "practice").select("case", "practice", "accepted_at")
