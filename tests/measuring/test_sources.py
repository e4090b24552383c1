"""What metrics read of the ledger is what the verbs declare: a renamed field or verb is missed, not null for ever."""

from dataclasses import replace
from datetime import timedelta

import pytest

from commonplace.externalizing.evidence import Opened, Responded
from commonplace.ledger.evidence import columns
from commonplace.ledger.registry import ACTS
from commonplace.measuring.measure import cohort_of
from commonplace.measuring.metrics import METRICS
from commonplace.measuring.rules import Rules
from commonplace.measuring.sources import OF_ACT, OPENED, SOURCES, source
from commonplace.measuring.windows import Period
from tests.measuring.conftest import History, day


@pytest.mark.parametrize("read", SOURCES, ids=lambda read: read.verb)
def test_the_verb_declares_the_evidence_that_is_read(read) -> None:
    assert read.evidence in (None, ACTS[read.verb].evidence)
    assert set(read.names) <= columns(ACTS[read.verb].evidence).keys()


def test_a_field_that_is_not_there_is_missed_at_start() -> None:
    with pytest.raises(AttributeError, match="weather"):
        source("exchange.opened", Opened.weather)  # type: ignore[attr-defined]


def test_a_verb_has_evidence_of_one_kind() -> None:
    with pytest.raises(ValueError, match="one kind"):
        source("exchange.opened", Opened.kind, Responded.by_opener)


def test_a_source_gives_its_own_columns_and_no_other(history: History) -> None:
    history.asks("ann", "e0", 1)
    history.answers("bea", "e0", 2)
    opened = OPENED.of(history.table())
    assert opened.columns == (*OF_ACT, "kind")
    assert opened.count().to_pyarrow().as_py() == 1
    with pytest.raises(AttributeError, match="by_author"):
        _ = opened.by_author


@pytest.mark.parametrize("metric", [one for one in METRICS if one.cases], ids=lambda one: one.id)
def test_a_metric_sees_what_it_says_it_reads_and_no_other(metric, history: History) -> None:
    """One round of the whole cycle: without the acts of any of these verbs, or not saying so, its cohort is another."""
    history.asks("ann", "e0", 1)
    history.answers("bea", "e0", 2)
    history.confirms("ann", "e0", 3)
    history.distils("bea", "p", 4, "e0")
    history.proposes("bea", "p", 5)
    history.stands("eli", "p", 5.2)
    history.amends("p", 5.4)
    history.stands("dov", "p", 5.5, number=2)
    history.decides("p", 6)
    history.applies("cas", "p", 7)
    brought(history)
    acts, whole = history.table(), rows(metric, history.table())
    assert [len(table) for table in whole] == [1, 1], whole
    for read in metric.reads:
        assert rows(metric, acts.filter(acts.verb != read.verb)) != whole
        assert rows(replace(metric, reads=tuple(one for one in metric.reads if one is not read)), acts) != whole


def brought(history: History) -> None:
    """One whole round, and one that was a mistake. Of those who come back, and did not come later, each was there in
    another way."""
    history.founds("fay", 1)
    history.adds("fay", "gus", 1)
    history.admits("fay", "hal", 1)
    history.brings("ann", "b", 4)
    history.brings("ann", "mistaken", 4)
    history.sets_aside("ann", "mistaken", 5)
    history.stands("eli", "b", 5.2)
    history.amends("b", 5.4)
    history.stands("dov", "b", 5.5, number=2)
    history.decides("b", 6)
    for on, who in enumerate(("fay", "gus", "hal", "ivy"), start=7):
        history.joins(who, on)
        history.applies(who, "b", on + 0.5)


def rows(metric, acts):
    cohort = cohort_of(metric, acts, Period(None, day(30), followed=timedelta(days=180)), Rules())
    return [table.to_pyarrow().to_pylist() for table in (cohort.cases, cohort.doers)]
