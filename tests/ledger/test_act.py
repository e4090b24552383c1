"""An act is whole: policy, guard, one row in the ledger for all that it wrote, or nothing at all."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from commonplace.communities import acts as social
from commonplace.communities.models import Community, Experience, Installation, Person, RoleKind
from commonplace.consenting.kinds import Stand
from commonplace.externalizing import acts
from commonplace.externalizing.models import Benefit, Exchange, Response
from commonplace.ledger import clock, once, registry
from commonplace.ledger.act import Also, Written, may, nothing, why_not, writing
from commonplace.ledger.errors import NotAllowed, NotPossible, NotRecordable, UnscopedQuery
from commonplace.ledger.evidence import Evidence, Nothing, evidence
from commonplace.ledger.models import Act, Job
from commonplace.ledger.rules import Rule
from tests.conftest import WriteOutsideAnAct
from tests.ledger.toys import Toy
from tests.story import Story


def acts_since(number: int) -> list[Act]:
    return list(Act.objects.filter(id__gt=number).everywhere("test").order_by("id"))


def last_act() -> Act:
    """The last thing that somebody did; what followed from it stands behind."""
    done = [declared.verb for declared in registry.doors()]
    act = Act.objects.filter(verb__in=done).everywhere("test").order_by("-id").first()
    assert act
    return act


def counted() -> tuple[int, int, int, int]:
    """Acts, exchanges, responses, jobs."""
    all_of = (Act, Exchange, Response)
    acts, exchanges, responses = (model.objects.everywhere("test").count() for model in all_of)
    return acts, exchanges, responses, Job.objects.count()


def _change(person: Person, **columns: Any) -> None:
    """Meanwhile, somebody else."""
    Person.objects.filter(pk=person.pk).update(**columns)


# One row that says it all


def test_an_act_leaves_one_row_that_says_who_did_what_to_what(now: Any, story: Story) -> None:
    lea = story.member("Lea")
    exchange = story.ask(lea)
    act = last_act()
    assert (act.verb, act.actor, act.object, act.subject) == ("exchange.opened", lea.pk, exchange.pk, exchange.pk)
    assert (act.community, act.recorded_by, act.origin) == (story.community.pk, lea.pk, "here")
    assert (act.version, act.happened_at) == (1, now)
    assert (act.evidence["kind"], act.evidence["purpose"]) == ("request", "reuse")
    assert act.recorded_at > now  # by the clock on the wall


def test_it_names_what_was_written_and_what_that_belongs_to(story: Story) -> None:
    exchange = story.ask(story.member("Lea"))
    response = story.respond(story.member("Omar"), exchange)
    assert (last_act().object, last_act().subject) == (response.pk, exchange.pk)


def test_leaving_is_recorded(story: Story) -> None:
    lea = story.member("Lea")
    social.leave(lea, story.community)
    assert last_act().verb == "member.left"
    with pytest.raises(NotAllowed):
        story.ask(lea)


# A refusal leaves no trace


def test_who_may_not_leaves_no_trace(story: Story) -> None:
    stranger = story.person("Stranger")
    before = counted()
    with pytest.raises(NotAllowed, match="members of the community"):
        story.ask(stranger)
    assert counted() == before


def test_a_page_may_ask_the_guard_before(story: Story) -> None:
    exchange = story.ask(story.member("Lea"))
    asked = {"response": None, "benefit": Benefit.SOLUTION}
    assert why_not(acts.confirm, story.facilitator, exchange, **asked) == "Say which answer helped."
    assert why_not(acts.ask, story.facilitator, story.community, exchange=exchange) == ""


def test_a_guard_that_refuses_leaves_no_trace(story: Story) -> None:
    lea = story.member("Lea")
    exchange = story.ask(lea)
    before = counted()
    with pytest.raises(NotPossible, match="Say which answer helped"):
        acts.confirm(lea, exchange, response=None, benefit=Benefit.SOLUTION)
    assert counted() == before


@pytest.mark.parametrize("goes_wrong", [Nothing, lambda: Also("member.left", None, Nothing())])  # type: ignore[arg-type]
def test_what_the_ledger_refuses_leaves_no_trace(story: Story, toy: Toy, goes_wrong: Callable[[], Any]) -> None:
    """The rows were written already; neither they nor a half of their acts stay."""
    lea = story.member("Lea")
    wrong = goes_wrong()

    @toy("toy.asked", locks=nothing, evidence=registry.ACTS["exchange.opened"].evidence)
    def ask(actor: Person, community: Community, *, exchange: Exchange) -> Written[Exchange]:
        exchange.community, exchange.opener = community, actor
        exchange.save(force_insert=True)
        return Written(exchange, wrong)

    before = counted()
    with pytest.raises(NotRecordable, match="not declared"):
        ask(lea, story.community, exchange=Exchange(title="Pump", body="Pump"))
    assert counted() == before


def test_a_new_row_that_was_refused_is_as_new_as_before(story: Story, toy: Toy) -> None:
    """What a page does with it then, and a second attempt, begins from what was typed."""
    lea, exchange = story.member("Lea"), Exchange(title="Pump", body="Pump")

    @toy("toy.failed", locks=nothing)
    def fail(actor: Person, community: Community, *, rows: list[Exchange]) -> Written[Exchange]:
        for row in rows:
            row.community, row.opener, row.title = community, actor, "Other"
            row.save(force_insert=True)
        raise NotPossible("Not so.")

    with pytest.raises(NotPossible, match="Not so"):
        fail(lea, story.community, rows=[exchange])
    assert exchange._state.adding
    assert (exchange.title, exchange.community_id, exchange.opener_id) == ("Pump", None, None)


# Everything is read again, under the lock


@pytest.mark.breaks_ledger
@pytest.mark.parametrize("meanwhile", [{"is_active": False}, {"is_operator": False}])
def test_the_actor_is_who_they_are_now(story: Story, meanwhile: dict[str, bool]) -> None:
    """Deactivated, or no longer the operator, since the page was loaded."""
    installation = social.set_installation(story.operator, Installation.current(), name="Pump house", open_signup=False)
    _change(story.operator, **meanwhile)
    assert story.operator.is_active
    assert story.operator.is_operator
    with pytest.raises(NotAllowed):
        social.set_installation(story.operator, installation, name="Mine", open_signup=True)


@pytest.mark.breaks_ledger
def test_an_actor_who_vanished_is_a_refusal(story: Story) -> None:
    gone = story.person("Gone")
    with writing():
        Person.objects.filter(pk=gone.pk).delete()
    with pytest.raises(NotPossible, match="no longer here"):
        social.edit_profile(gone, gone, name="Ghost")


@pytest.mark.breaks_ledger
def test_a_subject_that_vanished_is_a_refusal(story: Story, past_the_acts: None) -> None:
    lea = story.member("Lea")
    exchange, other = story.ask(lea), story.ask(lea)
    Exchange.objects.filter(pk=exchange.pk).everywhere("test").delete()
    with pytest.raises(NotPossible, match="no longer here"):
        story.respond(lea, exchange)
    with pytest.raises(NotPossible, match="no longer here"):
        acts.link(lea, other, other=exchange, kind="linked")  # type: ignore[arg-type]


@pytest.mark.breaks_ledger
def test_every_stored_row_is_read_again_lists_and_new_rows_too(story: Story, toy: Toy, past_the_acts: None) -> None:
    lea = story.member("Lea")
    one, two, three, four, five = (story.ask(lea) for _ in range(5))
    new = Response(exchange=four, body="About the fourth")
    every = Exchange.objects.filter(pk=five.pk).everywhere("test")
    assert len(every) == 1
    seen = {}

    @toy("toy.looked")
    def look(
        actor: Person, exchange: Exchange, second: Exchange, *, third: list[Exchange], new: Response, every: Any
    ) -> Written[Exchange]:
        rows = (exchange, second, *third, new.exchange, *every)
        seen.update({row.pk: row.title for row in rows})
        return Written(exchange, Nothing())

    Exchange.objects.everywhere("test").update(title="As it is now")
    look(lea, one, two, third=[three], new=new, every=every)
    assert seen == dict.fromkeys((one.pk, two.pk, three.pk, four.pk, five.pk), "As it is now")


@pytest.mark.breaks_ledger
def test_a_guard_sees_what_the_act_will_change(story: Story, toy: Toy, past_the_acts: None) -> None:
    lea = story.member("Lea")
    exchange = story.ask(lea)

    def is_still_a_request(actor: Person, exchange: Exchange) -> None:
        if exchange.kind != "request":
            raise NotPossible("It is none.")

    @toy("toy.guarded", guard=is_still_a_request)
    def guarded(actor: Person, exchange: Exchange) -> Written[Exchange]:
        return Written(exchange, Nothing())

    guarded(lea, exchange)
    Exchange.objects.filter(pk=exchange.pk).everywhere("test").update(kind="offer")
    with pytest.raises(NotPossible, match="It is none"):
        guarded(lea, exchange)


# One time, one page's memory


def test_the_clock_stands_still_within_an_act_and_only_there(story: Story, toy: Toy) -> None:
    lea = story.member("Lea")
    times = []

    @toy("toy.timed")
    def timed(actor: Person, community: Community) -> Written[Community]:
        times.extend([clock.now(), clock.now()])
        return Written(community, Nothing())

    before = clock.now()
    timed(lea, story.community)
    assert times[0] == times[1] == last_act().happened_at
    assert before < times[0] < clock.now()


def test_the_time_is_that_after_the_lock(story: Story, toy: Toy) -> None:
    """Who waited for another acts after them, in the ledger too."""
    locked_at = []

    def waits(actor: Person, community: Community) -> tuple[Community]:
        locked_at.append(clock.now())
        return (community,)

    @toy("toy.waited", locks=waits)
    def waited(actor: Person, community: Community) -> Written[Community]:
        return Written(community, Nothing())

    waited(story.facilitator, story.community)
    assert last_act().happened_at > locked_at[0]


@pytest.mark.parametrize("refused", [False, True])
def test_what_a_page_remembers_is_forgotten_by_an_act(story: Story, toy: Toy, refused: bool) -> None:
    asked = []

    def guard(actor: Person, community: Community) -> None:
        asked.append(once.once("key", lambda: "afresh, within the act"))
        if refused:
            raise NotPossible("No.")

    @toy("toy.forgot", guard=guard)
    def forget(actor: Person, community: Community) -> Written[Community]:
        return Written(community, Nothing())

    with once.a_page():
        assert once.once("key", lambda: "before") == "before"
        try:
            forget(story.facilitator, story.community)
        except NotPossible:
            assert refused
        assert asked == ["afresh, within the act"]
        assert once.once("key", lambda: "after") == "after"


# Transactions


def test_an_act_in_a_transaction_shares_its_fate(story: Story) -> None:
    lea = story.member("Lea")
    before = counted()
    with transaction.atomic():
        story.ask(lea)
        transaction.set_rollback(True)
    assert counted() == before


def test_a_refused_act_undoes_itself_only(story: Story) -> None:
    lea, stranger = story.member("Lea"), story.person("Stranger")
    before = last_act().id
    with transaction.atomic():
        exchange = story.ask(lea)
        with pytest.raises(NotAllowed):
            story.respond(stranger, exchange)
        story.respond(lea, exchange)
    assert {"exchange.opened", "exchange.responded"} <= {act.verb for act in acts_since(before)}


def test_an_act_calls_no_act(story: Story, toy: Toy) -> None:
    """Two rows of two acts in one: what follows from an act is its consequence."""
    lea = story.member("Lea")

    @toy("toy.nested", locks=nothing)
    def nested(actor: Person, community: Community) -> Written[Community]:
        acts.ask(actor, community, exchange=Exchange(title="Pump", body="Pump"), topics=["pumps"])
        return Written(community, Nothing())

    before = counted()
    with pytest.raises(NotRecordable, match=r"exchange.opened is done within toy.nested"):
        nested(lea, story.community)
    assert counted() == before
    story.ask(lea)  # and afterwards acts go on


# Consequences


def _with_consequences(toy: Toy, **options: Any) -> Callable[..., Any]:
    @toy("toy.decided", **options)
    def decide(actor: Person, exchange: Exchange, *, also: list[Also], **more: Any) -> Written[Exchange]:
        return Written(exchange, Nothing(), also=also, **more)

    return decide


def test_a_consequence_is_a_row_of_its_own_at_the_same_moment(story: Story, toy: Toy) -> None:
    lea = story.member("Lea")
    exchange, other = story.ask(lea), story.ask(lea)
    response = story.respond(lea, other)
    decide = _with_consequences(toy)
    registry.consequence("toy.followed", of=("toy.decided",), evidence=Nothing, effect="It follows.")
    before = last_act().id
    decide(lea, exchange, also=[Also("toy.followed", response, Nothing()), Also("toy.followed", exchange, Nothing())])
    first, *followed = acts_since(before)
    assert (first.verb, first.object, first.subject) == ("toy.decided", exchange.pk, exchange.pk)
    assert [(act.verb, act.object, act.subject) for act in followed] == [
        ("toy.followed", response.pk, other.pk),
        ("toy.followed", exchange.pk, exchange.pk),
    ]
    for name in ("actor", "recorded_by", "community", "happened_at", "unit_id", "newcomer", "experience"):
        assert {getattr(act, name) for act in followed} == {getattr(first, name)}


@pytest.mark.parametrize(
    ("verb", "evidence"), [("toy.unheard_of", Nothing()), ("challenge.settled", Nothing()), ("member.left", Nothing())]
)
def test_a_consequence_must_be_declared_for_this_act(story: Story, toy: Toy, verb: str, evidence: Any) -> None:
    """Not any verb; not with other evidence; not one that follows from something else, or from nothing."""
    lea = story.member("Lea")
    exchange = story.ask(lea)
    before = counted()
    with pytest.raises(NotRecordable, match="is not declared"):
        _with_consequences(toy)(lea, exchange, also=[Also(verb, exchange, evidence)])
    assert counted() == before


def test_a_verb_may_be_a_door_and_a_consequence(story: Story) -> None:
    """An objection is withdrawn by its own act, or by taking another stance."""
    assert registry.ACTS["proposal.objection_resolved"].function
    lea, omar, ann = (story.member(name) for name in ("Lea", "Omar", "Ann"))
    practice = story.distil(lea, story.resolved(omar, lea))
    story.apply(ann, practice)
    proposal = story.propose(lea, practice)
    story.stand(omar, proposal, Stand.OBJECT, "It would flood the pit.")
    story.stand(omar, proposal)
    assert [act.verb for act in acts_since(0)][-4:] == [
        "proposal.stance",
        "proposal.objection_raised",
        "proposal.stance",
        "proposal.objection_resolved",
    ]


# When it happened


@pytest.fixture
def late(story: Story, toy: Toy, now: Any) -> Callable[..., Any]:
    """`late(days)`: an act on an exchange, recorded so many days afterwards."""
    lea = story.member("Lea")
    exchange, response = story.ask(lea), None
    with clock.at(now + timedelta(days=5)):
        younger = story.ask(lea)
        response = story.respond(lea, younger)
    decide = _with_consequences(toy)
    registry.consequence("toy.followed", of=("toy.decided",), evidence=Nothing, effect="It follows.")

    def record(days: float, with_younger: bool = False) -> Act:
        also = [Also("toy.followed", response, Nothing())] if with_younger else []
        with clock.at(now + timedelta(days=10)):
            decide(lea, exchange, also=also, happened_at=now + timedelta(days=days))
        return last_act()

    return record


@pytest.mark.parametrize("days", [0, 3, 10])
def test_what_is_recorded_afterwards_keeps_its_time(late: Callable[..., Act], now: Any, days: int) -> None:
    assert late(days).happened_at == now + timedelta(days=days)


def test_nothing_is_recorded_of_the_future(late: Callable[..., Act]) -> None:
    with pytest.raises(NotPossible, match="future"):
        late(10.001)


def test_nothing_happens_before_what_it_belongs_to(late: Callable[..., Act]) -> None:
    with pytest.raises(NotPossible, match="before what it belongs to"):
        late(-0.001)


def test_no_consequence_happens_before_what_it_belongs_to(late: Callable[..., Act]) -> None:
    assert late(6, with_younger=True)
    with pytest.raises(NotPossible, match="before what it belongs to"):
        late(4, with_younger=True)


# As the actor stood


@pytest.fixture
def newcomer(now: Any, story: Story) -> Person:
    """Of the north, new to this work."""
    lea = story.person("Lea", unit="North")
    social.join(lea, story.community, experience=Experience.NEW)
    return lea


def _situation() -> tuple[str, str, bool | None, str]:
    act = last_act()
    return act.verb, act.unit_id, act.newcomer, act.experience


def test_who_comes_in_is_recorded_as_they_stand_then(newcomer: Person, story: Story) -> None:
    assert _situation() == ("member.joined", newcomer.unit_id, True, "new")
    story.found("other", "Other", by=newcomer)
    assert _situation() == ("community.founded", newcomer.unit_id, False, "")


def test_the_situation_is_that_of_the_moment(now: Any, newcomer: Person, story: Story) -> None:
    story.ask(newcomer)
    assert _situation() == ("exchange.opened", newcomer.unit_id, True, "new")
    with clock.at(now + timedelta(days=200)):
        story.ask(newcomer)
    assert _situation() == ("exchange.opened", newcomer.unit_id, False, "new")


def test_who_leaves_is_recorded_as_they_stood_before(newcomer: Person, story: Story) -> None:
    social.leave(newcomer, story.community)
    assert _situation() == ("member.left", newcomer.unit_id, True, "new")


def test_who_does_not_belong_has_no_situation(story: Story) -> None:
    sponsor = story.serving("Sia", RoleKind.SPONSOR)
    social.edit_profile(sponsor, sponsor, name="Sia S.")
    assert (last_act().newcomer, last_act().unit_id, last_act().experience) == (None, "", "")


# Doors


def test_a_page_asks_the_same_rule(story: Story) -> None:
    lea, stranger = story.member("Lea"), story.person("Stranger")
    assert may(acts.ask, lea, story.community)
    assert not may(acts.ask, stranger, story.community)


def test_the_refusal_says_for_whom_it_is(story: Story, toy: Toy) -> None:
    @toy("toy.closed", who=Rule("nobody at all", ~registry.ACTS["community.founded"].who.condition))  # type: ignore[union-attr]
    def closed(actor: Person, community: Community) -> Written[Community]:
        return Written(community, Nothing())

    with pytest.raises(NotAllowed, match=r"This is for nobody at all\."):
        closed(story.facilitator, story.community)


def test_a_verb_is_declared_once_and_says_what_it_is() -> None:
    with pytest.raises(NotRecordable, match="declared twice"):
        registry.consequence("member.left", of=("role.ended",), evidence=Nothing, effect="Again.")
    with pytest.raises(NotRecordable, match="needs a docstring"):
        registry.consequence("toy.silent", of=("role.ended",), evidence=Nothing, effect="")
    typed = evidence(type("Typed", (Evidence,), {"__annotations__": {"words": str}}))
    with pytest.raises(NotRecordable, match="words"):
        registry.consequence("toy.silent", of=("role.ended",), evidence=typed, effect="It keeps words.")
    assert "toy.silent" not in registry.ACTS


def test_a_write_outside_an_act_is_impossible(story: Story) -> None:
    exchange = story.ask(story.member("Lea"))
    exchange.title = "Something else"
    with pytest.raises(WriteOutsideAnAct):
        exchange.save()


def test_a_list_without_a_reader_raises(story: Story) -> None:
    with pytest.raises(UnscopedQuery):
        list(Exchange.objects.all())
    with pytest.raises(UnscopedQuery):
        Exchange.objects.filter(kind="request").count()


@pytest.fixture
def past_the_acts() -> Any:
    """Rows are changed as by somebody else, without saying how."""
    with writing():
        yield
