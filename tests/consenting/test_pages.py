"""The page of a round: where it stands, the text, what is said, and what its reader can do."""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from html import unescape
from typing import Any

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Person, RoleKind
from commonplace.communities.paging import listed
from commonplace.consenting import acts, contents
from commonplace.consenting.kinds import Ground, Outcome, Stand
from commonplace.consenting.models import Proposal, Question, RemedySeen
from commonplace.consenting.views import proposals
from commonplace.ledger import clock
from commonplace.ledger.reading import Reading
from tests.objectifying.conftest import Crew
from tests.trust.reading_html import unlinked

HERE = "/c/pump-crews/proposals/"


def shown(crew: Crew, person: Person, address: str) -> str:
    answer = crew.story.browser(person).get(address)
    assert answer.status_code == 200, address
    return " ".join(unescape(unlinked(answer.content.decode())).split())


def page(crew: Crew, person: Person, proposal: Proposal) -> str:
    return shown(crew, person, proposal.get_absolute_url())


def sent(crew: Crew, who: Person, address: str, /, **typed: Any) -> str:
    """Sent, and what the page says then."""
    answer = crew.story.browser(who).post(address, {"number": 1, **typed}, follow=True)
    assert answer.status_code == 200, (address, answer.status_code)
    return " ".join(unescape(unlinked(answer.content.decode())).split())


def refused(crew: Crew, who: Person, address: str, /, **typed: Any) -> str:
    answer = crew.story.browser(who).post(address, {"number": 1, **typed})
    assert answer.status_code == 422, answer.status_code
    return " ".join(unescape(unlinked(answer.content.decode())).split())


def at(proposal: Proposal, rest: str) -> str:
    return f"{proposal.get_absolute_url()}{rest}"


def test_it_says_where_it_stands_and_whose_turn_it_is(crew: Crew) -> None:
    proposal = crew.proposed()
    crew.story.stand(crew.omar, proposal)
    seen = page(crew, crew.ines, proposal)
    assert "1 of 3 needed consent" in seen
    assert "It is your turn." in seen
    assert "It is your turn." not in page(crew, crew.omar, proposal)


@pytest.mark.parametrize("stance", list(Stand))
def test_each_stance_is_taken_by_its_button(crew: Crew, stance: Stand) -> None:
    proposal = crew.proposed()
    typed = {"stance": stance.value, "reason": "At night?", "ground": Ground.UNSAFE.value, "number": proposal.number}
    assert "Where you stand" in sent(crew, crew.ines, at(proposal, "stances"), **typed)
    assert proposal.stances.get(person=crew.ines).stance == stance


def test_objecting_needs_a_ground_and_loses_nothing_typed(crew: Crew) -> None:
    proposal = crew.proposed()
    answer = refused(crew, crew.ines, at(proposal, "stances"), stance="object", reason="Gas in the pit.")
    assert "Say on which ground you object." in answer
    assert "Gas in the pit.</textarea>" in answer


def test_a_question_and_its_answer_stand_beside_the_text(crew: Crew) -> None:
    proposal = crew.proposed()
    sent(crew, crew.ines, at(proposal, "questions"), text="Which valve?", words="before the check valve")
    question = Question.objects.everywhere("test").get()
    sent(crew, crew.omar, at(proposal, f"questions/{question.pk}/answers"), text="The lower one.")
    seen = page(crew, crew.lea, proposal)
    assert "Which valve?" in seen
    assert "The lower one." in seen
    assert seen.index("Which valve?") < seen.index('id="stand"')


def test_words_that_are_not_in_the_text_are_refused(crew: Crew) -> None:
    proposal = crew.proposed()
    answer = refused(crew, crew.ines, at(proposal, "questions"), text="Which?", words="nowhere at all")
    assert "These words are not in the text" in answer


def test_an_answer_that_says_nothing_comes_back_under_its_question(crew: Crew) -> None:
    proposal = crew.proposed()
    sent(crew, crew.ines, at(proposal, "questions"), text="Which valve?")
    question = Question.objects.everywhere("test").get()
    assert "<details open>" in refused(crew, crew.omar, at(proposal, f"questions/{question.pk}/answers"), text="")


def test_what_was_written_down_for_somebody_counts_when_they_confirm_it(crew: Crew) -> None:
    proposal = crew.proposed()
    typed = {"person": crew.ines.pk, "stance": "consent", "reason": "Fine."}
    assert "It is written down." in sent(crew, crew.lea, at(proposal, "stances/entered"), **typed)
    seen = page(crew, crew.ines, proposal)
    assert "wrote down that you said: Consent" in seen
    assert "wrote down that you said" not in page(crew, crew.omar, proposal)
    assert "not confirmed" in page(crew, crew.omar, proposal)
    sent(crew, crew.ines, at(proposal, "stances"), confirm="yes", stance="consent", reason="Fine.")
    assert proposal.stances.current().own().filter(person=crew.ines).exists()


