"""T13, T14: anyone who belongs may challenge what is accepted; the same procedure settles it."""

from datetime import timedelta

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import RoleKind
from commonplace.ledger import clock
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.models import Act
from commonplace.objectifying import acts
from commonplace.objectifying.models import Challenge, Practice
from commonplace.objectifying.status import Outcome
from tests.objectifying.conftest import Crew


def test_a_newcomer_may_challenge_and_it_shows_at_once(crew: Crew) -> None:
    practice = crew.accepted()
    newcomer = crew.story.member("Noor")
    challenge = acts.challenge(newcomer, practice, challenge=Challenge(reason="Failed twice.", application="app-1"))
    assert crew.status(practice) == "contested"
    assert list(Challenge.objects.visible_to(crew.lea).open()) == [challenge]
    assert Practice.objects.visible_to(crew.lea).held().exists(), "it is in force until the challenge is settled"
    act = Act.objects.about(practice).filter(verb="challenge.raised").get()
    assert act.evidence == {"application": "app-1", "unit": "", "newcomer": True}


def test_a_challenge_has_a_reason_and_one_of_a_person_is_open(crew: Crew) -> None:
    practice = crew.accepted()
    with pytest.raises(NotPossible, match="Say why"):
        acts.challenge(crew.ines, practice, challenge=Challenge(reason=" "))
    crew.challenged(practice)
    with pytest.raises(NotPossible, match="open already"):
        crew.challenged(practice)
    crew.challenged(practice, by=crew.omar)
    with pytest.raises(NotAllowed):
        crew.challenged(practice, by=crew.story.person("Stranger"))


def test_only_what_is_accepted_is_challenged(crew: Crew) -> None:
    with pytest.raises(NotPossible, match="Only what is accepted"):
        crew.challenged(crew.candidate())


@pytest.mark.parametrize(
    ("outcome", "status", "held"),
    [
        (Outcome.UPHELD, "accepted", True),
        (Outcome.UNDER_REVISION, "under_revision", False),
        (Outcome.RETIRED, "retired", False),
    ],
)
def test_a_round_settles_it(crew: Crew, outcome: Outcome, status: str, held: bool) -> None:
    practice = crew.settled(outcome)
    assert crew.status(practice) == status
    assert Practice.objects.visible_to(crew.lea).held().exists() is held
    assert not Challenge.objects.visible_to(crew.lea).open().exists()
    decisions = Act.objects.about(practice).filter(verb__in=["challenge.settled", "proposal.decided"]).order_by("id")
    assert [act.evidence["outcome"] for act in decisions][-2:] == [outcome, outcome]


def test_a_round_that_does_not_settle_leaves_it_open(crew: Crew) -> None:
    challenge = crew.challenged()
    proposal = crew.settlement(Outcome.RETIRED, challenge)
    with pytest.raises(NotPossible, match="cannot be accepted"):
        crew.decided(proposal, Outcome.NOT_ACCEPTED)
    crew.decided(proposal, Outcome.RETURNED)
    assert crew.status(challenge.practice) == "contested"
    assert crew.settled(Outcome.UPHELD, challenge)


def test_upholding_answers_one_challenge_and_ending_the_agreement_answers_all(crew: Crew) -> None:
    first = crew.challenged()
    second = crew.challenged(first.practice, by=crew.omar)
    crew.settled(Outcome.UPHELD, first)
    assert list(Challenge.objects.visible_to(crew.lea).open()) == [second]
    third = crew.challenged(first.practice)
    crew.settled(Outcome.RETIRED, third)
    assert crew.status(first.practice) == "retired"
    assert not Challenge.objects.visible_to(crew.lea).open().exists()


def test_a_settlement_names_the_challenge_the_outcome_and_the_agreed_version(crew: Crew) -> None:
    challenge = crew.challenged()
    practice, agreed = challenge.practice, challenge.practice.versions.get()
    with pytest.raises(NotPossible, match="should become of"):
        crew.settlement(Outcome.NOT_ACCEPTED, challenge)
    draft = crew.story.revise(crew.lea, practice, how="Otherwise.")
    with pytest.raises(NotPossible, match="agreed on"):
        crew.story.propose(crew.lea, practice, version=draft, challenge=challenge, proposed_outcome=Outcome.UPHELD)
    crew.settled(Outcome.UPHELD, challenge)
    crew.challenged(practice)
    with pytest.raises(NotPossible, match="settled already"):
        crew.story.propose(crew.lea, practice, version=agreed, challenge=challenge, proposed_outcome=Outcome.UPHELD)


def test_whoever_challenged_does_not_decide(crew: Crew) -> None:
    social.grant_role(crew.fay, crew.community, person=crew.ines, kind=RoleKind.FACILITATOR)
    proposal = crew.consented(crew.settlement(Outcome.RETIRED, crew.challenged()))
    with pytest.raises(NotAllowed):
        crew.decided(proposal, by=crew.ines)
    assert crew.decided(proposal)


def test_no_facilitator_settles_without_a_round(crew: Crew) -> None:
    challenge = crew.challenged()
    proposal = crew.settlement(Outcome.UPHELD, challenge)
    with pytest.raises(NotPossible, match="by a round"):
        acts.settle(crew.fay, challenge, proposal=proposal)
    crew.decided(crew.consented(proposal))
    with pytest.raises(NotPossible, match="settled already"):
        acts.settle(crew.fay, challenge, proposal=proposal)
    with clock.at(proposal.closes_at + timedelta(days=1)):
        again = crew.challenged(challenge.practice)
        with pytest.raises(NotPossible, match="by a round"):
            acts.settle(crew.fay, again, proposal=proposal)


def test_a_settlement_round_has_no_text_to_change(crew: Crew) -> None:
    challenge = crew.challenged()
    proposal = crew.settlement(Outcome.UPHELD, challenge)
    version = crew.story.revise(crew.lea, challenge.practice, how="Otherwise.")
    with pytest.raises(NotPossible, match="not about a text"):
        acts.amend(crew.lea, proposal, version=version)


def test_under_revision_it_comes_back_by_a_new_version(crew: Crew) -> None:
    practice = crew.settled(Outcome.UNDER_REVISION)
    with pytest.raises(NotPossible, match="has been decided on"):
        crew.proposed(practice)
    crew.story.revise(crew.omar, practice, limits="Not on diaphragm pumps.")
    crew.accepted(practice)
    assert crew.status(practice) == "accepted"


def test_retired_is_over_and_readable(crew: Crew) -> None:
    practice = crew.settled(Outcome.RETIRED)
    for late in (
        lambda: crew.story.revise(crew.lea, practice, how="Otherwise."),
        lambda: crew.proposed(practice),
        lambda: crew.challenged(practice),
        lambda: acts.set_steward(crew.lea, practice, steward=crew.lea),
    ):
        with pytest.raises(NotPossible, match="is retired"):
            late()
    assert Practice.objects.visible_to(crew.lea).get(pk=practice.pk)
