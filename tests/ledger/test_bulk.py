"""Acts out of an archive: the same contract as any act, asked of whoever brings them; the author stays the actor."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonplace.communities import acts as social
from commonplace.communities.models import Membership, Person, RoleKind
from commonplace.externalizing.evidence import Opened, Responded
from commonplace.externalizing.models import Exchange, Kind, Purpose, Response, ResponseKind
from commonplace.ledger import clock
from commonplace.ledger.bulk import Bringing, Change, PastAct, bringing
from commonplace.ledger.errors import NotAllowed, NotPossible, NotRecordable
from commonplace.ledger.evidence import Nothing
from commonplace.ledger.models import Act, Job
from commonplace.ledger.situation import Situation
from tests.conftest import WriteOutsideAnAct
from tests.ledger.test_effects import Hears, hears
from tests.story import Story

__all__ = ["hears"]
LONG_AGO = datetime(2016, 8, 2, 9, tzinfo=UTC)
ORIGIN = "an archive"


class Old:
    """Somebody unclaimed asked something long ago, elsewhere."""

    def __init__(self, story: Story, at: datetime = LONG_AGO) -> None:
        community = story.community
        self.author = Person(name="Ada", password="!", origin=ORIGIN)
        self.exchange = Exchange(
            community=community, opener=self.author, title="Pump 4?", body="Why?", opened_at=at, origin=ORIGIN
        )
        self.rows = [[self.author], [self.exchange]]
        evidence = Opened(kind=Kind.REQUEST, purpose=Purpose.REUSE, topic_ids=[])
        pk = self.exchange.pk
        self.act = PastAct("exchange.opened", self.author.pk, pk, pk, community.pk, at, evidence)

    def answered(self, exchange: Exchange, at: datetime = LONG_AGO) -> tuple[Response, PastAct]:
        response = Response(exchange=exchange, author=self.author, body="Because.", responded_at=at)
        evidence = Responded(kind=ResponseKind.ANSWER, by_opener=exchange.opener_id == self.author.pk)
        ids = self.author.pk, response.pk, exchange.pk, exchange.community_id
        return response, PastAct("exchange.responded", *ids, at, evidence)


@pytest.fixture
def old(story: Story) -> Old:
    return Old(story)


def brought() -> list[Act]:
    return list(Act.objects.filter(origin=ORIGIN).everywhere("test").order_by("pk"))


def nothing_came_in() -> bool:
    return not brought() and not Person.objects.filter(name="Ada").exists()


def test_the_author_stays_the_actor_and_whoever_brought_it_is_noted(story: Story, old: Old) -> None:
    with bringing(story.facilitator, story.community, ORIGIN) as archive:
        archive.write(old.rows, [old.act])
    (act,) = brought()
    assert (act.actor, act.recorded_by) == (old.author.pk, story.facilitator.pk)
    assert (act.happened_at, act.origin) == (LONG_AGO, ORIGIN)
    assert act.recorded_at > LONG_AGO


def test_what_an_archive_does_not_tell_is_unknown_and_never_no(story: Story, old: Old) -> None:
    with bringing(story.facilitator, story.community, ORIGIN) as archive:
        archive.write(old.rows, [old.act])
    (act,) = brought()
    assert (act.unit_id, act.newcomer, act.experience) == ("", None, "")


def test_what_it_does_tell_is_kept(story: Story, old: Old) -> None:
    with bringing(story.facilitator, story.community, ORIGIN) as archive:
        archive.write(old.rows, [replace(old.act, situation=Situation(newcomer=True))])
    assert brought()[0].newcomer is True


def _operator(story: Story) -> Person:
    assert not Membership.objects.everywhere("test").filter(person=story.operator).exists()
    return story.operator


def _a_second_facilitator(story: Story) -> Person:
    return story.serving("Second", RoleKind.FACILITATOR)


@pytest.mark.parametrize("who", [_operator, _a_second_facilitator])
def test_facilitators_and_the_operator_may(story: Story, old: Old, who: Callable[[Story], Person]) -> None:
    with bringing(who(story), story.community, ORIGIN) as archive:
        archive.write(old.rows, [old.act])
    assert len(brought()) == 1


def _deactivated(story: Story) -> Person:
    """The row in hand does not know it yet."""
    Person.objects.filter(pk=story.facilitator.pk).update(is_active=False)
    return story.facilitator


def _no_facilitator_any_more(story: Story) -> Person:
    second = _a_second_facilitator(story)
    social.leave(second, story.community)
    return second


@pytest.mark.parametrize(
    "who",
    [
        lambda story: story.person("Stranger"),
        lambda story: story.member("Lea"),
        lambda story: story.serving("Sam", RoleKind.SPONSOR),
        lambda story: story.found("other", "Other", by=story.person("Ann")).charter.set_by,
        _deactivated,
        _no_facilitator_any_more,
    ],
    ids=["stranger", "member", "sponsor", "facilitator elsewhere", "deactivated", "facilitator no more"],
)
def test_nobody_else_may(story: Story, old: Old, who: Callable[[Story], Person]) -> None:
    person = who(story)
    with pytest.raises(NotAllowed, match="facilitators"), bringing(person, story.community, ORIGIN) as archive:
        archive.write(old.rows, [old.act])
    assert nothing_came_in()


def test_a_verb_that_no_archive_brings_is_refused(story: Story, old: Old) -> None:
    left = replace(old.act, verb="member.left", evidence=Nothing())
    with (
        pytest.raises(NotRecordable, match=r"member\.left does not come out of archives"),
        bringing(story.facilitator, story.community, ORIGIN) as archive,
    ):
        archive.write(old.rows, [old.act, left])
    assert nothing_came_in()


def test_evidence_of_another_verb_is_refused(story: Story, old: Old) -> None:
    with pytest.raises(NotRecordable), bringing(story.facilitator, story.community, ORIGIN) as archive:
        archive.write(old.rows, [replace(old.act, evidence=Nothing())])
    assert nothing_came_in()


def test_typed_text_in_evidence_is_refused(story: Story, old: Old) -> None:
    typed = Opened(kind=Kind.REQUEST, purpose=Purpose.REUSE, topic_ids=["my own words"])
    with pytest.raises(NotRecordable, match="topic_ids"), bringing(story.facilitator, story.community, "x") as archive:
        archive.write(old.rows, [replace(old.act, evidence=typed)])
    assert nothing_came_in()


def test_nothing_comes_out_of_the_future(story: Story) -> None:
    soon = Old(story, at=clock.now() + timedelta(minutes=1))
    with (
        pytest.raises(NotPossible, match="lies in the future"),
        bringing(story.facilitator, story.community, ORIGIN) as archive,
    ):
        archive.write(soon.rows, [soon.act])
    assert nothing_came_in()


def test_what_is_here_already_must_be_held_before_anything_is_written_about_it(story: Story, old: Old) -> None:
    here = story.ask(story.member("Lea"))
    response, act = old.answered(here)
    with (
        pytest.raises(NotRecordable, match="not locked"),
        bringing(story.facilitator, story.community, ORIGIN) as archive,
    ):
        archive.write([*old.rows, [response]], [old.act, act])
    with bringing(story.facilitator, story.community, ORIGIN) as archive:
        archive.hold([here])
        archive.write([*old.rows, [response]], [old.act, act])
    assert [act.verb for act in brought()] == ["exchange.opened", "exchange.responded"]


def test_what_came_in_earlier_on_is_held(story: Story, old: Old) -> None:
    response, act = old.answered(old.exchange)
    with bringing(story.facilitator, story.community, ORIGIN) as archive:
        archive.write(old.rows, [old.act])
        assert archive.holds(old.exchange.pk)
        archive.write([[response]], [act])
    assert len(brought()) == 2


def test_what_has_vanished_meanwhile_is_a_refusal(story: Story) -> None:
    here = story.ask(story.member("Lea"))
    gone = Exchange(pk="0" * 26, community=story.community)
    gone._state.adding = False
    with (
        pytest.raises(NotPossible, match="no longer here"),
        bringing(story.facilitator, story.community, ORIGIN) as archive,
    ):
        archive.hold([here, gone])


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one pen")
def test_rows_are_locked_in_the_order_of_every_act(story: Story) -> None:
    lea = story.member("Lea")
    exchanges = [story.ask(lea) for _ in range(3)]
    with bringing(story.facilitator, story.community, ORIGIN) as archive, CaptureQueriesContext(connection) as queries:
        archive.hold([exchanges[2], exchanges[0], exchanges[1]])
    (statement,) = [one["sql"] for one in queries if "FOR NO KEY UPDATE" in one["sql"]]
    places = [statement.index(one.pk) for one in exchanges]
    assert places == sorted(places)
    assert "ORDER BY" in statement


class Interrupted(Exception):
    pass


def _interrupted(archive: Bringing, old: Old) -> None:
    archive.write(old.rows, [old.act])
    assert brought()
    raise Interrupted


def test_all_comes_in_or_nothing(story: Story, old: Old) -> None:
    with pytest.raises(Interrupted), bringing(story.facilitator, story.community, ORIGIN) as archive:
        _interrupted(archive, old)
    assert nothing_came_in()
    assert not Job.objects.exists()


def test_nothing_is_written_beside_it(story: Story, old: Old) -> None:
    """Only what is handed over to `write`: the block around it is no licence."""
    here = story.ask(story.member("Lea"))
    with pytest.raises(WriteOutsideAnAct), bringing(story.facilitator, story.community, ORIGIN):
        Exchange.objects.filter(pk=here.pk).everywhere("test").update(title="Slipped in")


def test_rows_that_are_here_change_and_go_with_the_acts(story: Story, old: Old) -> None:
    lea = story.member("Lea")
    here = story.ask(lea, topics=["pumps", "valves"])
    filed = Exchange.filed_under.through.objects.filter(exchange=here, topicalias__folded="valves")
    here.licence = "CC BY-SA 4.0"
    with bringing(story.facilitator, story.community, ORIGIN) as archive:
        archive.hold([here])
        archive.write(old.rows, [old.act], changes=[Change(here, ("licence",))], removed=list(filed))
    again = Exchange.objects.everywhere("test").get(pk=here.pk)
    assert (again.licence, [topic.name for topic in again.topics]) == ("CC BY-SA 4.0", ["pumps"])


def test_the_clock_stands_still(story: Story) -> None:
    with bringing(story.facilitator, story.community, ORIGIN):
        assert clock.now() == clock.now()


@pytest.mark.parametrize("at_once", [True, False])
def test_reactions_are_owed_once_for_all_of_it(story: Story, old: Old, hears: Hears, at_once: bool) -> None:
    heard = hears("exchange.opened", "exchange.responded", at_once=at_once)
    first, second = (old.answered(old.exchange) for _ in range(2))
    with bringing(story.facilitator, story.community, ORIGIN) as archive:
        archive.write(old.rows, [old.act])
        archive.write([[first[0]]], [first[1]])
        archive.write([[second[0]]], [second[1]])
        assert heard == []
    assert heard == [["exchange.opened", "exchange.responded", "exchange.responded"]]


def test_a_subjects_acts_are_heard_of_side_by_side(story: Story, hears: Hears, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that whoever reacts to many sees each exchange once, whatever the order of the archive."""
    monkeypatch.setattr("commonplace.ledger.effects.MOST_ACTS", 2)
    heard = hears("exchange.opened", "exchange.responded")
    olds = [Old(story), Old(story)]
    answers = [old.answered(old.exchange) for old in olds]
    with bringing(story.facilitator, story.community, ORIGIN) as archive:
        archive.write([*olds[0].rows, *olds[1].rows], [old.act for old in olds])
        archive.write([[row for row, _ in answers]], [act for _, act in answers])
    assert heard == [["exchange.opened", "exchange.responded"]] * 2


