"""An act is whole: policy, guard, one ledger row, or nothing at all."""

import pytest
from django.db import DatabaseError, connection, transaction

from commonplace.communities import acts as social
from commonplace.externalizing import acts
from commonplace.externalizing.models import Benefit, Exchange
from commonplace.ledger.check import findings
from commonplace.ledger.errors import NotAllowed, NotPossible, UnscopedQuery
from commonplace.ledger.models import Act
from tests.conftest import WriteOutsideAnAct
from tests.story import Story


def last_act() -> Act:
    act = Act.objects.everywhere("test").order_by("-id").first()
    assert act
    return act


def test_an_act_leaves_one_row_that_says_who_did_what_to_what(story: Story) -> None:
    lea = story.member("Lea", unit="North")
    exchange = story.ask(lea)
    act = last_act()
    assert (act.verb, act.actor, act.object, act.subject) == ("exchange.opened", lea.pk, exchange.pk, exchange.pk)
    assert act.community == story.community.pk
    assert act.evidence == {
        "kind": "request",
        "purpose": "reuse",
        "topics": ["pumps"],
        "unit": "North",
        "newcomer": True,
    }


def test_who_may_not_leaves_no_trace(story: Story) -> None:
    stranger, before = story.person("Stranger"), last_act().id
    with pytest.raises(NotAllowed, match="members of the community"):
        story.ask(stranger)
    assert not Exchange.objects.everywhere("test").exists()
    assert last_act().verb == "person.signed_up"
    assert last_act().id >= before


def test_a_guard_that_refuses_leaves_no_trace(story: Story) -> None:
    lea = story.member("Lea")
    exchange = story.ask(lea)
    with pytest.raises(NotPossible, match="Say which answer helped"):
        acts.confirm(lea, exchange, response=None, benefit=Benefit.SOLUTION)
    assert last_act().verb == "exchange.opened"


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


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_act SET verb = 'other'",
        "DELETE FROM ledger_act",
        "INSERT INTO ledger_act SELECT * FROM ledger_act",
    ],
)
def test_the_database_refuses_to_change_what_happened(story: Story, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.breaks_ledger
def test_check_finds_a_row_that_the_ledger_does_not_know(story: Story) -> None:
    lea = story.member("Lea")
    story.resolved(lea, story.member("Omar"))
    assert list(findings()) == []
    with connection.cursor() as cursor:
        connection.execute_wrappers.clear()
        cursor.execute("UPDATE communities_membership SET left_at = joined_at WHERE person_id = %s", [lea.pk])
    assert any(lea.pk in line for line in findings())


def test_check_names_a_missing_trigger(story: Story) -> None:
    from commonplace.ledger import seal

    seal.lift()
    assert any("trigger" in line for line in findings())
    seal.close()
    assert list(findings()) == []


def test_leaving_is_recorded(story: Story) -> None:
    lea = story.member("Lea")
    social.leave(lea, story.community)
    assert last_act().verb == "member.left"
    with pytest.raises(NotAllowed):
        story.ask(lea)
