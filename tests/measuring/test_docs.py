"""docs/metrics.md says what the formulas say of themselves."""

from inspect import cleandoc
from pathlib import Path

import pytest

from commonplace.measuring.metrics import METRICS
from commonplace.measuring.readings import Reason, sentence
from commonplace.measuring.rules import Rules

DOCUMENT = (Path(__file__).parents[2] / "docs/metrics.md").read_text()


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.id)
def test_every_metric_is_documented_in_its_own_words(metric):
    section = DOCUMENT.split(f"### {metric.id}: ")[1].split("\n### ")[0]
    assert cleandoc(metric.formula).strip() in section
    assert (
        f"Unit: {metric.unit}. Published over {metric.span.label}. Formula version: {metric.formula_version}."
        in section
    )
    assert not metric.reads or f"Reads: {', '.join(map(_read, metric.reads))}." in section


def _read(source):
    return f"`{source.verb}`" + (f" ({', '.join(source.names)})" if source.names else "")


def test_the_numbers_are_those_of_the_rules():
    rules = Rules()
    assert f"k = {rules.people} people" in DOCUMENT
    assert f"Fewer than {rules.events} cases" in DOCUMENT
    assert f"d = {rules.answer_within.days} days" in DOCUMENT
    assert sentence(Reason.FEW_PEOPLE, rules) in DOCUMENT
