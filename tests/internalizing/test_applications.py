"""Reporting in the browser, in half a minute; and reading what others reported."""

import html
import re
from typing import Any

import pytest

from commonplace.communities.models import Person, RoleKind
from commonplace.internalizing.models import Application, Outcome
from commonplace.objectifying.models import Practice
from tests.internalizing.conftest import accept, report
from tests.story import Story


def address(practice: Practice, tail: str = "") -> str:
    return f"/c/{practice.community.slug}/practices/{practice.pk}/applications{tail}"


def test_three_choices_a_place_and_done(story: Story, practice: Practice, ines: Person) -> None:
    browser = story.browser(ines)
    asked = browser.get(address(practice, "/new")).content.decode()
    assert asked.count('name="outcome"') == asked.count('name="help"') == 3
    answer = browser.post(
        address(practice, "/create"), {"outcome": "adapted", "where": "Pump 4", "adaptation": "slower"}, follow=True
    )
    assert answer.redirect_chain[-1][0] == practice.get_absolute_url()
    page = answer.content.decode()
    assert "Pump 4" in page
    assert "slower" in page
    assert "0 worked, 1 adapted, 0 failed" in " ".join(page.split())


def test_a_failure_offers_the_challenge_at_once(
    story: Story, practice: Practice, lea: Person, omar: Person, ines: Person
) -> None:
    report(ines, practice)
    accept(story, practice, lea, omar, ines)
    answer = story.browser(ines).post(
        address(practice, "/create"), {"outcome": "failed", "where": "Pump 5"}, follow=True
    )
    failed = Application.objects.everywhere("test").get(outcome=Outcome.FAILED)
    assert answer.redirect_chain[-1][0] == failed.get_absolute_url()
    assert "You may challenge it" in answer.content.decode()
    offered = f"/c/pump-crews/practices/{practice.pk}/challenges/new?application={failed.pk}"
    assert f'href="{offered}"' in answer.content.decode()
    assert failed.pk in story.browser(ines).get(offered).content.decode()


def test_what_is_not_agreed_on_is_not_challenged(story: Story, practice: Practice, ines: Person) -> None:
    page = story.browser(ines).get(report(ines, practice, Outcome.FAILED).get_absolute_url()).content.decode()
    assert "You may challenge it" not in page
    assert "not agreed on yet" in page


@pytest.mark.parametrize("missing", ["outcome", "where"])
def test_a_refused_report_keeps_what_was_typed(story: Story, practice: Practice, ines: Person, missing: str) -> None:
    typed = {"outcome": "failed", "where": "Pump <4>", "adaptation": "It burst", "help": "nobody"} | {missing: ""}
    page = story.browser(ines).post(address(practice, "/create"), typed)
    shown = page.content.decode()
    assert page.status_code == 422
    assert "It burst" in shown
    assert ("Pump &lt;4&gt;" in shown) == (missing != "where")
    assert shown.partition("<main")[2].count(" checked") == (1 if missing == "outcome" else 2)
    assert not Application.objects.everywhere("test").exists()


def test_pressed_twice_it_is_kept_once_and_leads_to_the_same_page(
    story: Story, practice: Practice, ines: Person
) -> None:
    browser, typed = story.browser(ines), {"outcome": "failed", "where": "Pump 4"}
    once, twice = (browser.post(address(practice, "/create"), typed) for _ in range(2))
    assert once.status_code == twice.status_code == 302
    assert once["Location"] == twice["Location"] == practice.applications.get().get_absolute_url()


def test_members_see_names_and_others_do_not(story: Story, practice: Practice, ines: Person) -> None:
    reported = report(ines, practice, Outcome.FAILED, "Pump 9")
    for reader, named in (
        (story.member("Nina"), True),
        (story.person("Stranger"), False),
    ):
        for page in (address(practice), reported.get_absolute_url(), practice.get_absolute_url() + "#applications"):
            shown = story.browser(reader).get(page).content.decode()
            assert "Pump 9" in shown
            section = shown.split('id="applications"')[-1].split("</section>")[0] if "#" in page else shown
            assert ("Ines" in section) == named, (reader.name, page)


def test_a_sponsor_from_outside_reads_no_reports(story: Story, practice: Practice, ines: Person) -> None:
    reported = report(ines, practice, Outcome.FAILED, "Pump 9")
    sponsor = story.browser(story.serving("Sue", RoleKind.SPONSOR))
    for page in (address(practice), reported.get_absolute_url(), practice.get_absolute_url()):
        assert sponsor.get(page).status_code == 404
    assert "Ines" not in sponsor.get("/search?q=pump").content.decode()
    assert "Ines" not in sponsor.get("/").content.decode()


def test_who_is_no_member_is_not_asked(story: Story, practice: Practice) -> None:
    stranger = story.browser(story.person("Stranger"))
    assert "I used it" not in stranger.get(practice.get_absolute_url()).content.decode()
    assert stranger.get(address(practice, "/new")).status_code == 403
    assert stranger.post(address(practice, "/create"), {"outcome": "worked", "where": "here"}).status_code == 403


def test_a_private_community_does_not_exist_for_others(story: Story, practice: Practice, ines: Person) -> None:
    secret = story.found("secret", "Secret", by=story.facilitator, visibility="private")
    mia = story.member("Mia", of=secret)
    hidden = story.distil(mia, story.resolved(mia, story.facilitator, of=secret))
    reported = report(mia, hidden, Outcome.FAILED)
    for reader in (ines, story.operator):
        browser = story.browser(reader)
        for page in (address(hidden), address(hidden, "/new"), reported.get_absolute_url()):
            assert browser.get(page).status_code == 404, page
        assert browser.post(address(hidden, "/create"), {"outcome": "worked", "where": "x"}).status_code == 404
    crossed = reported.get_absolute_url().replace(hidden.pk, practice.pk).replace("secret", "pump-crews")
    assert story.browser(mia).get(crossed).status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_pages_cost_the_same_however_many_reports(
    story: Story, practice: Practice, rows: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(rows):
        reported = report(story.member(f"Member {number}"), practice, Outcome.FAILED)
    browser = story.browser(reported.person)
    for page in (address(practice), address(practice, "/new"), reported.get_absolute_url()):
        with django_assert_max_num_queries(13):
            assert browser.get(page).status_code == 200
    with django_assert_max_num_queries(31):  # It is ready: the page asks whether a round could open.
        assert browser.get(practice.get_absolute_url()).status_code == 200


def older(page: str) -> str:
    """The address of the page after this one."""
    link = re.search(r'rel="next" href="([^"]+)"', page)
    assert link, "there is none"
    return html.unescape(link[1])


def test_long_lists_have_pages(story: Story, practice: Practice, ines: Person) -> None:
    for number in range(26):
        report(ines, practice, where=f"Pump {number}")
    first = story.browser(ines).get(address(practice)).content.decode()
    second = story.browser(ines).get(address(practice) + older(first)).content.decode()
    assert first.count('class="row"') == 25
    assert second.count('class="row"') == 1
    assert "Used 26 times" in second
