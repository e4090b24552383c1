"""What a new community can begin with: a page that says what is left, to who facilitates, until they put it away."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from commonplace.communities import acts
from commonplace.communities.examples import EXAMPLES, Example
from commonplace.communities.models import Charter, Community, RoleKind
from commonplace.communities.models.charter import BOUNDS
from commonplace.ledger import clock
from commonplace.objectifying import acts as agreement
from tests.story import Story

HERE = "/c/pump-crews/"
HOUR = f"{HERE}first-hour"
OURS = {
    "title": "Valves", "domain": "Valves that leak", "visibility": "open", "language": "en", "time_zone": "UTC",
    "stage": "potential", "round_days": "14", "refusal_days": "7", "review_days": "365",
}  # fmt: skip
NEED = "The first hour"


def read(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def offered(page: str) -> set[str]:
    """The steps that lead somewhere."""
    parts = page.split('<li class="row ')[1:]
    return {part.split('id="')[1].split('"')[0] for part in parts if 'class="btn' in part.split("</li>")[0]}


def test_founding_leads_to_what_one_can_begin_with(story: Story) -> None:
    browser = story.browser(story.person("Nina"))
    answer = browser.post("/found/create", OURS)
    assert answer["Location"] == "/c/valves/first-hour"
    assert offered(read(browser, answer["Location"])) == {"bring", "invite", "charter", "ask"}


def test_each_way_is_a_page_that_who_is_alone_can_open(story: Story) -> None:
    browser = story.browser(story.facilitator)
    page = read(browser, HOUR)
    ways = [part.split('"')[0] for part in page.split('<p class="acts">')[1:] for part in part.split('href="')[1:2]]
    assert len(ways) >= 4
    for way in ways:
        assert browser.get(way).status_code == 200, way


def test_one_of_the_ways_asks_for_a_sponsor(story: Story) -> None:
    facilitator = story.browser(story.facilitator)
    assert f'href="{HERE}invitations?for=sponsor">Ask somebody to sponsor</a>' in read(facilitator, HOUR)
    chosen = 'name="role" value="sponsor"'
    assert "checked" in read(facilitator, f"{HERE}invitations?for=sponsor").split(chosen)[1].split(">")[0]
    assert "checked" not in read(facilitator, f"{HERE}invitations").split(chosen)[1].split(">")[0]


def test_what_is_done_says_what_came_of_it_and_is_not_offered_again(story: Story) -> None:
    lea = story.member("Lea")
    story.ask(lea)
    story.bring(lea)
    acts.set_charter(story.facilitator, story.community, purpose="Fewer nights at the pumps.")
    page = read(story.browser(story.facilitator), HOUR)
    assert offered(page) == set()
    outcomes = ("2 people are in.", "1 exchange has begun.", "1 practice is brought in.", "a round takes 14 days")
    assert [words for words in outcomes if words not in page] == []


def test_a_link_that_is_out_is_told_of_as_what_it_is(story: Story) -> None:
    acts.invite(story.facilitator, story.community, secret="s")
    page = read(story.browser(story.facilitator), HOUR)
    assert "nobody has come in by it yet" in page
    assert "invite" not in offered(page)


def test_what_was_set_aside_is_not_brought_in(story: Story) -> None:
    lea = story.member("Lea")
    agreement.set_aside(lea, story.bring(lea), reason="By mistake.")
    assert "bring" in offered(read(story.browser(story.facilitator), HOUR))


def test_home_leads_a_facilitator_there_while_something_is_left(story: Story) -> None:
    lea = story.member("Lea")
    page = read(story.browser(story.facilitator), "/")
    assert page.count(f'href="{HOUR}"') == 1
    assert "3 things to begin with" in page
    assert NEED not in read(story.browser(lea), "/")


def test_home_says_nothing_of_it_where_all_is_done(story: Story) -> None:
    test_what_is_done_says_what_came_of_it_and_is_not_offered_again(story)
    assert NEED not in read(story.browser(story.facilitator), "/")


def test_home_says_nothing_of_it_once_a_community_is_no_longer_young(story: Story, now: datetime) -> None:
    assert NEED in read(story.browser(story.facilitator), "/")
    with clock.at(now + timedelta(days=31)):
        assert NEED not in read(story.browser(story.facilitator), "/")


def test_what_one_puts_away_never_comes_back_and_the_other_is_still_told(story: Story) -> None:
    other = story.serving("Omar", RoleKind.FACILITATOR)
    mine = story.browser(story.facilitator)
    for _ in range(2):
        assert mine.post(f"{HOUR}/put-away")["Location"] == "/"
    assert NEED not in read(mine, "/")
    assert f"{HOUR}/put-away" not in read(mine, HOUR), "it is put away already"
    assert NEED in read(story.browser(other), "/")


def test_another_community_is_told_of_all_the_same(story: Story) -> None:
    story.found("valves", "Valves", by=story.facilitator)
    mine = story.browser(story.facilitator)
    mine.post(f"{HOUR}/put-away")
    assert "/c/valves/first-hour" in read(mine, "/")


def test_it_is_a_facilitators_page(story: Story) -> None:
    browser = story.browser(story.member("Lea"))
    for address in (HOUR, f"{HOUR}/charter"):
        assert browser.get(address).status_code == 403
    for address in (f"{HOUR}/put-away", f"{HOUR}/charter/set"):
        assert browser.post(address).status_code == 403


@pytest.mark.parametrize("one", EXAMPLES, ids=lambda one: one.code)
def test_an_example_fills_the_form_and_saves_nothing(story: Story, one: Example) -> None:
    page = read(story.browser(story.facilitator), f"{HOUR}/charter?like={one.code}")
    assert f'name="round_days" value="{one.round_days}"' in page
    assert str(one.purpose) in page
    assert Charter.objects.filter(community=story.community).everywhere("test").count() == 1
    assert all(least <= (one.rule()[name] or least) <= most for name, (least, most) in BOUNDS.items())


def sent(story: Story, **changed: str) -> dict[str, str]:
    charter = Community.objects.everywhere("test").get(pk=story.community.pk).charter
    words = {"domain": "Pumps", "round_days": "7", "refusal_days": "3", "review_days": "180", "quorum": "4"}
    return {**words, "seen": charter.pk, **changed}


def test_a_press_sets_the_charter(story: Story) -> None:
    browser = story.browser(story.facilitator)
    answer = browser.post(f"{HOUR}/charter/set", sent(story, purpose="What one shift finds out, the next one knows."))
    assert answer["Location"] == HOUR
    charter = Community.objects.everywhere("test").get(pk=story.community.pk).charter
    assert (charter.quorum, charter.round_days, charter.review_days) == (4, 7, 180)
    assert "charter" not in offered(read(browser, HOUR))


def test_a_charter_that_is_right_as_it_is_counts_as_set(story: Story) -> None:
    browser = story.browser(story.facilitator)
    assert "charter" in offered(read(browser, HOUR))
    as_it_is = {"round_days": "14", "refusal_days": "7", "review_days": "365", "quorum": ""}
    browser.post(f"{HOUR}/charter/set", sent(story, **as_it_is))
    assert "charter" not in offered(read(browser, HOUR))


def test_what_is_refused_is_still_there(story: Story) -> None:
    browser = story.browser(story.facilitator)
    page = browser.post(f"{HOUR}/charter/set", sent(story, round_days="1", purpose="So that nobody waits."))
    assert page.status_code == 422
    assert "So that nobody waits." in page.content.decode()


def test_nobodys_newer_charter_is_written_over_unseen(story: Story) -> None:
    browser, words = story.browser(story.facilitator), sent(story, purpose="Mine.")
    acts.set_charter(story.facilitator, story.community, purpose="Theirs.")
    page = browser.post(f"{HOUR}/charter/set", words)
    assert page.status_code == 422
    assert "Theirs." in page.content.decode()
    assert "Mine." in page.content.decode()


def test_where_two_are_the_rule_is_not_asked_for_and_leads_to_a_round(story: Story) -> None:
    browser = story.browser(story.facilitator)
    before = sent(story)
    story.member("Lea")
    page = read(browser, f"{HOUR}/charter?like=crew")
    assert 'name="round_days"' not in page
    assert reverse("edit_rule", args=["pump-crews"]) in page
    late = browser.post(f"{HOUR}/charter/set", before)
    assert late.status_code == 422
    assert "it changes by a round" in late.content.decode()
    assert 'name="round_days" value="7"' in late.content.decode(), "what was typed before the second came is kept"
    words = {"domain": "Pumps", "purpose": "Fewer nights.", "seen": before["seen"]}
    assert browser.post(f"{HOUR}/charter/set", words).status_code == 302