def test_an_objection_written_down_is_confirmed_with_its_ground(crew: Crew) -> None:
    proposal = crew.proposed()
    acts.take_stance(crew.lea, proposal, stance=Stand.OBJECT, reason="Gas.", person=crew.ines)
    typed = {"confirm": "yes", "stance": "object", "reason": "Gas."}
    assert "Say on which ground you object." in refused(crew, crew.ines, at(proposal, "stances"), **typed)
    sent(crew, crew.ines, at(proposal, "stances"), **typed, ground="unsafe")
    assert proposal.objections.standing().filter(raised_by=crew.ines).exists()


def test_who_has_spoken_already_is_not_written_down(crew: Crew) -> None:
    proposal = crew.proposed()
    crew.story.stand(crew.ines, proposal)
    answer = refused(crew, crew.lea, at(proposal, "stances/entered"), person=crew.ines.pk, stance="aside")
    assert "Ines has spoken already." in answer


def test_its_raiser_settles_an_objection(crew: Crew) -> None:
    proposal = crew.proposed()
    objection = crew.objected(proposal)
    there = objection.get_absolute_url()
    assert "Withdraw it" in shown(crew, crew.ines, there)
    assert "Withdraw it" not in shown(crew, crew.omar, there)
    assert "The new text meets it" not in shown(crew, crew.ines, there)
    crew.amended(proposal, limits="Never near chlorine lines.")
    seen = shown(crew, crew.ines, there)
    assert "The new text meets it" in seen
    assert "<ins>" in seen
    assert "met by a change" in sent(crew, crew.ines, f"{there}settlement", how="change", number=2)


def test_only_its_raiser_opens_what_is_said_to_meet_it(crew: Crew) -> None:
    """Their days run from when they have seen it."""
    proposal = crew.proposed()
    objection = crew.objected(proposal)
    crew.amended(proposal, limits="Never near chlorine lines.")
    assert "is told" in sent(crew, crew.fay, f"{objection.get_absolute_url()}answer", number=2)
    seen = RemedySeen.objects.everywhere("test")
    for person in (crew.omar, crew.fay, crew.lea):
        assert "has not seen that yet" in page(crew, person, proposal)
    assert not seen.exists()
    for _again in range(2):
        assert "It still stands" in page(crew, crew.ines, proposal)
    assert seen.count() == 1
    assert "it counts as met on" in page(crew, crew.omar, proposal)
    sent(crew, crew.ines, f"{objection.get_absolute_url()}kept", number=2)
    assert "does not meet it" in page(crew, crew.fay, proposal)


def test_a_facilitator_objects_once_for_somebody_unnamed(crew: Crew) -> None:
    proposal = crew.proposed()
    typed = {"ground": "effort", "harm": "It takes two people."}
    assert "Object for somebody" not in page(crew, crew.ines, proposal)
    assert "The objection stands, through you." in sent(crew, crew.fay, at(proposal, "objections"), **typed)
    assert "Somebody who prefers not to be named, through Fay" in page(crew, crew.ines, proposal)
    assert "It is one in a round" in refused(crew, crew.fay, at(proposal, "objections"), **typed)


def test_another_takes_up_what_its_raiser_left(crew: Crew) -> None:
    proposal = crew.proposed()
    objection = crew.objected(proposal)
    there = objection.get_absolute_url()
    assert "Take it up" not in shown(crew, crew.fay, there)
    social.leave(crew.ines, crew.community)
    assert "Take it up" in shown(crew, crew.fay, there)
    assert "is yours now" in sent(crew, crew.fay, f"{there}settlement", how="taken_up")
    assert proposal.objections.standing().get().raised_by == crew.fay


def test_who_opened_it_moves_it_and_is_told_before_who_is_asked_again(crew: Crew) -> None:
    proposal = crew.proposed()
    assert "/amendments" not in page(crew, crew.lea, proposal)
    crew.story.revise(crew.lea, crew.practice_of(proposal), how="Bleed twice.")
    seen = page(crew, crew.lea, proposal)
    assert "everybody is asked again" in seen
    assert "time 1 of 2" in seen
    assert "/amendments" not in page(crew, crew.omar, proposal)
    sent(crew, crew.lea, at(proposal, "amendments"), number=2)
    seen = page(crew, crew.omar, proposal)
    assert "What changed since version 1 of this round" in seen
    assert "<ins>twice.</ins>" in seen


