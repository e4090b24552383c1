"""From an objection to a text that meets it, and from a question to its answer: nobody has to look for the way."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from commonplace.communities.contributions import Need
from commonplace.communities.models import Person
from commonplace.consenting import acts
from commonplace.consenting.contributions.makers import answered, asked, objected
from commonplace.consenting.kinds import How
from commonplace.consenting.models import Proposal, Question
from commonplace.ledger import clock
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying import acts as practices
from commonplace.objectifying.models import PARTS, Version
from tests.objectifying.conftest import Crew
from tests.story import PARTS as WORDS


def page(crew: Crew, by: Person, address: str) -> str:
    return " ".join(crew.story.browser(by).get(address).content.decode().split())


def words(needs: Iterator[Need]) -> list[str]:
    return [need.what for need in needs]


def test_who_opened_the_round_is_told_of_an_objection_until_it_is_settled(crew: Crew, proposal: Proposal) -> None:
    objection = crew.objected(proposal)
    [need] = objected(crew.lea)
    assert need.what == "Ines objects: answer it, or write a version that meets it"
    assert (need.title, need.href) == (proposal.title, objection.get_absolute_url())
    assert "write a version that meets it" in page(crew, crew.lea, proposal.get_absolute_url())
    assert list(objected(crew.omar)) == []
    acts.settle_objection(crew.ines, objection, how=How.WITHDRAWN)
    assert list(objected(crew.lea)) == []


def test_or_until_the_text_has_moved(crew: Crew, proposal: Proposal) -> None:
    crew.objected(proposal)
    crew.amended(proposal, why="For other reasons.")
    assert list(objected(crew.lea)) == []


def test_a_version_is_written_beside_the_objection_laid_beside_it_and_put_to_the_round(
    crew: Crew, proposal: Proposal
) -> None:
    objection, practice = crew.objected(proposal), crew.practice_of(proposal)
    write = f"/c/pump-crews/practices/{practice.pk}/versions/new?objection={objection.pk}"
    assert write in page(crew, crew.omar, objection.get_absolute_url())
    form = page(crew, crew.omar, write)
    assert "Unsafe near chlorine." in form
    assert "Ines" in form
    typed = {**WORDS, "limits": "Never near chlorine.", "base": 1, "began": 1, "meets": objection.pk}
    there = f"/c/pump-crews/practices/{practice.pk}/versions"
    arrived = crew.story.browser(crew.omar).post(there, typed, follow=True).content.decode()
    assert practice.versions.get(number=2).meets == objection.pk
    assert crew.last("practice.version_added").evidence["meets"] == objection.pk
    assert "who opened it, can put this one to the round" in " ".join(arrived.split())
    assert proposal.get_absolute_url() in arrived
    assert objection.get_absolute_url() in arrived
    assert "Put version 2 to the round" in page(crew, crew.lea, f"{there}/2/")
    for address in (proposal.get_absolute_url(), objection.get_absolute_url()):
        beside = page(crew, crew.ines, address)
        assert "says that it meets this" in beside
        assert f"{there}/2/?against=1" in beside
    assert f'href="{there}/2/?against=1#changes">See it first' in page(crew, crew.lea, proposal.get_absolute_url())


def test_a_version_meets_no_objection_to_something_else(crew: Crew, proposal: Proposal) -> None:
    objection, other = crew.objected(proposal), crew.candidate(title="Another")
    base = other.newest_version
    mine = Version(**{part: getattr(base, part) for part in PARTS} | {"limits": "Mine."}, meets=objection.pk)
    with pytest.raises(NotPossible, match="not against a text of this practice"):
        practices.revise(crew.lea, other, version=mine, base=base)


def test_a_question_reaches_who_opened_the_round_and_its_answer_who_asked(crew: Crew, proposal: Proposal) -> None:
    question = acts.ask_about(crew.ines, proposal, question=Question(text="Which valve?"))
    assert words(asked(crew.lea)) == ["Asked in the round: Which valve?"]
    assert words(asked(crew.fay)) == []
    acts.answer_question(crew.lea, question, text="The check valve.")
    assert words(asked(crew.lea)) == []
    assert words(answered(crew.ines)) == ["Your question was answered: Which valve?"]
    with clock.at(clock.now() + timedelta(days=8)):
        assert words(answered(crew.ines)) == []


def test_a_round_is_proposed_on_the_text_that_was_written_meanwhile(crew: Crew) -> None:
    practice = crew.candidate()
    crew.story.revise(crew.omar, practice, limits="Only there.")
    there = f"/c/pump-crews/proposals/new/acceptance/{practice.pk}/create"
    typed = {"number": 1, "aim": "Less waiting.", "review_on": (crew.moment + timedelta(days=90)).date().isoformat()}
    again = crew.story.browser(crew.lea).post(there, typed)
    assert again.status_code == 422
    assert "below is version 2" in again.content.decode()
    assert 'name="number" value="2"' in again.content.decode()
