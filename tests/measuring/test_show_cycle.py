"""The cycle page: whoever oversees a community sees it; it names nobody and says when it cannot tell."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonplace.archiving.importing import Order, bring_in
from commonplace.communities.models import Community, RoleKind, Visibility
from commonplace.externalizing.models import Exchange
from commonplace.ledger import clock
from commonplace.measuring.cycle import stocks
from commonplace.measuring.metrics import METRICS
from commonplace.measuring.models import Figure
from commonplace.measuring.publish import publish
from commonplace.measuring.rules import Rules
from commonplace.objectifying.models import Practice
from tests.archiving.dumps import SITE, small, write
from tests.ledger.tale import Tale
from tests.story import Story

ENDED = datetime(2016, 8, 1, tzinfo=UTC)
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
ADDRESS = "/c/pump-crews/cycle/"
COUNTS = re.compile(r'<a href="(/c/[^"]*)">(?:\s*<text[^>]*><tspan[^>]*>|\s*)(\d+)\b')


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY):
        yield


def published(community: Community, **figures: dict) -> None:
    """Figures as the publisher leaves them: hidden ones without any number; `figures` by metric, dots as underlines."""
    for metric in METRICS:
        known = {"value": None, "n": None, "events": None, "suppressed": "few_people"} | figures.get(
            metric.id.replace(".", "_"), {}
        )
        Figure.objects.create(
            community=community, metric=metric.id, unit=metric.unit, span=metric.span,
            since=MONDAY - timedelta(days=84),
            until=MONDAY, seen=MONDAY, formula_version=1, last_act=1, **known,
        )  # fmt: skip


def shown(value: float, n: int = 10, events: int = 19) -> dict:
    return {"value": value, "low": value, "high": value, "n": n, "events": events, "suppressed": ""}


@pytest.fixture
def living(db: None) -> Story:
    """Three wait for an answer; nearly all of the weeks before were answered, half of them within two hours."""
    story = Story()
    for number in range(3):
        story.ask(story.member(f"Asker Number{number}"), title=f"Question {number}")
    published(story.community, X2=shown(0.97), X3=shown(7200.0), C1_embedded={"suppressed": "not_recorded"})
    return story


def page(story: Story, person, address: str = ADDRESS) -> str:
    response = story.browser(person).get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_tells_how_exchange_goes(living: Story) -> None:
    html = page(living, living.facilitator)
    assert "Nearly all of the exchanges got a response from somebody else within 7 days." in html
    assert "2 h" in html
    assert html.count("<textPath") == 3


def test_every_figure_stands_in_the_table_with_people_window_and_formula(living: Story) -> None:
    html = page(living, living.facilitator)
    table = html.split("<table")[1].split("</table>")[0]
    assert all(str(metric.name).replace("'", "&#39;") in table for metric in METRICS)
    row = next(row for row in table.split("<tr>") if "X3 v1" in row)
    assert ">10+<" in row
    assert ">19<" in row
    assert "8 December 2025" in row
    assert "2 March 2026" in row


def test_what_is_too_few_is_said_to_be_too_few_and_what_is_unknown_unknown(living: Story) -> None:
    html = page(living, living.facilitator)
    assert "too few to say" in html
    assert "not recorded" in html


def test_what_the_publisher_leaves_is_what_the_page_shows(db: None, tmp_path: Path) -> None:
    """Seven people asked in February: what became of that can be told later."""
    with clock.at(MONDAY - timedelta(days=10)):
        story = Story()
        for number in range(7):
            story.ask(story.member(f"Asker Number{number}"))
    publish(tmp_path, Rules())
    html = page(story, story.facilitator)
    assert "It is too early to say." in html
    assert '<dd><span class="small muted">from ' in html


def words_of(html: str) -> str:
    """Its words, without marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", html.split("<main")[1].split("</main>")[0]).split())


def test_what_is_told_is_of_a_window_and_what_is_counted_of_now(living: Story) -> None:
    words = words_of(page(living, living.facilitator))
    assert "within 7 days. Of what began from 8 December 2025 to 2 March 2026." in words
    assert "still waiting for a response, now" in words