def test_who_opened_it_takes_it_back_with_a_reason(crew: Crew) -> None:
    proposal = crew.proposed()
    assert "Take it back" not in page(crew, crew.omar, proposal)
    assert "This field is required" in refused(crew, crew.lea, at(proposal, "withdrawal"), reason="")
    assert "It is taken back." in sent(crew, crew.lea, at(proposal, "withdrawal"), reason="Too soon.", why="early")
    assert "Too soon." in page(crew, crew.omar, proposal)


def test_anybody_asked_records_what_the_rule_says(crew: Crew) -> None:
    proposal = crew.consented(crew.proposed())
    with clock.at(proposal.closes_at + timedelta(hours=1)):
        assert "The rule is met. It leaves one end" in page(crew, crew.omar, proposal)
        assert "It is decided: accepted." in sent(crew, crew.omar, at(proposal, "decision"), outcome="accepted")
        seen = page(crew, crew.omar, proposal)
    assert "By its rule" in seen
    assert "3 of the 4 asked consented" in seen
    assert "/stances" not in seen
    assert "/decision" not in seen
    assert "/withdrawal" not in seen


def test_a_facilitator_without_a_part_returns_it_with_a_reason(crew: Crew) -> None:
    proposal = crew.proposed()
    crew.objected(proposal)
    with clock.at(proposal.closes_at + timedelta(hours=1)):
        assert "/decision" not in page(crew, crew.omar, proposal)
        seen = page(crew, crew.fay, proposal)
        assert "Return it" in seen
        assert "Not accepted" in seen
        assert "1 objection stands" in seen
        assert "Say why" in refused(crew, crew.fay, at(proposal, "decision"), outcome="returned", reason="")
        sent(crew, crew.fay, at(proposal, "decision"), outcome="returned", reason="Ask the shift lead.")
        seen = page(crew, crew.ines, proposal)
    assert "Ask the shift lead." in seen
    assert "What was missing: too few consent" in seen


def test_until_the_close_a_hidden_round_tells_only_who_has_spoken(crew: Crew) -> None:
    crew.story.rule(hidden_stances=True)
    proposal = crew.proposed()
    crew.story.stand(crew.omar, proposal, Stand.CONCERN, "At night?")
    seen = page(crew, crew.lea, proposal)
    assert "1 of the 4 asked has spoken" in seen
    assert "At night?" not in seen
    assert "consents" not in seen.partition("<main")[2].partition("Accepted when")[0]
    assert "You have said: Consent, with a concern" in page(crew, crew.omar, proposal)
    with clock.at(proposal.closes_at + timedelta(hours=1)):
        assert "At night?" in page(crew, crew.lea, proposal)


def test_who_joined_later_reads_why_they_are_not_asked_and_may_ask(crew: Crew) -> None:
    proposal = crew.proposed()
    late = crew.story.member("Late")
    seen = page(crew, late, proposal)
    assert "you were not among them" in seen
    assert '/stances"' not in seen
    assert "Ask what is not clear" in seen


def test_an_outsider_reads_it_and_is_offered_nothing(crew: Crew) -> None:
    proposal = crew.proposed()
    crew.objected(proposal)
    seen = page(crew, crew.story.person("Nora"), proposal).partition("<main")[2].partition("</main")[0]
    assert "<form" not in seen
    assert "of the 4 asked" not in seen


def test_rounds_are_listed_open_ones_first(crew: Crew) -> None:
    assert "Nothing has been put to consent yet" in shown(crew, crew.ines, HERE)
    crew.accepted(crew.candidate(title="Bleeding a line"))
    crew.objected(crew.proposed(crew.candidate(title="Priming a pump")), by=crew.omar)
    seen = shown(crew, crew.ines, HERE).partition("<main")[2]
    assert seen.index("Priming a pump") < seen.index("Bleeding a line")
    assert "Your turn" in seen
    assert "1 objection stands" in seen
    assert "It is your turn" not in shown(crew, crew.omar, HERE)


