"""Externalizing: is there an answer, how soon, and did it help."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from commonplace.externalizing.models import GIVEN
from commonplace.measuring.cohorts import Cohort, earliest, exchanges, had, rate, wait, within
from commonplace.measuring.grid import Span
from commonplace.measuring.metrics.registry import Metric, Phase
from commonplace.measuring.rules import Rules
from commonplace.measuring.sources import CONFIRMED, OPENED, RESPONDED, Source
from commonplace.measuring.windows import Period

if TYPE_CHECKING:
    import ibis.expr.types as ir

metric = partial(
    Metric,
    phase=Phase.EXTERNALIZING,
    span=Span.WEEKS,
    follows="help_within",
    cohort="opened",
    formula_version=1,
)


@metric(
    id="X2",
    name=_("answered by another"),
    unit="rate",
    reads=(OPENED, RESPONDED),
)
def answer_rate(acts: ir.Table, period: Period, rules: Rules) -> Cohort:
    """Exchanges that another person responded to within d = 7 days / exchanges opened.

    Window: opened in W, at least d before the last moment known; of an archive, as long before its end as
    W is followed.
    Answers and comments both count.
    Shows: who opened; who responded first. Minimum: 5 people of each. Source: theory X2.
    """
    opened = had(exchanges(acts, period), rules.answer_within, period)
    soon = within(first_responses(acts, opened), rules.answer_within)
    return rate(opened, soon, soon)


@metric(
    id="X3",
    name=_("first response, half within"),
    unit="seconds",
    reads=(OPENED, RESPONDED),
)
def first_response(acts: ir.Table, period: Period, rules: Rules) -> Cohort:
    """Kaplan-Meier median of the time from opening an exchange to the first response by another person.

    Window: opened in W; open cases are censored at the last moment known, of an archive at its end. Answers and
    comments both count.
    Shows: who opened; who responded first. Minimum: 5 people of each, 8 exchanges. Source: theory X3.
    """
    opened = exchanges(acts, period)
    first = first_responses(acts, opened)
    return wait(opened, first.select("case", ended_at="happened_at"), first)


@metric(
    id="X4",
    name=_("helped, says who asked"),
    unit="rate",
    reads=(OPENED, CONFIRMED),
)
def resolution_rate(acts: ir.Table, period: Period, rules: Rules) -> Cohort:
    """Exchanges confirmed within d = 30 days to have helped, by their asker (an offer or a story: by a taker) /
    exchanges opened.

    Window: opened in W, at least d before the last moment known; of an archive, as long before its end as
    W is followed.
    No confirmation is not a failure: it is unknown.
    Shows: who opened; who confirmed. Minimum: 5 people of each. Source: theory X4, C1.
    """
    opened = had(exchanges(acts, period), rules.help_within, period)
    helped = within(confirmations(acts, opened), rules.help_within)
    return rate(opened, helped, helped)


def first_responses(acts: ir.Table, opened: ir.Table) -> ir.Table:
    """Of each exchange that another person responded to, the first such response."""
    responses = _acts_on(acts, opened, RESPONDED)
    return earliest(responses.filter(responses.person != responses.asker))


def confirmations(acts: ir.Table, opened: ir.Table) -> ir.Table:
    """Those of `opened` by the one who can tell (T3)."""
    confirmed = _acts_on(acts, opened, CONFIRMED)
    given = confirmed.kind.isin([kind.value for kind in GIVEN]).fill_null(False)
    return confirmed.filter((confirmed.person == confirmed.asker) != given)


def _acts_on(acts: ir.Table, opened: ir.Table, source: Source) -> ir.Table:
    """case, kind, asker, began; person who did it, happened_at, act."""
    named = source.of(acts).rename(case="subject", doer="actor")
    joined = opened.rename(asker="person").inner_join(named, "case")
    return joined.select("case", "kind", "asker", "began", "happened_at", "act", person="doer")
