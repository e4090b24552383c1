"""From the first question to use by others, through the acts: the figures are those that the ledger's own rows give."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from commonplace.ledger import clock
from commonplace.ledger.models import Act
from commonplace.measuring.cycle.stocks import of
from commonplace.measuring.engines import acts_of, engine
from commonplace.measuring.lake import export
from commonplace.measuring.metrics import METRICS
from commonplace.measuring.rules import Rules
from commonplace.measuring.windows import Period
from tests.internalizing.conftest import accept, report
from tests.measuring.oracle import cohort as expected
from tests.measuring.raw import measure
from tests.measuring.test_metrics import measured
from tests.story import Story

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
END = START + timedelta(days=60)
FOLLOWED = Period(None, END, followed=timedelta(days=180))


def on(day: float) -> Any:
    return clock.at(START + timedelta(days=day))


@pytest.fixture
def cycle(db: None) -> Story:
    """Lea and Omar exchange; one practice is agreed on at day 20, Ines uses it at day 30; another stays a candidate."""
    with on(0):
        story = Story()
        lea, omar, ines = (story.member(name) for name in ("Lea", "Omar", "Ines"))
    with on(1):
        sources = [story.resolved(lea, omar), story.resolved(omar, lea)]
        story.ask(ines)
    with on(2):
        practice, other = story.distil(lea, sources[0]), story.distil(omar, sources[1])
        report(ines, practice)
    with on(20):
        accept(story, practice, lea, omar, ines)
    with on(30):
        report(ines, practice)
        report(omar, other)
    return story


def recorded() -> list[dict[str, Any]]:
    names = ("verb", "actor", "subject", "object", "origin", "happened_at")
    acts = Act.objects.everywhere("test").order_by("pk")
    return [{"act": act.pk, **{name: getattr(act, name) for name in names}, **act.evidence} for act in acts]


def test_cohorts_equal_those_found_in_the_ledger(cycle: Story, tmp_path: Path) -> None:
    export(tmp_path)
    with engine() as connection:
        acts = acts_of(connection, tmp_path, cycle.community.pk)
        for metric in METRICS:
            if metric.cases:
                assert measured(acts, metric, FOLLOWED) == expected(recorded(), metric.id, FOLLOWED), metric.id


def test_the_acts_say_what_the_metrics_read(cycle: Story, tmp_path: Path) -> None:
    """With k = 3 the small story may be read: one of three exchanges went all the way round."""
    export(tmp_path)
    with engine() as connection:
        acts = acts_of(connection, tmp_path, cycle.community.pk)
        values = {reading.id: reading.value for reading in measure(acts, FOLLOWED, Rules(people=3, events=1))}
    third = pytest.approx(1 / 3)
    assert values["X4"] == values["C1.resolved"] == values["C1.item"] == pytest.approx(2 / 3)
    assert (values["C1.accepted"], values["C1.applied"]) == (third, third)


def test_the_arcs_count_what_is_in_each_phase_now(cycle: Story) -> None:
    with clock.at(END):
        stocks = of(cycle.community)
    counts = {name: stock.count for name, stock in stocks.items()}
    assert counts == {
        "exchanged": 3, "unfinished": 1, "waiting": 1, "left": 0, "written": 2, "agreeing": 0, "contested": 0,
        "held": 1, "taken_up": 2, "untried": 0,
    }  # fmt: skip


def test_use_before_it_was_agreed_or_by_its_scribe_leaves_it_untried(cycle: Story) -> None:
    lea, omar, ines = (cycle.community.memberships.get(person__name=name).person for name in ("Lea", "Omar", "Ines"))
    with on(31):
        third = cycle.distil(lea, cycle.resolved(lea, omar))
        report(ines, third)
    with on(40):
        accept(cycle, third, lea, omar, ines)
    with on(41):
        report(lea, third)
        assert of(cycle.community)["untried"].count == 1
    with on(42):
        report(omar, third)
        assert of(cycle.community)["untried"].count == 0