def full(crew: Crew, people: int, stances: int, objections: int, versions: int, questions: int = 15) -> Proposal:
    members = [crew.story.member(f"Member {n}") for n in range(people)]
    practice = crew.candidate()
    for n in range(versions):
        crew.story.revise(crew.lea, practice, why=f"Because {n}.")
    proposal = crew.story.propose(crew.lea, practice)
    for n, person in enumerate(members[:stances]):
        crew.story.stand(person, proposal, Stand.OBJECT if n < objections else Stand.CONSENT, f"Reason {n}.")
        acts.ask_about(person, proposal, question=Question(text=f"What {n}?")) if n < questions else None
    crew.amended(proposal, limits="Never near chlorine lines.")
    for objection in list(proposal.objections.standing())[: objections // 2]:
        acts.answer_objection(crew.fay, objection)
    return proposal


def test_a_round_is_read_in_few_statements(crew: Crew, django_assert_max_num_queries: Callable[..., Any]) -> None:
    """Whoever reads it, while it is open and when it has closed."""
    neutral = crew.story.serving("Nour", RoleKind.FACILITATOR)
    proposal = full(crew, people=20, stances=12, objections=5, versions=8)
    for person in (crew.omar, crew.fay, neutral, crew.lea):
        browser = crew.story.browser(person)
        browser.get("/")
        for moment in (clock.now(), proposal.closes_at + timedelta(hours=1)):
            with clock.at(moment), django_assert_max_num_queries(15):
                assert browser.get(proposal.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("size", [2, 15])
def test_a_round_costs_the_same_however_much_is_said(
    crew: Crew, size: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    """Session, person, footing and what is unread are four of them; who may move or return it, and newer texts, cost a
    few more."""
    proposal = full(crew, people=size + 8, stances=size + 3, objections=size, versions=size // 2)
    objection = proposal.objections.first()
    assert objection
    crew.story.revise(crew.lea, crew.practice_of(proposal), limits="Never near chlorine.")
    for person, most in ((crew.omar, 15), (crew.lea, 27), (crew.fay, 17)):
        browser = crew.story.browser(person)
        browser.get("/")
        for address in (proposal.get_absolute_url(), objection.get_absolute_url(), HERE):
            with django_assert_max_num_queries(most + 1 if address == objection.get_absolute_url() else most):
                assert browser.get(address).status_code == 200


def test_it_shows_what_changed_since_what_was_agreed(crew: Crew) -> None:
    practice = crew.accepted()
    crew.story.revise(crew.lea, practice, how="Bleed twice.")
    with clock.at(clock.now() + timedelta(days=30)):
        proposal = crew.story.propose(crew.lea, practice)
        seen = page(crew, crew.ines, proposal)
    assert "What changed since version 1, agreed before" in seen
    assert "<ins>twice.</ins>" in seen


def test_concerns_and_dissent_are_kept(crew: Crew) -> None:
    proposal = crew.proposed()
    crew.objected(proposal)
    for person in (crew.lea, crew.omar):
        crew.story.stand(person, proposal)
    crew.story.stand(crew.fay, proposal, Stand.CONCERN, "At night, alone?")
    with clock.at(clock.now() + timedelta(hours=1)):
        social.leave(crew.ines, crew.community)
        assert "else it is kept as dissent" in page(crew, crew.omar, proposal)
    with clock.at(proposal.closes_at + timedelta(hours=1)):
        acts.decide(crew.omar, proposal, outcome=Outcome.ACCEPTED)
        seen = page(crew, crew.omar, proposal)
    assert "1 concern is kept for the review." in seen
    assert "At night, alone?" in seen
    assert "1 objection is kept as dissent" in seen


def test_what_was_sent_too_late_comes_back_with_what_was_typed(crew: Crew) -> None:
    proposal = crew.proposed()
    with clock.at(proposal.closes_at + timedelta(hours=1)):
        answer = refused(crew, crew.ines, at(proposal, "stances"), stance="concern", reason="At night?")
    assert "This round is closed" in answer
    assert "At night?" in answer


def test_the_rule_cannot_be_hurried(crew: Crew) -> None:
    proposal = crew.consented(crew.proposed())
    answer = refused(crew, crew.omar, at(proposal, "decision"), outcome=Outcome.ACCEPTED.value)
    assert "The round is open" in answer


def test_what_is_open_and_not_in_the_list_is_counted_and_read_in_pages(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "MOST_OPEN", 1)
    monkeypatch.setattr(contents, "OPEN", Reading(contents._open))
    for number in range(3):
        with clock.at(clock.now() + timedelta(days=number)):
            crew.proposed(crew.candidate(title=f"Practice {number}"))
    browser = crew.story.browser(crew.ines)
    shown = browser.get(HERE).content.decode()
    assert "Practice 0" in shown
    assert "Practice 1" not in shown
    assert 'href="?open=all"' in shown
    assert "2 more rounds are open" in shown
    everything = browser.get(f"{HERE}?open=all").content.decode()
    assert all(f"Practice {number}" in everything for number in range(3))
    monkeypatch.setattr(proposals, "listed", partial(listed, most=1))
    first = browser.get(f"{HERE}?open=all").content.decode()
    assert "Practice 0" in first
    assert "Practice 1" not in first
    following = re.search(r'href="(\?open=all&amp;before=[^"]+)"', first)
    assert following, "a page leads to the next"
    assert "Practice 1" in browser.get(HERE + following[1].replace("&amp;", "&")).content.decode()
