"""T8': who opened a round takes it back; what stands against it stands in the next one."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Person
from commonplace.consenting import acts
from commonplace.consenting.counting import tally_of
from commonplace.consenting.kinds import How, Stand, TakenBack
from commonplace.consenting.lengths import LONGEST_PART
from commonplace.consenting.models import Objection, Proposal
from commonplace.ledger import clock
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.consenting.conftest import closed, read
from tests.objectifying.conftest import Crew

LATER = timedelta(hours=2)


def withdrawn(crew: Crew, proposal: Proposal) -> Proposal:
    return acts.withdraw(crew.lea, proposal, reason="It needs another look.")


def carried(proposal: Proposal) -> Objection:
    return proposal.objections.standing().get()


def test_who_opened_it_takes_it_back(crew: Crew, proposal: Proposal) -> None:
    crew.objected(proposal)
    over = withdrawn(crew, proposal)
    assert (over.outcome, over.decided_by, over.is_open) == ("withdrawn", crew.lea, False)
    act = crew.last("proposal.withdrawn")
    assert (act.object, act.subject) == (proposal.pk, proposal.subject_id)
    assert act.evidence == {"matter": "acceptance", "number": 1, "standing": 1, "why": "other"}
    assert crew.status(crew.practice_of(proposal)) == "candidate"


def test_nobody_else_does(crew: Crew, proposal: Proposal) -> None:
    for person in (crew.omar, crew.ines, crew.fay):
        with pytest.raises(NotAllowed):
            acts.withdraw(person, proposal, reason="Enough.")


def test_with_a_reason(crew: Crew, proposal: Proposal) -> None:
    for reason, words in ((" ", "Say why"), ("x" * (LONGEST_PART + 1), "more than 10000")):
        with pytest.raises(NotPossible, match=words):
            acts.withdraw(crew.lea, proposal, reason=reason)


def test_not_after_the_close_and_not_when_it_is_over(crew: Crew, proposal: Proposal) -> None:
    """Then the rule ends it: nobody takes back what is about to be refused, or accepted."""
    with closed(proposal), pytest.raises(NotPossible, match="is closed"):
        withdrawn(crew, proposal)
    withdrawn(crew, proposal)
    with pytest.raises(NotPossible, match="This round is over"):
        withdrawn(crew, proposal)


class TestInTheNextRound:
    @pytest.fixture
    def following(self, crew: Crew, proposal: Proposal) -> Proposal:
        """Ines objected, Fay for somebody unnamed; Lea withdrew and proposes it again."""
        crew.objected(proposal)
        acts.object_for_another(crew.fay, proposal, ground="unfair", harm="It hurts.")
        withdrawn(crew, proposal)
        return crew.proposed(crew.practice_of(proposal))

    def test_no_objection_is_shaken_off(self, crew: Crew, following: Proposal) -> None:
        carried = following.objections.standing().order_by("for_another")
        assert [(one.raised_by, one.ground, one.harm) for one in carried] == [
            (crew.ines, "unsafe", "Unsafe near chlorine."),
            (crew.fay, "unfair", "It hurts."),
        ]
        evidence = crew.last("proposal.objection_raised").evidence
        assert (evidence["proposal"], evidence["taken_from"] != "") == (following.pk, True)
        assert tally_of(following).standing == 2

    def test_not_by_withdrawing_twice_either(self, crew: Crew, following: Proposal) -> None:
        withdrawn(crew, following)
        again = crew.proposed(crew.practice_of(following))
        assert tally_of(again).standing == 2

    def test_its_raiser_says_otherwise(self, crew: Crew, following: Proposal) -> None:
        crew.story.stand(crew.ines, following)
        assert [one.raised_by for one in following.objections.standing()] == [crew.fay]


def test_what_was_settled_before_does_not_come_back(crew: Crew, proposal: Proposal) -> None:
    acts.settle_objection(crew.ines, crew.objected(proposal), how=How.WITHDRAWN)
    withdrawn(crew, proposal)
    assert not crew.proposed(crew.practice_of(proposal)).objections.exists()


def test_what_was_changed_since_meets_it(crew: Crew, proposal: Proposal) -> None:
    """Withdrawn, rewritten, proposed anew: who objected and consents to that is not filed as having withdrawn."""
    crew.objected(proposal)
    withdrawn(crew, proposal)
    practice = crew.practice_of(proposal)
    crew.story.revise(crew.lea, practice, limits="Not near chlorine.")
    anew = crew.proposed(practice)
    assert carried(anew).raised_on == 1
    assert "Not near chlorine lines." in anew.text_of(1)["limits"], "what was objected to is still read"
    crew.story.stand(crew.ines, anew)
    objection = anew.objections.get()
    assert (objection.how, objection.number) == ("change", 2)


def test_of_a_returned_round_nothing_is_carried(crew: Crew, proposal: Proposal) -> None:
    """Its raiser was heard: it was returned for that."""
    crew.objected(proposal)
    crew.decided(proposal, outcome="returned")
    with closed(proposal):
        assert not crew.proposed(crew.practice_of(proposal)).objections.exists()


def test_the_objection_of_who_left_in_between_may_be_taken_up_and_stops_nobody_by_itself(
    crew: Crew, proposal: Proposal, leaves: Callable[[Person], None]
) -> None:
    """They can neither be heard nor withdraw it."""
    crew.objected(proposal)
    withdrawn(crew, proposal)
    leaves(crew.ines)
    crew.story.member("Nina")
    with clock.at(clock.now() + LATER):
        again = crew.proposed(crew.practice_of(proposal))
        assert (tally_of(again).standing, tally_of(again).pending) == (0, 1)
        acts.settle_objection(crew.fay, carried(again), how=How.TAKEN_UP)
        assert tally_of(again).standing == 1


def test_nor_that_of_who_was_found_to_be_a_program(crew: Crew, proposal: Proposal) -> None:
    digest = crew.story.member("Digest")
    withdrawn(crew, proposal)
    again = crew.proposed(crew.practice_of(proposal))
    crew.story.stand(digest, again, Stand.OBJECT, "Beep.")
    withdrawn(crew, again)
    social.set_bot(crew.story.operator, digest, bot=True)
    assert tally_of(crew.proposed(crew.practice_of(proposal))).standing == 0


def test_why_it_was_taken_back_is_kept_and_counted_by_its_kind(crew: Crew, proposal: Proposal) -> None:
    """What was typed stays with the round; the ledger has what kind of reason it was."""
    at = f"{proposal.get_absolute_url()}withdrawal"
    browser = crew.story.browser(crew.lea)
    assert browser.post(at, {"reason": "Chlorine is a point."}).status_code == 422, "no kind of reason said"
    shown = browser.post(at, {"reason": "Chlorine is a point.", "why": "opposed"}, follow=True).content.decode()
    assert "What is said against it is right" in shown
    assert "Chlorine is a point." in shown
    assert crew.last("proposal.withdrawn").evidence["why"] == TakenBack.OPPOSED
    assert read(proposal).why == TakenBack.OPPOSED
