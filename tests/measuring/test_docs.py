"""docs/metrics.md says what the formulas say of themselves."""

from datetime import timedelta
from inspect import cleandoc
from pathlib import Path

import pytest

from commonplace.measuring.metrics import DECLARED, METRICS
from commonplace.measuring.readings import Reason, sentence
from commonplace.measuring.rules import Rules, configured

DOCUMENT = (Path(__file__).parents[2] / "docs/metrics.md").read_text()
LIMITS = {
    "answer_within": ["X2"],
    "help_within": ["X4"],
    "cycle_within": ["C1.resolved", "C1.item", "C1.accepted", "C1.applied", "B1.used", "B1.accepted", "B1.passed_on"],
}


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.id)
def test_every_metric_is_documented_in_its_own_words(metric):
    section = DOCUMENT.split(f"### {metric.id}: ")[1].split("\n### ")[0]
    assert cleandoc(metric.formula).strip() in section
    followed = f"Published over {metric.span.label}, followed for {metric.followed(Rules()).days} days."
    assert f"Unit: {metric.unit}. {followed} Formula version: {metric.formula_version}." in section
    assert not metric.reads or f"Reads: {', '.join(map(_read, metric.reads))}." in section


def _read(source):
    return f"`{source.verb}`" + (f" ({', '.join(source.names)})" if source.names else "")


def test_the_numbers_are_those_of_the_rules():
    rules = Rules()
    assert f"k = {rules.people} people" in DOCUMENT
    assert f"Fewer than {rules.events} cases" in DOCUMENT
    for limit, ids in LIMITS.items():
        for metric in ids:
            assert f"d = {getattr(rules, limit).days} days" in DECLARED[metric].formula
    assert sentence(Reason.FEW_PEOPLE, rules) in DOCUMENT


def test_the_rules_are_those_of_the_settings():
    assert configured() == Rules()


def test_an_answer_has_no_more_time_than_its_cohort_is_followed():
    with pytest.raises(ValueError, match="HELP_DAYS"):
        Rules(answer_within=timedelta(days=31))
