"""The operator's pages: what needs them, what takes room, what runs; and nothing of what people say."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from commonplace.archiving import backing_up
from commonplace.archiving.backing_up import noted
from commonplace.communities import acts
from commonplace.communities.models import Community, Person, Role, Unit
from commonplace.externalizing.topics_health import bare, near_duplicates
from commonplace.ledger import beside, clock, jobs
from commonplace.ledger.act import writing
from commonplace.ledger.models import Job
from commonplace.web.operating import examined, findings
from tests.story import Story

PAGES = (
    *("operator", "operated_communities", "topics_health", "storage", "backups", "running_versions", "doctor"),
    *("installation", "people", "units", "jobs", "sent_letters"),
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What pages read there is this test's own."""
    monkeypatch.setattr(beside, "_place", lambda name: tmp_path / name)
    return tmp_path


@pytest.fixture
def operator(story: Story) -> Client:
    return story.browser(story.operator)


def read(client: Client, name: str, query: str = "") -> str:
    answer = client.get(reverse(name) + query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_each_is_the_operators_alone_and_leads_to_all_the_others(story: Story, operator: Client, name: str) -> None:
    page = read(operator, name)
    for other in PAGES:
        assert f'href="{reverse(other)}"' in page
    assert page.count('aria-current="page"') == 1
    assert story.browser(story.facilitator).get(reverse(name)).status_code == 403
    assert Client().get(reverse(name))["Location"].startswith("/account/login/")


@pytest.mark.parametrize("name", PAGES)
def test_none_of_them_says_what_is_said_in_a_private_community(story: Story, operator: Client, name: str) -> None:
    hidden = story.found("hidden", "Hidden circle", by=story.person("Cana Ry"), visibility="private")
    story.ask(story.member("Mira Nobody", of=hidden), "Canary question", of=hidden, topics=["canary topic"])
    page = read(operator, name)
    assert "anary" not in page
    if name != "people":
        assert "Cana Ry" not in page
        assert "Mira Nobody" not in page


def test_the_overview_says_what_needs_them_and_leads_there(operator: Client, settings: Any) -> None:
    page = read(operator, "operator")
    assert "What needs the operator" in page
    assert "No letters go out" in page
    assert "No backup was made yet" in page
    settings.MAIL = "smtp://localhost:25"
    noted.note(Path(__file__))
    assert "Nothing needs the operator." in read(operator, "operator")


def test_a_backup_older_than_a_week_is_said(folder: Path, operator: Client, now: Any) -> None:
    noted.note(Path(__file__))
    with clock.at(now + timedelta(days=6)):
        assert "older than a week" not in read(operator, "operator")
    with clock.at(now + timedelta(days=8)):
        assert "older than a week" in read(operator, "operator")


def test_backups_are_listed_the_last_first_and_few(operator: Client, folder: Path) -> None:
    for number in range(noted.MOST + 3):
        made = folder / f"night-{number}.tar.gz"
        made.write_text("x" * 3000)
        noted.note(made)
    page = read(operator, "backups")
    assert page.index(f"night-{noted.MOST + 2}.") < page.index("night-4.")
    assert "night-2." not in page
    assert "3 KB" in page
    assert str(folder) not in page, "where on the disk it lies is not said"


@pytest.mark.parametrize("broken", ["", "[1]", "{", '[{"at": "yesterday"}]'])
def test_a_list_that_cannot_be_read_is_none(folder: Path, broken: str) -> None:
    for name in ("backups.json", "doctor.json"):
        (folder / name).write_text(broken)
    assert backing_up.made() == []
    assert examined.examined() is None


def test_what_the_doctor_finds_in_the_background_stands_on_the_page(operator: Client, monkeypatch: Any) -> None:
    assert "It has not been examined yet" in read(operator, "doctor")
    monkeypatch.setattr(examined.doctor, "thorough", lambda: iter(["3 files are lost: restore them"]))
    examined.examine()
    assert "3 files are lost: restore them" in read(operator, "doctor")
    assert "The doctor found 1 thing." in read(operator, "operator")
    monkeypatch.setattr(examined.doctor, "thorough", lambda: iter(()))
    examined.examine()
    assert "The doctor found" not in read(operator, "operator")


def test_what_is_seen_at_once_is_said_once_and_no_more_when_it_is_mended(operator: Client, monkeypatch: Any) -> None:
    with monkeypatch.context() as amiss:
        amiss.setattr(findings.settings, "DEBUG", True)
        examined.examine()
        page = read(operator, "doctor")
        assert page.count("COMMONPLACE_DEBUG") == 1
    assert "COMMONPLACE_DEBUG" not in read(operator, "doctor")


@pytest.mark.usefixtures("nobody_works")
def test_it_is_asked_for_once_and_not_waited_for(story: Story, operator: Client) -> None:
    for _ in range(2):
        answer = operator.post(reverse("run_doctor"), follow=True)
        assert "It looks in the background" in answer.content.decode()
    assert Job.objects.filter(name=examined.NAME, key=f"{examined.NAME} asked").count() == 1
    assert story.browser(story.facilitator).post(reverse("run_doctor")).status_code == 403
    jobs.run_due()
    assert examined.examined() is not None


def test_a_community_in_which_nobody_facilitates_is_said(story: Story, operator: Client) -> None:
    assert findings.findings() == [one for one in findings.findings() if one.page != "operated_communities"]
    Person.objects.filter(pk=story.facilitator.pk).update(is_active=False)
    assert "1 community has no facilitator." in read(operator, "operator")
    assert "Pump crews" in read(operator, "operated_communities", "?untended=yes")
    story.found("tended", "Tended", by=story.person("Eve"))
    assert "Tended" not in read(operator, "operated_communities", "?untended=yes")
    cells = re.findall(r'data-label="Facilitator">(?:<b>)?([^<]+)', read(operator, "operated_communities"))
    assert cells == ["nobody now", "there is one"]


def test_whoever_is_away_still_facilitates(story: Story, operator: Client) -> None:
    role = Role.objects.visible_to(story.facilitator).get(person=story.facilitator)
    until = clock.now().date() + timedelta(days=9)
    acts.set_away(story.facilitator, role, until=until, stand_in=story.member("Omar"))
    assert "Pump crews" not in read(operator, "operated_communities", "?untended=yes").split("<tbody>")[-1]


def test_communities_are_found_by_title(story: Story, operator: Client) -> None:
    story.found("elsewhere", "\u00c9lectriciens", by=story.person("Eve"))
    page = read(operator, "operated_communities", "?q=ELECTRI")
    assert "lectriciens" in page
    assert "Pump crews" not in page
    assert "No community of that title." in read(operator, "operated_communities", "?q=nothing")


@pytest.mark.breaks_ledger
@pytest.mark.parametrize("name", ["operated_communities", "topics_health", "units", "people"])
def test_three_hundred_cost_no_more_than_three(
    story: Story, operator: Client, name: str, django_assert_max_num_queries: Any
) -> None:
    here = story.community
    circles = [Community(slug=f"c-{n}", title=f"Circle {n:03}", visibility=here.visibility) for n in range(300)]
    with writing():
        Community.objects.bulk_create(circles)
        Unit.objects.bulk_create(Unit(name=f"Unit {n:03}", folded=f"unit {n:03}") for n in range(300))
        Person.objects.bulk_create(Person(name=f"Person {n:03}", email=f"p{n}@x.org") for n in range(300))
    with django_assert_max_num_queries(13):
        page = read(operator, name)
    assert 'class="paging"' in page
    assert len(page) < 100_000
    fits = read(operator, name, "?q=299")
    assert "299" in fits.split("</form>", 2)[-1]
    assert 'class="paging"' not in fits


def test_topics_are_counted_and_not_named(story: Story, operator: Client) -> None:
    """By fives: two looks around one act do not tell of it."""
    seven = [f"Pump-{letter}" for letter in "abcd"] + [f"pump {letter}" for letter in "abc"]
    for name in seven:
        story.ask(story.facilitator, name, topics=[name])
    page = read(operator, "topics_health").split("<tbody>")[1]
    assert re.findall(r"<td[^>]*>([^<]+)</td>", page) == ["5+", "fewer than 5", "5+"]
    assert "ump-a" not in page
    story.ask(story.facilitator, "One more", topics=["one more"])
    again = read(operator, "topics_health").split("<tbody>")[1]
    assert re.findall(r"<td[^>]*>([^<]+)</td>", again) == ["5+", "fewer than 5", "5+"]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("Pump", "pumps", True), ("start-up", "start up", True), ("Valve", "Valves!", True), ("gas", "ga", False)],
)
def test_which_names_are_nearly_the_same(one: str, other: str, alike: bool) -> None:
    assert (bare(one) == bare(other)) == alike
    assert near_duplicates([("c", one), ("c", other)]) == {"c": 2 if alike else 0}
    assert near_duplicates([("c", one), ("d", other)]) == {"c": 0, "d": 0}
