"""People mend their own words; what they said before stays, and nobody overwrites what they did not see."""

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Person
from commonplace.externalizing import acts
from commonplace.externalizing.evidence import Edited, Words
from commonplace.externalizing.lengths import LONGEST_TEXT, LONGEST_TITLE
from commonplace.externalizing.models import Exchange
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.externalizing.reading import last, refusal
from tests.story import Story


def now(words: Exchange) -> Exchange:
    return Exchange.objects.everywhere("test").get(pk=words.pk)


def test_it_keeps_what_it_said_before(story: Story, lea: Person) -> None:
    exchange = story.ask(lea, title="Pmup 4")
    acts.edit(lea, exchange, body="It turns.", title="Pump 4", seen=exchange.fingerprint)
    assert [revision.title for revision in exchange.revisions.all()] == ["Pmup 4"]
    assert now(exchange).title == "Pump 4"
    assert now(exchange).edited_at is not None
    assert exchange.title == "Pmup 4", "the caller's row is not the locked one"


def test_nobody_mends_the_words_of_others(story: Story, omar: Person, exchange: Exchange) -> None:
    for other in (omar, story.facilitator):
        with pytest.raises(NotAllowed, match="author"):
            acts.edit(other, exchange, body="Mine now", title="Pump 4", seen=exchange.fingerprint)


def test_who_left_edits_no_more(story: Story, lea: Person, exchange: Exchange) -> None:
    social.leave(lea, story.community)
    with pytest.raises(NotAllowed, match="as a member"):
        acts.edit(lea, exchange, body="Better", title="Pump 4", seen=exchange.fingerprint)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "Nothing has changed"),
        ({"body": " "}, "say something"),
        ({"body": "x" * (LONGEST_TEXT + 1)}, "more than"),
        ({"title": ""}, "in one line"),
        ({"title": "x" * (LONGEST_TITLE + 1)}, "in one line"),
        ({"body": "Better", "seen": "0" * 32}, "changed meanwhile"),
    ],
)
def test_it_says_something_else(lea: Person, exchange: Exchange, changed: dict[str, str], words: str) -> None:
    as_it_is = {"body": exchange.body, "title": exchange.title, "seen": exchange.fingerprint}
    with pytest.raises(NotPossible, match=words):
        acts.edit(lea, exchange, **{**as_it_is, **changed})
    assert not exchange.revisions.exists()


def test_a_response_has_no_title_to_change(story: Story, omar: Person, exchange: Exchange) -> None:
    response = story.respond(omar, exchange)
    with pytest.raises(NotPossible, match="Nothing has changed"):
        acts.edit(omar, response, body=response.body, title="Another", seen=response.fingerprint)


def test_a_title_alone_may_change(lea: Person, exchange: Exchange) -> None:
    acts.edit(lea, exchange, body=exchange.body, title="Pump 5", seen=exchange.fingerprint)
    assert now(exchange).title == "Pump 5"


def test_the_ledger_keeps_which_text_it_was(story: Story, lea: Person, omar: Person, exchange: Exchange) -> None:
    acts.edit(lea, exchange, body="Better", title="Better", seen=exchange.fingerprint)
    assert Edited.of(last("exchange.edited")) == Edited(text=Words.EXCHANGE, mentions=[])
    response = story.respond(omar, exchange)
    acts.edit(omar, response, body="Better", seen=response.fingerprint)
    assert Edited.of(last("exchange.edited")) == Edited(text=Words.RESPONSE, mentions=[])
    assert last("exchange.edited").subject == exchange.pk


def test_what_another_tab_saved_is_not_overwritten_unseen(story: Story, lea: Person, exchange: Exchange) -> None:
    browser, address = story.browser(lea), f"/c/pump-crews/exchanges/{exchange.pk}"
    for tab in ("first", "second"):
        assert exchange.fingerprint in browser.get(f"{address}/edit").content.decode(), tab
    browser.post(f"{address}/update", {"title": "First", "body": "First tab", "seen": exchange.fingerprint})
    typed = {"title": "Second", "body": "Second tab"}
    page = refusal(browser, f"{address}/update", **typed, seen=exchange.fingerprint)
    assert "changed meanwhile" in page
    assert "Second tab" in page, "what was typed"
    assert "First tab" in page, "and what it says now"
    shown = now(exchange).fingerprint
    assert f'value="{shown}"' in page
    assert browser.post(f"{address}/update", {**typed, "seen": shown}).status_code == 302
    assert [revision.body for revision in exchange.revisions.all()] == ["First tab", exchange.body]


def test_a_refused_edit_is_explained_and_kept(story: Story, omar: Person, exchange: Exchange) -> None:
    response = story.respond(omar, exchange, "Bleed it.")
    address = f"/c/pump-crews/exchanges/{exchange.pk}/responses/{response.pk}"
    page = refusal(story.browser(omar), f"{address}/update", body="Bleed it.", seen=response.fingerprint)
    assert "Nothing has changed" in page
    assert "What it says now" not in page
    assert story.browser(omar).get(f"{address}/edit").status_code == 200
    saved = story.browser(omar).post(f"{address}/update", {"body": "Bleed it twice.", "seen": response.fingerprint})
    assert saved.status_code == 302
