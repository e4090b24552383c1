"""Two people exchange at the same moment. Each race has its negative control: what would come of it otherwise."""

import threading
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import pytest
from django.db import connection

from commonplace.communities.models import Community, Person
from commonplace.externalizing import acts
from commonplace.externalizing.acts import asking, closing, responding
from commonplace.externalizing.acts.asking import _says_something
from commonplace.externalizing.acts.closing import _can_be_closed
from commonplace.externalizing.acts.confirming import _can_be_confirmed
from commonplace.externalizing.acts.editing import _builds_on_what_it_says
from commonplace.externalizing.acts.linking import _joins_two
from commonplace.externalizing.acts.responding import _belongs_here
from commonplace.externalizing.acts.topics import _can_be_aliased, _can_be_merged
from commonplace.externalizing.evidence import Closed, ClosedWith, Responded
from commonplace.externalizing.models import (
    Benefit,
    Exchange,
    ExchangeLink,
    Kind,
    LinkKind,
    Purpose,
    Response,
    Thanks,
    Topic,
    TopicAlias,
    WhyUnresolved,
)
from commonplace.ledger import registry
from commonplace.ledger.act import writing
from commonplace.ledger.models import Act
from commonplace.untrusted.visible import folded
from tests.story import Story
from tests.trust.colliding import ROUNDS, collide, recorded, unlocked

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite one writes after the other")
BOTH, ONE, TWICE = ["done", "done"], ["NotPossible", "done"], ["JustDone", "done"]
REUSE, WHY = Purpose.REUSE, WhyUnresolved.ELSEWHERE


@pytest.fixture
def story(transactional_db: None) -> Story:
    return Story()


@pytest.fixture
def lea(story: Story) -> Person:
    return story.member("Lea")


@pytest.fixture
def omar(story: Story) -> Person:
    return story.member("Omar")


def acts_on(exchange: Exchange, *verbs: str) -> list[Act]:
    return list(Act.objects.everywhere("test").filter(subject=exchange.pk, verb__in=verbs).order_by("id"))


class Crosswise:
    """Lea points from her exchange to Omar's, and he from his to hers."""

    def __init__(self, story: Story, lea: Person, omar: Person) -> None:
        self.lea, self.omar = lea, omar
        self.hers, self.his = story.ask(lea), story.ask(omar)

    def ways(self, kind: LinkKind) -> tuple[Callable[[], object], Callable[[], object]]:
        return (
            lambda: acts.link(self.lea, self.hers, other=self.his, kind=kind),
            lambda: acts.link(self.omar, self.his, other=self.hers, kind=kind),
        )

    def links(self) -> int:
        return ExchangeLink.objects.filter(exchange__in=[self.hers, self.his]).everywhere("test").count()


def test_two_link_each_others_exchanges(story: Story, lea: Person, omar: Person) -> None:
    for _ in range(ROUNDS):
        two = Crosswise(story, lea, omar)
        assert collide(*two.ways(LinkKind.LINKED)) == BOTH
        assert two.links() == 2


def test_of_two_one_is_the_duplicate(story: Story, lea: Person, omar: Person) -> None:
    for _ in range(ROUNDS):
        two = Crosswise(story, lea, omar)
        assert collide(*two.ways(LinkKind.DUPLICATE)) == ONE
        assert two.links() == 1


def test_two_presses_of_thanks_are_one(story: Story, lea: Person, omar: Person) -> None:
    for _ in range(ROUNDS):
        answer = story.respond(omar, story.ask(lea))
        press = partial(acts.thank, lea, answer)
        assert collide(press, press) == ONE
        assert Thanks.objects.filter(response=answer).everywhere("test").count() == 1


