"""What lists ask is kept beside the exchange or practice: written with each act, one by one or in bulk, and mended."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonplace.communities.models import Person
from commonplace.externalizing import acts
from commonplace.externalizing.models import Exchange, ExchangeCourse, LinkKind, ResponseKind
from commonplace.ledger import clock, mending, projection
from commonplace.ledger.act import writing
from commonplace.ledger.bulk import bringing
from commonplace.ledger.check import check, findings
from commonplace.ledger.ids import new_id
from commonplace.ledger.models import Act
from commonplace.objectifying.models import PracticeCourse
from tests.ledger.test_bulk import LONG_AGO, ORIGIN, Old
from tests.story import Story


@pytest.fixture
def lea(story: Story) -> Person:
    return story.member("Lea")


@pytest.fixture
def omar(story: Story) -> Person:
    return story.member("Omar")


def course(exchange: Exchange) -> tuple[str, int, int]:
    row = ExchangeCourse.objects.everywhere("test").get(pk=exchange.pk)
    return row.status, row.answers, row.comments


def test_it_is_written_with_each_act(story: Story, lea: Person, omar: Person) -> None:
    exchange = story.ask(lea)
    assert course(exchange) == ("open", 0, 0)
    story.respond(lea, exchange)
    assert course(exchange) == ("open", 1, 0), "by herself"
    answer = story.respond(omar, exchange)
    story.respond(lea, exchange, kind=ResponseKind.COMMENT, comments_on=answer)
    assert course(exchange) == ("answered", 2, 1)
    story.confirm(lea, answer)
    assert course(exchange) == ("resolved", 2, 1)


def test_an_act_that_fails_leaves_it_as_it_was(story: Story, lea: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its transaction is the act's own."""
    exchange = story.ask(lea)

    def lost(*_acts: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("commonplace.ledger.effects.owe", lost)
    with pytest.raises(OSError, match="full"):
        story.respond(lea, exchange)
    assert course(exchange) == ("open", 0, 0)


def test_an_act_from_which_it_does_not_follow_costs_nothing(story: Story, lea: Person) -> None:
    exchange, other = story.ask(lea), story.ask(lea, "Pump 5 too")
    with CaptureQueriesContext(connection) as asked:
        acts.link(lea, exchange, other=other, kind=LinkKind.LINKED)
    assert not [
        query for query in asked if re.search(r'(FROM|INTO|UPDATE) "externalizing_exchangecourse"', query["sql"])
    ]


@pytest.fixture
def old(story: Story) -> Old:
    return Old(story)


def test_an_archive_writes_them_all_at_once(story: Story, old: Old) -> None:
    """One read and one write a batch, however many acts, and the same as act by act."""
    answered = [old.answered(old.exchange, LONG_AGO + timedelta(days=day)) for day in range(40)]
    with bringing(story.facilitator, story.community, ORIGIN) as archive, CaptureQueriesContext(connection) as asked:
        archive.write([*old.rows, [row for row, _act in answered]], [old.act, *(act for _row, act in answered)])
    assert len([query for query in asked if "exchangecourse" in query["sql"]]) == 2
    assert course(old.exchange) == ("open", 40, 0)
    assert list(findings()) == []


def test_what_an_archive_adds_later_goes_on_from_there(story: Story, omar: Person, old: Old) -> None:
    with bringing(story.facilitator, story.community, ORIGIN) as archive:
        archive.write(old.rows, [old.act])
    story.respond(omar, old.exchange)
    response, act = old.answered(old.exchange)
    with bringing(story.facilitator, story.community, ORIGIN) as archive:
        archive.hold([old.exchange])
        archive.write([[response]], [act])
    assert course(old.exchange) == ("answered", 2, 0)
    assert list(findings()) == []


@pytest.mark.breaks_ledger
def test_of_what_an_archive_takes_back_nothing_is_left(story: Story, old: Old) -> None:
    with bringing(story.facilitator, story.community, ORIGIN) as archive:
        archive.write(old.rows, [old.act])
        archive.write([], [], removed=[old.exchange])
    assert not ExchangeCourse.objects.everywhere("test").exists()


# Mending


@pytest.mark.breaks_ledger
def test_one_that_differs_is_named_with_what_helps_and_mended(story: Story, lea: Person, omar: Person) -> None:
    exchange, untouched = story.resolved(lea, omar), story.resolved(lea, omar)
    practice = story.distil(lea, exchange)
    with writing():
        ExchangeCourse.objects.filter(exchange=exchange).everywhere("test").update(status="open", answers=7)
        PracticeCourse.objects.filter(practice=practice).everywhere("test").delete()
    lines = list(findings())
    assert [line.split()[3].strip(":") for line in lines] == [exchange.pk, practice.pk]
    assert all("commonplace check --mend" in line for line in lines)
    answer = CliRunner().invoke(check, ["--mend"])
    assert (answer.exit_code, answer.output.splitlines()[0]) == (0, "Courses written anew: 2.")
    assert course(exchange) == course(untouched)
    assert practice.course.status == "candidate"


@pytest.mark.breaks_ledger
def test_what_is_gone_is_not_mended_and_stays_a_difference(story: Story, lea: Person) -> None:
    exchange = story.ask(lea)
    with writing():
        Exchange.objects.filter(pk=exchange.pk).everywhere("test").delete()
    answer = CliRunner().invoke(check, ["--mend"])
    assert (answer.exit_code, answer.output.splitlines()[0]) == (1, "Courses written anew: 0.")
    assert exchange.pk in answer.output


@pytest.mark.breaks_ledger
def test_it_is_mended_by_what_happened_meanwhile(
    story: Story, lea: Person, omar: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody answers between the look and the lock: the row is folded again under the lock."""
    exchange = story.ask(lea)
    with writing():
        ExchangeCourse.objects.filter(exchange=exchange).everywhere("test").update(answers=7)

    def then(lock: Callable[[object], None]) -> Callable[[object], None]:
        def locked(rows: object) -> None:
            with clock.at(clock.now() + timedelta(minutes=1)):
                story.respond(omar, exchange)
            monkeypatch.undo()
            lock(rows)

        return locked

    monkeypatch.setattr(mending, "lock", then(mending.lock))
    assert CliRunner().invoke(check, ["--mend"]).exit_code == 0
    assert course(exchange) == ("answered", 1, 0)


@pytest.mark.breaks_ledger
def test_what_rests_on_an_act_that_cannot_be_read_is_left_as_it_is(story: Story, lea: Person) -> None:
    """An answer that somebody recorded with a newer version of this program, say."""
    exchange, other = story.ask(lea), story.ask(lea)
    moment = {"happened_at": clock.now(), "recorded_at": clock.wall()}
    Act.objects.create(verb="exchange.responded", version=7, subject=exchange.pk, evidence={}, **moment)
    with writing():
        rows = ExchangeCourse.objects.filter(exchange__in=[exchange, other]).everywhere("test")
        rows.update(status="answered", answers=1)
    remedies = {line.split()[3].strip(":"): "--mend" in line for line in findings() if line.startswith("course")}
    assert remedies == {exchange.pk: False, other.pk: True}
    answer = CliRunner().invoke(check, ["--mend"])
    left, anew = answer.output.splitlines()[:2]
    assert left == f"course of exchange {exchange.pk}: not mended, since an act on it cannot be read."
    assert (answer.exit_code, anew) == (1, "Courses written anew: 1.")
    assert (course(exchange), course(other)) == (("answered", 1, 0), ("open", 0, 0))


@pytest.mark.breaks_ledger
def test_no_remedy_is_named_that_does_nothing(story: Story, lea: Person) -> None:
    """A course without acts; acts on what is gone."""
    exchange, gone = story.ask(lea), story.ask(lea).pk
    row, unwritten = exchange.course, new_id()
    exchange.pk = row.pk = unwritten
    with writing():
        exchange.save(force_insert=True)
        row.save(force_insert=True)
        Exchange.objects.filter(pk=gone).everywhere("test").delete()
    lines = [line for line in findings() if line.startswith("course")]
    assert sorted(line.split()[3].strip(":") for line in lines) == sorted([unwritten, gone])
    assert not any("--mend" in line for line in lines)


def test_every_projection_is_a_reducer_of_subjects() -> None:
    assert [(each.name, each.by) for each in projection.PROJECTIONS] == [
        ("course of exchange", "subject"), ("course of practice", "subject"),
    ]  # fmt: skip
