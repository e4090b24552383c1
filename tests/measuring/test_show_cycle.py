"""The cycle page: whoever oversees a community sees it; it names nobody and says when it cannot tell."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonplace.communities.models import Community, RoleKind, Visibility
from commonplace.ledger import clock
from commonplace.measuring.metrics import METRICS
from commonplace.measuring.models import Figure
from commonplace.measuring.publish import publish
from commonplace.measuring.rules import Rules
from tests.story import Story

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
ADDRESS = "/c/pump-crews/cycle/"


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
            until=MONDAY, formula_version=1, last_act=1, **known,
        )  # fmt: skip


def shown(value: float, n: int = 9, events: int = 9) -> dict:
    return {"value": value, "n": n, "events": events, "suppressed": ""}


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
    assert "Nearly every exchange gets a response from somebody else within a week." in html
    assert "2 h" in html
    assert html.count("<textPath") == 3


def test_every_figure_stands_in_the_table_with_people_window_and_formula(living: Story) -> None:
    html = page(living, living.facilitator)
    table = html.split("<table>")[1].split("</table>")[0]
    assert all(str(metric.name).replace("'", "&#39;") in table for metric in METRICS)
    row = next(row for row in table.split("<tr>") if "X3 v1" in row)
    assert row.count(">9<") == 2
    assert "12 weeks" in row


def test_what_is_too_few_is_said_to_be_too_few_and_what_is_unknown_unknown(living: Story) -> None:
    html = page(living, living.facilitator)
    assert "too few to say" in html
    assert "not recorded yet" in html


def test_what_the_publisher_leaves_is_what_the_page_shows(db: None, tmp_path: Path) -> None:
    """Seven people asked in February; none was answered."""
    with clock.at(MONDAY - timedelta(days=10)):
        story = Story()
        for number in range(7):
            story.ask(story.member(f"Asker Number{number}"))
    publish(tmp_path, Rules())
    html = page(story, story.facilitator)
    assert "Hardly any exchange gets a response" in html
    assert "too few to say" in html


def test_what_it_does_not_see_is_said(living: Story) -> None:
    assert "Not seen here" in page(living, living.facilitator)


def test_counts_link_to_what_they_count(living: Story) -> None:
    assert "/c/pump-crews/exchanges/?status=open" in page(living, living.facilitator)


def test_an_empty_community_is_told_how_to_begin(db: None) -> None:
    story = Story()
    html = page(story, story.facilitator)
    assert "Begin with a question." in html
    assert "/c/pump-crews/exchanges/new" in html
    assert "<table>" not in html


def test_before_the_first_figures_the_page_says_when_they_come(db: None) -> None:
    story = Story()
    story.ask(story.member("Lea"))
    assert "figures come within the hour" in page(story, story.facilitator)


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


def test_a_stranger_finds_no_private_cycle(private: Story) -> None:
    assert private.browser(private.person("Ned")).get("/c/valve-crews/cycle/").status_code == 404


def test_no_page_shows_figures_of_another_community(private: Story) -> None:
    Figure.objects.everywhere("test").filter(community=private.private, metric="X2").update(
        value=0.1234, suppressed="", n=7
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
