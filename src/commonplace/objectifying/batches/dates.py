"""Of a date that reads two ways: which of its numbers is the day."""

from datetime import date

from commonplace.objectifying.models import Batch, BatchRow
from commonplace.untrusted.documents import Order, Since


def day_of(since: Since, batch: Batch) -> tuple[date, str]:
    """And how it is written, if it reads two ways: as was said by hand, else as the others of its column, else the day
    first, as in each language that a community has."""
    if since.month_first is None:
        return since.day, ""
    order = batch.dates or since.order or Order.DAY
    return since.month_first if order == Order.MONTH else since.day, since.written


def order_read(row: BatchRow) -> Order:
    """Which of the two was taken, of a row with such a date."""
    return Order.DAY if row.since_on and int(row.since_written[:2].rstrip("-/ ")) == row.since_on.day else Order.MONTH


def orders(batch: Batch) -> set[Order]:
    """Those in which dates that read two ways were taken; none without such a date."""
    return {order_read(row) for row in batch.rows.exclude(since_written="").only("since_on", "since_written")}
