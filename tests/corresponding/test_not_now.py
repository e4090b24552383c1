"""What needs me can be set aside for a time, with a reason; only I see that, and it comes back."""

import html
import re
from datetime import timedelta

import pytest

from commonplace.communities import acts as social
from commonplace.communities.contributions import Need
from commonplace.communities.models import Person
from commonplace.communities.waiting import all_of, needs
from commonplace.corresponding.jobs import forget
from commonplace.corresponding.models import NotNow, NotNowQuerySet
from commonplace.externalizing import acts
from commonplace.externalizing.models import Exchange
from commonplace.ledger import clock
from commonplace.ledger.models import Act
from tests.story import Story

WAITS = "Nobody has answered yet"


@pytest.fixture
def asked(story: Story, lea: Person) -> Exchange:
    return story.ask(lea, "Which seal?")


def need_of(person: Person) -> Need:
    return next(need for need in all_of(person) if need.title == "Which seal?")


def set_aside(story: Story, person: Person, how_long: str = "week", **sent: str) -> int:
    form = {"need": need_of(person).key, "because": "too_early", "how_long": how_long, **sent}
    return story.browser(person).post("/not-now/create", form).status_code


def home(story: Story, person: Person) -> str:
    return story.browser(person).get("/").content.decode()


def test_it_is_off_home_for_a_week_and_comes_back(story: Story, lea: Person, asked: Exchange) -> None:
    assert WAITS in home(story, lea)
    assert set_aside(story, lea) == 302
    assert WAITS not in home(story, lea)
    with clock.at(clock.now() + timedelta(days=6)):
        assert WAITS not in home(story, lea)
    with clock.at(clock.now() + timedelta(days=8)):
        assert WAITS in home(story, lea)


def test_what_is_set_aside_is_led_to_from_home_only_if_there_is_any(story: Story, lea: Person, asked: Exchange) -> None:
    assert "What you have set aside" not in home(story, lea)
    set_aside(story, lea)
    assert "What you have set aside" in home(story, lea)


def test_or_until_something_about_it_changes(story: Story, lea: Person, asked: Exchange) -> None:
    set_aside(story, lea, "change")
    with clock.at(clock.now() + timedelta(days=80)):
        assert needs(lea) == []
    story.respond(story.member("Omar"), asked)
    assert [need.what for need in needs(lea)] == ["Did it help?"]


def test_what_is_asked_now_is_not_what_was_set_aside(story: Story, lea: Person, asked: Exchange) -> None:
    set_aside(story, lea, "change")
    NotNow.objects.everywhere("test").update(stamp="of what was asked before")
    assert [need.title for need in needs(lea)] == ["Which seal?"]


def test_what_is_set_aside_is_listed_with_its_reason_and_is_taken_up_again(
    story: Story, lea: Person, asked: Exchange
) -> None:
    set_aside(story, lea)
    page = story.browser(lea).get("/not-now/").content.decode()
    assert "Which seal?" in page
    assert "It is too early" in page
    story.browser(lea).post("/not-now/destroy", {"need": need_of(lea).key})
    assert WAITS in home(story, lea)


def test_a_form_without_a_script_says_what_is_missing(story: Story, lea: Person, asked: Exchange) -> None:
    key = need_of(lea).key
    assert "Which seal?" in story.browser(lea).get(f"/not-now/?need={key}").content.decode()
    assert set_aside(story, lea, because="") == 422
    assert len(needs(lea)) == 1


