"""Whom a practice is for, on its pages and in the forms of its text."""

import html
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client

from commonplace.communities import acts as social
from commonplace.communities.acts.units import merge_unit
from commonplace.communities.models import Experience, RoleKind, Visibility
from commonplace.consenting import acts as rounds
from commonplace.consenting.models import Proposal
from commonplace.objectifying.audience import EVERYONE, NEWCOMERS
from commonplace.objectifying.models import Practice
from tests.objectifying.conftest import Crew
from tests.objectifying.test_pages import fill
from tests.story import PARTS

HERE = "/c/pump-crews/practices/"
ROUND = "/c/pump-crews/proposals/new/acceptance/"
LINE = re.compile(r'<p class="small muted">(For [^<·]*?)(?: · )?<')


def shown(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode())


def line(browser: Client, practice: Practice) -> str:
    [words] = LINE.findall(shown(browser, practice.get_absolute_url()))
    return str(words).strip()


def offered(browser: Client, address: str) -> list[str]:
    """What the form says of each unit."""
    return re.findall(r"(?:North|South) – [^<]*\b(?:people|person)\b\+?", shown(browser, address))


def newcomers(browser: Client, address: str) -> str:
    return " ".join(re.findall(r"[Nn]ewcomers[:–\s][^<]*", shown(browser, address)))


def of_units(crew: Crew, *names: str) -> dict[str, Any]:
    return {"audience": "units", "units": sorted(crew.story.of_units(*names).units)}


def newest(title: str) -> Practice:
    return Practice.objects.everywhere("test").filter(title=title).latest("begun_at")


def test_who_reads_it_reads_for_whom_it_is_and_how_many_that_is(crew: Crew) -> None:
    practice, reader = crew.brought(), crew.story.person("Reader")
    for person in (crew.lea, reader):
        assert line(crew.story.browser(person), practice) == "For everyone here: 6 people"


def test_who_may_open_the_list_of_members_reads_how_many_of_them_work_there(crew: Crew) -> None:
    practice = crew.brought(audience=crew.story.of_units("North"))
    reader = crew.story.browser(crew.story.person("Reader"))
    assert line(crew.story.browser(crew.lea), practice) == "For North: 2 people"
    assert line(reader, practice) == "For North"
    assert LINE.findall(shown(reader, practice.newest_version.get_absolute_url())) == ["For North"]


def test_no_number_tells_where_somebody_works_who_is_no_member(crew: Crew) -> None:
    practice = crew.brought(audience=crew.story.of_units("North", "South"))
    browser, address = crew.story.browser(crew.lea), f"{HERE}{practice.pk}/audience"
    for look in range(2):
        assert offered(browser, address) == ["North – 2 people", "South – 1 person"]
        assert line(browser, practice) == "For North, South: 3 people"
        crew.story.person(f"Elsewhere {look}", unit="South")


def test_a_form_that_comes_back_to_who_does_not_belong_tells_no_number_of_a_unit(crew: Crew) -> None:
    practice, reader = crew.brought(), crew.story.browser(crew.story.person("Reader"))
    for address in (f"{HERE}bring/create", f"{HERE}{practice.pk}/audience/update", f"{HERE}{practice.pk}/versions"):
        answer = reader.post(address, {"audience": "none of them", "base": 1})
        assert "North –" not in html.unescape(answer.content.decode()), address


def test_what_somebody_said_on_joining_moves_nothing(crew: Crew) -> None:
    practice, browser = crew.brought(audience=NEWCOMERS), crew.story.browser(crew.lea)
    addresses = [practice.get_absolute_url(), practice.newest_version.get_absolute_url(), f"{HERE}bring"]
    before = [newcomers(browser, address) for address in addresses]
    for number in range(5):
        social.join(crew.story.person(f"New {number}"), crew.community, experience=Experience.NEW)
    assert [newcomers(browser, address) for address in addresses] == before
    assert all("whoever joined within 180 days and said that this work is new to them" in one for one in before)


def test_the_page_of_a_version_and_of_its_round_say_it(crew: Crew) -> None:
    practice = crew.candidate(audience=crew.story.of_units("North"))
    browser, version = crew.story.browser(crew.lea), practice.newest_version
    assert "For North: 2 people" in shown(browser, version.get_absolute_url())
    page = shown(browser, crew.proposed(practice).get_absolute_url())
    assert "Units: North" in page, "it stands in the text as it was put"


