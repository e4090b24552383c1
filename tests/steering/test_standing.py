"""Where each side sees an objective, on its scale; by hand-worked views."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from commonplace.communities import acts as social
from commonplace.communities.models import Person, RoleKind
from commonplace.ledger import clock
from commonplace.steering import acts, sponsored
from commonplace.steering.models import Card, Objective, Side
from commonplace.steering.standing import Standing
from tests.steering.conftest import WORDS
from tests.story import Story

BOTH = {"sponsor": 1, "community": 1}


def seen_by(reader: Person) -> Standing:
    return Standing(Objective.objects.visible_to(reader).get(), reader)


@pytest.fixture
def judged(story: Story, sponsor: Person, in_force: Card) -> Any:
    def carried_out(**levels: int) -> None:
        by = {"sponsor": sponsor, "community": story.facilitator}
        for side, level in levels.items():
            acts.judge(by[side], in_force, side=Side(side), level=level, words="As we see it")

    return carried_out


@pytest.mark.parametrize(
    ("levels", "marks", "verdict"),
    [
        ({}, {}, "Neither side has said yet how far it is."),
        ({"community": 0}, {0: "the community sees it here"}, "Sponsor: not said yet. Community: as expected."),
        (BOTH, {1: "sponsor and community see it here"}, "More than expected: both sides see it so."),
        (
            {"sponsor": -2, "community": 2},
            {-2: "the sponsor sees it here", 2: "the community sees it here"},
            "Sponsor: much less than expected. Community: much more than expected.",
        ),
    ],
)
def test_who_sees_it_where(
    story: Story, judged: Any, levels: dict[str, int], marks: dict[int, str], verdict: str
) -> None:
    judged(**levels)
    shown = seen_by(story.facilitator)
    assert (shown.marks, shown.verdict) == (marks, verdict)


def test_the_sponsor_who_said_it_is_you(story: Story, sponsor: Person, judged: Any) -> None:
    judged(sponsor=0, community=1)
    assert seen_by(sponsor).marks == {0: "you see it here", 1: "the community sees it here"}
    judged(community=0)
    assert seen_by(sponsor).marks == {0: "you and the community see it here"}
    another = story.serving("Another Sponsor", RoleKind.SPONSOR)
    assert seen_by(another).marks == {0: "sponsor and community see it here"}


def test_the_last_look_counts(story: Story, now: Any, judged: Any) -> None:
    judged(community=-1)
    with clock.at(now + timedelta(days=30)):
        judged(community=2)
        assert list(seen_by(story.facilitator).marks) == [2]


def test_each_side_is_due_so_long_after_its_own_last_look(
    story: Story, now: Any, sponsor: Person, judged: Any, in_force: Card
) -> None:
    signed = max(one.signed_at for one in in_force.signatures.everywhere("test"))
    with clock.at(now + timedelta(days=30)):
        judged(sponsor=0)
        by_sponsor, by_community = seen_by(sponsor).looks
    assert by_sponsor.due == by_sponsor.at + timedelta(days=91)
    assert by_community.due == signed + timedelta(days=91)
    with clock.at(now + timedelta(days=100)):
        assert [look.is_late for look in seen_by(sponsor).looks] == [False, True]


@pytest.mark.parametrize(
    ("signs", "sponsors", "facilitators"),
    [
        ("", "Your turn to sign, and the community’s to consent.", "The sponsor’s turn to sign, and the community’s"),
        ("sponsor", "The community’s turn: the sponsor has signed", "The community’s turn: the sponsor has signed"),
        ("community", "Your turn: the community has consented.", "The sponsor’s turn: the community has consented."),
    ],
)
def test_a_card_that_is_not_signed_says_whose_turn_it_is(
    story: Story, sponsor: Person, objective: Objective, request: Any, signs: str, sponsors: str, facilitators: str
) -> None:
    if signs == "sponsor":
        acts.sign(sponsor, objective.latest)
    if signs == "community":
        request.getfixturevalue("consent")()
    assert seen_by(sponsor).turn.startswith(sponsors)
    assert seen_by(story.facilitator).turn.startswith(facilitators)
    assert not seen_by(sponsor).looks


def test_a_newer_card_can_be_read_before_it_is_signed(
    story: Story, sponsor: Person, in_force: Card, change: Any
) -> None:
    change(expected="Twelve a month")
    page = story.browser(sponsor).get(in_force.objective.get_absolute_url()).content.decode()
    assert "Twelve a month" in page
    assert "20 a month" in page
    assert "Your turn to sign" in page


def test_the_scale_is_on_the_page_and_its_small_form_in_the_list(story: Story, sponsor: Person, judged: Any) -> None:
    judged(sponsor=1, community=0)
    browser = story.browser(sponsor)
    page = browser.get(seen_by(sponsor).objective.get_absolute_url()).content.decode()
    scale = page.split('<ol class="scale">')[1].split("</ol>")[0]
    assert scale.count('<li class="seen">') == 2
    assert scale.index("10 a month") < scale.index("15 a month") < scale.index("you see it here") < scale.index("20 a")
    listed = browser.get("/c/pump-crews/objectives/").content.decode().split('<dl class="sights">')[1]
    assert listed.count('class="on"') == 2
    assert listed.index("more than expected") < listed.index("as expected")


def home(story: Story, person: Person) -> str:
    page = story.browser(person).get("/")
    assert page.status_code == 200
    return str(page.content.decode())


def test_the_home_of_whoever_only_sponsors(story: Story, sponsor: Person, judged: Any) -> None:
    """Fay Facilitator wrote, Lea asked: no name of theirs, nothing they said but to both sides."""
    lea = story.member("Lea Canary")
    story.ask(lea, "Canary question")
    judged(**BOTH)
    page = home(story, sponsor)
    assert "Half the call-outs at night" in page
    assert "you and the community see it here" in page
    assert "What you do not see" in page
    assert "New in your communities" not in page
    for name in ("Canary", "Fay Facilitator", "Second Facilitator"):
        assert name not in page


def test_a_sponsor_reads_what_waits_for_their_word_first(story: Story, sponsor: Person, objective: Objective) -> None:
    page = home(story, sponsor)
    assert page.index("Waits for your signature") < page.index("You sponsor")
    assert "Your turn to sign" in page


def test_a_sponsor_of_nothing_stated_yet_can_state_it(story: Story, sponsor: Person) -> None:
    assert "/c/pump-crews/objectives/new" in home(story, sponsor)


def test_many_objectives_of_one_community_hide_none_of_another(
    story: Story, sponsor: Person, objective: Objective
) -> None:
    eve = story.person("Eve")
    elsewhere = story.found("elsewhere", "Elsewhere", by=eve)
    role = social.grant_role(eve, elsewhere, person=sponsor, kind=RoleKind.SPONSOR)
    social.accept_role(sponsor, role)
    for number in range(sponsored.MOST + 2):
        acts.state(sponsor, elsewhere, card=Card(**WORDS | {"statement": f"Aim {number}"}))
    page = home(story, sponsor)
    assert "No objective has been stated" not in page
    assert "Half the call-outs at night" in page
    assert page.partition("You sponsor")[2].count(">Aim ") == sponsored.MOST, "the rest is a press away"
    assert 'href="/c/elsewhere/objectives/"' in page


def test_members_who_sponsor_elsewhere_have_both(story: Story, objective: Objective, sponsor: Person) -> None:
    elsewhere = story.found("elsewhere", "Elsewhere", by=story.person("Eve"))
    story.invited(sponsor, of=elsewhere)
    story.ask(story.member("Ada", of=elsewhere), "Known there", of=elsewhere)
    page = home(story, sponsor)
    assert "Known there" in page
    assert "Half the call-outs at night" in page
    assert "What you do not see" in page


def test_who_sponsors_nothing_has_no_such_part(story: Story, objective: Objective) -> None:
    for person in (story.facilitator, story.member("Lea")):
        page = home(story, person)
        assert "You sponsor" not in page
        assert "What you do not see" not in page


def test_whoever_is_only_asked_to_sponsor_sees_nothing_yet(story: Story, objective: Objective) -> None:
    asked = story.person("Asked")
    social.grant_role(story.facilitator, story.community, person=asked, kind=RoleKind.SPONSOR)
    assert "Half the call-outs" not in home(story, asked)


@pytest.mark.parametrize("rows", [2, 12])
def test_a_sponsors_home_costs_the_same_however_many(
    story: Story, sponsor: Person, rows: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(rows):
        acts.state(sponsor, story.community, card=Card(**{**WORDS, "statement": f"Objective {number}"}))
    browser: Client = story.browser(sponsor)
    with django_assert_max_num_queries(32):
        assert browser.get("/").status_code == 200
