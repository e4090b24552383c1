"""What is new on home: by community, each subject once, with a line of what was said; what needs me is not repeated."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from commonplace.communities.saying import LENGTH, READ, line_in, line_of
from commonplace.externalizing import acts
from commonplace.internalizing import acts as uptake
from commonplace.internalizing.models import Application
from commonplace.ledger import clock
from commonplace.ledger.ids import LENGTH as LENGTH_OF_IDS
from tests.story import Story

NEW = "new since your last visit"


def home(client: Client) -> str:
    return client.get("/").content.decode()


def news(client: Client) -> str:
    """What stands below what needs somebody."""
    return home(client).split('<section class="after">', 1)[1]


def report(story: Story, person: Any, practice: Any, outcome: str = "worked", adaptation: str = "") -> None:
    uptake.apply(person, practice, application=Application(outcome=outcome, where="Station 12", adaptation=adaptation))


def test_each_subject_is_said_once_with_the_newest_that_happened_to_it(story: Story, now: datetime) -> None:
    lea, omar, ines = (story.member(name) for name in ("Lea", "Omar", "Ines"))
    practice = story.distil(omar, story.resolved(omar, lea), title="Restarting a pump")
    reports = ((1, "worked", ""), (2, "failed", "The seal leaked."), (3, "adapted", "With a second hose."))
    for days, outcome, words in reports:
        with clock.at(now + timedelta(days=days)):
            report(story, ines, practice, outcome, words)
    with clock.at(now + timedelta(days=4)):
        shown = news(story.browser(story.member("Nora")))
    assert shown.count("Restarting a pump") == 1
    assert "With a second hose." in shown
    assert "The seal leaked." not in shown
    assert "and 3 more" in shown


def test_it_is_told_by_community_the_liveliest_first(story: Story, now: datetime) -> None:
    lea, omar = story.member("Lea"), story.member("Omar")
    other = story.found("other", "Other circle", by=omar)
    story.invited(lea, other)
    here = story.community
    for days, title, of in ((1, "First here", here), (2, "There", other), (3, "Second here", here)):
        with clock.at(now + timedelta(days=days)):
            story.ask(omar, title, of=of)
    with clock.at(now + timedelta(days=4)):
        shown = news(story.browser(lea))
    order = ["Second here", "First here", "Other circle", "There"]
    assert [shown.index(words) for words in order] == sorted(shown.index(words) for words in order)


def test_a_community_alone_is_not_named_again(story: Story) -> None:
    story.ask(story.member("Omar"), "Known here")
    assert story.community.title not in news(story.browser(story.member("Lea")))


def test_what_needs_me_is_not_repeated(story: Story, now: datetime) -> None:
    lea, omar, ines = (story.member(name) for name in ("Lea", "Omar", "Ines"))
    story.ask(lea, "Mine, unanswered")
    practice = story.distil(omar, story.resolved(omar, ines), title="Restarting a pump")
    story.apply(ines, practice)
    story.propose(omar, practice)
    with clock.at(now + timedelta(hours=1)):
        page = home(story.browser(lea))
    above, below = page.split('<section class="after">', 1)
    for title in ("Mine, unanswered", "Restarting a pump"):
        assert title in above
        assert title not in below


def test_another_practice_of_the_same_title_is_news(story: Story, now: datetime) -> None:
    lea, omar, ines = (story.member(name) for name in ("Lea", "Omar", "Ines"))
    practice = story.distil(omar, story.resolved(omar, ines), title="Restarting a pump")
    story.apply(ines, practice)
    story.propose(omar, practice)
    story.distil(ines, story.resolved(ines, omar), title="Restarting a pump")
    with clock.at(now + timedelta(hours=1)):
        above, below = home(story.browser(lea)).split('<section class="after">', 1)
    assert "Restarting a pump" in above
    assert "Restarting a pump" in below


def test_a_community_whose_address_is_as_long_as_an_id_loses_no_news(story: Story, now: datetime) -> None:
    lea, omar = story.member("Lea"), story.member("Omar")
    other = story.found("x" * LENGTH_OF_IDS, "Plants", by=omar)
    story.invited(lea, other)
    for title in ("Why does it hum?", "Where is the manual?"):
        story.ask(omar, title, of=other)
    with clock.at(now + timedelta(hours=1)):
        shown = news(story.browser(lea))
    assert "Why does it hum?" in shown
    assert "Where is the manual?" in shown


@pytest.mark.parametrize(
    ("ago", "words"),
    [(timedelta(hours=2), "New since"), (timedelta(days=1), "New since yesterday"), (timedelta(days=3), "New since ")],
)
def test_it_says_since_when(story: Story, now: datetime, ago: timedelta, words: str) -> None:
    browser, omar = story.browser(story.member("Lea")), story.member("Omar")
    story.ask(omar, "Before")
    home(browser)
    with clock.at(now + ago / 2):
        story.ask(omar, "Since")
    with clock.at(now + ago):
        page = news(browser)
    day = f"{now:%A}" if ago > timedelta(days=2) else ""
    assert words + day in page
    assert page.index("Since") < page.index("Before that") < page.index(">Before<")


def test_who_has_missed_nothing_is_told_so(story: Story, now: datetime) -> None:
    browser = story.browser(story.member("Lea"))
    story.ask(story.member("Omar"), "Before")
    home(browser)
    with clock.at(now + timedelta(days=1)):
        page = news(browser)
    assert "Nothing new since yesterday" in page
    assert "Before" in page
    assert NEW not in page


def test_what_i_did_myself_is_not_unread(story: Story, now: datetime) -> None:
    lea, omar = story.member("Lea"), story.member("Omar")
    browser = story.browser(lea)
    home(browser)
    with clock.at(now + timedelta(days=1)):
        story.bring(lea, "Mine")
        story.ask(omar, "Theirs")
    with clock.at(now + timedelta(days=2)):
        page = news(browser)
    assert "Mine" in page
    assert page.count(NEW) == 1
    assert page.index("Theirs") < page.index(NEW)


def test_the_line_is_what_stands_there_now_and_only_for_who_reads(story: Story, client: Client) -> None:
    closed = story.found("lab", "The laboratory", by=story.facilitator, visibility="closed")
    ada, lea, sam = story.member("Ada", of=closed), story.member("Lea"), story.person("Sam")
    exchange = story.ask(ada, "A reagent", body="Canary **first** words.", of=closed)
    assert "Canary first words." in news(story.browser(story.member("Nora", of=closed)))
    assert "Canary" not in home(story.browser(lea))
    assert "Canary" not in home(story.browser(sam))
    acts.edit(ada, exchange, title="A reagent", body="Other words.", seen=exchange.fingerprint)
    shown = news(story.browser(story.member("Ines", of=closed)))
    assert "Canary" not in shown
    assert "Other words." in shown


def test_the_next_page_begins_where_this_one_ends(story: Story, now: datetime) -> None:
    """Whatever is cut short, or said above: nothing is left out."""
    lea, omar = story.member("Lea"), story.member("Omar")
    for number in range(24):
        with clock.at(now + timedelta(hours=number)):
            story.ask(omar, f"Question number {number:02}")
    browser = story.browser(lea)
    with clock.at(now + timedelta(days=2)):
        home(browser)
    seen, address = "", "/"
    with clock.at(now + timedelta(days=4)):
        while address:
            page = browser.get(address).content.decode()
            seen += page
            address = page.split('href="/?before=')[1].split('"')[0] if 'href="/?before=' in page else ""
            address = f"/?before={address}" if address else ""
    assert all(seen.count(f">Question number {number:02}</a>") == 1 for number in range(24))


def test_over_seven_the_rest_of_what_needs_me_is_folded(story: Story) -> None:
    lea, omar = story.member("Lea"), story.member("Omar")
    practices = [story.distil(omar, story.resolved(omar, lea), title=f"Practice {n}") for n in range(3)]
    for n, practice in enumerate(practices):
        story.ask(lea, f"Mine {n}")
        story.respond(omar, story.ask(lea, f"Answered {n}"))
        story.apply(story.facilitator, practice)
        story.propose(omar, practice)
    page = home(story.browser(lea))
    first, rest = page.split("<details", 1)
    assert first.count('class="row need') == 7
    assert "more wait" in rest


class TestTheLine:
    def test_it_ends_at_a_word(self) -> None:
        line = line_of("<p>" + "word, " * 60 + "</p>")
        assert line.endswith("word…")
        assert len(line) <= LENGTH

    @pytest.mark.parametrize("cut", range(0, 60, 7))
    def test_html_that_is_cut_anywhere_leaves_no_sign(self, cut: int) -> None:
        html = '<p>Bleed &amp; prime <a href="https://example.org/x">the pump</a> &lt;now&gt;</p>'
        assert not {"<a", "href", "&am", "</"} & {line_of(html[:cut])[i : i + n] for i in range(60) for n in (2, 3, 4)}

    def test_one_long_word_is_cut(self) -> None:
        assert len(line_of("x" * READ)) == LENGTH

    def test_signs_of_markdown_are_no_words(self) -> None:
        assert line_in("A **strong** [pull](https://example.org).") == "A strong pull."
