"""The second funnel: how far what was brought in came, from use to agreement to those who came later.

It stands beside the first, which begins with an exchange, and is never added to it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from commonplace.internalizing.models import Outcome
from commonplace.measuring.acceptances import acceptances, consenters
from commonplace.measuring.cohorts import Cohort, began_in, earliest, had, rate, within
from commonplace.measuring.grid import Span
from commonplace.measuring.joining import first_joined
from commonplace.measuring.metrics.registry import BROUGHT_IN, Metric, Phase, Stage
from commonplace.measuring.rules import Rules
from commonplace.measuring.sources import (
    ADDED,
    ADMITTED,
    AMENDED,
    BROUGHT,
    DECIDED,
    FOUNDED,
    JOINED,
    SET_ASIDE,
    STANCE,
    USED,
)
from commonplace.measuring.windows import Period

if TYPE_CHECKING:
    import ibis.expr.types as ir

WORKED = (Outcome.WORKED.value, Outcome.ADAPTED.value)
metric = partial(
    Metric,
    span=Span.QUARTERS,
    follows="cycle_within",
    unit="rate",
    cohort=BROUGHT_IN,
    formula_version=1,
)


@metric(
    id="B1.used",
    name=_("of what was brought in, used by others"),
    phase=Phase.INTERNALIZING,
    stage=Stage(_("were used by others"), _("Most of what was brought in was not used by others.")),
    reads=(BROUGHT, SET_ASIDE, USED),
)
def used(acts: ir.Table, period: Period, rules: Rules) -> Cohort:
    """Practices that worked, as they were or adapted, for one who did not bring them in, within d = 180 days /
    practices brought in.

    Window: brought in W, at least d before the last moment known; of an archive, as long before its end as
    W is followed.
    What was set aside within d was brought in by mistake: it is not counted.
    Shows: who brought in; who was first to use. Minimum: 5 people of each. Source: theory C1, N4.
    """
    uses = _used(acts, period, rules)
    return rate(_brought(acts, period, rules), uses, earliest(uses))


@metric(
    id="B1.accepted",
    name=_("of what was brought in, agreed on"),
    phase=Phase.OBJECTIFYING,
    stage=Stage(_("were agreed on"), _("Most of what was brought in and used is not agreed on yet.")),
    reads=(BROUGHT, SET_ASIDE, USED, STANCE, AMENDED, DECIDED),
)
def accepted(acts: ir.Table, period: Period, rules: Rules) -> Cohort:
    """Practices used (as B1.used), before or after, that the community accepted within d = 180 days / practices
    brought in.

    Window: brought in W, at least d before the last moment known; of an archive, as long before its end as
    W is followed.
    Shows: who brought in; who consented. Minimum: 5 people of each. Source: theory C1.
    """
    agreed = _agreed(acts, period, rules)
    consented = agreed.select("case").inner_join(consenters(acts, acceptances(acts)).rename(case="practice"), "case")
    return rate(_brought(acts, period, rules), agreed, consented)


@metric(
    id="B1.passed_on",
    name=_("of what was brought in, used by those who came later"),
    phase=Phase.INTERNALIZING,
    stage=Stage(
        _("are used by those who came later"),
        _("Most of what was agreed on is not used by those who came later."),
    ),
    reads=(BROUGHT, SET_ASIDE, USED, DECIDED, FOUNDED, JOINED, ADDED, ADMITTED),
)
def passed_on(acts: ir.Table, period: Period, rules: Rules) -> Cohort:
    """Practices accepted (as B1.accepted) that then worked, as they were or adapted, for one who first joined the
    community after that, within d = 180 days / practices brought in.

    Window: brought in W, at least d before the last moment known; of an archive, as long before its end as
    W is followed.
    Shows: who brought in; of those who came later, who was first to use. Minimum: 5 people of each.
    Source: theory C1, N10.
    """
    uses = _used_later(acts, period, rules)
    return rate(_brought(acts, period, rules), uses, earliest(uses))


def _brought(acts: ir.Table, period: Period, rules: Rules) -> ir.Table:
    """case, person (who brought it in), began, known_until."""
    brought = BROUGHT.begun(acts).select("known_until", case="subject", person="actor", began="happened_at")
    cases = had(began_in(brought, period), rules.cycle_within, period)
    ended = SET_ASIDE.of(acts).select("happened_at", case="subject")
    mistaken = within(cases.select("case", "began").inner_join(ended, "case"), rules.cycle_within)
    return cases.anti_join(mistaken, "case")


def _used(acts: ir.Table, period: Period, rules: Rules) -> ir.Table:
    """case, began, person, happened_at, act: each use by another than who brought it in."""
    reported = USED.of(acts)
    uses = reported.filter(reported.outcome.isin(WORKED)).select("happened_at", "act", user="actor", case="subject")
    joined = _brought(acts, period, rules).select("case", "began", "person").inner_join(uses, "case")
    others = joined.filter(joined.user != joined.person).drop("person").rename(person="user")
    return within(others, rules.cycle_within)


def _agreed(acts: ir.Table, period: Period, rules: Rules) -> ir.Table:
    """Of what was used: case, began, happened_at."""
    cases = _used(acts, period, rules).select("case", "began").distinct()
    agreed = acceptances(acts).select(case="practice", happened_at="agreed_at")
    return within(cases.inner_join(agreed, "case"), rules.cycle_within)


def _used_later(acts: ir.Table, period: Period, rules: Rules) -> ir.Table:
    """case, person, happened_at, act: each use by one who first joined after it was agreed on: one, too, of what
    was used and agreed on in time."""
    agreed = acceptances(acts).select("agreed_at", case="practice")
    uses = _used(acts, period, rules).inner_join(agreed, "case").inner_join(first_joined(acts), "person")
    return uses.filter(uses.joined_at > uses.agreed_at, uses.happened_at >= uses.joined_at)
