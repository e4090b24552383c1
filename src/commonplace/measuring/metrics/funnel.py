"""The whole cycle: how far the exchanges of one cohort came, and where the others stopped."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from commonplace.measuring.acceptances import acceptances, consenters
from commonplace.measuring.cohorts import Cohort, earliest, exchanges, had, rate, within
from commonplace.measuring.grid import Span
from commonplace.measuring.metrics.exchange import confirmations
from commonplace.measuring.metrics.registry import CYCLE, Metric, Phase, Stage, declared
from commonplace.measuring.rules import Rules
from commonplace.measuring.sources import AMENDED, CONFIRMED, DECIDED, DISTILLED, OPENED, REPORTED, STANCE
from commonplace.measuring.windows import Period

if TYPE_CHECKING:
    import ibis.expr.types as ir

metric = partial(
    Metric,
    span=Span.QUARTERS,
    follows="cycle_within",
    unit="rate",
    cohort=CYCLE,
    formula_version=1,
)


@metric(
    id="C1.resolved",
    name=_("of all exchanges, helped"),
    phase=Phase.EXTERNALIZING,
    stage=Stage(_("helped"), _("Most exchanges end before anybody says that they helped.")),
    reads=(OPENED, CONFIRMED),
)
def resolved(acts: ir.Table, period: Period, rules: Rules) -> Cohort:
    """Exchanges confirmed within d = 180 days to have helped, as X4 / exchanges opened.

    Window: opened in W, at least d before the last moment known; of an archive, as long before its end as
    W is followed.
    No confirmation is not a failure: it is unknown.
    Shows: who opened; who confirmed. Minimum: 5 people of each. Source: theory C1.
    """
    helped = _helped(acts, period, rules)
    return rate(_opened(acts, period, rules), helped, helped)


@metric(
    id="C1.item",
    name=_("of all exchanges, written down"),
    phase=Phase.OBJECTIFYING,
    stage=Stage(_("were written down"), _("Most of what helped was not written down.")),
    reads=(OPENED, CONFIRMED, DISTILLED),
)
def written_down(acts: ir.Table, period: Period, rules: Rules) -> Cohort:
    """Exchanges resolved and written down as (part of) a practice, within d = 180 days / exchanges opened.

    Window: opened in W, at least d before the last moment known; of an archive, as long before its end as
    W is followed.
    Shows: who opened; who distilled. Minimum: 5 people of each. Source: theory C1.
    """
    written = _written(acts, period, rules)
    return rate(_opened(acts, period, rules), written, written)


@metric(
    id="C1.accepted",
    name=_("of all exchanges, agreed on"),
    phase=Phase.OBJECTIFYING,
    stage=Stage(_("were agreed on"), _("Most of what was written down is not agreed on yet.")),
    reads=(OPENED, CONFIRMED, DISTILLED, STANCE, AMENDED, DECIDED),
)
def accepted(acts: ir.Table, period: Period, rules: Rules) -> Cohort:
    """Exchanges whose practice (as C1.item) the community accepted within d = 180 days / exchanges opened.

    Window: opened in W, at least d before the last moment known; of an archive, as long before its end as
    W is followed.
    Shows: who opened; who consented. Minimum: 5 people of each. Source: theory C1.
    """
    agreed = _agreed(acts, period, rules)
    consented = agreed.inner_join(consenters(acts, acceptances(acts)), "practice")
    return rate(_opened(acts, period, rules), agreed, consented)


@metric(
    id="C1.applied",
    name=_("of all exchanges, used by others"),
    phase=Phase.INTERNALIZING,
    stage=Stage(_("are used by others"), _("Most of what is agreed on is not used by others yet.")),
    reads=(OPENED, CONFIRMED, DISTILLED, DECIDED, REPORTED),
)
def applied(acts: ir.Table, period: Period, rules: Rules) -> Cohort:
    """Exchanges whose practice (as C1.accepted) one outside its exchanges then applied, within d = 180 days /
    exchanges opened.

    Window: opened in W, at least d before the last moment known; of an archive, as long before its end as
    W is followed.
    Shows: who opened; who was first to apply. Minimum: 5 people of each. Source: theory C1.
    """
    used = _used(acts, period, rules)
    return rate(_opened(acts, period, rules), used, earliest(used))


embedded = declared(
    metric(
        id="C1.embedded",
        name=_("of all exchanges, part of the work"),
        phase=Phase.INTERNALIZING,
        stage=Stage(_("are part of the work")),
        reads=(),
        formula="""Exchanges whose practice (as C1.applied) a process owner confirmed as embedded / exchanges opened.

    Window: opened in W.
    Shows: who opened; who confirmed. Minimum: 5 people of each. Source: theory C1.
    """,
    )
)


def _opened(acts: ir.Table, period: Period, rules: Rules) -> ir.Table:
    return had(exchanges(acts, period), rules.cycle_within, period)


def _helped(acts: ir.Table, period: Period, rules: Rules) -> ir.Table:
    return within(confirmations(acts, _opened(acts, period, rules)), rules.cycle_within)


def _written(acts: ir.Table, period: Period, rules: Rules) -> ir.Table:
    """The resolved exchanges and the practices distilled from them: case, began, practice, person who distilled."""
    written = DISTILLED.of(acts)
    pairs = written.select("happened_at", practice="subject", person="actor", case=written.exchanges.unnest())
    helped = _helped(acts, period, rules).select("case", "began").distinct()
    return within(pairs.inner_join(helped, "case"), rules.cycle_within)


def _agreed(acts: ir.Table, period: Period, rules: Rules) -> ir.Table:
    """case, began, practice, happened_at."""
    written = _written(acts, period, rules).select("case", "began", "practice").distinct()
    agreed = acceptances(acts).select("practice", happened_at="agreed_at")
    return within(written.inner_join(agreed, "practice"), rules.cycle_within)


def _used(acts: ir.Table, period: Period, rules: Rules) -> ir.Table:
    """case, began, person, happened_at, act: each use of what was agreed on."""
    agreed = _agreed(acts, period, rules).rename(agreed_at="happened_at")
    reported = REPORTED.of(acts)
    outside = reported.filter(~reported.originator)
    outside = outside.select("happened_at", "act", practice="subject", person="actor")
    used = agreed.inner_join(outside, "practice")
    return within(used.filter(used.happened_at >= used.agreed_at), rules.cycle_within)
