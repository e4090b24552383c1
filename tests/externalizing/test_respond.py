"""T2: any member responds; a comment belongs to an answer here, or to the exchange as a whole."""

import pytest

from commonplace.communities.models import Person
from commonplace.externalizing import acts
from commonplace.externalizing.evidence import Responded
from commonplace.externalizing.lengths import LONGEST_TEXT
from commonplace.externalizing.models import Exchange, Purpose, Response, ResponseKind, WhyUnresolved
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.externalizing.reading import last, refusal, status
from tests.story import Story

COMMENT = ResponseKind.COMMENT


def evidence() -> tuple[str, bool, bool | None]:
    kept = Responded.of(last("exchange.responded"))
    return kept.kind, kept.by_opener, kept.first


def test_only_somebody_else_answers(story: Story, lea: Person, omar: Person, exchange: Exchange) -> None:
    story.respond(lea, exchange, "Nobody yet?")
    assert status(exchange) == "open"
    story.respond(omar, exchange, kind=COMMENT)
    assert status(exchange) == "answered"


def test_only_members_respond(story: Story, exchange: Exchange) -> None:
    with pytest.raises(NotAllowed, match="members of the community"):
        story.respond(story.person("Stranger"), exchange)


def test_who_responds_is_the_author_whatever_the_caller_says(
    story: Story, lea: Person, omar: Person, exchange: Exchange
) -> None:
    forged = Response(body="Bleed it.", author=lea, exchange=story.ask(lea))
    response = acts.respond(omar, exchange, response=forged)
    assert (response.author, response.exchange) == (omar, exchange)


@pytest.mark.parametrize("body", ["", " \n", "x" * (LONGEST_TEXT + 1)])
def test_it_says_something(story: Story, omar: Person, exchange: Exchange, body: str) -> None:
    with pytest.raises(NotPossible, match=r"say something|more than"):
        story.respond(omar, exchange, body)
    assert not exchange.responses.exists()


def test_a_comment_belongs_to_an_answer_of_this_exchange(
    story: Story, lea: Person, omar: Person, exchange: Exchange
) -> None:
    foreign = story.respond(omar, story.ask(lea))
    with pytest.raises(NotPossible, match="Only an answer in this exchange"):
        story.respond(lea, exchange, "Which one?", kind=COMMENT, comments_on=foreign)
    answer = story.respond(omar, exchange)
    comment = story.respond(lea, exchange, "Which one?", kind=COMMENT, comments_on=answer)
    assert comment.comments_on == answer


def test_nobody_comments_on_a_comment(story: Story, lea: Person, omar: Person, exchange: Exchange) -> None:
    comment = story.respond(omar, exchange, "Which one?", kind=COMMENT)
    with pytest.raises(NotPossible, match="Only an answer in this exchange"):
        story.respond(lea, exchange, "The fourth.", kind=COMMENT, comments_on=comment)


def test_an_answer_stands_by_itself(story: Story, lea: Person, omar: Person, exchange: Exchange) -> None:
    answer = story.respond(omar, exchange)
    with pytest.raises(NotPossible, match="stands by itself"):
        story.respond(lea, exchange, comments_on=answer)


def test_a_closed_exchange_may_still_be_answered_better(
    story: Story, lea: Person, omar: Person, exchange: Exchange
) -> None:
    acts.close(lea, exchange, purpose=Purpose.REUSE, why=WhyUnresolved.ELSEWHERE)
    story.respond(omar, exchange)
    assert status(exchange) == "unresolved"


def test_the_ledger_keeps_which_answer_of_somebody_else_was_first(
    story: Story, lea: Person, omar: Person, exchange: Exchange
) -> None:
    story.respond(lea, exchange)
    assert evidence() == ("answer", True, False)
    story.respond(omar, exchange, kind=COMMENT)
    assert evidence() == ("comment", False, False)
    story.respond(omar, exchange)
    assert evidence() == ("answer", False, True)
    story.respond(story.facilitator, exchange)
    assert evidence() == ("answer", False, False)


def test_in_the_browser(story: Story, omar: Person, exchange: Exchange) -> None:
    address = f"/c/pump-crews/exchanges/{exchange.pk}"
    page = story.browser(omar).post(f"{address}/responses", {"body": "Bleed it"}, follow=True)
    assert "Bleed it" in page.content.decode()
    answer = exchange.responses.get()
    story.browser(omar).post(f"{address}/comments", {"body": "Slowly", "on": answer.pk})
    assert [comment.body for comment in answer.comments.all()] == ["Slowly"]


def test_a_refused_answer_is_explained(story: Story, omar: Person, exchange: Exchange) -> None:
    page = refusal(story.browser(omar), f"/c/pump-crews/exchanges/{exchange.pk}/responses", body=" ")
    assert 'role="alert"' in page


@pytest.mark.parametrize("on", ["comment", "foreign", "gone", "nonsense"])
def test_a_refused_comment_is_kept(story: Story, lea: Person, omar: Person, exchange: Exchange, on: str) -> None:
    comment, foreign = story.respond(omar, exchange, kind=COMMENT), story.respond(omar, story.ask(lea))
    named = {"comment": comment.pk, "foreign": foreign.pk, "gone": "0" * 26, "nonsense": "x"}[on]
    address = f"/c/pump-crews/exchanges/{exchange.pk}/comments"
    assert "Half a thought" in refusal(story.browser(omar), address, body="Half a thought", on=named)
    assert list(exchange.responses.all()) == [comment]