@pytest.mark.breaks_ledger
def test_without_the_lock_each_would_be_the_others_duplicate(story: Story, lea: Person, omar: Person) -> None:
    two, kind = Crosswise(story, lea, omar), LinkKind.DUPLICATE
    came_of_it = unlocked(
        "exchange.linked",
        _joins_two,
        lambda link: link(lea, two.hers, other=two.his, kind=kind),
        lambda link: link(omar, two.his, other=two.hers, kind=kind),
    )
    assert came_of_it == BOTH
    assert two.links() == 2


def _locking(rows_of: Callable[[list[Any]], list[Any]], no_key: bool) -> Callable[[Iterable[Any]], None]:
    """As `ledger.locking.lock`, in the order in which the rows come; both people hold their first before going on."""
    meet = threading.Barrier(2)

    def lock(rows: Iterable[Any]) -> None:
        for number, row in enumerate(rows_of(list(rows))):
            here = Exchange.objects.select_for_update(no_key=no_key).filter(pk=row.pk).everywhere("test")
            assert here.values_list("pk")[0]
            if number == 0:
                meet.wait()

    return lock


@postgresql
@pytest.mark.parametrize(
    ("rows_of", "no_key"),
    [(lambda rows: rows[:1], False), (lambda rows: rows, True)],
    ids=["a lock that foreign keys wait for", "no order"],
)
def test_otherwise_locked_they_would_wait_for_each_other(
    story: Story, lea: Person, omar: Person, monkeypatch: pytest.MonkeyPatch, rows_of: Any, no_key: bool
) -> None:
    two = Crosswise(story, lea, omar)
    monkeypatch.setattr("commonplace.ledger.act.lock", _locking(rows_of, no_key))
    monkeypatch.setattr("commonplace.ledger.trying.MOST_TRIES", 1)
    assert collide(*two.ways(LinkKind.LINKED)) == ["OperationalError", "done"]


