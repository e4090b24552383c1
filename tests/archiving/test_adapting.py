"""An imported text leads to what is here now, says where its pictures are, hides what was hidden, names its source."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from commonplace.archiving.importers.stackexchange.site import targets
from commonplace.archiving.importing import Order, bring_in
from commonplace.archiving.importing.adapting import Adapting
from commonplace.archiving.importing.pictures import as_links
from commonplace.externalizing.models import Exchange, Response
from tests.archiving.dumps import answer, comment, question, small, write
from tests.story import Story

SITE = "https://ai.meta.stackexchange.com"
Adapted = Callable[[str], str]


@pytest.fixture
def adapted() -> Adapted:
    return Adapting(SITE, targets, lambda target: f"/here/{target.kind}/{target.external_id}/").html


@pytest.fixture
def brought(story: Story, tmp_path: Path) -> Any:
    def brought(posts: Any, folder: str = "ai.meta.stackexchange.com", **more: Any) -> None:
        dump = write(tmp_path / folder, small() | {"Posts": posts, "PostLinks": [], "Votes": [], "Comments": []} | more)
        bring_in(Order("stackexchange", dump, story.community.slug), story.facilitator)

    return brought


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/q/5", "answer/5"),
        ("https://ai.meta.stackexchange.com/q/5/99", "answer/5"),
        ("http://ai.meta.stackexchange.com/questions/5/why-not?lq=1", "answer/5"),
        ("//ai.meta.stackexchange.com/questions/5", "answer/5"),
        ("http://meta.ai.stackexchange.com/a/7/99", "answer/7"),
        ("/questions/5/why-not/7#7", "answer/7"),
        ("/questions/5/why-not#7", "answer/7"),
        ("/questions/5/why-not#answer-7", "answer/7"),
        ("/questions/5/why-not#comment3_7", "answer/7"),
        ("/questions/tagged/pumps?sort=votes", "topic/pumps"),
        ("/questions/tagged/c%2b%2b", "topic/c++"),
    ],
)
def test_every_spelling_of_an_address_of_the_site_leads_here(adapted: Adapted, address: str, place: str) -> None:
    assert (
        adapted(f'<p>See <a href="{address}" title="x">it</a>.</p>') == f'<p>See <a href="/here/{place}/">it</a>.</p>'
    )


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("/help/on-topic", f"{SITE}/help/on-topic"),
        ("/users/5", f"{SITE}/users/5"),
        ("http://ai.meta.stackexchange.com/help?a=1&amp;b=2", f"{SITE}/help?a=1&amp;b=2"),
        ("https://ai.stackexchange.com/q/5", "https://ai.stackexchange.com/q/5"),
        ("https://ai.meta.stackexchange.com.evil.example/q/5", "https://ai.meta.stackexchange.com.evil.example/q/5"),
        ("//other.example.org/q/5", "https://other.example.org/q/5"),
        ("https://example.org/?to=https://ai.meta.stackexchange.com/q/5",) * 2,
    ],
)
def test_any_other_address_leads_where_it_led(adapted: Adapted, address: str, where: str) -> None:
    assert f'href="{where}"' in adapted(f'<a href="{address}">it</a>')


def test_links_in_remarks_lead_here_too() -> None:
    known = Adapting(SITE, targets, lambda target: "/here/" if target.external_id == "5" else "")
    assert known.remark(f"[a]({SITE}/q/5) [b](/help)").count('href="/here/"') == 1
    assert f'href="{SITE}/help"' in known.remark("[b](/help)")


def test_links_between_imported_questions_work(brought: Any, story: Story) -> None:
    """Also to what comes later, to an answer, and by a topic."""
    links = '<a href="/q/2">two</a> <a href="http://ai.meta.stackexchange.com/a/3/1">three</a>'
    links += '<a href="/questions/tagged/valves">valves</a> <a href="/q/99">gone</a>'
    brought([question(1, Body=links), answer(3, of=2), question(2)], Comments=[comment(1, on=1, Text="[x](/q/2)")])
    first, two = (Exchange.objects.everywhere("test").get(title=f"Question {number}") for number in (1, 2))
    texts = [first.html, Response.objects.everywhere("test").get(kind="comment").html]
    addresses = [address for text in texts for address in re.findall('href="([^"]*)"', text)]
    assert addresses[3] == f"{SITE}/q/99"
    browser = story.browser(story.facilitator)
    pages = [browser.get(addresses[at], follow=True) for at in (0, 1, 2, 4)]
    assert [page.status_code for page in pages] == [200] * 4
    assert [two.title in page.content.decode() for page in pages] == [True] * 4
    assert addresses[1].endswith(f"/responses/{two.responses.get().pk}/")


def test_links_stay_when_a_newer_archive_changes_the_words(brought: Any) -> None:
    brought([question(1), question(2)])
    brought([question(1, Body='<a href="/q/2">two</a>'), question(2)])
    text = Exchange.objects.everywhere("test").get(title="Question 1")
    assert "/c/pump-crews/exchanges/" in text.html
    assert text.body == '<a href="/q/2">two</a>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<img src="https://i.example.org/a.png" alt="A pump">', "A pump · i.example.org/a.png"),
        ("<img alt='A pump' src='http://i.example.org/a.png' width=3 />", "A pump · i.example.org/a.png"),
        ('<img src="https://i.example.org/a.png" alt="enter image description here">', " i.example.org/a.png"),
        ('<img src="/images/a.png">', "ai.meta.stackexchange.com/images/a.png"),
        (
            '<a href="https://x.example.org"><img src="https://i.example.org/a.png" alt="P"></a>',
            "P · i.example.org/a.png",
        ),
        ('<img src="data:image/png;base64,xyz" alt="A pump">', "A pump"),
    ],
)
def test_a_picture_that_is_not_shown_says_where_it_is(adapted: Adapted, html: str, expected: str) -> None:
    made = adapted(f"<p>{html}</p>")
    assert "<img" not in made
    assert expected in re.sub("<[^>]*>", "", made)


def test_a_picture_leads_to_itself(adapted: Adapted) -> None:
    assert 'href="https://i.example.org/a.png"' in adapted('<img src="https://i.example.org/a.png">')
    linked = adapted('<a href="https://x.example.org"><img src="https://i.example.org/a.png"></a>')
    assert re.findall('href="([^"]*)"', linked) == ["https://x.example.org"]


def test_a_spoiler_is_shown_when_somebody_opens_it(adapted: Adapted) -> None:
    html = adapted(
        '<blockquote class="spoiler"><p>Who</p><blockquote><p>it</p></blockquote><p>was</p></blockquote><p>End'
    )
    assert html.startswith("<details><summary>Spoiler: open to read</summary>")
    assert re.sub(r"\s", "", html).endswith("<blockquote><p>it</p></blockquote><p>was</p></details><p>End</p>")
    assert "\ue000" not in adapted("<p>\ue000</p>")
    assert "<details" not in adapted("<blockquote><p>\ue000</p>x</blockquote>")


HOSTILE = [
    '<a href="/q/5" onclick="x">a</a><script>x</script>',
    '<img src="/x" onerror=x><a href="/q/5"><img src=//x onerror="x"></a>',
    """<img alt='"><script>x</script>' src="https://a/b">""",
    '<a title="<img src=https://a/b alt=x>" href="javascript:x">x</a>',
    '<blockquote class="spoiler" onclick="x"><script>x</script></blockquote>',
    '<a href="/q/5&quot;><script>x</script>">x</a>',
    '<img src="https://a/&quot;><script>x</script>">',
    "<a href='/&#x22; onclick=x'>x</a>",
]


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_hostile_comes_in_with_it(adapted: Adapted, html: str) -> None:
    made = adapted(html)
    tags = re.findall(r"<[a-z][^>]*>", re.sub(r'"[^"]*"', "", made))
    assert not [tag for tag in tags if re.search(r"<(?:script|img)|\son[a-z]+=", tag)], made
    assert "javascript:" not in made


def test_pictures_are_found_whatever_stands_in_them() -> None:
    assert "<img" not in as_links('<img alt="a > b" src="https://a/b"><IMG SRC="https://a/c"/>')


def page(story: Story, title: str) -> str:
    address = Exchange.objects.everywhere("test").get(title=title).get_absolute_url()
    return str(story.browser(story.facilitator).get(address).content.decode())


def sources(html: str) -> list[str]:
    return [
        " ".join(re.sub("<[^>]*>", " ", one).split())
        for one in re.findall(r'<p class="[^"]*source">(.*?)</p>', html, re.S)
    ]


def test_source_and_licence_stand_under_every_text(brought: Any, story: Story) -> None:
    posts = [question(1), answer(3, of=1, CommunityOwnedDate="2016-08-03T00:00:00")]
    brought(posts, Comments=[comment(1, on=1), comment(2, on=3)])
    html = page(story, "Question 1")
    assert len(sources(html)) == 4
    assert all("CC BY-SA 3.0" in source and "Where it was written" in source for source in sources(html))
    assert 'href="https://creativecommons.org/licenses/by-sa/3.0/"' in html
    for path in ("/q/1", "/a/3", "/posts/comments/1", "/posts/comments/2"):
        assert f'href="{SITE}{path}"' in html
    assert [("community wiki" in source) for source in sources(html)].count(True) == 1


def test_what_was_closed_there_says_so(brought: Any, story: Story) -> None:
    brought([question(1, ClosedDate="2016-08-04T00:00:00.000"), question(2)])
    assert "closed there" in page(story, "Question 1")
    assert "closed there" not in page(story, "Question 2")
    brought([question(1, ClosedDate="2016-08-04T00:00:00.000"), question(2, ClosedDate="2016-08-05T00:00:00.000")])
    assert "closed there" in page(story, "Question 2")


def test_what_is_written_here_has_no_source(story: Story) -> None:
    exchange = story.ask(story.facilitator)
    assert sources(page(story, exchange.title)) == []


@pytest.mark.parametrize("before", ["", "<a", "<blockquote class=", "<img "])
@pytest.mark.parametrize(
    "again",
    ["<blockquote class=", "<blockquote ", " class= spoiler", "<a ", "<img ", '<img "', "<img '", "<a href= ", " href"],
)
def test_no_text_costs_the_square_of_its_length(adapted: Adapted, before: str, again: str) -> None:
    """Of before, one of these would keep all others waiting for minutes."""
    adapted(before + again * 6_000)
