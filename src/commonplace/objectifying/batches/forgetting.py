"""What was laid out and never confirmed is thrown away in time, with its words."""

from datetime import timedelta
from typing import Final

from commonplace.ledger import clock
from commonplace.ledger.forgetting import also_forget
from commonplace.objectifying.models import Batch

KEPT: Final = timedelta(days=30)


def forget() -> None:
    old = Batch.objects.filter(confirmed_at=None, asked_at=None, at__lt=clock.now() - KEPT)
    old.everywhere("nobody confirmed it in time").delete()


also_forget(forget)