@postgresql
def test_one_lock_that_foreign_keys_do_not_wait_for_is_enough(
    story: Story, lea: Person, omar: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the control: by `no_key` alone the first of them passes."""
    two = Crosswise(story, lea, omar)
    monkeypatch.setattr("commonplace.ledger.act.lock", _locking(lambda rows: rows[:1], no_key=True))
    monkeypatch.setattr("commonplace.ledger.trying.MOST_TRIES", 1)
    assert collide(*two.ways(LinkKind.LINKED)) == BOTH


def _opened(lea: Person, title: str) -> int:
    return Exchange.objects.filter(opener=lea, title=title).everywhere("test").count()


def test_pressed_twice_at_once_it_is_opened_once_and_answered_once(story: Story, lea: Person, omar: Person) -> None:
    for number in range(ROUNDS):
        title = f"Pump {number}"
        assert collide(*[lambda: story.ask(lea, title, body="Dry.")] * 2) == TWICE  # noqa: B023
        assert _opened(lea, title) == 1
        exchange = Exchange.objects.everywhere("test").get(title=title)
        assert collide(*[lambda: story.respond(omar, exchange, "Bleed it.")] * 2) == TWICE  # noqa: B023
        assert exchange.responses.count() == 1


@pytest.mark.breaks_ledger
def test_without_the_lock_it_would_be_opened_twice(story: Story, lea: Person) -> None:
    once: Any = lambda ask: ask(lea, story.community, exchange=Exchange(title="Pump", body="Dry."))  # noqa: E731
    assert unlocked("exchange.opened", _says_something, once, once) == BOTH
    assert _opened(lea, "Pump") == 2


@pytest.mark.breaks_ledger
def test_without_the_lock_it_would_be_answered_twice(story: Story, lea: Person, omar: Person) -> None:
    exchange = story.ask(lea)
    once: Any = lambda respond: respond(omar, exchange, response=Response(body="Bleed it."))  # noqa: E731
    assert unlocked("exchange.responded", _belongs_here, once, once) == BOTH
    assert exchange.responses.count() == 2


def _confirm(lea: Person, response: Response) -> Callable[[], object]:
    return lambda: acts.confirm(lea, response.exchange, response=response, benefit=Benefit.SOLUTION)


def test_help_is_confirmed_once(story: Story, lea: Person, omar: Person) -> None:
    for _ in range(ROUNDS):
        response = story.respond(omar, story.ask(lea))
        assert collide(*[_confirm(lea, response)] * 3) == ["NotPossible", "NotPossible", "done"]
        assert recorded("exchange.confirmed", response.exchange_id) == 1


def test_an_offer_is_confirmed_once(story: Story, lea: Person, omar: Person) -> None:
    for _ in range(ROUNDS):
        offer = story.ask(lea, kind=Kind.OFFER)
        confirm = lambda offer=offer: acts.confirm(omar, offer, response=None, benefit=Benefit.SOLUTION)  # noqa: E731
        assert collide(confirm, confirm) == ONE
        assert offer.confirmations.count() == 1


@pytest.mark.breaks_ledger
def test_without_the_act_the_database_would_have_to_refuse(story: Story, lea: Person, omar: Person) -> None:
    response = story.respond(omar, story.ask(lea))
    once: Any = lambda confirm: confirm(lea, response.exchange, response=response, benefit=Benefit.SOLUTION)  # noqa: E731
    assert unlocked("exchange.confirmed", _can_be_confirmed, once, once) == ["IntegrityError", "done"]


def test_an_exchange_is_closed_once(story: Story, lea: Person) -> None:
    for _ in range(ROUNDS):
        exchange = story.ask(lea)

        def close(by: Person, exchange: Exchange = exchange) -> Callable[[], object]:
            return lambda: acts.close(by, exchange, purpose=REUSE, why=WHY)

        assert collide(close(lea), close(story.facilitator)) == ONE
        assert recorded("exchange.closed", exchange.pk) == 1


@pytest.mark.breaks_ledger
def test_without_the_act_two_would_close_it(story: Story, lea: Person) -> None:
    exchange = story.ask(lea)
    once: Any = lambda close: close(lea, exchange, purpose=REUSE, why=WHY)  # noqa: E731
    assert unlocked("exchange.closed", _can_be_closed, once, once) == ["IntegrityError", "done"]


def _closed_as_it_was(exchange: Exchange) -> bool:
    """What the closing says that there was is what the ledger has before it."""
    before: list[str] = []
    for act in acts_on(exchange, "exchange.confirmed", "exchange.closed"):
        if act.verb == "exchange.closed":
            return (Closed.of(act).closed_with == ClosedWith.CONFIRMED) == ("exchange.confirmed" in before)
        before.append(act.verb)
    return False


def test_somebody_responds_and_confirms_while_it_is_closed(story: Story, lea: Person, omar: Person) -> None:
    for _ in range(ROUNDS):
        exchange = story.ask(lea)
        response = story.respond(omar, exchange)
        came_of_it = collide(
            _confirm(lea, response),
            lambda exchange=exchange: acts.close(story.facilitator, exchange, purpose=REUSE, why=WHY),
            lambda exchange=exchange: story.respond(omar, exchange),
        )
        assert came_of_it == ["done", "done", "done"]
        assert _closed_as_it_was(exchange)
        assert exchange.responses.count() == 2


@pytest.mark.breaks_ledger
def test_without_the_lock_it_would_be_closed_with_nothing_though_it_helped(
    story: Story, lea: Person, omar: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange, helped = story.ask(lea), closing.has_helped
    response, read, confirmed = story.respond(omar, exchange), threading.Event(), threading.Event()

    def reading(exchange: Exchange) -> bool:
        answer = helped(exchange)
        read.set()
        return confirmed.wait() and answer

    def confirm() -> None:
        read.wait()
        _confirm(lea, response)()
        confirmed.set()

    monkeypatch.setattr(closing, "has_helped", reading)
    assert collide(confirm, lambda: _past_the_act("exchange.closed", lea, exchange, purpose=REUSE, why=WHY)) == BOTH
    assert exchange.closing.why_unresolved == WHY, "it says that nothing helped, after somebody confirmed it"


def _past_the_act(verb: str, *args: Any, **kwargs: Any) -> Any:
    """What the act's body alone writes."""
    write = registry.ACTS[verb].function
    with writing():
        return write and write(*args, **kwargs)


def _firsts(exchange: Exchange) -> list[bool | None]:
    return [Responded.of(act).first for act in acts_on(exchange, "exchange.responded")]


def test_one_answer_is_the_first(story: Story, lea: Person, omar: Person) -> None:
    for _ in range(ROUNDS):
        exchange = story.ask(lea)
        both = (lambda by=by, exchange=exchange: story.respond(by, exchange) for by in (omar, story.facilitator))
        assert collide(*both) == BOTH
        assert _firsts(exchange) == [True, False]


@pytest.mark.breaks_ledger
def test_without_the_lock_two_would_be_the_first(
    story: Story, lea: Person, omar: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange, both, answered = story.ask(lea), threading.Barrier(2), responding.answered
    firsts: list[bool] = []

    def reading(exchange: Exchange) -> bool:
        answer = answered(exchange)
        both.wait()
        return answer

    def respond(by: Person) -> None:
        written = _past_the_act("exchange.responded", by, exchange, response=Response(body="Bleed it."))
        firsts.append(written.evidence.first)

    monkeypatch.setattr(responding, "answered", reading)
    assert collide(lambda: respond(omar), lambda: respond(story.facilitator)) == BOTH
    assert firsts == [True, True]


def test_two_tabs_do_not_overwrite_each_other(story: Story, lea: Person) -> None:
    exchange = story.ask(lea)
    for number in range(ROUNDS):
        exchange.refresh_from_db()

        def save(tab: str, exchange: Exchange = exchange, number: int = number) -> Callable[[], object]:
            return lambda: acts.edit(lea, exchange, title="Pump 4", body=f"{tab} {number}", seen=exchange.fingerprint)

        assert collide(save("first"), save("second")) == ONE
    assert exchange.revisions.count() == ROUNDS


@pytest.mark.breaks_ledger
def test_without_the_lock_one_tab_would_overwrite_the_other(story: Story, lea: Person) -> None:
    exchange = story.ask(lea)

    def save(tab: str) -> Callable[[Callable[..., Any]], object]:
        seen = exchange.fingerprint
        return lambda edit: edit(lea, Exchange.objects.visible_to(lea).get(), title="Pump 4", body=tab, seen=seen)

    both = unlocked("exchange.edited", _builds_on_what_it_says, save("first"), save("second"))
    assert both == BOTH
    assert {revision.body for revision in exchange.revisions.all()} == {exchange.body}, "one of the two is nowhere"


def _filed(topic: Topic) -> int:
    """How many exchanges, each once, whichever of its names they are filed under."""
    return Exchange.objects.filter(filed_under__topic=topic).everywhere("test").distinct().count()


def _named(story: Story, name: str) -> list[Topic]:
    rows = TopicAlias.objects.filter(community=story.community, folded=folded(name)).everywhere("test")
    return [alias.topic for alias in rows.select_related("topic")]


def test_two_name_the_same_new_topics(story: Story, lea: Person, omar: Person) -> None:
    for number in range(ROUNDS):
        one, other = f"Valves {number}", f"Steam {number}"
        came_of_it = collide(
            lambda: story.ask(lea, topics=[one, other]),  # noqa: B023
            lambda: story.ask(omar, topics=[other.upper(), one.upper()]),  # noqa: B023
        )
        assert came_of_it == BOTH
        for topic in _named(story, one) + _named(story, other):
            assert recorded("topic.named", topic.pk) == 1
            assert _filed(topic) == 2
    assert Topic.objects.filter(community=story.community).everywhere("test").count() == 2 * ROUNDS


@pytest.mark.breaks_ledger
def test_whoever_looks_first_and_writes_then_would_meet_the_other(
    story: Story, lea: Person, omar: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = threading.Barrier(2)

    def by_name(community: Community, names: list[str]) -> tuple[list[TopicAlias], list[Topic]]:
        assert not TopicAlias.objects.filter(community=community, folded=names[0]).everywhere("test").exists()
        looked.wait()
        topic = Topic.objects.create(community=community, name=names[0])
        return [topic.aliases.create(community=community, name=names[0], folded=names[0])], [topic]

    def ask(by: Person) -> object:
        exchange = Exchange(title="?", body="?")
        return _past_the_act("exchange.opened", by, story.community, exchange=exchange, topics=["valves"])

    monkeypatch.setattr(asking, "by_name", by_name)
    assert collide(lambda: ask(lea), lambda: ask(omar)) == ["IntegrityError", "done"]


def test_nothing_is_left_behind_where_topics_are_merged(story: Story, lea: Person) -> None:
    story.ask(lea, topics=["Pumps"])
    for number in range(ROUNDS):
        name = f"Pompes {number}"
        story.ask(lea, topics=[name])
        (merged,), (kept,) = _named(story, name), _named(story, "Pumps")
        came_of_it = collide(
            lambda: acts.merge_topic(story.facilitator, merged, into=kept),  # noqa: B023
            lambda: story.ask(lea, topics=[name]),  # noqa: B023
        )
        assert came_of_it == BOTH
        assert _filed(kept) == 3 + 2 * number


def test_a_name_leads_to_one_topic(story: Story, lea: Person) -> None:
    """Two topics, two locks: here it is the database that refuses, and the person reads why."""
    for number in range(ROUNDS):
        one, other = _two_topics(story, lea, number)
        came_of_it = collide(
            lambda: acts.alias_topic(story.facilitator, one, name=f"Pumpen {number}"),  # noqa: B023
            lambda: acts.rename_topic(story.facilitator, other, name=f"pumpen {number}"),  # noqa: B023
        )
        assert came_of_it == ONE
        assert len(_named(story, f"Pumpen {number}")) == 1


@pytest.mark.breaks_ledger
def test_without_the_act_it_would_be_an_error_of_the_database(story: Story, lea: Person) -> None:
    one, other = _two_topics(story, lea, 0)
    came_of_it = unlocked(
        "topic.aliased",
        _can_be_aliased,
        lambda alias: alias(story.facilitator, one, name="Pumpen"),
        lambda alias: alias(story.facilitator, other, name="pumpen"),
    )
    assert came_of_it == ["IntegrityError", "done"]


def _two_topics(story: Story, lea: Person, number: int) -> tuple[Topic, Topic]:
    one, other = story.ask(lea, topics=[f"Pumps {number}", f"Pompes {number}"]).topics
    return one, other


def test_of_two_topics_one_is_kept(story: Story, lea: Person) -> None:
    for number in range(ROUNDS):
        one, other = _two_topics(story, lea, number)
        came_of_it = collide(
            lambda: acts.merge_topic(story.facilitator, one, into=other),  # noqa: B023
            lambda: acts.merge_topic(story.facilitator, other, into=one),  # noqa: B023
        )
        assert came_of_it == ONE
        assert Topic.objects.filter(community=story.community).everywhere("test").current().count() == number + 1


@pytest.mark.breaks_ledger
def test_without_the_lock_each_would_be_part_of_the_other(story: Story, lea: Person) -> None:
    one, other = _two_topics(story, lea, 0)
    came_of_it = unlocked(
        "topic.merged",
        _can_be_merged,
        lambda merge: merge(story.facilitator, one, into=other),
        lambda merge: merge(story.facilitator, other, into=one),
    )
    assert came_of_it == BOTH
    assert Topic.objects.filter(community=story.community).everywhere("test").current().count() == 0
