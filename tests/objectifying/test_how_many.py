"""Each number on a choice of the list is how many practices it leads to, for whoever reads it; what a row says."""

import html
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from commonplace.communities.models import Visibility
from commonplace.objectifying import acts, how_many
from commonplace.objectifying.glances import MOST as MOST_USES
from commonplace.objectifying.glances import Glance
from commonplace.objectifying.models import STATUSES
from commonplace.objectifying.status import Settled
from tests.objectifying.conftest import Crew
from tests.objectifying.test_pages import HERE, shown

CHOICE = re.compile(r'<a id="([\w-]+)" href="(\?[^"]*)"[^>]*>[^<]*<small>(\d+)(\+)?</small>')


def choices(page: str) -> list[tuple[str, str, int]]:
    return [(name, html.unescape(href), int(n)) for name, href, n, _more in CHOICE.findall(page)]


def rows(browser: Client, here: str, query: str) -> int:
    """On all pages of the list."""
    count, at = 0, query
    while at:
        page = shown(browser, here + at)
        count += page.count('<li class="row">')
        older = re.search(r'rel="next" href="([^"]+)"', page)
        at = html.unescape(older[1]) if older else ""
    return count


@pytest.fixture
def lived(crew: Crew) -> Crew:
    """Some of most kinds, in one community; of another, nothing of which is to be seen here."""
    agreed = crew.accepted(crew.candidate(title="Agreed"))
    doubted = crew.challenged(crew.accepted(crew.candidate(title="In doubt"))).practice
    crew.settled(Settled.RETIRED, crew.challenged(crew.accepted(crew.candidate(title="Gone"))))
    proposed = crew.practice_of(crew.proposed(crew.candidate(title="Being agreed")))
    for practice, topics in ((agreed, ["pumps", "night"]), (doubted, ["pumps", "valves"]), (proposed, ["valves"])):
        acts.file_under(crew.lea, practice, topics=topics)
    acts.file_under(crew.lea, crew.written(title="Tried by nobody"), topics=["valves"])
    crew.brought(title="Brought", topics=["pumps"])
    hidden = crew.story.found("hidden", "Hidden", by=crew.fay, visibility=Visibility.PRIVATE)
    for number in range(3):
        crew.story.bring(crew.fay, title=f"Hidden {number}", of=hidden, topics=["pumps"])
    return crew


def within(browser: Client, here: str, at_most: int = 60) -> Iterator[tuple[str, str, int]]:
    """Every choice that is offered with a number, from each choice that is offered."""
    waiting, seen = ["", "?topic=pumps", "?topic=valves", "?steward=none"], set()
    while waiting and len(seen) < at_most:
        query = waiting.pop(0)
        for name, href, n in choices(shown(browser, here + query)):
            if (href, n) not in seen:
                seen.add((href, n))
                waiting.append(href)
                yield name, href, n


def test_each_number_is_how_many_the_choice_leads_to(lived: Crew) -> None:
    for person in (lived.lea, lived.story.person("Passer-by")):
        browser, count = lived.story.browser(person), 0
        for name, href, n in within(browser, HERE):
            assert rows(browser, HERE, href) == n, (name, href)
            count += 1
        assert count > 20
    browser = lived.story.browser(lived.fay)
    there = {name: n for name, _href, n in choices(shown(browser, "/c/hidden/practices/"))}
    assert there["status-any"] == there["status-brought"] == 3


def test_what_leads_nowhere_is_not_offered_but_what_was_chosen_is(lived: Crew) -> None:
    page = shown(lived.story.browser(lived.lea), HERE)
    assert 'id="status-accepted"' in page
    assert 'id="status-set_aside"' not in page
    assert 'id="status-set_aside"' in shown(lived.story.browser(lived.lea), f"{HERE}?status=set_aside")


def test_of_what_has_a_steward_everywhere_none_is_without(lived: Crew) -> None:
    browser = lived.story.browser(lived.lea)
    for status in STATUSES:
        assert rows(browser, HERE, f"?status={status}&steward=none") >= 0, status


def test_more_than_are_counted_are_so_many_or_more(lived: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commonplace.objectifying.views.shelf.MOST", 2)
    page = shown(lived.story.browser(lived.lea), HERE)
    assert ("status-any", "?", 2) in choices(page)
    assert ">2+<" in page
    monkeypatch.setattr(how_many, "MOST", 1)
    page = shown(lived.story.browser(lived.lea), f"{HERE}?topic=pumps")
    assert not choices(page), "too many of a topic are not counted"
    assert not choices(shown(lived.story.browser(lived.lea), f"{HERE}?steward=none")), "nor among too many agreements"
    assert 'id="status-set_aside"' in page, "so nothing is known to lead nowhere"


def test_htmx_brings_the_list_alone_and_says_how_many(lived: Crew) -> None:
    browser = lived.story.browser(lived.lea)
    part = browser.get(f"{HERE}?status=accepted", headers={"hx-request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="sifted">')
    assert "Agreed" in part
    assert re.search(r'id="found" hx-swap-oob="innerHTML">\s*1 practice<', part)
    back = {"hx-request": "true", "hx-history-restore-request": "true"}
    assert "<html" in browser.get(f"{HERE}?status=accepted", headers=back).content.decode()


def test_a_row_says_when_it_is_for_and_how_it_was_used(crew: Crew) -> None:
    practice = crew.candidate(context="It turns *dry* after work on the suction side.")
    crew.used(practice, where="Pump 9", outcome="failed", by=crew.ines)
    page = shown(crew.story.browser(crew.lea), HERE)
    assert "It turns dry after work on the suction side." in page
    assert "used 2 times, 1 failed" in page


def test_a_row_says_what_people_read_not_a_draft(crew: Crew) -> None:
    practice = crew.accepted(crew.candidate(context="As agreed."))
    crew.story.revise(crew.lea, practice, context="A draft of it.")
    page = shown(crew.story.browser(crew.lea), HERE)
    assert "As agreed." in page
    assert "A draft of it." not in page


@pytest.mark.parametrize(
    ("uses", "failed", "words"),
    [
        (0, 0, ""),
        (1, 0, "used once"),
        (1, 1, "used once, which failed"),
        (27, 5, "used 27 times, 5 failed"),
        (MOST_USES, 3, f"used {MOST_USES}+ times"),
    ],
)
def test_how_it_was_used_in_words(uses: int, failed: int, words: str) -> None:
    assert Glance("", "", uses, failed).used == words


def test_lists_cost_few_statements(lived: Crew, django_assert_max_num_queries: Callable[..., Any]) -> None:
    browser = lived.story.browser(lived.lea)
    browser.get("/")
    for query in ("", "?status=accepted", "?origin=brought&status=brought", "?topic=pumps", "?steward=none"):
        with django_assert_max_num_queries(13):
            browser.get(HERE + query)
