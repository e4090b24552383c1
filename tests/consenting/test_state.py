"""The line on top of a round, worked by hand: what it lacks, what stands against it, how long, one's own word."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from commonplace.communities.models import Person
from commonplace.consenting import acts
from commonplace.consenting.kinds import How, Outcome, Stand
from commonplace.consenting.models import Proposal
from commonplace.consenting.presenting import presented
from commonplace.ledger import clock
from tests.consenting.conftest import closed, read
from tests.objectifying.conftest import Crew

Befalls = Callable[[Person], None]


def line(person: Person, proposal: Proposal) -> str:
    return "; ".join(one.words for one in presented(person, read(proposal)).line)


def tones(person: Person, proposal: Proposal) -> dict[str, str]:
    return {one.words: one.tone for one in presented(person, read(proposal)).line if one.tone}


def test_before_the_quorum_of_whoever_has_and_has_not_spoken(crew: Crew, proposal: Proposal) -> None:
    assert line(crew.ines, proposal) == "0 of 3 needed consent; no objection stands; 14 days left; you have not spoken"
    crew.story.stand(crew.omar, proposal)
    assert line(crew.ines, proposal) == "1 of 3 needed consent; no objection stands; 14 days left; you have not spoken"
    assert line(crew.omar, proposal).endswith("14 days left; you said: consent")
    assert tones(crew.ines, proposal) == {"you have not spoken": "mine"}


def test_whose_consent_is_lacking_is_said_once_somebody_consents(crew: Crew, proposal: Proposal) -> None:
    others = "nobody consents who neither wrote it nor opened the round"
    assert others not in line(crew.ines, proposal)
    crew.story.stand(crew.lea, proposal)
    assert line(crew.ines, proposal).startswith(f"1 of 3 needed consent; {others}; ")


def test_an_objection_stands_in_red_until_it_is_settled(crew: Crew, proposal: Proposal) -> None:
    objection = crew.objected(crew.consented(proposal))
    stands = "2 of 3 needed consent; 1 objection stands; 14 days left; "
    assert line(crew.lea, proposal) == f"{stands}you said: consent"
    assert line(crew.ines, proposal) == f"{stands}you said: object"
    assert tones(crew.lea, proposal) == {"1 objection stands": "red"}
    acts.settle_objection(crew.ines, objection, how=How.WITHDRAWN)
    assert "no objection stands" in line(crew.lea, proposal)


def test_what_its_raiser_left_may_be_taken_up(crew: Crew, proposal: Proposal, leaves: Befalls) -> None:
    crew.objected(proposal)
    leaves(crew.ines)
    with clock.at(clock.now() + timedelta(hours=2)):
        assert "1 objection may be taken up" in line(crew.lea, proposal)


def test_the_quorum_is_met_and_more(crew: Crew, proposal: Proposal) -> None:
    crew.consented(proposal)
    assert line(crew.fay, proposal).startswith("3 of 3 needed consent; no objection stands")
    crew.story.member("Fifth")
    proposal = crew.proposed(crew.candidate(title="Another"))
    crew.consented(proposal)
    crew.story.stand(crew.fay, proposal, Stand.CONCERN, "Loud.")
    assert line(crew.lea, proposal).startswith("4 consent, 3 are needed; ")


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(days=2), "2 days left"),
        (timedelta(days=1), "1 day left"),
        (timedelta(hours=23, minutes=59), "23 hours left"),
        (timedelta(hours=1), "1 hour left"),
        (timedelta(minutes=59), "less than an hour left"),
        (timedelta(), "closed"),
        (-timedelta(hours=1), "closed"),
    ],
)
def test_the_time_that_is_left(crew: Crew, proposal: Proposal, before: timedelta, words: str) -> None:
    crew.story.stand(crew.omar, proposal)
    with clock.at(proposal.closes_at - before):
        assert f"; {words}" in line(crew.omar, proposal)


def test_on_the_last_day_the_time_is_the_reader_s_own_matter(crew: Crew, proposal: Proposal) -> None:
    with clock.at(proposal.closes_at - timedelta(hours=5)):
        assert tones(crew.ines, proposal)["5 hours left"] == "mine"


def test_hidden_it_counts_who_has_spoken_and_objections(crew: Crew) -> None:
    crew.story.rule(hidden_stances=True)
    proposal = crew.consented(crew.proposed())
    crew.objected(proposal)
    spoken = "3 of the 4 asked have spoken; 1 objection stands"
    assert line(crew.lea, proposal) == f"{spoken}; 14 days left; you said: consent"
    with closed(proposal):
        assert line(crew.lea, proposal).startswith("2 of 3 needed consent; ")


def test_ended_it_counts_as_it_was_decided(crew: Crew, proposal: Proposal) -> None:
    crew.decided(crew.consented(proposal))
    assert line(crew.lea, proposal) == "3 of the 4 asked consented; you said: consent"


def test_ended_against_an_objection_it_says_that_one_stood(crew: Crew, proposal: Proposal) -> None:
    crew.objected(proposal)
    crew.decided(proposal, Outcome.NOT_ACCEPTED)
    assert line(crew.fay, proposal) == "0 of the 4 asked consented; 1 objection stood"


def test_whoever_is_no_member_is_told_of_nobody_who_was_asked(crew: Crew, proposal: Proposal) -> None:
    crew.consented(proposal)
    assert line(crew.story.person("Nora"), proposal) == "3 consent; no objection stands; 14 days left"


def test_a_member_who_came_later_reads_that_they_are_not_asked(crew: Crew, proposal: Proposal) -> None:
    assert line(crew.story.member("Late"), proposal).endswith("you are not asked")


def test_whose_word_somebody_wrote_down_is_asked_to_confirm_it(crew: Crew, proposal: Proposal) -> None:
    acts.take_stance(crew.lea, proposal, stance=Stand.CONSENT, person=crew.ines)
    assert line(crew.ines, proposal).endswith("what was written down for you waits for your word")


def test_a_consent_that_was_kept_says_of_which_text_it_is(crew: Crew, proposal: Proposal) -> None:
    crew.consented(proposal)
    crew.amended(proposal, why="For other reasons.")
    assert line(crew.omar, proposal).endswith("you said of version 1: consent")
