"""From when on a community's ledger can tell what a metric asks, and whose acts are nobody's."""

from typing import Any

import pytest

from commonplace.measuring.measure import cohort_of
from commonplace.measuring.metrics import DECLARED, METRICS
from commonplace.measuring.origins import firsts_of, told_from
from commonplace.measuring.rules import Rules
from commonplace.measuring.sources import without_bots
from commonplace.measuring.windows import Period
from tests.measuring.conftest import History, day

AI, PETS = {"origin": "stackexchange:ai"}, {"origin": "stackexchange:pets"}


def from_when(history: History, metric: str) -> Any:
    return told_from(firsts_of(history.table()), DECLARED[metric].reads)


@pytest.mark.parametrize("metric", [metric.id for metric in METRICS])
def test_who_lives_here_is_known_from_the_first_act_here(history: History, metric: str) -> None:
    """Nobody may have answered yet, and that is known."""
    history.act("community.founded", "ann", "c", 3)
    history.asks("ann", "e0", 5)
    assert from_when(history, metric) == day(3)


def test_an_archive_tells_a_verb_from_its_first_such_act_and_a_metric_from_the_latest(history: History) -> None:
    history.asks("ann", "e0", 1, **AI)
    history.answers("bea", "e0", 2, **AI)
    history.confirms("ann", "e0", 9, **AI)
    history.confirms("ann", "e0", 10, **AI)
    assert from_when(history, "X2") == day(2)
    assert from_when(history, "X4") == day(9)


def test_what_an_archive_never_tells_cannot_be_told(history: History) -> None:
    history.asks("ann", "e0", 1, **AI)
    history.confirms("ann", "e0", 2, **AI)
    assert from_when(history, "C1.item") is None
    assert from_when(history, "X2") is None


def test_nothing_is_told_where_nothing_was_done(history: History) -> None:
    assert from_when(history, "X2") is None


def test_an_archive_that_lives_on_here_tells_the_rest_from_the_first_act_here(history: History) -> None:
    """Its exchanges may be distilled here, so what was not is not agreed on: from then on, not before."""
    history.asks("ann", "e0", 1, **AI)
    history.confirms("ann", "e0", 2, **AI)
    history.act("community.founded", "ann", "c", 100)
    assert from_when(history, "X4") == day(2)
    assert from_when(history, "C1.item") == from_when(history, "O4.from_distil") == day(100)


def test_of_two_archives_each_must_tell(history: History) -> None:
    for number, archive in ((0, AI), (20, PETS)):
        history.asks("ann", f"e{number}", number, **archive)
        history.confirms("ann", f"e{number}", number + 3, **archive)
    assert from_when(history, "X4") == day(23)
    history.answers("bea", "e0", 1, **AI)
    assert from_when(history, "X2") is None
    history.act("community.founded", "ann", "c", 100)
    assert from_when(history, "X2") == day(100)


def test_an_archive_of_something_else_is_not_asked(history: History) -> None:
    history.asks("ann", "e0", 1, **AI)
    history.answers("ann", "e0", 1, **AI)
    history.act("practice.distilled", "ann", "p", 200, exchanges=[], **PETS)
    assert from_when(history, "X2") == day(1)


def test_that_somebody_is_a_bot_is_no_act_of_the_community(history: History) -> None:
    history.names_bot("rob", 1)
    history.asks("ann", "e0", 2)
    assert from_when(history, "X2") == day(2)


def test_a_bot_is_in_no_figure_whenever_it_acted(history: History) -> None:
    history.asks("rob", "e0", 1)
    history.asks("ann", "e1", 1)
    history.names_bot("rob", 2)
    history.answers("rob", "e1", 3)
    history.answers("bea", "e0", 3)
    assert left(history) == [("ann", "e1"), ("bea", "e0")]


def test_the_last_word_counts(history: History) -> None:
    """In the order in which it was recorded: an archive's word is of its own time."""
    history.names_bot("rob", 9)
    history.names_bot("eve", 9, bot=False)
    history.asks("rob", "e0", 3)
    history.asks("eve", "e1", 4)
    history.names_bot("eve", 5)
    history.names_bot("rob", 6, bot=False)
    assert left(history) == [("rob", "e0")]


@pytest.mark.parametrize("metric", [metric for metric in METRICS if metric.cases], ids=lambda metric: metric.id)
def test_what_bots_do_makes_no_cohort(history: History, metric: Any) -> None:
    """A whole round of the cycle begun by one and a whole round carried on by one."""
    history.names_bot("rob", 0)
    for exchange, asker, other in (("e0", "rob", "ann"), ("e1", "ann", "rob")):
        practice = f"of {exchange}"
        history.asks(asker, exchange, 1, kind="offer")
        history.answers(other, exchange, 2)
        history.confirms(other, exchange, 3)
        history.distils(asker, practice, 4, exchange)
        history.proposes(asker, practice, 5)
        history.stands(other, practice, 6)
        history.decides(practice, 7)
        history.applies(other, practice, 8)
        history.brings(asker, f"brought by {asker}", 4)
        history.stands(other, f"brought by {asker}", 6)
        history.decides(f"brought by {asker}", 7)
        history.joins(other, 7.5)
        history.applies(other, f"brought by {asker}", 8)
    cohort = cohort_of(metric, without_bots(history.table()), Period(None, day(400)), Rules())
    assert {row["person"] for row in cohort.cases.to_pyarrow().to_pylist()} == {"ann"}
    assert {row["person"] for row in cohort.doers.to_pyarrow().to_pylist()} <= {"ann"}


def left(history: History) -> list[tuple[str, str]]:
    rows = without_bots(history.table()).order_by("act").to_pyarrow().to_pylist()
    return [(row["actor"], row["subject"]) for row in rows]
