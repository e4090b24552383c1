"""`commonplace check`: one moment of the database, nobody held up; from the last check on, and nothing forgotten."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.db import connection

from commonplace.communities.models import Person
from commonplace.externalizing.models import Exchange, Purpose
from commonplace.ledger import check as checking
from commonplace.ledger import clock, replay
from commonplace.ledger.act import writing
from commonplace.ledger.check import check
from commonplace.ledger.models import Act, Checkpoint
from tests.story import Story


def run(*words: str) -> Result:
    return CliRunner().invoke(check, words)


def newest() -> int:
    return int(Act.objects.everywhere("test").latest("id").pk)


def settled() -> int | None:
    checkpoint = Checkpoint.objects.first()
    return checkpoint.act if checkpoint else None


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """An hour and more has passed on the wall."""

    def pass_() -> None:
        moment = clock.wall() + timedelta(hours=1, minutes=1)
        monkeypatch.setattr(clock, "wall", lambda: moment)

    return pass_


def _break(**which: Any) -> int:
    with writing():
        return Exchange.objects.filter(**which).everywhere("test").update(purpose=Purpose.CREATION)


def test_all_agree(story: Story) -> None:
    story.ask(story.member("Lea"))
    answer = run()
    assert answer.exit_code == 0
    count = Act.objects.everywhere("test").count()
    assert f"All agree: {count} acts, {len(replay.REDUCERS)} kinds of facts, " in answer.output
    assert "not compared: typed text" in answer.output


@pytest.mark.django_db
def test_from_an_empty_ledger_on_the_first_act_is_new() -> None:
    assert run().exit_code == 0
    assert settled() == 0
    assert "All agree: 0 acts" in run("--since", "last").output
    Story()
    assert f"All agree: {Act.objects.everywhere('test').count()} acts" in run("--since", "last").output


@pytest.mark.breaks_ledger
def test_a_difference_is_shown_and_is_a_failure(story: Story) -> None:
    exchange = story.ask(story.member("Lea"))
    _break()
    answer = run()
    assert answer.exit_code == 1
    assert exchange.pk in answer.output
    assert "1 differences between the ledger and the rows" in answer.output
    assert settled() is None


@pytest.mark.breaks_ledger
def test_of_many_differences_the_first_are_shown(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "MOST_LINES", 2)
    lea = story.member("Lea")
    for _ in range(5):
        story.ask(lea)
    _break()
    lines = run().output.splitlines()
    assert len([line for line in lines if line.startswith("purpose of exchange")]) == 2
    assert "... and 3 more" in lines
    assert "5 differences" in lines[-1]


def test_exactly_as_many_as_are_shown_leave_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checking, "MOST_LINES", 2)
    assert checking._shown(["one", "two"]) == 2
    assert capsys.readouterr().out.splitlines() == ["one", "two"]
    assert checking._shown([]) == 0


# Since


@pytest.mark.breaks_ledger
def test_since_the_last_check_only_what_is_new(story: Story, later: Callable[[], None]) -> None:
    lea = story.member("Lea")
    old = story.ask(lea)
    later()
    assert run("--since", "last").exit_code == 0  # the first is a whole one
    assert settled() == newest()
    _break(pk=old.pk)
    answer = run("--since", "last")
    assert answer.exit_code == 0
    assert "0 acts since act" in answer.output
    story.respond(lea, old)
    assert old.pk in run("--since", "last").output
    assert run().exit_code == 1


@pytest.mark.breaks_ledger
def test_a_failed_check_is_begun_again(story: Story, later: Callable[[], None]) -> None:
    lea = story.member("Lea")
    exchange = story.ask(lea)
    later()
    run()
    before = settled()
    story.respond(lea, exchange)
    later()
    _break()
    assert run("--since", "last").exit_code == 1
    assert settled() == before


def test_what_may_still_come_in_is_looked_at_again(story: Story, later: Callable[[], None]) -> None:
    """An act has its number before its transaction ends: one with a lower number may appear after the check."""
    run()
    assert settled() == 0
    later()
    last = newest()
    story.member("Lea")
    run()
    assert settled() == last


@pytest.mark.breaks_ledger
def test_since_an_act_by_its_number(story: Story) -> None:
    lea = story.member("Lea")
    story.ask(lea)
    opened = Act.objects.everywhere("test").get(verb="exchange.opened").pk
    _break()
    assert run("--since", str(opened)).exit_code == 0
    assert run("--since", str(opened - 1)).exit_code == 1
    assert f"since act {opened}" in run("--since", str(opened)).output


@pytest.mark.parametrize("nonsense", ["yesterday", "-1", "1.5", ""])
def test_anything_else_is_explained(story: Story, nonsense: str) -> None:
    answer = run("--since", nonsense)
    assert answer.exit_code == 2
    assert "give `last`, or the number of an act" in answer.output


# One moment


class Writer:
    """Somebody acts, on a connection of their own, as soon as the acts of a part have been read."""

    def __init__(self, by: Person, exchange: Exchange, story: Story) -> None:
        self.by, self.exchange, self.story, self.done = by, exchange, story, 0

    def act(self) -> None:
        try:
            self.story.respond(self.by, self.exchange)
            self.story.ask(self.by)
            self.done += 1
        finally:
            connection.close()

    def after(self, acts: Callable[[replay.Span], Iterator[Any]]) -> Callable[[replay.Span], Iterator[Any]]:
        def read(span: replay.Span) -> Iterator[Any]:
            yield from acts(span)
            if self.done:
                return
            with ThreadPoolExecutor(1) as pool:
                pool.submit(self.act).result()

        return read


@pytest.fixture
def writer(transactional_db: None, story: Story, monkeypatch: pytest.MonkeyPatch) -> Writer:
    lea, omar = story.member("Lea"), story.member("Omar")
    writer = Writer(omar, story.ask(lea), story)
    monkeypatch.setattr(replay, "_acts", writer.after(replay._acts))
    return writer


@pytest.mark.race
def test_who_writes_meanwhile_is_not_held_up_and_makes_no_difference(writer: Writer) -> None:
    answer = run()
    assert answer.exit_code == 0, answer.output
    assert writer.done == 1


@pytest.mark.race
@pytest.mark.breaks_ledger
def test_without_one_moment_there_would_be_differences(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control."""
    monkeypatch.setattr(checking, "snapshot", nullcontext)
    answer = run()
    assert answer.exit_code == 1
    assert writer.exchange.pk in answer.output


@pytest.mark.race
def test_nothing_is_written_within_the_moment(writer: Writer) -> None:
    """And after it the connection writes again."""
    with checking.snapshot():
        assert newest()
        writer_before = Act.objects.everywhere("test").count()
        with ThreadPoolExecutor(1) as pool:
            pool.submit(writer.act).result()
        assert Act.objects.everywhere("test").count() == writer_before
    assert Act.objects.everywhere("test").count() == writer_before + 2
    assert writer.story.ask(writer.by)
