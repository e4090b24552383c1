"""When somebody first came to belong: founding, joining, being added or admitted. Who comes back did not come later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commonplace.measuring.sources import ADDED, ADMITTED, FOUNDED, JOINED

if TYPE_CHECKING:
    import ibis.expr.types as ir


def first_joined(acts: ir.Table) -> ir.Table:
    """person, joined_at."""
    import ibis

    by_themselves = (source.of(acts).select("happened_at", person="actor") for source in (FOUNDED, JOINED))
    answered = ADMITTED.of(acts)
    let_in = (ADDED.of(acts), answered.filter(answered.admitted))
    ways = ibis.union(*by_themselves, *(way.select("happened_at", "person") for way in let_in))
    return ways.group_by("person").aggregate(joined_at=ways.happened_at.min())
