"""The moment a figure is of, when nobody names one: now, or where an archive ends."""

from datetime import datetime

import ibis.expr.types as ir

from commonplace.ledger import clock
from commonplace.ledger.models import HERE
from commonplace.measuring.engines import rows
from commonplace.measuring.sources import done


def archive_end(acts: ir.Table) -> datetime | None:
    """The last act of a community whose acts all come from archives; None if it lives here, or has done nothing yet.

    Who belongs, who serves, by what rule, taking an import back, and looking at figures are administrative: they
    always happen here.
    """
    known = acts.filter(done(acts))
    row = rows(known.aggregate(last=known.happened_at.max(), lived=(known.origin == HERE).any()))[0]
    return None if row["lived"] else row["last"]


def default_as_of(acts: ir.Table) -> datetime:
    """Of what was only brought in, its end; now where people live."""
    return archive_end(acts) or clock.now()