def test_it_is_brought_in_for_whom_the_form_says(crew: Crew) -> None:
    browser = crew.story.browser(crew.lea)
    form = shown(browser, f"{HERE}bring")
    assert "Everyone who may read this community – 5 people" in form
    assert "North – 2 people" in form
    sent = {
        "title": "Priming",
        "source_kind": "handbook",
        "authority": "habit",
        "how": "So.",
        **of_units(crew, "North"),
    }
    assert browser.post(f"{HERE}bring/create", sent).status_code == 302
    assert newest("Priming").newest_version.for_whom == crew.story.of_units("North")


def test_a_form_that_names_no_unit_comes_back_with_everything_typed(crew: Crew) -> None:
    browser = crew.story.browser(crew.lea)
    sent = {"title": "Priming", "source_kind": "handbook", "authority": "habit", "how": "Typed.", "audience": "units"}
    answer = browser.post(f"{HERE}bring/create", sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Tick one unit at least" in page
    assert "Typed." in page
    assert re.search(r'value="units"[^>]* checked', page)


def test_without_units_there_is_nothing_to_tick(story: Any, now: object) -> None:
    form = shown(story.browser(story.facilitator), f"{HERE}bring")
    assert "Newcomers" in form
    assert "Which units?" not in form
    assert 'value="units"' not in form


def test_it_is_written_down_and_taken_over_for_whom_the_form_says(crew: Crew) -> None:
    exchange, browser = crew.story.resolved(crew.lea, crew.omar), crew.story.browser(crew.lea)
    sent = {"title": "Bleeding", "exchange": exchange.pk, **PARTS, "audience": "newcomers"}
    assert browser.post(f"{HERE}create", sent).status_code == 302
    practice = newest("Bleeding")
    assert practice.newest_version.for_whom == NEWCOMERS
    other = crew.story.found("valves", "Valves", by=crew.lea)
    form = shown(browser, f"/c/{other.slug}/practices/bring?from={practice.pk}")
    assert re.search(r'value="newcomers"[^>]* checked', form), "as theirs, until somebody says otherwise"


def test_a_new_version_begins_with_whom_the_last_was_for(crew: Crew) -> None:
    north = crew.story.of_units("North")
    practice, browser = crew.brought(audience=north), crew.story.browser(crew.omar)
    form = shown(browser, f"{HERE}{practice.pk}/versions/new")
    assert re.search(r'value="units"[^>]* checked', form)
    assert re.search(rf'value="{min(north.units)}"[^>]* checked', form)
    sent = {**PARTS, "base": 1, "audience": "everyone", "units": [*north.units]}
    assert browser.post(f"{HERE}{practice.pk}/versions", sent).status_code == 302
    version = practice.newest_version
    assert version.for_whom == EVERYONE, "units that are ticked count where it is for units"
    page = shown(browser, version.get_absolute_url())
    assert "<del>Units: North</del>" in page


def test_who_wrote_at_the_same_time_takes_over_whom_the_other_meant(crew: Crew) -> None:
    practice, browser = crew.brought(), crew.story.browser(crew.omar)
    crew.story.revise(crew.ines, practice, audience=NEWCOMERS)
    mine = {**PARTS, "how": "Slowly.", "base": 1, "audience": "everyone"}
    answer = browser.post(f"{HERE}{practice.pk}/versions", mine)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "For whom: taken over from version 2" in page
    assert re.search(r'value="newcomers"[^>]* checked', page)
    both = browser.post(f"{HERE}{practice.pk}/versions", {**mine, **of_units(crew, "North")}).content.decode()
    assert "For whom: you both changed it" in both
    assert re.search(r'value="units"[^>]* checked', both)


def test_where_a_round_is_opened_it_is_shown_and_can_be_changed_first(crew: Crew) -> None:
    practice, browser = crew.candidate(), crew.story.browser(crew.lea)
    opening, change = f"{ROUND}{practice.pk}/", f"{HERE}{practice.pk}/audience?then=round"
    page = shown(browser, opening)
    assert "For everyone here: 5 people" in page
    assert change in page
    assert 'name="audience"' in shown(browser, change)
    sent = {"number": 1, "then": "round", **of_units(crew, "South")}
    answer = browser.post(f"{HERE}{practice.pk}/audience/update", sent)
    assert answer["Location"] == opening
    assert "For South: 1 person" in shown(browser, opening)
    other = shown(crew.story.browser(crew.ines), opening)
    assert "For South" in other
    assert change not in other


def test_the_practice_says_where_that_is_changed_as_long_as_it_can_be(crew: Crew) -> None:
    """To whoever may, of what is read there."""
    practice, to_it = crew.candidate(), "Change for whom it is"
    at, lea = practice.get_absolute_url(), crew.story.browser(crew.lea)
    assert to_it in shown(lea, at)
    assert to_it not in shown(crew.story.browser(crew.ines), at)
    proposal = crew.proposed(practice)
    assert to_it not in shown(lea, at), "it is put to consent"
    rounds.withdraw(crew.lea, proposal, reason="Anew.")
    assert to_it not in shown(lea, at), "it was"
    crew.story.revise(crew.lea, practice, limits="Only there.")
    assert to_it in shown(lea, at), "of a text that was not"


def test_a_stale_form_says_which_version_is_the_newest(crew: Crew) -> None:
    practice, browser = crew.brought(), crew.story.browser(crew.lea)
    crew.story.revise(crew.omar, practice, how="Slowly.")
    answer = browser.post(f"{HERE}{practice.pk}/audience/update", {"number": 1, "audience": "newcomers"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Meanwhile version 2 was written" in page
    assert re.search(r'name="number" value="2"', page)
    again = browser.post(f"{HERE}{practice.pk}/audience/update", {"number": 2, "audience": "newcomers"})
    assert again["Location"] == practice.newest_version.get_absolute_url()


def test_a_sponsor_from_outside_and_who_may_not_read_see_nothing_of_it(crew: Crew) -> None:
    here = crew.story.found("closed", "Closed", by=crew.fay, visibility=Visibility.CLOSED)
    sponsor = crew.story.serving("Selma", RoleKind.SPONSOR, of=here)
    practice = crew.story.bring(crew.fay, of=here)
    for person in (sponsor, crew.lea):
        assert crew.story.browser(person).get(f"/c/closed/practices/{practice.pk}/audience").status_code == 404


@pytest.mark.parametrize("rows", [1, 8])
def test_pages_cost_the_same_however_many_units_there_are(
    crew: Crew, rows: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    units = [f"Unit {number}" for number in range(rows)]
    practice = crew.candidate(audience=crew.story.of_units(*units))
    proposal: Proposal = crew.proposed(practice)
    browser = crew.story.browser(crew.ines)
    browser.get("/")
    with django_assert_max_num_queries(27):
        shown(browser, practice.get_absolute_url())
    for address in (proposal.get_absolute_url(), f"{HERE}bring", f"{HERE}{practice.pk}/versions/1/"):
        with django_assert_max_num_queries(33):
            shown(browser, address)


@pytest.mark.parametrize("rows", [1, 8])
def test_a_practice_for_units_costs_what_any_other_does(
    crew: Crew, rows: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    """However many there are, with however many parts, and however often each was merged since."""
    names = [f"Unit {number}" for number in range(rows)]
    practice = fill(crew, rows, audience=crew.story.of_units(*names))
    for name in names:
        kept = [crew.story.unit(f"{name}, {turn}") for turn in range(3)]
        for one, other in pairwise([crew.story.unit(name), *kept]):
            merge_unit(crew.story.operator, one, into=other)
    for person in (crew.lea, crew.omar, crew.ines, crew.fay):
        browser = crew.story.browser(person)
        browser.get("/")
        with django_assert_max_num_queries(29):
            page = shown(browser, practice.get_absolute_url())
        assert "For Unit 0, 2" in page
        assert f"{rows} pe" in page


def test_a_round_says_how_many_that_is_to_who_may_know(crew: Crew) -> None:
    """As on the practice's page; once it has closed, what counts is what its text says."""
    crew.story.member("Noor", unit="North")
    of_all, of_north = (crew.proposed(crew.candidate(audience=one)) for one in (EVERYONE, crew.story.of_units("North")))
    stranger, member = crew.story.browser(crew.story.person("Reader")), crew.story.browser(crew.ines)
    assert LINE.findall(shown(stranger, of_all.get_absolute_url())) == ["For everyone here: 7 people"]
    assert LINE.findall(shown(member, of_north.get_absolute_url())) == ["For North: 3 people"]
    page = shown(stranger, of_north.get_absolute_url())
    assert LINE.findall(page) == []
    assert "Units: North" in page
    crew.decided(crew.consented(of_north))
    assert LINE.findall(shown(member, of_north.get_absolute_url())) == []
