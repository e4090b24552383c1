"""T14: a challenge is settled by the same procedure, and by nobody alone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from commonplace.consenting import acts as rounds
from commonplace.consenting.kinds import Kind, Outcome
from commonplace.ledger import registry
from commonplace.ledger.check import findings
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.models import Act
from commonplace.ledger.nobody import WORKER
from commonplace.objectifying import acts
from commonplace.objectifying.models import Challenge, Practice
from commonplace.objectifying.status import Settled
from tests.objectifying.conftest import Crew

Later = Callable[[timedelta], Any]


@pytest.mark.parametrize(
    ("outcome", "status", "held"),
    [
        (Settled.UPHELD, "accepted", True),
        (Settled.UNDER_REVISION, "under_revision", False),
        (Settled.RETIRED, "retired", False),
    ],
)
def test_a_round_settles_it(crew: Crew, outcome: Settled, status: str, held: bool) -> None:
    practice = crew.settled(outcome)
    assert crew.status(practice) == status
    assert Practice.objects.visible_to(crew.lea).held().exists() is held
    assert not Challenge.objects.visible_to(crew.lea).open().exists()
    decided, settled = Act.objects.about(practice).exclude(verb="practice.retired").order_by("-id")[:2][::-1]
    assert (decided.verb, settled.verb) == ("proposal.decided", "challenge.settled")
    assert settled.evidence == {
        "challenge": Challenge.objects.everywhere("test").get(practice=practice).pk,
        "outcome": outcome,
        "proposal": decided.object,
        "days_open": 14,
    }
    assert (decided.evidence["matter"], decided.evidence["outcome"]) == ("settlement", "accepted")


def test_no_facilitator_settles_without_a_round() -> None:
    declared = registry.ACTS["challenge.settled"]
    assert declared.who
    assert not declared.who.allows(None, None), "nobody does it but the rule itself"
    assert declared.of == ("proposal.decided", "challenge.settled")


def test_a_round_that_does_not_settle_leaves_it_open(crew: Crew) -> None:
    challenge = crew.challenged()
    crew.decided(crew.settlement(Settled.RETIRED, challenge), Outcome.RETURNED)
    assert crew.status(challenge.practice) == "contested"
    assert crew.settled(Settled.UPHELD, challenge)


def test_upholding_answers_one_challenge_and_ending_the_agreement_answers_all(crew: Crew) -> None:
    first = crew.challenged()
    second = crew.challenged(first.practice, by=crew.omar)
    crew.settled(Settled.UPHELD, first)
    assert list(Challenge.objects.visible_to(crew.lea).open()) == [second]
    third = crew.challenged(first.practice, ground="unsafe")
    crew.settled(Settled.RETIRED, third)
    assert crew.status(first.practice) == "retired"
    assert not Challenge.objects.visible_to(crew.lea).open().exists()


def test_a_settlement_names_the_challenge_the_outcome_and_the_agreed_version(crew: Crew) -> None:
    challenge = crew.challenged()
    practice = challenge.practice
    with pytest.raises(NotPossible, match="what should become of it"):
        crew.settlement(Settled.ANSWERED, challenge)
    settlement = {"matter": Kind.SETTLEMENT, "about": challenge.pk, "choice": Settled.UPHELD}
    crew.story.revise(crew.lea, practice, how="Otherwise.")
    with pytest.raises(NotPossible, match="in force"):
        crew.story.propose(crew.lea, practice, number=2, **settlement)
    crew.settled(Settled.UPHELD, challenge)
    crew.challenged(practice, ground="unsafe")
    with pytest.raises(NotPossible, match="settled already"):
        crew.story.propose(crew.lea, practice, number=1, **settlement)


def test_the_challenge_of_another_practice_is_not_settled_here(crew: Crew) -> None:
    elsewhere, here = crew.challenged(), crew.challenged().practice
    settlement = {"matter": Kind.SETTLEMENT, "about": elsewhere.pk, "choice": Settled.RETIRED}
    with pytest.raises(NotPossible, match="settled already"):
        crew.story.propose(crew.lea, here, number=1, **settlement)


def test_one_settlement_at_a_time_whichever_challenge_it_answers(crew: Crew) -> None:
    first = crew.challenged()
    second = crew.challenged(first.practice, by=crew.omar)
    crew.settlement(Settled.UPHELD, first)
    with pytest.raises(NotPossible, match="One is decided before the next"):
        crew.settlement(Settled.RETIRED, second)


def test_a_settlement_round_has_no_text_to_change(crew: Crew) -> None:
    challenge = crew.challenged()
    proposal = crew.settlement(Settled.UPHELD, challenge)
    version = crew.story.revise(crew.lea, challenge.practice, how="Otherwise.")
    with pytest.raises(NotPossible, match="not about a text"):
        rounds.amend(crew.lea, proposal, number=version.number)


def test_a_version_accepted_meanwhile_answers_the_challenge_and_its_settlement_is_returned(crew: Crew) -> None:
    challenge = crew.challenged()
    practice = challenge.practice
    crew.story.revise(crew.lea, practice, [challenge], limits="Not on diaphragm pumps.")
    revision, settlement = crew.proposed(practice), crew.settlement(Settled.RETIRED, challenge)
    crew.decided(crew.consented(revision))
    assert (crew.status(practice), crew.last("challenge.settled").evidence["outcome"]) == ("accepted", "answered")
    crew.consented(settlement)
    with pytest.raises(NotPossible, match="has changed meanwhile"):
        crew.decided(settlement)
    crew.decided(settlement, Outcome.RETURNED)
    assert crew.status(practice) == "accepted"


def test_under_revision_it_comes_back_by_a_new_version(crew: Crew) -> None:
    practice = crew.settled(Settled.UNDER_REVISION)
    with pytest.raises(NotPossible, match="has been decided on"):
        crew.proposed(practice)
    crew.story.revise(crew.omar, practice, limits="Not on diaphragm pumps.")
    crew.accepted(practice)
    assert crew.status(practice) == "accepted"


def test_a_revision_that_is_open_meanwhile_is_proposed_still(crew: Crew) -> None:
    """Only its own round ends that."""
    challenge = crew.challenged()
    crew.story.revise(crew.lea, challenge.practice, how="Bleed slowly.")
    proposal = crew.proposed(challenge.practice)
    assert crew.status(crew.settled(Settled.UNDER_REVISION, challenge)) == "proposed"
    crew.decided(proposal, Outcome.RETURNED)
    assert crew.status(challenge.practice) == "under_revision"


def test_a_practice_without_a_challenge_has_nothing_to_settle(crew: Crew) -> None:
    with pytest.raises(NotPossible, match="Nobody has challenged"):
        crew.story.propose(crew.lea, crew.accepted(), matter=Kind.SETTLEMENT, choice=Settled.UPHELD, number=1)


def test_taking_a_settlement_back_again_and_again_keeps_no_challenge_open(crew: Crew, later: Later) -> None:
    challenge = crew.challenged()
    for _time in range(2):
        rounds.withdraw(crew.lea, crew.settlement(Settled.UPHELD, challenge), reason="Not yet.")
    with later(timedelta(days=settings.CHALLENGE_DAYS)):
        with pytest.raises(NotPossible, match="Its time is over"):
            crew.settlement(Settled.UPHELD, challenge)
        acts.settle_in_time(WORKER, challenge)
    assert list(findings()) == []


def test_a_second_settlement_is_withdrawn_though_the_first_missed_its_quorum(crew: Crew) -> None:
    challenge = crew.challenged()
    crew.decided(crew.settlement(Settled.UPHELD, challenge), Outcome.RETURNED)
    rounds.withdraw(crew.lea, crew.settlement(Settled.UPHELD, challenge), reason="Not yet.")
    assert crew.status(challenge.practice) == "contested"


def test_taken_back_it_is_raised_again_only_with_a_new_case(crew: Crew) -> None:
    challenge = crew.challenged(case="Pump 12")
    acts.take_back_challenge(crew.ines, challenge)
    with pytest.raises(NotPossible, match="new case"):
        crew.challenged(challenge.practice, case="Pump 12")
    crew.challenged(challenge.practice, case="Pump 13")


def test_the_page_names_every_round_that_is_open_on_a_practice(crew: Crew) -> None:
    challenge = crew.challenged()
    other = crew.challenged(challenge.practice, by=crew.omar, ground="unclear")
    settling = crew.settlement(Settled.UPHELD, challenge)
    retiring = crew.story.propose(crew.lea, challenge.practice, matter=Kind.RETIREMENT, aim="The pumps are gone.")
    crew.story.revise(crew.omar, challenge.practice, how="Slowly.")
    accepting = crew.story.propose(crew.omar, challenge.practice)
    page = crew.story.browser(crew.ines).get(challenge.practice.get_absolute_url()).content.decode()
    for one in (settling, retiring, accepting):
        assert one.get_absolute_url() in page
    assert other.reason in page
    assert page.count("To the round that settles it") == 1
    assert "A round on another challenge is open" in page


def test_while_a_revision_is_being_agreed_the_page_says_until_when_the_text_was(crew: Crew) -> None:
    practice = crew.settled(Settled.UNDER_REVISION)
    crew.story.revise(crew.omar, practice, how="Slowly.")
    crew.proposed(practice)
    page = crew.story.browser(crew.ines).get(practice.get_absolute_url()).content.decode()
    assert "being revised" in page
    assert "Version 2 is being agreed" in page


def test_what_was_retired_can_still_be_reported_on_from_its_page(crew: Crew) -> None:
    practice = crew.settled(Settled.RETIRED)
    page = crew.story.browser(crew.ines).get(practice.get_absolute_url()).content.decode()
    assert "I used it" in page
