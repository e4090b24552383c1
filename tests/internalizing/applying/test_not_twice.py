"""The guard on haste: pressed twice, it is reported once."""

from datetime import datetime, timedelta

import pytest

from commonplace.communities.models import Person
from commonplace.internalizing.models import Help
from commonplace.ledger import clock
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying.models import Practice
from tests.internalizing.conftest import report


def test_the_same_report_twice_is_one(practice: Practice, ines: Person) -> None:
    report(ines, practice)
    with pytest.raises(NotPossible, match="just reported"):
        report(ines, practice)


def test_somebody_else_s_another_place_s_or_a_later_one_is_another(
    now: datetime, practice: Practice, ines: Person, omar: Person
) -> None:
    report(ines, practice)
    report(omar, practice)
    report(ines, practice, where="Pump 5")
    report(ines, practice, help=Help.NOBODY)
    with clock.at(now + timedelta(minutes=11)):
        report(ines, practice)
    assert practice.applications.count() == 5
