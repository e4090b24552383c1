"""The operator sees how the work stands and mends what was given up; nobody reads there what it is about."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from commonplace.ledger.jobs.kinds import KINDS
from commonplace.ledger.models import Job
from commonplace.web import doctor
from commonplace.web.operating.in_words import WORK
from tests.story import Story

pytestmark = [pytest.mark.usefixtures("nobody_works"), pytest.mark.breaks_ledger]  # A job given up is a finding.
PLACE = "KeyError at internalizing/search/index.py:45"


@pytest.fixture
def operator(story: Story) -> Client:
    return story.browser(story.operator)


def given_up(now: datetime, name: str = "search.exchanges") -> Job:
    args = {"acts": [4711], "of": "somebody"}
    return Job.objects.create(name=name, args=args, tries=12, error=PLACE, given_up_at=now, due_at=now)


def page(client: Client) -> str:
    answer = client.get(reverse("jobs"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_tells_kinds_numbers_and_places_only(now: datetime, operator: Client) -> None:
    given_up(now)
    Job.objects.create(name="letters.weekly", due_at=now - timedelta(hours=3), args={"of": "Lea Lang"})
    shown = page(operator)
    for word in ("search.exchanges", PLACE, "letters.weekly", "3 h ago", "after 12 tries"):
        assert word in shown
    for kept in ("4711", "somebody", "Lea"):
        assert kept not in shown


def test_nothing_waits_and_nothing_is_offered(now: datetime, operator: Client) -> None:
    shown = page(operator)
    assert "Nothing waits." in shown
    assert "Try again" not in shown


def test_the_operators_page_leads_there(operator: Client) -> None:
    assert f'href="{reverse("jobs")}"' in operator.get(reverse("operator")).content.decode()


def test_one_is_tried_again_as_if_it_were_new(now: datetime, operator: Client) -> None:
    job = given_up(now)
    assert "what it was to do stays undone" in page(operator), "the consequence of the other button"
    answer = operator.post(reverse("retry_job", args=[job.pk]), follow=True)
    assert "It will be tried again at once." in answer.content.decode()
    job.refresh_from_db()
    assert (job.given_up_at, job.tries, job.due_at) == (None, 0, now)


def test_one_that_can_never_work_is_dropped(now: datetime, operator: Client) -> None:
    job, other = given_up(now), given_up(now, "figures")
    operator.post(reverse("drop_job", args=[job.pk]))
    assert list(Job.objects.all()) == [other]


@pytest.mark.parametrize("name", ["retry_job", "drop_job"])
def test_one_that_was_not_given_up_is_left_alone(now: datetime, operator: Client, name: str) -> None:
    job = Job.objects.create(name="figures", due_at=now, tries=3)
    answer = operator.post(reverse(name, args=[job.pk]), follow=True)
    assert "It is no longer here" in answer.content.decode()
    job.refresh_from_db()
    assert job.tries == 3


@pytest.mark.parametrize("name", ["retry_job", "drop_job"])
def test_only_the_operator_touches_them(now: datetime, story: Story, name: str) -> None:
    job = given_up(now)
    assert story.browser(story.facilitator).post(reverse(name, args=[job.pk])).status_code == 403
    assert Job.objects.given_up().get() == job


def test_the_page_asks_few_questions_however_many_wait(
    now: datetime, operator: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        given_up(now, f"kind.{number % 5}")
    with django_assert_max_num_queries(13):
        assert page(operator).count("Try again") == 50


def test_whoever_watches_the_machine_reads_that_work_is_late_and_no_number(
    now: datetime, db: None, client: Client
) -> None:
    for minutes, late in ((-5, False), (9, False), (11, True)):
        Job.objects.create(name="figures", due_at=now - timedelta(minutes=minutes))
        answer = client.get("/healthz")
        assert answer.status_code == 200, "pages work"
        assert answer.json() == {"status": "ok", "jobs": {"late": late, "given_up": False}}
    given_up(now)
    assert client.get("/healthz").json()["jobs"]["given_up"] is True


def test_doctor_names_what_was_given_up(now: datetime, db: None) -> None:
    given_up(now)
    assert list(doctor.complaints()) == [
        "jobs given up: 1 of search.exchanges; see where at /jobs/, and try again from there"
    ]


@pytest.mark.parametrize(("minutes", "amiss"), [(9, False), (11, True)])
def test_doctor_asks_for_a_worker_when_work_waits_too_long(now: datetime, db: None, minutes: int, amiss: bool) -> None:
    Job.objects.create(name="figures", due_at=now - timedelta(minutes=minutes))
    lines = ["Jobs wait: 1, the first of them for 11 minutes; is a worker running?"]
    assert list(doctor.complaints()) == (lines if amiss else [])


@pytest.mark.parametrize(("count", "words"), [(0, ""), (1, "1 job was"), (2, "2 jobs were given up")])
def test_the_operators_page_says_how_many_were_given_up(
    now: datetime, operator: Client, count: int, words: str
) -> None:
    for number in range(count):
        given_up(now, f"kind.{number}")
    assert words in operator.get(reverse("operator")).content.decode()


def test_dropping_is_asked_twice(now: datetime, operator: Client) -> None:
    job = given_up(now)
    before, _, asked = page(operator).partition("<details>")
    assert reverse("drop_job", args=[job.pk]) not in before
    assert "What it was to do stays undone." in asked
    assert "Drop it for good" in asked


def test_each_kind_of_work_is_said_in_words() -> None:
    ours = {name for name, kind in KINDS.items() if kind.work.__module__.startswith("commonplace.")}
    assert ours <= set(WORK), "an operator reads what it does, not only its name"
