"""T5, T11: a member reports how a practice went in real work."""

from datetime import datetime, timedelta

import pytest

from commonplace.communities.models import Person, RoleKind
from commonplace.internalizing.models import Application, Outcome
from commonplace.internalizing.setting import setting
from commonplace.internalizing.taking_up import being_taken_up, reported_by
from commonplace.ledger import clock
from commonplace.ledger.act import writing
from commonplace.ledger.check import findings
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.models import Act
from commonplace.objectifying.models import Practice
from commonplace.objectifying.status import Status
from tests.internalizing.conftest import accept, report
from tests.story import Story


def evidence(application: Application) -> dict[str, object]:
    return Act.objects.everywhere("test").get(verb="application.reported", object=application.pk).evidence


def test_a_member_reports_and_it_is_evidence(story: Story, practice: Practice) -> None:
    nina = story.member("Nina", unit="North")
    reported = report(nina, practice, Outcome.ADAPTED, "Pump 4, north", adaptation="Half as fast", with_author=True)
    reported.refresh_from_db()
    assert (reported.person, reported.outcome, reported.where, reported.adaptation, reported.with_author) == (
        nina, "adapted", "Pump 4, north", "Half as fast", True,
    )  # fmt: skip
    assert reported.version.number == 1
    assert evidence(reported) == {
        "outcome": "adapted", "by_author": False, "originator": False, "with_author": True, "status": "candidate",
        "number": 1, "setting": setting(practice.pk, "pump 4 north"), "unit": "North", "newcomer": True,
    }  # fmt: skip


def test_the_ledger_names_the_practice_as_subject(practice: Practice, ines: Person) -> None:
    reported = report(ines, practice)
    act = Act.objects.about(practice).get(verb="application.reported")
    assert (act.object, act.subject, act.actor) == (reported.pk, practice.pk, ines.pk)


def test_the_ledger_tells_authors_and_those_of_the_source_from_others(
    story: Story, practice: Practice, lea: Person, omar: Person, ines: Person
) -> None:
    stood = {person: evidence(report(person, practice)) for person in (lea, omar, ines)}
    assert [stood[person]["originator"] for person in (lea, omar, ines)] == [True, True, False]
    assert (stood[omar]["by_author"], stood[ines]["by_author"]) == (True, False)


def test_places_are_told_apart_but_not_named(
    story: Story, practice: Practice, lea: Person, omar: Person, ines: Person
) -> None:
    where = ["Pump 4, north", "  PUMP 4 (north) ", "Pump 5, north"]
    codes = [
        evidence(report(person, practice, where=place))["setting"]
        for person, place in zip((lea, omar, ines), where, strict=True)
    ]
    assert codes[0] == codes[1] != codes[2]
    other = story.distil(lea, story.resolved(lea, omar))
    assert evidence(report(ines, other, where=where[0]))["setting"] != codes[0]
    assert not any("ump" in str(code) for code in codes)


def test_who_is_no_member_reports_nothing(story: Story, practice: Practice, lea: Person) -> None:
    for stranger in (story.person("Stranger"), story.serving("Sue", RoleKind.SPONSOR), story.operator):
        with pytest.raises(NotAllowed):
            report(stranger, practice)


def test_what_is_only_half_written_cannot_be_applied(story: Story, lea: Person, omar: Person, ines: Person) -> None:
    half = story.distil(lea, story.resolved(lea, omar), why="", limits="")
    with pytest.raises(NotPossible, match="candidate or later"):
        report(ines, half)


@pytest.mark.parametrize("status", [Status.RETIRED, Status.NOT_ACCEPTED, Status.EXTERNALIZED])
def test_what_no_longer_stands_cannot_be_applied(
    practice: Practice, ines: Person, status: Status, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("commonplace.internalizing.acts.applying.status_of", lambda practice: status)
    with pytest.raises(NotPossible, match="candidate or later"):
        report(ines, practice)


@pytest.mark.parametrize(
    "status", [Status.CANDIDATE, Status.PROPOSED, Status.ACCEPTED, Status.CONTESTED, Status.UNDER_REVISION]
)
def test_whatever_stands_can_be_applied(
    practice: Practice, ines: Person, status: Status, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("commonplace.internalizing.acts.applying.status_of", lambda practice: status)
    assert evidence(report(ines, practice))["status"] == status


def test_the_same_report_twice_is_one(practice: Practice, ines: Person, omar: Person, now: datetime) -> None:
    report(ines, practice)
    with pytest.raises(NotPossible, match="just reported"):
        report(ines, practice)
    report(omar, practice)
    report(ines, practice, where="Pump 5")
    with clock.at(now + timedelta(hours=1)):
        report(ines, practice)
    assert practice.applications.count() == 4


def test_it_is_the_version_that_the_page_shows(
    story: Story, practice: Practice, lea: Person, omar: Person, ines: Person
) -> None:
    report(ines, practice)
    story.revise(lea, practice, how="Slowly.")
    assert report(ines, practice).version.number == 2
    accept(story, practice, lea, omar, ines)
    story.revise(lea, practice, how="Very slowly.")
    assert report(omar, practice).version.number == 2, "version 3 is not agreed on"
    assert evidence(report(lea, practice))["status"] == "accepted"


@pytest.mark.breaks_ledger
def test_the_rows_and_the_ledger_count_the_same(practice: Practice, ines: Person, omar: Person) -> None:
    report(ines, practice, Outcome.FAILED)
    report(omar, practice)
    report(ines, practice)
    assert list(findings()) == []
    with writing():
        practice.applications.filter(outcome="failed").delete()
    [difference] = findings()
    assert difference.startswith(f"applications {practice.pk}: the ledger says {{'worked': 2, 'failed': 1}}")


def test_taken_up_is_what_somebody_used_lately(
    story: Story, practice: Practice, lea: Person, omar: Person, ines: Person, now: datetime
) -> None:
    story.distil(lea, story.resolved(lea, omar), title="Never used")
    assert list(being_taken_up(lea)) == []
    report(ines, practice)
    assert [(one.title, one.status) for one in being_taken_up(lea)] == [(practice.title, "candidate")]
    with clock.at(now + timedelta(days=181)):
        assert list(being_taken_up(lea)) == []


def test_taken_up_and_my_own_reports_stay_within_what_i_may_read(
    story: Story, practice: Practice, ines: Person
) -> None:
    secret = story.found("secret", "Secret", by=story.facilitator, visibility="private")
    mia = story.member("Mia", of=secret)
    hidden = story.distil(mia, story.resolved(mia, story.facilitator, of=secret), title="Canary")
    mine = report(mia, hidden)
    report(ines, practice)
    assert [one.title for one in being_taken_up(ines)] == [practice.title]
    assert {one.title for one in being_taken_up(mia)} == {practice.title, "Canary"}
    assert list(reported_by(mia)) == [mine]
    assert not Application.objects.visible_to(ines).filter(practice=hidden).exists()