def test_pressed_twice_at_once_it_is_set_aside_once(
    story: Story, lea: Person, asked: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_aside(story, lea)
    monkeypatch.setattr(NotNowQuerySet, "delete", lambda rows: (0, {}))
    assert set_aside(story, lea, "change", because="no_time") == 302
    [mark] = NotNow.objects.visible_to(lea)
    assert (mark.because, mark.until, bool(mark.stamp)) == ("no_time", None, True)


def test_what_waits_for_somebody_else_cannot_be_set_aside(story: Story, lea: Person, asked: Exchange) -> None:
    omar = story.member("Omar")
    story.browser(omar).post("/not-now/create", {"need": need_of(lea).key, "because": "no_time", "how_long": "week"})
    assert not NotNow.objects.everywhere("test").exists()


def test_nobody_else_is_spared_it_and_no_ledger_holds_it(story: Story, lea: Person, asked: Exchange) -> None:
    before = Act.objects.everywhere("test").count()
    with clock.at(clock.now() + timedelta(days=4)):
        set_aside(story, story.facilitator)
        assert "Which seal?" not in [need.title for need in needs(story.facilitator)]
        assert len(needs(lea)) == 1
    assert Act.objects.everywhere("test").count() == before


def test_another_title_does_not_bring_it_back_before_its_day(story: Story, lea: Person, asked: Exchange) -> None:
    key = need_of(lea).key
    set_aside(story, lea)
    acts.edit(lea, asked, title="Which gasket?", body=asked.body, seen=asked.fingerprint)
    assert [need.key for need in all_of(lea)] == [key]
    assert needs(lea) == []


def test_each_that_waits_has_a_key_of_its_own(story: Story, lea: Person) -> None:
    for number in range(5):
        story.ask(lea, f"Question {number}")
        story.respond(story.member(f"Omar {number}"), story.ask(lea, f"Answered {number}"))
    keys = [need.key for need in all_of(lea)]
    assert len(set(keys)) == len(keys) == 8


def test_it_is_forgotten_when_its_time_is_over(story: Story, lea: Person, asked: Exchange) -> None:
    set_aside(story, lea)
    with clock.at(clock.now() + timedelta(days=8)):
        forget()
    assert not NotNow.objects.everywhere("test").exists()


def test_who_has_left_keeps_no_mark_that_shows(story: Story, lea: Person, asked: Exchange) -> None:
    set_aside(story, lea)
    social.leave(lea, story.community)
    assert list(NotNow.objects.visible_to(lea)) == []


HTMX = {"hx-request": "true"}


def test_without_a_reload_the_piece_that_changed_comes_back(story: Story, lea: Person, asked: Exchange) -> None:
    """Set aside where it stands, and taken up again there."""
    need, browser = need_of(lea), story.browser(lea)
    form = {"need": need.key, "because": "too_early", "how_long": "week"}
    part = browser.post("/not-now/create", form, headers=HTMX)
    assert part.status_code == 200
    shown = part.content.decode()
    assert "<html" not in shown
    assert f'id="need-{need.key}"' in shown
    assert "Set aside: Which seal?" in shown
    assert needs(lea) == []
    again = browser.post("/not-now/destroy", {"need": need.key}, headers=HTMX).content.decode()
    assert again.strip().replace(" autofocus", "") in browser.get("/").content.decode()
    assert [one.key for one in needs(lea)] == [need.key]


def test_at_the_desk_it_comes_back_with_its_act_whatever_the_browser_says_of_itself(
    story: Story, lea: Person, asked: Exchange
) -> None:
    """The address of the form says where it stands, and the forms after it say it again."""
    with clock.at(clock.now() + timedelta(days=4)):
        browser = story.browser(story.facilitator)
        desk = browser.get("/c/pump-crews/desk/").content.decode()
        address = html.unescape(re.findall(r'hx-get="(/not-now/[^"]*)"', desk)[0])
        assert 'name="at" value="desk"' in browser.get(address, headers=HTMX).content.decode()
        form = {"need": need_of(story.facilitator).key, "at": "desk"}
        aside = browser.post("/not-now/create", form | {"because": "too_early", "how_long": "week"}, headers=HTMX)
        assert 'name="at" value="desk"' in aside.content.decode()
        again = browser.post("/not-now/destroy", form, headers=HTMX).content.decode()
        assert "Answer, or ask others" in again
        form.pop("at")
        elsewhere = HTMX | {"hx-current-url": "http://testserver/c/pump-crews/desk/"}
        browser.post("/not-now/create", form | {"because": "too_early", "how_long": "week"}, headers=HTMX)
        assert "Answer, or ask others" not in browser.post("/not-now/destroy", form, headers=elsewhere).content.decode()


def test_what_is_over_meanwhile_leads_home(story: Story, lea: Person, asked: Exchange) -> None:
    form = {"need": "no such", "because": "too_early", "how_long": "week"}
    answer = story.browser(lea).post("/not-now/create", form, headers=HTMX)
    assert answer["HX-Redirect"] == "/"
