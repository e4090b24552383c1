"""Where something waits before it is said on the form, with the button; nothing typed is lost."""

from datetime import timedelta

import pytest

from commonplace.consenting import acts
from commonplace.consenting.models import InLine, Proposal
from commonplace.ledger import clock
from commonplace.objectifying.status import SETTLEMENTS
from tests.consenting.test_line_up import lined, opened, rewritten
from tests.consenting.test_pages import refused, sent, shown
from tests.objectifying.conftest import Crew

ROUNDS = "/c/pump-crews/proposals/"
TYPED = {"aim": "Sleep better", "review_on": "2031-01-01", "number": 2}


@pytest.fixture
def at(crew: Crew, proposal: Proposal) -> str:
    """The form of a practice whose version 1 is in a round, and whose version 2 is written."""
    rewritten(crew, crew.practice_of(proposal))
    return f"{ROUNDS}new/acceptance/{proposal.subject_id}/"


def waits() -> InLine:
    return InLine.objects.waiting().everywhere("test").get()


def test_it_is_said_that_it_waits_and_then_what_waits(crew: Crew, proposal: Proposal, at: str) -> None:
    assert f'href="{at}"' in shown(crew, crew.ines, crew.practice_of(proposal).get_absolute_url())
    page = shown(crew, crew.ines, at)
    assert "Another round on this is open until" in page
    assert f'href="{proposal.get_absolute_url()}"' in page
    assert "waits its turn and opens when that one is over" in page
    assert "0 before it." in page
    assert "Open the round" not in page
    page = sent(crew, crew.ines, f"{at}create", **TYPED, waits="yes")
    assert "when that comes, the round opens in your name" in page
    assert "Yours waits its turn:" in page
    assert "<textarea" not in page
    assert (waits().proposed_by, waits().aim) == (crew.ines, "Sleep better")
    page = shown(crew, crew.omar, at)
    assert "1 before it." in page
    assert "put by" in page


def test_it_is_taken_out_of_the_line(crew: Crew, proposal: Proposal, at: str) -> None:
    lined(crew, crew.ines, crew.practice_of(proposal))
    assert "Take it out of the line" not in shown(crew, crew.omar, at)
    assert "Take it out of the line" in shown(crew, crew.ines, at)
    assert "Let it wait its turn" in sent(crew, crew.ines, f"{at}leave")
    assert "It waits no more" in sent(crew, crew.ines, f"{at}leave", again="yes")


def test_a_page_from_before_the_round_is_told_of_the_line_and_keeps_what_was_typed(crew: Crew, at: str) -> None:
    page = refused(crew, crew.ines, f"{at}create", **TYPED)
    assert "what you propose can wait its turn" in page
    assert "Sleep better" in page
    assert "Let it wait its turn" in page


def test_what_is_refused_comes_back_with_what_was_typed(crew: Crew, at: str) -> None:
    page = refused(crew, crew.ines, f"{at}create", **{**TYPED, "review_on": "2020-01-01"}, waits="yes")
    assert "The review lies in the future." in page
    assert "Sleep better" in page
    assert "Let it wait its turn" in page


def test_if_the_round_is_over_by_then_it_opens(crew: Crew, proposal: Proposal, at: str) -> None:
    acts.withdraw(crew.lea, proposal, reason="Another look.")
    assert "4 people are asked" in sent(crew, crew.ines, f"{at}create", **TYPED, waits="yes")
    now_open = opened(crew.practice_of(proposal))
    assert now_open
    assert now_open.opened_by == crew.ines


def test_the_list_of_rounds_says_what_is_next(crew: Crew, proposal: Proposal, at: str) -> None:
    assert "Next in line" not in shown(crew, crew.omar, ROUNDS)
    lined(crew, crew.ines, crew.practice_of(proposal))
    page = shown(crew, crew.omar, ROUNDS)
    assert "Next in line" in page
    assert f'href="{at}"' in page
    with clock.at(clock.now() + timedelta(hours=1)):
        acts.withdraw(crew.lea, proposal, reason="Another look.")
        assert "Next in line" not in shown(crew, crew.omar, ROUNDS)


def test_another_end_of_a_challenge_may_wait_though_the_first_choice_is_in_the_round(crew: Crew) -> None:
    challenge = crew.challenged()
    crew.settlement(next(iter(SETTLEMENTS)), challenge)
    page = shown(crew, crew.omar, f"{ROUNDS}new/settlement/{challenge.practice_id}/?about={challenge.pk}")
    assert "Let it wait its turn" in page
