"""A count shown to whoever may not open the list that it counts is a figure: it would tell of one act of one person."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from commonplace.communities import acts as social
from commonplace.communities.models import Community, Person, RoleKind, Visibility
from commonplace.communities.my_data import my_data
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock
from commonplace.ledger.models import Act
from commonplace.objectifying.audience import NEWCOMERS
from tests.ledger.tale import Tale
from tests.story import Story

TAGS = re.compile(r"<script.*?</script>|<input[^>]*>|<[^>]*?>", re.S)
TIMES = re.compile(r"<time[^>]*>.*?</time>", re.S)
LINKS = re.compile(r'href="(/[^"#]*)')
NUMBERS = re.compile(r"\d+")
SPOKEN = re.compile(r'(?:aria-label|title|alt|content)="([^"]*)"')
ELSEWHERE = ("/static/", "/media/", "/account/", "/me/", "/i18n/")


def crawled(browser: Client, at_most: int = 150) -> dict[str, list[str]]:
    """Path -> the numbers that the page says, beside dates, in words and in what is read aloud."""
    seen: dict[str, list[str]] = {}
    waiting = ["/", "/c/", "/healthz", "/search?q=pump"]
    while waiting and len(seen) < at_most:
        path = waiting.pop(0)
        if path in seen or path.startswith(ELSEWHERE):
            continue
        answer = browser.get(path)
        page = answer.content.decode() if answer.status_code == 200 else ""
        seen[path] = _numbers(page)
        waiting += [link.replace("&amp;", "&") for link in LINKS.findall(page)]
    return seen


def _numbers(page: str) -> list[str]:
    page = TIMES.sub("", page)
    aloud = " ".join(SPOKEN.findall(page))
    return NUMBERS.findall(TAGS.sub(" ", page) + aloud)


@pytest.fixture
def tale(now: object, db: None) -> Tale:
    return Tale()


Deed = Callable[[Tale], object]
DEEDS: dict[str, Deed] = {
    "asks": lambda tale: tale.story.ask(tale.lea),
    "responds": lambda tale: tale.story.respond(tale.ann, tale.question),
    "joins": lambda tale: social.join(tale.story.person("Newest"), tale.here),
    "leaves": lambda tale: social.leave(tale.ida, tale.here),
    "uses": lambda tale: tale.story.apply(tale.lea, tale.practice),
    "has another unit": lambda tale: social.edit_profile(tale.lea, tale.lea, unit=None),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_a_sponsor_sees_no_number_move_by_one_act(tale: Tale, deed: Deed) -> None:
    story = tale.story
    sponsor = story.serving("Selma", RoleKind.SPONSOR)
    with clock.at(clock.now() + timedelta(minutes=1)):
        crawled(story.browser(sponsor))  # What waited to be read is read: that moves by no act.
        before = crawled(story.browser(sponsor))
        deed(tale)
        after = crawled(story.browser(sponsor))
    cycle = f"/c/{tale.here.slug}/cycle/"
    assert {cycle, f"/c/{tale.here.slug}/", f"/c/{tale.here.slug}/objectives/"} <= before.keys()
    assert {path: numbers for path, numbers in after.items() if before[path] != numbers} == {}


@pytest.mark.parametrize("visibility", [Visibility.CLOSED, Visibility.OPEN])
def test_who_does_not_belong_is_not_told_how_many_do(story: Story, visibility: Visibility) -> None:
    here, passer_by = _of_seven(story, visibility), story.person("Nina")
    for path in ("/c/", f"/c/{here.slug}/"):
        assert not re.search(r">\s*\d+ members?\b", story.browser(passer_by).get(path).content.decode()), path


def _of_seven(story: Story, visibility: Visibility = Visibility.CLOSED) -> Community:
    here = story.found("valves", "Valves", by=story.facilitator, visibility=visibility)
    for number in range(6):
        story.member(f"Member {number}", of=here)
    return here


def _sizes(story: Story, operator: Person) -> list[str]:
    page = story.browser(operator).get("/operator/communities").content.decode()
    return re.findall(r"<td[^>]*>(\d+\+|fewer than \d+)</td>", page)


def test_the_operator_is_told_sizes_by_fives(story: Story) -> None:
    here = _of_seven(story)
    before = _sizes(story, story.operator)
    story.member("One more", of=here)
    assert "5+" in before
    assert _sizes(story, story.operator) == before


def _rows(page: str, marked: str) -> int:
    return page.count(marked)


def test_members_are_counted_for_those_who_may_open_their_list(story: Story) -> None:
    here = _of_seven(story)
    browser = story.browser(story.facilitator)
    href, count = re.findall(
        r'<a href="([^"]*)">\s*(\d+) people</a>', browser.get(f"/c/{here.slug}/").content.decode()
    )[0]
    assert _rows(browser.get(href).content.decode(), "<small>") == int(count) == 7


def test_people_of_a_unit_are_counted_by_the_list_behind_it(story: Story) -> None:
    for name in ("Lea", "Omar", "Ann"):
        story.member(name, "North")
    story.member("Sam", "South")
    browser = story.browser(story.operator)
    counts = re.findall(
        r'<a href="(/people/[^"]*)">\s*(\d+) (?:person|people)</a>', browser.get("/units/").content.decode()
    )
    assert sorted(int(count) for _href, count in counts) == [1, 3]
    for href, count in counts:
        assert _rows(browser.get(href).content.decode(), '<li class="row"') == int(count)


def test_topics_are_counted_by_the_list_behind_them(tale: Tale) -> None:
    browser = tale.story.browser(tale.lea)
    page = browser.get(f"/c/{tale.here.slug}/topics/").content.decode()
    counts = re.findall(r'<a href="([^"]*/exchanges/\?topic=[^"]*)">(\d+) exchanges?', page)
    assert counts
    for href, count in counts:
        assert _rows(browser.get(href.replace("&amp;", "&")).content.decode(), '<li class="row') == int(count), href


def test_a_round_tells_its_eligible_to_members_alone(tale: Tale) -> None:
    one = Proposal.objects.on(tale.practice).everywhere("test")[0]
    path, reader = one.get_absolute_url(), tale.story.person("Nina")
    assert "of the" in tale.story.browser(tale.lea).get(path).content.decode()
    assert " of the " not in tale.story.browser(reader).get(path).content.decode()
    assert "enough of those asked" in tale.story.browser(reader).get(path).content.decode()


def test_what_newcomers_said_is_in_nobodys_data(tale: Tale) -> None:
    """Who brings a practice in for newcomers may fetch their own data after each arrival."""
    tale.story.bring(tale.lea, audience=NEWCOMERS)
    [row] = [one for one in my_data(tale.lea)[Act._meta.label] if one.get("audience_kind") == "newcomers"]
    assert row["people"] is None