def test_a_figure_of_another_window_says_so_beside_it(living: Story) -> None:
    older = {"since": MONDAY - timedelta(days=112), "until": MONDAY - timedelta(days=28)}
    Figure.objects.filter(metric="X3").everywhere("test").update(**older)
    words = words_of(page(living, living.facilitator))
    assert "2 h Of what began from 10 November 2025 to 2 February 2026." in words


def test_while_nothing_can_be_told_the_page_is_of_no_day(living: Story) -> None:
    Figure.objects.everywhere("test").update(suppressed="too_early", value=None, seen=MONDAY.replace(day=11, hour=0))
    words = words_of(page(living, living.facilitator))
    assert "the first figures can come on 11 March 2026" in words
    assert words.count("It is too early to say. Figures can come from 11 March 2026 on.") == 4
    assert "Of what began" not in words


def test_stages_of_several_windows_say_each_theirs(living: Story) -> None:
    stages = Figure.objects.filter(metric__startswith="C1").exclude(metric="C1.embedded").everywhere("test")
    stages.filter(metric="C1.item").update(until=MONDAY - timedelta(days=28))
    funnel = page(living, living.facilitator).split('<ol class="funnel">')[1].split("</ol>")[0]
    assert funnel.count("Of what began from") == len(stages)


def test_what_it_does_not_see_is_said(living: Story) -> None:
    assert "Not seen here" in page(living, living.facilitator)


def rows_of(browser, href: str) -> int:
    return browser.get(href).content.decode().count('<li class="row')


def test_live_counts_link_to_the_lists_that_count_exactly_them(db: None) -> None:
    tale = Tale()
    browser, html = tale.story.browser(tale.lea), page(tale.story, tale.lea)
    links = COUNTS.findall(html)
    assert len(links) >= 4
    for href, words in links:
        assert (href, rows_of(browser, unescape(href))) == (href, int(words))


def accepted(story: Story, title: str) -> Practice:
    """Written down, used once, and agreed when the round is over."""
    lea, omar = (story.member(f"{one} of {title}") for one in ("Asker", "Helper"))
    practice = story.distil(lea, story.resolved(lea, omar, title=title), title=title)
    story.apply(omar, practice)
    proposal = story.propose(lea, practice)
    for person in (lea, omar, story.facilitator):
        story.stand(person, proposal)
    with clock.at(proposal.closes_at + timedelta(hours=1)):
        story.decide(story.facilitator, proposal)
    return practice


def test_each_stock_links_to_the_list_that_counts_exactly_it_or_to_none(living: Story) -> None:
    """Three practices are agreed, of which one is tried half a year later."""
    practices = [accepted(living, f"Practice {number}") for number in range(3)]
    with clock.at(MONDAY + timedelta(days=200)):
        living.apply(living.member("Zoe Tries"), practices[0])
        counts = stocks.of(living.community)
    browser = living.browser(living.facilitator)
    assert (counts["held"].count, counts["taken_up"].count, counts["untried"].count) == (3, 1, 2)
    linked = {name: one for name, one in counts.items() if one.href}
    assert linked.keys() == counts.keys() - {"taken_up", "untried"}
    assert {name: rows_of(browser, one.href) for name, one in linked.items()} == {
        name: one.count for name, one in linked.items()
    }


def test_the_stocks_of_an_archive_link_to_the_lists_that_count_exactly_them(archive: Story) -> None:
    browser = archive.browser(archive.facilitator)
    links = COUNTS.findall(page(archive, archive.facilitator, "/c/dump/cycle/"))
    assert ("/c/dump/exchanges/?status=archived-open", "1") in links
    assert all(rows_of(browser, href) == int(words) for href, words in links)


def test_figures_link_to_nothing(living: Story) -> None:
    html = page(living, living.facilitator)
    assert "<a " not in html.split("<table")[1].split("</table>")[0]
    assert "<a " not in html.split('<ol class="funnel">')[1].split("</ol>")[0]


@pytest.fixture
def archive(db: None, tmp_path: Path) -> Story:
    """Brought here long after its end, with the figures of its end."""
    story = Story()
    bring_in(Order("stackexchange", write(tmp_path / SITE, small()), "dump", "A dump"), story.facilitator)
    here = Community.objects.everywhere("test").get(slug="dump")
    published(here, X2=shown(0.97))
    ended = {"until": ENDED, "seen": ENDED, "since": ENDED - timedelta(days=84)}
    Figure.objects.filter(community=here).everywhere("test").update(**ended)
    return story


