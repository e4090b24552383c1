"""T14: a challenge is settled by the same procedure, and by nobody alone."""

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import RoleKind
from commonplace.ledger import registry
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.models import Act
from commonplace.objectifying import acts
from commonplace.objectifying.models import Challenge, Practice
from commonplace.objectifying.policy import deciders
from commonplace.objectifying.status import Outcome
from tests.objectifying.conftest import Crew


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
    decided, settled = Act.objects.about(practice).order_by("-id")[:2][::-1]
    assert (decided.verb, settled.verb) == ("proposal.decided", "challenge.settled")
    assert settled.evidence == {
        "challenge": Challenge.objects.everywhere("test").get(practice=practice).pk,
        "outcome": outcome,
        "proposal": decided.object,
        "days_open": 14,
    }
    assert decided.evidence["outcome"] == outcome
    assert decided.evidence["others_consent"] == 0, "who challenged it is no other"


def test_no_facilitator_settles_without_a_round() -> None:
    declared = registry.ACTS["challenge.settled"]
    assert (declared.function, declared.of) == (None, ("proposal.decided",))


def test_who_challenged_does_not_decide_and_neither_does_who_opened_the_round(crew: Crew) -> None:
    second = crew.story.serving("Second", RoleKind.FACILITATOR)
    challenge = crew.challenged(by=crew.fay)
    version = challenge.practice.newest_version
    for opener, others in ((crew.lea, {second}), (second, set())):
        assert {role.person for role in deciders(version, opener.pk, challenge)} == others
    assert {role.person for role in deciders(version, crew.lea.pk)} == {crew.fay, second}


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


def test_the_challenge_of_another_practice_is_not_settled_here(crew: Crew) -> None:
    elsewhere, here = crew.challenged(), crew.challenged().practice
    version = here.versions.get()
    with pytest.raises(NotPossible, match="settled already"):
        crew.story.propose(crew.lea, here, version=version, challenge=elsewhere, proposed_outcome=Outcome.RETIRED)


def test_whoever_challenged_does_not_decide(crew: Crew) -> None:
    social.grant_role(crew.fay, crew.community, person=crew.ines, kind=RoleKind.FACILITATOR)
    proposal = crew.consented(crew.settlement(Outcome.RETIRED, crew.challenged()))
    with pytest.raises(NotAllowed):
        crew.decided(proposal, by=crew.ines)
    assert crew.decided(proposal)


def test_a_settlement_round_has_no_text_to_change(crew: Crew) -> None:
    challenge = crew.challenged()
    proposal = crew.settlement(Outcome.UPHELD, challenge)
    objection = crew.objected(proposal)
    version = crew.story.revise(crew.lea, challenge.practice, how="Otherwise.")
    with pytest.raises(NotPossible, match="not about a text"):
        acts.amend(crew.lea, proposal, version=version)
    with pytest.raises(NotPossible, match="not about a text"):
        crew.met(objection, version)


def test_under_revision_it_comes_back_by_a_new_version(crew: Crew) -> None:
    practice = crew.settled(Outcome.UNDER_REVISION)
    with pytest.raises(NotPossible, match="has been decided on"):
        crew.proposed(practice)
    crew.story.revise(crew.omar, practice, limits="Not on diaphragm pumps.")
    crew.accepted(practice)
    assert crew.status(practice) == "accepted"
