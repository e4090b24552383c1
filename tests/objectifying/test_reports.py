"""What the layer above declares of an application is what this one reads of it."""

from typing import get_type_hints

from commonplace.internalizing.evidence import Reported
from commonplace.internalizing.models import Outcome
from commonplace.ledger import registry
from commonplace.ledger.evidence import columns
from commonplace.objectifying.biography import APPLIED
from commonplace.objectifying.reports import REPORTED, Report, report, reports_on
from tests.objectifying.conftest import Crew


def test_every_field_that_is_read_is_declared_and_of_that_type() -> None:
    assert registry.ACTS[REPORTED].evidence is Reported
    declared = columns(Reported)
    read = get_type_hints(Report)
    assert {name: declared.get(name) for name in read} == read


def test_every_outcome_has_words() -> None:
    assert set(APPLIED) == set(Outcome.values)


def test_a_report_is_read_from_the_ledger(crew: Crew) -> None:
    practice = crew.candidate()
    crew.used(practice, by=crew.omar, outcome="failed")
    first, second = map(report, reports_on(practice).order_by("id"))
    assert (first.outcome, first.by_author, first.originator) == ("worked", False, False)
    assert (second.outcome, second.by_author, second.originator) == ("failed", True, True)
    assert first.setting == second.setting
