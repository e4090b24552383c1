"""Objectives on the page: what sponsor and community see, and what it costs."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from commonplace.communities.models import Person
from commonplace.consenting.models import Proposal
from commonplace.measuring.models import Figure
from commonplace.steering import acts
from commonplace.steering.models import Card, Objective, Side
from tests.steering.conftest import WORDS
from tests.story import Story


def test_the_sponsor_sees_no_person(story: Story, sponsor: Person, in_force: Card) -> None:
    acts.judge(story.facilitator, in_force, side=Side.COMMUNITY, level=0, words="As hoped")
    browser = story.browser(sponsor)
    for address in ("/c/pump-crews/objectives/", in_force.objective.get_absolute_url()):
        page = browser.get(address).content.decode()
        assert "Fay Facilitator" not in page
        assert "Second Facilitator" not in page


def test_evidence_says_of_which_time_it_is_or_why_there_is_none(
    story: Story, sponsor: Person, objective: Objective
) -> None:
    began = datetime(2025, 12, 8, tzinfo=UTC)
    ends = {"since": began, "until": began + timedelta(days=84), "seen": began + timedelta(days=114)}
    known = {"community": story.community, "span": "weeks", "formula_version": 1, "last_act": 1, **ends}
    Figure.objects.create(metric="X3", unit="seconds", value=7200.0, n=10, events=19, **known)
    Figure.objects.create(metric="N3", unit="seconds", suppressed="beside_others", **known)
    page = story.browser(sponsor).get(objective.get_absolute_url()).content.decode()
    assert page.count("the log, 8 December 2025 to 1 March 2026") == 2
    assert "“Not told”: beside the other figures" in page
    assert "–" not in page.split('<dl class="rests">')[1].split("</dl>")[0]


def test_stating_keeps_what_was_typed(story: Story, sponsor: Person) -> None:
    page = story.browser(sponsor).post("/c/pump-crews/objectives/create", {"statement": "Half the call-outs"})
    assert page.status_code == 422
    assert "Half the call-outs" in page.content.decode()
    typed = {**WORDS, "horizon": "2040-01-01"}
    page = story.browser(sponsor).post("/c/pump-crews/objectives/create", typed, follow=True)
    assert "20 a month" in page.content.decode()


def test_a_day_that_is_over_is_refused_and_what_was_typed_stays(story: Story, sponsor: Person) -> None:
    page = story.browser(sponsor).post("/c/pump-crews/objectives/create", {**WORDS, "horizon": "2001-01-01"})
    assert page.status_code == 422
    assert "Choose a day that is still to come." in page.content.decode()
    assert "20 a month" in page.content.decode()


def test_a_card_is_changed_from_the_one_that_was_read(story: Story, sponsor: Person, objective: Objective) -> None:
    browser, base = story.browser(sponsor), objective.get_absolute_url()
    assert f'name="base" value="{objective.latest.pk}"' in browser.get(f"{base}cards/new").content.decode()
    typed = {**WORDS, "horizon": "2040-01-01", "expected": "30 a month", "base": objective.latest.pk}
    assert browser.post(f"{base}cards", typed).status_code == 302
    late = browser.post(f"{base}cards", {**typed, "expected": "12 a month"})
    assert late.status_code == 422
    assert "There is a newer card" in late.content.decode()
    assert browser.post(f"{base}cards", {**typed, "base": "nonsense"}).status_code == 404


def test_the_whole_signature(
    story: Story, sponsor: Person, objective: Objective, consent: Callable[[], None], card_round: Proposal
) -> None:
    base = objective.get_absolute_url()
    shown = story.browser(sponsor).get(base).content.decode()
    assert f'name="card" value="{objective.latest.pk}"' in shown
    story.browser(sponsor).post(f"{base}signatures", {"card": objective.latest.pk})
    consent()
    assert "signed by both sides" in story.browser(sponsor).get(base).content.decode()


def test_only_a_sponsor_is_offered_the_sponsor_s_signature(story: Story, sponsor: Person, objective: Objective) -> None:
    offered = {
        by: "Sign for the sponsor" in story.browser(by).get(objective.get_absolute_url()).content.decode()
        for by in (sponsor, story.facilitator)
    }
    assert offered == {sponsor: True, story.facilitator: False}


@pytest.mark.parametrize("rows", [1, 8])
def test_they_cost_the_same_however_many(
    story: Story, sponsor: Person, rows: int, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    for number in range(rows):
        stated = acts.state(sponsor, story.community, card=Card(**{**WORDS, "statement": f"Objective {number}"}))
    browser = story.browser(sponsor)
    for address in ("/c/pump-crews/objectives/", stated.get_absolute_url()):
        with django_assert_max_num_queries(13):
            assert browser.get(address).status_code == 200


def test_a_refused_stance_puts_the_focus_where_the_reason_is_missing(
    second: Person, story: Story, card_round: Proposal
) -> None:
    browser, address = story.browser(second), f"{card_round.get_absolute_url()}stances"
    page = browser.post(address, {"stance": "object", "reason": "", "number": 1}).content.decode()
    assert re.findall(r'<textarea[^>]*name="reason"[^>]*\bautofocus', page)
    assert page.count("autofocus") == 1
    page = browser.post(address, {"stance": "consent", "reason": "", "number": 1}, follow=True).content.decode()
    assert "Where you stand: consent." in page
