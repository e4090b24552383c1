"""T5, T11: a member reports how a practice went in real work, and the ledger keeps how they stood to it."""

import pytest

from commonplace.communities.models import Person, RoleKind
from commonplace.internalizing import acts
from commonplace.internalizing.evidence import Reported
from commonplace.internalizing.models import Application, Help, Outcome
from commonplace.ledger.act import writing
from commonplace.ledger.check import findings
from commonplace.ledger.errors import NotAllowed
from commonplace.ledger.models import Act
from commonplace.ledger.replay import REDUCERS
from commonplace.objectifying.models import Practice
from commonplace.objectifying.status import Status
from tests.internalizing.conftest import accept, kept, report
from tests.story import Story


def test_a_member_reports_and_it_is_evidence(story: Story, practice: Practice) -> None:
    nina = story.member("Nina")
    reported = report(nina, practice, Outcome.ADAPTED, "Pump 4, north", adaptation="Half as fast", help=Help.OTHER)
    reported.refresh_from_db()
    typed = (reported.outcome, reported.where, reported.adaptation, reported.help)
    assert (reported.person, *typed) == (nina, "adapted", "Pump 4, north", "Half as fast", "other")
    evidence = kept(reported)
    assert evidence == Reported(
        outcome=Outcome.ADAPTED, by_author=False, originator=False, help=Help.OTHER, setting=evidence.setting,
        status=Status.CANDIDATE, number=1,
    )  # fmt: skip


def test_the_ledger_names_the_practice_as_subject(practice: Practice, ines: Person) -> None:
    reported = report(ines, practice)
    act = Act.objects.about(practice).get(verb="application.reported")
    assert (act.object, act.subject, act.actor) == (reported.pk, practice.pk, ines.pk)


def test_the_ledger_tells_authors_and_those_of_the_source_from_others(
    practice: Practice, lea: Person, omar: Person, ines: Person
) -> None:
    stood = {person: kept(report(person, practice)) for person in (lea, omar, ines)}
    assert [stood[person].originator for person in (lea, omar, ines)] == [True, True, False]
    assert (stood[omar].by_author, stood[ines].by_author) == (True, False)


@pytest.mark.parametrize("helped", Help)
def test_who_helped_is_kept_as_it_was_told(practice: Practice, ines: Person, helped: Help) -> None:
    assert kept(report(ines, practice, help=helped)).help == helped


def test_whoever_does_not_say_who_helped_said_nothing(practice: Practice, ines: Person) -> None:
    assert kept(report(ines, practice)).help == Help.UNSAID


def test_who_is_no_member_reports_nothing(story: Story, practice: Practice) -> None:
    for stranger in (story.person("Stranger"), story.serving("Sue", RoleKind.SPONSOR), story.operator):
        with pytest.raises(NotAllowed):
            report(stranger, practice)


def test_only_what_the_reporter_says_is_taken_from_the_caller(
    story: Story, practice: Practice, lea: Person, omar: Person, ines: Person
) -> None:
    """Who, what, which version and when are settled by the act."""
    other = story.distil(lea, story.resolved(lea, omar))
    made_up = Application(
        outcome="worked", where="Pump 4", person=lea, practice=other, version=other.versions.get(), id="0" * 26
    )
    reported = acts.apply(ines, practice, application=made_up)
    assert (reported.person, reported.practice, reported.version) == (ines, practice, practice.versions.get())
    assert reported.pk != made_up.pk


def test_a_stored_report_handed_over_again_is_a_new_one(story: Story, practice: Practice, ines: Person) -> None:
    first = report(ines, practice, where="Pump 4")
    first.where = "Pump 5"
    acts.apply(story.member("Nina"), practice, application=first)
    assert practice.applications.count() == 2


def test_it_is_the_version_that_the_page_shows(
    story: Story, practice: Practice, lea: Person, omar: Person, ines: Person
) -> None:
    report(ines, practice)
    story.revise(lea, practice, how="Slowly.")
    assert report(ines, practice, where="Pump 5").version.number == 2
    accept(story, practice, lea, omar, ines)
    story.revise(lea, practice, how="Very slowly.")
    assert report(omar, practice).version.number == 2, "version 3 is not agreed on"
    assert kept(report(lea, practice)).status == Status.ACCEPTED


@pytest.mark.breaks_ledger
def test_the_rows_and_the_ledger_say_the_same(practice: Practice, ines: Person, omar: Person) -> None:
    failed = report(ines, practice, Outcome.FAILED)
    report(omar, practice)
    report(ines, practice)
    assert list(findings()) == []
    with writing():
        practice.applications.filter(outcome="failed").delete()
    [difference] = findings()
    assert difference.startswith(f"application {failed.pk}: the ledger says ('{practice.pk}'")
    assert "application" in [reducer.name for reducer in REDUCERS]
