"""A rate of a cohort: how many of its cases reached what is asked, and how alike one person's cases are."""

import ibis.expr.types as ir


def proportion(cases: ir.Table) -> ir.Table:
    """Cases (person, hit) -> one row: n people, events, hits; over people, the sums that `clustered` asks for."""
    people = cases.group_by("person").aggregate(cases=cases.count(), hits=cases.hit.cast("int64").sum())
    sums = {
        "events": people.cases,
        "hits": people.hits,
        "squares": people.cases * people.cases,
        "crossed": people.cases * people.hits,
        "hit_squares": people.hits * people.hits,
    }
    return people.aggregate(n=people.count(), **{name: _sum(column) for name, column in sums.items()})


def _sum(column: ir.IntegerColumn) -> ir.IntegerScalar:
    return column.sum().fill_null(0).cast("int64")
