"""The biography of a practice, from the first question to the last application."""

from datetime import timedelta

from commonplace.consenting.kinds import Stand
from commonplace.ledger import clock
from commonplace.objectifying import acts
from commonplace.objectifying.audience import EVERYONE, NEWCOMERS
from commonplace.objectifying.biography import Moment, moments, story
from commonplace.objectifying.models import Practice
from commonplace.objectifying.status import Settled, SourceKind
from tests.objectifying.conftest import Crew


def lived(practice: Practice) -> list[Moment]:
    return moments(story(practice, [source.exchange for source in practice.sources.all()]))


def words(practice: Practice) -> list[str]:
    return [moment.what for moment in lived(practice)]


def agreeing(practice: Practice) -> list[str]:
    return [moment.what for moment in lived(practice) if moment.phase == "obj"]


def test_it_begins_with_the_question_and_names_who_did_what(crew: Crew) -> None:
    assert words(crew.candidate()) == [
        "Lea began an exchange",
        "Lea: that helped",
        "Lea wrote it down",
        "First used by somebody who had no part in it",
    ]


def test_a_round_is_told_with_what_was_objected_and_how_it_was_met(crew: Crew) -> None:
    proposal = crew.proposed()
    objection = crew.objected(proposal)
    crew.amended(proposal, limits="Not near chlorine.")
    crew.met(objection)
    crew.objected(proposal, by=crew.omar)
    for person in (crew.lea, crew.omar, crew.ines):
        crew.story.stand(person, proposal, Stand.CONCERN, "At night, too?")
    proposal.refresh_from_db()
    crew.decided(proposal)
    assert agreeing(crew.practice_of(proposal))[1:] == [
        "Lea proposed version 1",
        "Ines objected",
        "Lea wrote version 2",
        "An objection was met by version 2",
        "Omar objected",
        "An objection was withdrawn",
        "Accepted by consent of 3 of 4",
    ]
    last = lived(crew.practice_of(proposal))[-1]
    assert (last.proposal, last.detail) == (proposal.pk, "3 concerns kept for the review")


def test_a_challenge_and_its_settlement_are_told(crew: Crew) -> None:
    practice = crew.settled(Settled.RETIRED)
    assert "Challenged by Ines" in agreeing(practice)
    assert "Lea proposed to settle the challenge" in agreeing(practice)
    assert agreeing(practice)[-2:] == ["It no longer holds", "It is retired"]


def test_whom_it_is_for_is_told_where_that_was_changed_and_not_as_it_began(crew: Crew) -> None:
    practice = crew.story.bring(crew.lea, audience=NEWCOMERS)
    assert agreeing(practice) == ["Lea brought it in"]
    acts.set_audience(crew.fay, practice, number=1, audience=crew.story.of_units("North", "South"))
    crew.story.revise(crew.lea, practice, how="So.")
    crew.story.revise(crew.lea, practice, how="Or so.", audience=EVERYONE)
    assert agreeing(practice)[1:] == [
        "Fay Facilitator changed for whom version 1 is",
        "Lea wrote version 2",
        "Lea wrote version 3",
        "Lea changed for whom version 3 is",
    ]
    assert [moment.detail for moment in lived(practice) if "for whom" in moment.what] == [
        "For 2 units",
        "For everyone here",
    ]


def test_what_was_taken_over_is_told_so_and_whether_in_other_words(crew: Crew) -> None:
    there = crew.story.bring(crew.lea, of=crew.story.found("other", "Other", by=crew.lea)).newest_version
    whence = {"source_kind": SourceKind.COMMUNITY, "original": there}
    assert agreeing(crew.brought(**whence, how="As here.")) == ["Lea took it over, in other words than theirs"]


def test_a_long_wait_is_said(crew: Crew) -> None:
    practice = crew.candidate()
    with clock.at(clock.now() + timedelta(days=20)):
        crew.story.revise(crew.lea, practice, how="So.")
    assert words(practice)[-2:] == ["20 days", "Lea wrote version 2"]


def test_who_used_it_is_not_named(crew: Crew) -> None:
    practice = crew.written()
    crew.used(practice, by=crew.omar)
    assert not [moment for moment in lived(practice) if moment.phase == "int"], "he had a part in it"
    crew.used(practice, by=crew.ines, outcome="failed")
    used = [moment for moment in lived(practice) if moment.phase == "int"]
    assert [(moment.what, moment.detail) for moment in used] == [
        ("First used by somebody who had no part in it", "failed"),
        ("Used 2 times so far", "1 worked, 1 failed"),
    ]
