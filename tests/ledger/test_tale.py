from datetime import datetime

from commonplace.ledger.models import Act
from commonplace.ledger.registry import ACTS
from tests.ledger.tale import Tale


def test_the_tale_goes_through_every_door(now: datetime, db: None) -> None:
    """And all that follows from acts follows."""
    Tale()
    assert ACTS.keys() - set(Act.objects.everywhere("test").values_list("verb", flat=True)) == set()
