"""What is kept for a while only is thrown away when its time is over."""

from collections.abc import Callable
from datetime import timedelta

from commonplace.ledger import clock
from commonplace.ledger.jobs import every, job
from commonplace.ledger.models import Mark, Sending

A_FORM = timedelta(days=1)

_more: list[Callable[[], object]] = []


def also_forget(what: Callable[[], object]) -> None:
    """A higher layer has something, too."""
    _more.append(what)


@job("forgetting", when=every(timedelta(hours=1)))
def forget() -> None:
    Mark.objects.filter(at__lt=clock.now() - A_FORM).delete()
    Sending.objects.filter(at__lt=clock.now() - A_FORM).delete()
    for what in _more:
        what()
