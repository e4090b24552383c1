"""The biography of a practice, from the first question to the last application."""

from datetime import timedelta

from commonplace.communities.models import Person
from commonplace.consenting.kinds import Stand
from commonplace.ledger import clock
from commonplace.ledger.act import writing
from commonplace.objectifying import acts, contents
from commonplace.objectifying.audience import EVERYONE, NEWCOMERS
from commonplace.objectifying.biography import FEW, FIRST, LAST, Told, moments, story
from commonplace.objectifying.models import Practice
from commonplace.objectifying.retelling import Moment
from commonplace.objectifying.status import Settled, SourceKind
from tests.objectifying.conftest import Crew


def lived(practice: Practice, names_people: bool = False) -> list[Moment]:
    read = Practice.objects.everywhere("test").select_related("course", "community").get(pk=practice.pk)
    exchanges, versions = contents.sources(read), contents.versions(read)
    return moments(story(read, exchanges), exchanges, versions, names_people)


def words(practice: Practice) -> list[str]:
    return [moment.what for moment in lived(practice)]


def agreeing(practice: Practice) -> list[str]:
    return [moment.what for moment in lived(practice) if moment.phase == "obj"]


def test_it_begins_with_the_question_and_names_who_did_what(crew: Crew) -> None:
    assert words(crew.candidate()) == [
        "Lea asked",
        "Omar answered",
        "Lea wrote it down",
        "First used by somebody who had no part in it",
    ]


def test_it_says_what_was_asked_and_leads_to_what_helped(crew: Crew) -> None:
    exchange = crew.story.resolved(crew.lea, crew.omar, title="Pump 4 turns dry: why?")
    asked, answered = lived(crew.story.distil(crew.lea, exchange))[:2]
    assert (asked.quoted, asked.href) == ("Pump 4 turns dry: why?", exchange.get_absolute_url())
    assert (answered.detail, answered.href) == ("Lea: that helped", exchange.responses.get().get_absolute_url())


def test_whose_answer_helped_is_no_more_named_once_they_have_no_name(crew: Crew) -> None:
    practice = crew.written()
    with writing():
        Person.objects.filter(pk=crew.omar.pk).update(name="")
    assert words(practice)[1] == "a former member answered"


def test_a_version_says_which_parts_it_changed_and_what_its_author_said_of_it(crew: Crew) -> None:
    practice = crew.candidate()
    crew.story.revise(crew.ines, practice, limits="Not near chlorine.", why="Air.", note="chlorine lines")
    [written] = [moment for moment in lived(practice) if moment.what == "Ines wrote version 2"]
    assert (written.detail, written.quoted) == ("Why, Limits", "chlorine lines")
    assert written.href == practice.versions.get(number=2).get_absolute_url()


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
        "Omar objected",
        "Accepted by consent of 3 of 4",
    ]
    how = [moment.detail for moment in lived(crew.practice_of(proposal)) if moment.what.endswith("objected")]
    assert how == ["met by version 2", "withdrawn"], "with the objection, and nowhere else"
    last = lived(crew.practice_of(proposal))[-1]
    assert (last.proposal, last.detail) == (proposal.pk, "3 concerns kept for the review")


def test_a_challenge_and_its_settlement_are_told(crew: Crew) -> None:
    practice = crew.settled(Settled.RETIRED)
    assert "Challenged by Ines" in agreeing(practice)
    assert "Lea proposed to settle the challenge" in agreeing(practice)
    assert agreeing(practice)[-2:] == ["The challenge was settled by consent of 3 of 4", "It is retired"]
    details = {moment.what: moment.detail for moment in lived(practice)}
    assert details["Challenged by Ines"] == "It failed"
    assert details["The challenge was settled by consent of 3 of 4"] == "It no longer holds"


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


def test_how_many_people_used_it_is_told_to_whoever_may_read_who_they_are(crew: Crew) -> None:
    practice = crew.candidate()
    crew.used(practice, by=crew.ines)
    crew.used(practice, where="Pump 5", by=crew.ines)
    assert lived(practice)[-1].what == "Used 3 times so far"
    assert lived(practice, names_people=True)[-1].what == "Used 3 times so far, by 2 people"


def test_a_long_story_is_folded_in_the_middle_with_the_waits_around_it(crew: Crew) -> None:
    practice = crew.written()
    few = FIRST + LAST + FEW
    begun = len(lived(practice))
    for number in range(few - begun):
        crew.story.revise(crew.lea, practice, how=f"Otherwise {number}.")
    shown = Told(lived(practice))
    assert (len(shown.before), shown.between, shown.after) == (few, [], [])
    with clock.at(clock.now() + timedelta(days=30)):
        crew.story.revise(crew.lea, practice, how="At last.")
    shown = Told(lived(practice))
    assert (len(shown.before), shown.steps_between, len(shown.after)) == (FIRST, few + 1 - FIRST - LAST, LAST + 1)
    assert shown.after[0].phase == "obj", "nobody begins with a wait"
    assert [*shown.before, *shown.between, *shown.after] == lived(practice)


def test_whoever_is_named_in_it_leads_to_their_page_and_the_rest_to_what_it_tells(crew: Crew) -> None:
    exchange = crew.story.resolved(crew.lea, crew.omar, title="Pump 4 turns dry: why?")
    at = crew.story.distil(crew.lea, exchange).get_absolute_url()
    story_of = crew.story.browser(crew.ines).get(at).content.decode().split('<ol class="bio">')[1].split("</ol>")[0]
    people, there = "/c/pump-crews/people", exchange.get_absolute_url()
    assert f'<a class="name" href="{people}/{crew.lea.pk}/">Lea</a> <a href="{there}">asked</a>' in story_of
    assert f'<a class="name" href="{people}/{crew.omar.pk}/">Omar</a> <a href=' in story_of
    assert f'<span><a class="name" href="{people}/{crew.lea.pk}/">Lea</a>' in story_of, "who said that it helped"
    passing = crew.story.browser(crew.story.person("Nina")).get(at).content.decode()
    assert people not in passing
    assert f'<a href="{there}">Lea asked</a>' in passing