@pytest.mark.breaks_ledger
@pytest.mark.parametrize("whose", [{"origin": "here"}, {"recorded_by": "0" * 26}])
def test_what_others_did_meanwhile_is_theirs_to_owe(
    story: Story, old: Old, hears: Hears, whose: dict[str, str]
) -> None:
    """Acts get their numbers before they are committed: another's may lie between the first and the last of these."""
    heard = hears("exchange.opened", "exchange.closed")
    with bringing(story.facilitator, story.community, ORIGIN) as archive:
        archive.write(old.rows, [old.act])
        (act,) = brought()
        columns = {"origin": act.origin, "recorded_by": act.recorded_by, **whose}
        Act.objects.create(verb="exchange.closed", happened_at=LONG_AGO, recorded_at=clock.wall(), **columns)
    assert heard == [["exchange.opened"]]


def test_an_archive_without_acts_owes_nothing(story: Story) -> None:
    with bringing(story.facilitator, story.community, ORIGIN) as archive:
        archive.write([], [])
    assert not Job.objects.exists()


def test_a_rule_is_asked_once_however_much_comes_in(story: Story, old: Old, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr("commonplace.ledger.bulk.require", lambda *rule: asked.append(rule))
    response, act = old.answered(old.exchange)
    with bringing(story.facilitator, story.community, ORIGIN) as archive:
        archive.write(old.rows, [old.act])
        archive.write([[response]], [act])
    assert len(asked) == 1
    assert isinstance(archive, Bringing)
