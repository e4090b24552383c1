"""How much one person's cases move a survival curve: the variance of ln S between people, not between cases.

The infinitesimal jackknife: an end at moment w moves ln S from then on by an_end(w) = 1 / (at risk - ended), and being
at risk moves it by Greenwood's sum until one leaves. Squared by case, and added up, this is Greenwood's variance.
"""

import ibis
import ibis.expr.types as ir

from commonplace.measuring.intervals import doubt, own_mean


def between_people(cases: ir.Table, steps: ir.Table) -> ir.Table:
    """The steps with their `variance`: Greenwood's times the design effect, and never less than it."""
    joined = steps.inner_join(_moved(cases, steps), "waited").cross_join(_sizes(cases))
    so_far = ibis.window(order_by=joined.waited, preceding=None, following=0)
    sums = joined.mutate(**{name: joined[name].sum().over(so_far) for name in ("left", "mixed", "open")})
    risk = sums.greenwood
    moved = sums.left - 2 * risk * sums.mixed + risk * risk * (sums.squares + sums.open)
    estimated = moved * own_mean(sums.cases, sums.squares.nullif(sums.cases * sums.cases))
    alike = risk * sums.squares / sums.cases
    people = (sums.cases * sums.cases / sums.squares - 1).clip(lower=1)
    unsure = doubt(people, (sums.cases - 1.0).clip(lower=1))
    return sums.mutate(variance=estimated.isnull().ifelse(alike, ibis.greatest(risk, estimated) * unsure))


def _sizes(cases: ir.Table) -> ir.Table:
    people = cases.group_by("person").aggregate(own=cases.count())
    return people.aggregate(
        cases=people.own.sum().cast("float64"), squares=(people.own * people.own).sum().cast("float64")
    )


def _moved(cases: ir.Table, steps: ir.Table) -> ir.Table:
    """At each moment, the changes of three sums over people: `left`, of what their cases that left moved, squared;
    `mixed`, of that times their cases still open; `open`, of these squared.
    """
    own = cases.group_by("person", "waited").aggregate(ended=cases.ended.cast("int64").sum(), gone=cases.count())
    at = own.inner_join(steps.select("waited", "greenwood", "an_end"), "waited")
    at = at.mutate(moved=at.ended * at.an_end - at.gone * at.greenwood)
    so_far = ibis.window(group_by="person", order_by=at.waited, preceding=None, following=0)
    after = ibis.window(group_by="person", order_by=at.waited, preceding=0, following=None)
    sums = at.mutate(moved_so_far=at.moved.sum().over(so_far), open_before=at.gone.sum().over(after))
    now, before = sums.moved_so_far, sums.moved_so_far - sums.moved
    stay, stayed = sums.open_before - sums.gone, sums.open_before
    changes = sums.select(
        "waited",
        left=now * now - before * before,
        mixed=now * stay - before * stayed,
        open=(stay * stay - stayed * stayed).cast("float64"),
    )
    return changes.group_by("waited").aggregate(**{name: changes[name].sum() for name in ("left", "mixed", "open")})
