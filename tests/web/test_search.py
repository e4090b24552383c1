"""The search page: any text is a question, and what nobody has written is worth asking."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from commonplace.communities import acts
from commonplace.communities.models import Person, RoleKind
from commonplace.externalizing.models import Topic
from commonplace.ledger.act import writing
from tests.story import Story


def page(story: Story, person: Any, **asked: str) -> str:
    response = story.browser(person).get("/search", asked)
    assert response.status_code == 200
    return response.content.decode()


def test_a_word_is_found_and_marked(story: Story) -> None:
    lea = story.member("Lea")
    story.ask(lea, "Restarting pump 4", body="It lost its prime again.")
    shown = page(story, lea, q="prime")
    assert "1 found" in shown
    assert "<mark>prime</mark>" in shown


def test_what_nobody_has_written_can_be_asked_with_the_same_words(story: Story) -> None:
    shown = page(story, story.member("Lea"), q="zebra crossing")
    assert "Nothing is written about this where you may read." in shown
    assert "/c/pump-crews/exchanges/new?title=zebra%20crossing" in shown


def test_another_communitys_words_are_not_found(story: Story) -> None:
    closed = story.found("lab", "The laboratory", by=story.facilitator, visibility="closed")
    story.ask(story.member("Ada", of=closed), "Secret reagent", of=closed)
    assert "Nothing is written" in page(story, story.member("Lea"), q="reagent")


TYPED = [
    '"',
    "'; DROP TABLE",
    "a AND NOT NEAR(",
    "*",
    "-",
    "\x00",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    " ",
    "%",
    "x" * 5000,
]


@pytest.mark.parametrize("typed", TYPED)
def test_any_text_is_a_question(story: Story, typed: str) -> None:
    page(story, story.member("Lea"), q=typed, page=typed[:50], kind=typed[:50], **{"in": typed[:50]})


def test_htmx_goes_back_to_a_whole_page(story: Story) -> None:
    again = {"hx-request": "true", "hx-history-restore-request": "true"}
    response = story.browser(story.member("Lea")).get("/search", {"q": "pump"}, headers=again)
    assert b"<html" in response.content


def test_only_of_an_answer_that_helped_is_said_that_it_did(story: Story) -> None:
    lea, omar = story.member("Lea"), story.member("Omar")
    exchange = story.ask(lea, "Restarting pump 4")
    story.respond(omar, exchange, body="Try the quokka.")
    story.confirm(lea, story.respond(omar, exchange, body="Bleed the numbat."))
    helped = "it helped ·"
    assert helped not in page(story, lea, q="quokka")
    assert helped in page(story, lea, q="numbat")
    assert helped in page(story, lea, q="restarting")


def test_htmx_gets_the_list_alone(story: Story) -> None:
    lea = story.member("Lea")
    story.ask(lea, "Restarting pump 4")
    response = story.browser(lea).get("/search", {"q": "pump"}, headers={"hx-request": "true"})
    assert b"<html" not in response.content
    assert b"1 found" in response.content


def test_queries_do_not_grow_with_rows(story: Story, django_assert_max_num_queries: Callable[..., Any]) -> None:
    lea = story.member("Lea")
    for number in range(30):
        story.ask(lea, f"Pump {number}")
    client = story.browser(lea)
    with django_assert_max_num_queries(15):  # On PostgreSQL two of them limit the search.
        assert "30 found" in client.get("/search", {"q": "pump"}).content.decode()


def test_from_a_community_s_page_it_is_sought_there_and_says_so(story: Story) -> None:
    lea = story.member("Lea")
    other = story.found("other", "Other circle", by=story.facilitator)
    story.ask(lea, "Restarting pump 4")
    story.ask(story.member("Ada", of=other), "Restarting pump 9", of=other)
    shown = page(story, lea, q="restarting", **{"in": "pump-crews"})
    assert "1 found" in shown
    assert "only in Pump crews" in shown
    assert '<a href="?q=restarting">Search everywhere</a>' in shown
    assert "2 found" in page(story, lea, q="restarting")


def test_a_sponsor_is_told_that_it_is_not_for_them_and_what_is(story: Story) -> None:
    closed = story.found("lab", "The laboratory", by=story.facilitator, visibility="closed")
    story.ask(story.member("Ada", of=closed), "Secret reagent", of=closed)
    sponsor = story.serving("Sam", RoleKind.SPONSOR, of=closed)
    for words in ("reagent", "zebra"):
        shown = page(story, sponsor, q=words)
        assert "What people write is not for sponsors" in shown
        assert "Nothing is written" not in shown.split('href="/c/lab/objectives/"')[0]
        assert "Secret" not in shown
        assert "Nothing was searched" not in shown
    assert 'href="/c/lab/cycle/"' in shown
    assert "not for sponsors" not in page(story, story.member("Lea"), q="reagent")


def says(story: Story, person: Any, words: str = "", topics: tuple[str, ...] = (), of: Any = None) -> None:
    here = of or story.community
    story.ask(person, topics=list(topics), of=here)
    ids = [one.pk for one in Topic.objects.visible_to(person).filter(community=here, name__in=topics)]
    membership = here.memberships.get(person=person, left_at=None)
    acts.set_known_for(person, membership, words=words, topics=ids, shows=())


def people_of(shown: str) -> list[str]:
    return re.findall(r'<a class="face" href="/c/([-\w]+)/people/\w+/">.*?<b>(\w+)', shown, re.DOTALL)


@pytest.mark.parametrize(
    "typed", ["omar", "ÓMAR", "north", "shaft seals", "seals  SHAFT", "impellers", "omar impeller"]
)
def test_people_are_found_by_what_their_page_says(story: Story, typed: str) -> None:
    lea, omar = story.member("Lea"), story.member("Omar", unit="North")
    says(story, omar, "Shaft seals, and why they leak", ("impellers",))
    assert people_of(page(story, lea, q=typed)) == [("pump-crews", "Omar")]
    assert people_of(page(story, lea, q=typed, kind="people")) == [("pump-crews", "Omar")]
    assert people_of(page(story, lea, q=typed, kind="practice")) == []


@pytest.mark.parametrize("typed", ["canary", "example.org", "omar impellers", "omar valves"])
def test_and_by_nothing_else(story: Story, typed: str) -> None:
    """Not by their address, what they wrote, or another's topic; nor by what they said before they left."""
    lea, omar, ada = story.member("Lea"), story.member("Omar"), story.member("Ada")
    story.ask(omar, "A canary in the sump", topics=["impellers"])
    says(story, ada, "Canary birds", ("valves",))
    says(story, omar, "Canary once", ("valves",))
    says(story, omar, "Shaft seals")
    acts.leave(ada, story.community)
    assert people_of(page(story, lea, q=typed)) == []


