"""`commonplace check` finds whatever was written without an act, and whatever an act wrote that is gone."""

from collections.abc import Callable

import pytest

from commonplace.communities.models import Person
from commonplace.externalizing import acts
from commonplace.externalizing.models import (
    Benefit,
    Closing,
    Confirmation,
    Exchange,
    ExchangeCourse,
    ExchangeLink,
    LinkKind,
    Purpose,
    Response,
    Topic,
)
from commonplace.externalizing.models.course import ExchangeCourseQuerySet
from commonplace.ledger.act import writing
from commonplace.ledger.check import findings
from tests.story import Story

pytestmark = pytest.mark.breaks_ledger  # Each but the first changes rows past the acts.


@pytest.fixture
def whole(story: Story, lea: Person, omar: Person) -> Exchange:
    """Asked, answered, resolved, closed and linked, under a topic that another was merged into."""
    exchange, earlier = story.resolved(lea, omar), story.ask(omar, topics=["pompes"])
    acts.close(lea, exchange, purpose=Purpose.CREATION)
    acts.link(omar, exchange, other=earlier, kind=LinkKind.LINKED)
    acts.merge_topic(story.facilitator, earlier.topics[0], into=exchange.topics[0])
    return exchange


def test_the_ledger_tells_the_same(whole: Exchange) -> None:
    assert list(findings()) == []


def _course(exchange: Exchange) -> ExchangeCourseQuerySet:
    return ExchangeCourse.objects.filter(exchange=exchange).everywhere("test")


Change = Callable[[Exchange], object]
MUTANTS: dict[str, tuple[Change, str]] = {
    "a confirmation more": (
        lambda one: Confirmation.objects.create(exchange=one, person=one.opener, benefit=Benefit.SOLUTION),
        "confirmation ",
    ),
    "another answer confirmed": (
        lambda one: one.confirmations.update(response=one.responses.create(author=one.opener, body="Mine")),
        "confirmation ",
    ),
    "a confirmation gone": (lambda one: one.confirmations.all().delete(), "confirmation "),
    "a response more": (lambda one: Response.objects.create(exchange=one, author=one.opener, body="More"), "response "),
    "a response gone": (lambda one: one.responses.all().delete(), "response "),
    "a closing gone": (lambda one: one.closing.delete(), "closing "),
    "a closing more": (
        lambda one: Closing.objects.create(exchange=one.links.get().other, person=one.opener, purpose="reuse"),
        "closing ",
    ),
    "a link more": (
        lambda one: ExchangeLink.objects.create(exchange=one, other=one.links.get().other, kind=LinkKind.DUPLICATE),
        "link ",
    ),
    "another purpose": (
        lambda one: Exchange.objects.filter(pk=one.pk).everywhere("test").update(purpose="reuse"),
        "purpose of exchange",
    ),
    "an exchange more": (
        lambda one: Exchange.objects.create(community=one.community, opener=one.opener, title="?", body="?"),
        "opening of exchange",
    ),
    "another status": (lambda one: _course(one).update(status="open"), "course of exchange"),
    "an answer less in the list": (lambda one: _course(one).update(answers=0), "course of exchange"),
    "a topic more": (lambda one: Topic.objects.create(community=one.community, name="valves"), "topic"),
    "a topic set apart again": (lambda one: Topic.objects.everywhere("test").update(merged_into=None), "topic"),
}


@pytest.mark.parametrize(("change", "reducer"), MUTANTS.values(), ids=MUTANTS)
def test_what_no_act_wrote_is_noticed(whole: Exchange, change: Change, reducer: str) -> None:
    with writing():
        change(whole)
    assert [line for line in findings() if line.startswith(reducer)] != []