def test_of_an_archive_that_ended_all_is_past(archive: Story) -> None:
    html = page(archive, archive.facilitator, "/c/dump/cycle/")
    assert re.search(r"This archive ended on \d+ \w+ 2016\.", html)
    assert "Exchange was lively" in html
    assert "never had a response" in html
    for words in ("exchanges open", "exchange open", "still waiting", "is lively", "What we know"):
        assert words not in html


def resume(archive: Story) -> Community:
    """Somebody asks there; the next publishing finds too few people to say anything of these weeks."""
    here = Community.objects.everywhere("test").get(slug="dump")
    archive.ask(archive.facilitator, of=here)
    for metric in METRICS:
        early = metric.phase == "obj"
        Figure.objects.create(
            community=here, metric=metric.id, unit=metric.unit, span=metric.span, edition=2,
            since=MONDAY - timedelta(days=84), until=MONDAY, seen=MONDAY + timedelta(days=30 * early),
            formula_version=1, last_act=2, suppressed="too_early" if early else "few_people",
        )  # fmt: skip
    return here


def test_where_somebody_asks_again_the_figures_of_the_archive_stay_and_the_counts_are_of_now(archive: Story) -> None:
    resume(archive)
    html = page(archive, archive.facilitator, "/c/dump/cycle/")
    words = words_of(html)
    assert re.search(r"This archive ended on \d+ \w+ 2016, and the figures are of its end\.", words)
    assert "People are at work here again, and nothing can be told of that yet." in words
    assert "Exchange was lively Nearly all of the exchanges got a response" in words
    assert "still waiting for a response, now 1" in words
    assert COUNTS.findall(html)[0] == ("/c/dump/exchanges/?status=unfinished", "1")
    for past in ("What was known", "never had a response", "in the whole archive"):
        assert past not in words


def test_what_is_told_of_people_at_work_takes_the_place_of_what_the_archive_said(archive: Story) -> None:
    here = resume(archive)
    half = {"value": 0.5, "low": 0.4, "high": 0.6, "n": 10, "events": 20, "suppressed": ""}
    Figure.objects.filter(community=here, metric="X3", edition=2).everywhere("test").update(**half)
    words = words_of(page(archive, archive.facilitator, "/c/dump/cycle/"))
    assert "This archive" not in words
    assert "Exchange was lively" not in words


def test_an_archive_that_a_newer_one_continues_keeps_its_figures_no_longer_than_others(archive: Story) -> None:
    here = resume(archive)
    at = {"since": MONDAY - timedelta(days=1084), "until": MONDAY - timedelta(days=1000)}
    newer = Figure.objects.filter(community=here, edition=2).everywhere("test")
    newer.update(**at, seen=MONDAY - timedelta(days=970), suppressed="few_people")
    assert "Exchange was lively" not in page(archive, archive.facilitator, "/c/dump/cycle/")


def test_where_something_of_it_was_written_down_people_are_at_work(archive: Story) -> None:
    here = Community.objects.everywhere("test").get(slug="dump")
    exchange = Exchange.objects.everywhere("test").get(community=here, title="Question 1")
    archive.distil(archive.facilitator, exchange)
    assert "at work here again" in page(archive, archive.facilitator, "/c/dump/cycle/")


def test_an_archive_that_tells_of_no_practice_counts_none(archive: Story) -> None:
    """And says of what it counts that it is of all its time, beside figures of its last weeks."""
    html = page(archive, archive.facilitator, "/c/dump/cycle/")
    words = words_of(html)
    assert "under challenge, in the whole archive not recorded" in words
    assert "never had a response, in the whole archive 1" in words
    assert "A dash: not recorded" in words
    assert re.search(r'class="hub">–<', html)


def test_what_is_not_recorded_makes_no_archive(archive: Story) -> None:
    """Exchanges brought here of last week, beside figures of today."""
    Figure.objects.exclude(metric="C1.embedded").everywhere("test").update(until=MONDAY, seen=MONDAY)
    Figure.objects.filter(metric="C1.embedded").everywhere("test").update(suppressed="not_recorded")
    assert "archive ended" not in page(archive, archive.facilitator, "/c/dump/cycle/")


