"""A rate of a cohort: how many of its cases reached what is asked."""

import ibis.expr.types as ir


def proportion(cases: ir.Table) -> ir.Table:
    """Cases (person, hit) -> one row: n people, events, hits."""
    return cases.aggregate(
        n=cases.person.nunique(), events=cases.count(), hits=cases.hit.cast("int64").sum().fill_null(0)
    )