def test_nobody_is_found_where_one_is_no_member(story: Story) -> None:
    other = story.found("other", "Other circle", by=story.facilitator)
    omar = story.member("Omar", of=other)
    says(story, omar, "Shaft seals", ("impellers",), of=other)
    for reader in (story.member("Lea"), story.serving("Sam", RoleKind.SPONSOR, of=other), story.operator):
        for typed in ("omar", "shaft", "impellers"):
            shown = page(story, reader, q=typed) + page(story, reader, q=typed, kind="people")
            assert people_of(shown) == []
            assert "Omar" not in shown.replace("Lea", "")


def test_each_leads_to_their_page_in_the_community_that_one_shares(story: Story) -> None:
    lea, omar = story.member("Lea"), story.member("Omar")
    other = story.found("other", "Other circle", by=lea)
    story.found("third", "A third", by=omar)
    story.invited(omar, other)
    shown = page(story, lea, q="omar", kind="people")
    assert sorted(people_of(shown)) == [("other", "Omar"), ("pump-crews", "Omar")]
    assert people_of(page(story, lea, q="omar", kind="people", **{"in": "other"})) == [("other", "Omar")]


def test_of_many_the_first_stand_there_and_all_in_pages(
    story: Story, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    lea = story.member("Lea")
    for number in range(30):
        story.member(f"Omar{number:02}")
    client = story.browser(lea)
    with django_assert_max_num_queries(15):  # On PostgreSQL two of them limit the search.
        shown = client.get("/search", {"q": "omar"}).content.decode()
    assert [name for _, name in people_of(shown)] == ["Omar00", "Omar01", "Omar02"]
    assert "Nothing is written about this" in shown
    first = page(story, lea, q="omar", kind="people")
    on = re.search(r'rel="next" href="([^"]+)"', first)
    assert on
    rest = client.get(f"/search{unescape(on[1])}").content.decode()
    assert [name for _, name in people_of(first + rest)] == [f"Omar{number:02}" for number in range(30)]


@pytest.mark.parametrize("typed", ['"', "\u200b", "omar north shaft seals haft zebra"])
def test_nobody_is_found_by_no_word_nor_by_some_of_many(story: Story, typed: str) -> None:
    lea, _omar = story.member("Lea"), story.member("Omar", "North")
    assert people_of(page(story, lea, q=typed, kind="people")) == []


@pytest.mark.breaks_ledger  # An account that became a name is none that acts make.
def test_who_cannot_come_in_any_more_and_who_is_only_a_name_are_not_found(story: Story) -> None:
    lea, gone, unclaimed = story.member("Lea"), story.member("Omar Gone"), story.member("Omar Named")
    with writing():
        Person.objects.filter(pk=gone.pk).update(is_active=False)
        Person.objects.filter(pk=unclaimed.pk).update(email=None)
    assert people_of(page(story, lea, q="omar") + page(story, lea, q="omar", kind="people")) == []


def test_what_is_said_in_one_community_finds_nobody_in_another(story: Story) -> None:
    lea, omar = story.member("Lea"), story.member("Omar")
    other = story.found("other", "Other circle", by=omar)
    story.invited(lea, other)
    says(story, omar, "Shafts and zebras")
    shown = page(story, lea, q="zebras", kind="people")
    assert people_of(shown) == [("pump-crews", "Omar")]
    assert shown.count("Shafts and zebras") == 1
    shown = page(story, lea, q="omar", kind="people")
    assert shown.count("Shafts and zebras") == 1