def test_where_people_are_at_work_nothing_has_ended(living: Story) -> None:
    html = page(living, living.facilitator)
    assert "archive ended" not in html
    assert "exchanges open" in html


def test_an_empty_community_is_told_how_to_begin(db: None) -> None:
    story = Story()
    html = page(story, story.facilitator)
    assert "Begin with a question." in html
    assert "/c/pump-crews/exchanges/new" in html
    assert "<table" not in html


def test_before_the_first_figures_the_page_says_on_which_day_they_can_come(db: None) -> None:
    """Exchange is counted up to every fourth Monday, the next being 16 March, and followed for 30 days."""
    story = Story()
    story.ask(story.member("Lea"))
    assert "the first figures can come on 15 April 2026" in page(story, story.facilitator)


def test_where_figures_can_come_at_once_the_page_says_so(db: None) -> None:
    with clock.at(MONDAY - timedelta(days=90)):
        story = Story()
        story.ask(story.member("Lea"))
    assert "figures come within the hour" in page(story, story.facilitator)


def test_what_cannot_be_told_beside_others_is_explained_once(living: Story) -> None:
    for suppressed, times in (("few_people", 0), ("beside_others", 1)):
        Figure.objects.exclude(metric="X2").everywhere("test").update(suppressed=suppressed, value=None)
        assert page(living, living.facilitator).count("beside the other figures it would tell") == times


@pytest.fixture
def private(living: Story) -> Story:
    community = living.found("valve-crews", "Valve crews", by=living.facilitator, visibility=Visibility.PRIVATE)
    for number in range(3):
        living.ask(living.member(f"Valve Person{number}", of=community), of=community, title=f"Secret {number}")
    published(community)
    living.private = community
    return living


def test_a_sponsor_sees_the_cycle_but_no_person_and_no_list(private: Story) -> None:
    sponsor = private.serving("Sue Sponsor", RoleKind.SPONSOR, of=private.private)
    html = page(private, sponsor, "/c/valve-crews/cycle/")
    main = html.split("<main")[1].split("</main>")[0]
    assert "a few" in main
    assert "exchanges/" not in main
    assert not any(f"Person{number}" in main or f"Secret {number}" in main for number in range(3))


def test_a_sponsor_reads_counts_with_their_day_and_never_a_dash_for_them(private: Story) -> None:
    sponsor = private.serving("Sue Sponsor", RoleKind.SPONSOR, of=private.private)
    community = private.private
    step = {"community": community, "span": "weeks", "since": MONDAY, "until": MONDAY, "seen": MONDAY}
    Figure.objects.create(metric="stock.waiting", unit="stock", value=10.0, formula_version=1, last_act=1, **step)
    html = page(private, sponsor, "/c/valve-crews/cycle/")
    assert "still waiting for a response, counted on 2 March 2026 10+" in words_of(html)
    assert "not tried since by anybody else, counted on 2 March 2026 too few to say" in words_of(html)
    assert "–" not in html.split("<desc")[1].split("</desc>")[0]
    assert "A dash: too few to say." in words_of(html)


def test_a_stranger_finds_no_private_cycle(private: Story) -> None:
    assert private.browser(private.person("Ned")).get("/c/valve-crews/cycle/").status_code == 404


def test_no_page_shows_figures_of_another_community(private: Story) -> None:
    Figure.objects.everywhere("test").filter(community=private.private, metric="X2").update(
        value=0.1234, suppressed="", n=5
    )
    assert "12 %" not in page(private, private.facilitator)
    assert "12 %" in page(private, private.facilitator, "/c/valve-crews/cycle/")


def test_queries_are_few_and_do_not_grow(living: Story) -> None:
    browser = living.browser(living.facilitator)
    browser.get(ADDRESS)
    with CaptureQueriesContext(
        connection,
    ) as few:
        browser.get(ADDRESS)
    for number in range(10):
        living.ask(living.member(f"More {number}"))
    with CaptureQueriesContext(connection) as more:
        browser.get(ADDRESS)
    assert len(more) == len(few) <= 12


def test_the_web_process_imports_no_engine() -> None:
    """In a process of its own, since this one has computed figures."""
    script = (
        "import django; django.setup(); import commonplace.web.urls, sys;"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'ibis', 'duckdb', 'pyarrow', 'pandas'}))"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "commonplace.web.settings"}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == "[]"
