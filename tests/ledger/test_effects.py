"""Reactions follow the commit: asked for in the act's transaction, run outside it, and only for what stands."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from commonplace.communities.models import Person
from commonplace.externalizing.models import Exchange
from commonplace.ledger import clock, effects, jobs
from commonplace.ledger.act import is_writing, writing
from commonplace.ledger.effects import MOST_ACTS, after, owe
from commonplace.ledger.jobs.kinds import KINDS, NameTaken
from commonplace.ledger.models import Act, Job
from tests.conftest import WriteOutsideAnAct
from tests.story import Story

Heard = list[list[str]]
Hears = Callable[..., Heard]


@pytest.fixture
def hears(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hears]:
    """`hears("verb")`: what a subscriber of that verb is called with, verbs of the acts; the only ones for a test."""
    monkeypatch.setattr(effects, "SUBSCRIPTIONS", [])

    def subscribed(*verbs: str, name: str = "hears", at_once: bool = False) -> Heard:
        heard: Heard = []
        monkeypatch.delitem(KINDS, name, raising=False)
        after(*verbs, name=name, at_once=at_once)(lambda acts: heard.append([act.verb for act in acts]))
        return heard

    yield subscribed
    for name in [name for name in KINDS if name.startswith("hears")]:
        del KINDS[name]


@pytest.fixture
def lea(story: Story) -> Person:
    return story.member("Lea")


@pytest.mark.parametrize("at_once", [True, False])
def test_a_subscriber_hears_of_its_verbs_only(story: Story, lea: Person, hears: Hears, at_once: bool) -> None:
    heard = hears("exchange.opened", "exchange.confirmed", at_once=at_once)
    story.respond(story.facilitator, story.ask(lea))
    assert heard == [["exchange.opened"]]
    assert not Job.objects.exists()


def test_what_is_not_urgent_waits_for_the_worker(story: Story, lea: Person, hears: Hears, nobody_works: None) -> None:
    later, at_once = hears("exchange.opened", name="hears.later"), hears("exchange.opened", at_once=True)
    story.ask(lea)
    assert (later, at_once) == ([], [["exchange.opened"]])
    jobs.run_due()
    assert later == [["exchange.opened"]]


def test_an_act_that_is_undone_is_not_heard_of(story: Story, lea: Person, hears: Hears) -> None:
    heard = [hears("exchange.opened", name=f"hears.{at_once}", at_once=at_once) for at_once in (True, False)]
    with transaction.atomic():
        story.ask(lea)
        transaction.set_rollback(True)
    story.member("Omar")
    assert heard == [[], []]


def test_a_reaction_is_outside_the_act(story: Story, lea: Person, hears: Hears) -> None:
    """What it writes past the acts is noticed: here it is tried, and here it is refused."""
    hears()
    seen: list[Any] = []

    def meddle(acts: Sequence[Act]) -> None:
        seen.append(is_writing())
        Exchange.objects.everywhere("test").update(title="Something else")

    after("exchange.opened", name="hears.meddling", at_once=True)(meddle)
    exchange = story.ask(lea)
    exchange.refresh_from_db()
    assert seen == [False]
    assert exchange.title != "Something else"
    assert Job.objects.get().error.startswith(WriteOutsideAnAct.__name__)


def test_a_reaction_that_fails_at_once_is_left_to_the_worker(story: Story, lea: Person, hears: Hears) -> None:
    hears()
    tries: list[int] = []

    def fail_first(acts: Sequence[Act]) -> None:
        tries.append(len(acts))
        if len(tries) == 1:
            raise KeyError

    after("exchange.opened", name="hears.badly", at_once=True)(fail_first)
    assert story.ask(lea), "the act stands"
    job = Job.objects.get()
    assert (tries, job.tries) == ([1], 1)
    with clock.at(job.due_at):
        jobs.run_due()
    assert tries == [1, 1]


def test_whatever_becomes_of_a_reaction_the_act_is_done(
    story: Story, lea: Person, hears: Hears, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even a job that could not be begun is the affair of who acted."""
    hears("exchange.opened", at_once=True)
    monkeypatch.setattr(jobs, "run", lambda job: 1 // 0)
    assert story.ask(lea)


def test_whoever_dies_between_act_and_reaction_leaves_it_to_the_worker(
    story: Story, lea: Person, hears: Hears, settings: Any, nobody_works: None
) -> None:
    heard = hears("exchange.opened", at_once=True)
    with transaction.atomic():
        story.ask(lea)
        connection.run_on_commit.clear()
    assert (jobs.run_due(), heard) == (0, []), "it may still be under way"
    with clock.at(clock.now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)):
        jobs.run_due()
    assert heard == [["exchange.opened"]]


def statements(act: Callable[[], object]) -> list[str]:
    """Within the act's own transaction."""
    with transaction.atomic(), CaptureQueriesContext(connection) as captured:
        act()
        connection.run_on_commit.clear()
    return [query["sql"] for query in captured]


def test_an_act_pays_one_statement_for_all_its_reactions(story: Story, lea: Person, hears: Hears) -> None:
    hears("person.signed_up")
    story.ask(lea)  # Its topic is new only once.
    without = statements(lambda: story.ask(lea))
    for number in range(5):
        hears("exchange.opened", name=f"hears.{number}", at_once=bool(number % 2))
    with_five = statements(lambda: story.ask(lea))
    assert [sql for sql in without if "ledger_job" in sql] == []
    assert len(with_five) == len(without) + 1
    assert len([sql for sql in with_five if "ledger_job" in sql]) == 1


@pytest.mark.breaks_ledger
def test_a_batch_is_one_job_a_subscriber_and_a_thousand(
    story: Story, hears: Hears, django_assert_num_queries: Any, nobody_works: None
) -> None:
    heard, quiet = hears("exchange.opened"), hears("exchange.closed", name="hears.nothing")
    acts = [Act(verb="exchange.opened", happened_at=clock.now(), recorded_at=clock.now()) for _ in range(MOST_ACTS + 1)]
    with writing():
        acts = Act.objects.bulk_create(acts)
    with transaction.atomic(), django_assert_num_queries(1):
        owe(acts)
    jobs.run_due()
    assert [len(verbs) for verbs in heard] == [MOST_ACTS, 1]
    assert quiet == []


def test_acts_that_are_gone_are_passed_over(db: None, hears: Hears) -> None:
    heard = hears("exchange.opened")
    with transaction.atomic():
        jobs.enqueue("hears", acts=[4711])
    assert (heard, Job.objects.exists()) == ([], False)


def test_a_renamed_subscriber_holds_nobody_up(
    story: Story, lea: Person, hears: Hears, nobody_works: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mutant of before: 500 owed reactions of a subscriber that is no more, and nobody else was heard."""
    hears("exchange.opened", name="hears.renamed")
    monkeypatch.delitem(KINDS, "hears.renamed")
    jobs.enqueue_many(Job(name="hears.renamed", args={"acts": [1]}) for _ in range(600))
    heard = hears("exchange.opened")
    story.ask(lea)
    jobs.run_due()
    assert heard == [["exchange.opened"]]
    assert Job.objects.filter(error__startswith="UnknownJob").count() == 601


def test_a_subscriber_needs_a_name_of_its_own(hears: Hears) -> None:
    hears("exchange.opened")
    with pytest.raises(NameTaken):
        after("exchange.closed", name="hears")(lambda acts: None)


def test_subscribers_have_names_that_do_not_change_with_the_code() -> None:
    assert {one.name for one in effects.SUBSCRIPTIONS} >= {"search.exchange", "search.practice"}
