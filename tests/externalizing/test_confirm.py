"""T3: only the asker says that it helped, and how; of an offer or a story, whoever took it up."""

from datetime import datetime, timedelta

import pytest

from commonplace.communities.models import Person
from commonplace.externalizing import acts
from commonplace.externalizing.evidence import Confirmed
from commonplace.externalizing.models import Benefit, Exchange, Kind, Purpose, ResponseKind, WhyUnresolved
from commonplace.ledger import clock
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.externalizing.reading import last, refusal, status
from tests.story import Story

SOLUTION = Benefit.SOLUTION


@pytest.mark.parametrize("kind", [Kind.REQUEST, Kind.PROBLEM])
def test_only_who_asked_says_that_it_helped(story: Story, lea: Person, omar: Person, kind: Kind) -> None:
    response = story.respond(omar, story.ask(lea, kind=kind))
    for other in (omar, story.facilitator):
        with pytest.raises(NotAllowed, match="the asker"):
            story.confirm(other, response)
    story.confirm(lea, response, Benefit.META_KNOWLEDGE)
    assert status(response.exchange) == "resolved"


@pytest.mark.parametrize("kind", [Kind.OFFER, Kind.STORY])
def test_what_was_offered_is_confirmed_by_who_took_it_up(story: Story, lea: Person, omar: Person, kind: Kind) -> None:
    offered = story.ask(lea, kind=kind)
    with pytest.raises(NotAllowed, match="who took it up"):
        acts.confirm(lea, offered, response=None, benefit=SOLUTION)
    for taker in (omar, story.facilitator):
        acts.confirm(taker, offered, response=None, benefit=Benefit.VALIDATION)
    assert status(offered) == "resolved"


def test_of_a_request_it_is_an_answer_that_helped(lea: Person, exchange: Exchange) -> None:
    with pytest.raises(NotPossible, match="which answer"):
        acts.confirm(lea, exchange, response=None, benefit=SOLUTION)


def test_a_comment_is_no_answer(story: Story, lea: Person, omar: Person, exchange: Exchange) -> None:
    comment = story.respond(omar, exchange, kind=ResponseKind.COMMENT)
    with pytest.raises(NotPossible, match="Only an answer in this exchange"):
        acts.confirm(lea, exchange, response=comment, benefit=SOLUTION)


def test_an_answer_elsewhere_did_not_help_here(story: Story, lea: Person, omar: Person, exchange: Exchange) -> None:
    foreign = story.respond(omar, story.ask(lea))
    with pytest.raises(NotPossible, match="Only an answer in this exchange"):
        acts.confirm(lea, exchange, response=foreign, benefit=SOLUTION)
    assert status(exchange) == "open"


def test_whoever_is_here_says_how_it_helped(story: Story, lea: Person, omar: Person, exchange: Exchange) -> None:
    with pytest.raises(NotPossible, match="Say how"):
        story.confirm(lea, story.respond(omar, exchange), Benefit.UNKNOWN)


@pytest.mark.usefixtures("the_guard_alone")
def test_each_answer_is_confirmed_once(story: Story, lea: Person, omar: Person, exchange: Exchange) -> None:
    response = story.respond(omar, exchange)
    story.confirm(lea, response)
    with pytest.raises(NotPossible, match="already"):
        story.confirm(lea, response, Benefit.VALIDATION)
    story.confirm(lea, story.respond(story.facilitator, exchange))
    assert exchange.confirmations.count() == 2


def test_an_offer_is_confirmed_once_by_each(story: Story, lea: Person, omar: Person) -> None:
    offered = story.ask(lea, kind=Kind.OFFER)
    acts.confirm(omar, offered, response=None, benefit=SOLUTION)
    with pytest.raises(NotPossible, match="already"):
        acts.confirm(omar, offered, response=None, benefit=SOLUTION)


def test_what_was_closed_without_may_turn_out_to_help(
    story: Story, lea: Person, omar: Person, exchange: Exchange
) -> None:
    acts.close(lea, exchange, purpose=Purpose.REUSE, why=WhyUnresolved.NOBODY_KNEW)
    story.confirm(lea, story.respond(omar, exchange))
    assert status(exchange) == "resolved"


@pytest.mark.parametrize(("later", "days"), [(timedelta(hours=47), 1), (timedelta(0), 0), (-timedelta(days=3), 0)])
def test_the_ledger_keeps_how_and_after_how_many_whole_days(
    story: Story, omar: Person, now: datetime, later: timedelta, days: int
) -> None:
    lea = story.member("Lea")
    response = story.respond(omar, story.ask(lea, purpose=Purpose.CREATION))
    with clock.at(now + later):
        story.confirm(lea, response, Benefit.REFORMULATION)
    assert Confirmed.of(last("exchange.confirmed")) == Confirmed(
        benefit=Benefit.REFORMULATION,
        response=response.pk,
        own_response=False,
        purpose=Purpose.CREATION,
        days_after=days,
    )


def test_the_purpose_kept_is_that_of_now(story: Story, lea: Person, omar: Person) -> None:
    exchange = story.ask(lea, purpose=Purpose.CREATION)
    response = story.respond(omar, exchange)
    acts.close(lea, exchange, purpose=Purpose.REUSE, why=WhyUnresolved.OTHER)
    story.confirm(lea, response)
    assert Confirmed.of(last("exchange.confirmed")).purpose == Purpose.REUSE


def test_ones_own_answer_may_help_and_the_ledger_knows_whose_it_was(
    story: Story, lea: Person, exchange: Exchange
) -> None:
    story.confirm(lea, story.respond(lea, exchange, "I found it: the check valve."))
    assert Confirmed.of(last("exchange.confirmed")).own_response is True


def test_an_offer_itself_is_nobodys_answer(story: Story, lea: Person, omar: Person) -> None:
    acts.confirm(omar, story.ask(lea, kind=Kind.OFFER), response=None, benefit=SOLUTION)
    kept = Confirmed.of(last("exchange.confirmed"))
    assert (kept.response, kept.own_response) == ("", False)


def test_in_the_browser(story: Story, lea: Person, omar: Person, exchange: Exchange) -> None:
    response, browser = story.respond(omar, exchange), story.browser(lea)
    address = f"/c/pump-crews/exchanges/{exchange.pk}"
    page = browser.get(f"{address}/confirmations/new?response={response.pk}").content.decode()
    assert page.count(f'name="response" value="{response.pk}"') == 1
    browser.post(f"{address}/confirmations", {"benefit": "legitimation", "response": response.pk})
    assert exchange.confirmations.get().benefit == "legitimation"


@pytest.mark.parametrize("kind", [Kind.REQUEST, Kind.OFFER])
@pytest.mark.parametrize("named", ["foreign", "nonsense"])
def test_an_answer_that_is_not_here_confirms_nothing(
    story: Story, lea: Person, omar: Person, kind: Kind, named: str
) -> None:
    """Not even, tacitly, the offer as a whole."""
    exchange, foreign = story.ask(lea, kind=kind), story.respond(omar, story.ask(lea))
    taker = lea if kind == Kind.REQUEST else omar
    address = f"/c/pump-crews/exchanges/{exchange.pk}/confirmations"
    typed = {"benefit": "validation", "response": foreign.pk if named == "foreign" else "x"}
    assert 'role="alert"' in refusal(story.browser(taker), address, **typed)
    assert not exchange.confirmations.exists()
