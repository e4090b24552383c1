"""T7: clarify before a stance: questions about the text, and their answers, beside it."""

import pytest

from commonplace.communities.models import Person, RoleKind
from commonplace.consenting import acts
from commonplace.consenting.lengths import LONGEST_PART
from commonplace.consenting.models import Proposal, Question
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.consenting.conftest import closed
from tests.objectifying.conftest import Crew


def asked(by: Person, proposal: Proposal, text: str = "Which valve?", **fields: object) -> Question:
    return acts.ask_about(by, proposal, question=Question(text=text, **fields))


def test_a_question_points_at_words_of_the_text(crew: Crew, proposal: Proposal) -> None:
    question = asked(crew.ines, proposal, words="before the  check valve")
    assert (question.number, question.asked_by, question.text) == (1, crew.ines, "Which valve?")
    act = crew.last("proposal.question_asked")
    assert (act.object, act.subject) == (question.pk, proposal.subject_id)
    assert act.evidence == {"proposal": proposal.pk, "number": 1, "by_author": False, "for_another": False}
    with pytest.raises(NotPossible, match="not in the text"):
        asked(crew.ines, proposal, words="after the check valve")


def test_an_answer_stands_under_it(crew: Crew, proposal: Proposal) -> None:
    question = asked(crew.ines, proposal)
    answer = acts.answer_question(crew.lea, question, text="The lower one.")
    assert (answer.person, answer.text) == (crew.lea, "The lower one.")
    act = crew.last("proposal.question_answered")
    assert (act.object, act.subject) == (answer.pk, proposal.subject_id)
    assert act.evidence == {"question": question.pk, "number": 1, "by_author": True}


def test_who_came_later_or_sponsors_may_ask_though_not_asked(crew: Crew, proposal: Proposal) -> None:
    late = crew.story.member("Late")
    crew.story.granted(late, RoleKind.SPONSOR)
    assert acts.answer_question(late, asked(late, proposal), text="I see.")


def test_who_is_no_member_neither_asks_nor_answers(crew: Crew, proposal: Proposal) -> None:
    stranger, question = crew.story.person("Stranger"), asked(crew.ines, proposal)
    with pytest.raises(NotAllowed):
        asked(stranger, proposal)
    with pytest.raises(NotAllowed):
        acts.answer_question(stranger, question, text="Well.")


def test_with_words_that_fit(crew: Crew, proposal: Proposal) -> None:
    question = asked(crew.ines, proposal)
    long = "x" * (LONGEST_PART + 1)
    for text, words in ((" ", "not clear"), (long, "more than 10000")):
        with pytest.raises(NotPossible, match=words):
            asked(crew.ines, proposal, text)
    with pytest.raises(NotPossible, match="more than 300"):
        asked(crew.ines, proposal, words="x" * 301)
    for text, words in ((" ", "your answer"), (long, "more than 10000")):
        with pytest.raises(NotPossible, match=words):
            acts.answer_question(crew.lea, question, text=text)


def test_in_time(crew: Crew, proposal: Proposal) -> None:
    question = asked(crew.ines, proposal)
    with closed(proposal):
        with pytest.raises(NotPossible, match="is closed"):
            asked(crew.ines, proposal)
        with pytest.raises(NotPossible, match="is closed"):
            acts.answer_question(crew.lea, question, text="Late.")


def test_a_facilitator_asks_once_for_somebody_unnamed(crew: Crew, proposal: Proposal) -> None:
    with pytest.raises(NotPossible, match="A facilitator asks"):
        asked(crew.ines, proposal, for_another=True)
    asked(crew.fay, proposal)
    assert asked(crew.fay, proposal, for_another=True).for_another
    assert crew.last("proposal.question_asked").evidence["for_another"] is True
    with pytest.raises(NotPossible, match="one in a round"):
        asked(crew.fay, proposal, "And this?", for_another=True)
    assert asked(crew.fay, proposal, "And that?")
