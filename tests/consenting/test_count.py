"""Who counts in a round: those it asked, while they are here or were removed; who left, and programs, do not."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Person
from commonplace.consenting.counting import tally_of
from commonplace.consenting.evidence import Decided
from commonplace.consenting.kinds import Outcome, Stand
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock
from commonplace.ledger.errors import NotPossible
from tests.communities.recorded import evidence_of
from tests.consenting.conftest import closed, read
from tests.objectifying.conftest import Crew

LATER = timedelta(hours=2)
Befalls = Callable[[Person], None]


def counts(proposal: Proposal) -> tuple[int, int, int, int]:
    one = tally_of(read(proposal))
    return one.eligible, one.spoken, one.consents, len(one.units)


class TestWhoLeft:
    def test_their_consent_makes_no_quorum(self, crew: Crew, proposal: Proposal, leaves: Befalls) -> None:
        """Nobody agrees for those who stay, and goes."""
        crew.consented(proposal)
        for person in (crew.lea, crew.omar, crew.ines):
            leaves(person)
        with closed(proposal):
            assert counts(proposal) == (1, 0, 0, 0)
            with pytest.raises(NotPossible, match="too few consent"):
                crew.story.decide(crew.fay, proposal)

    def test_who_is_back_is_heard(self, crew: Crew, proposal: Proposal, leaves: Befalls) -> None:
        crew.consented(proposal)
        leaves(crew.ines)
        with clock.at(clock.now() + LATER):
            assert counts(proposal) == (3, 2, 2, 2)
            social.join(crew.ines, crew.community)
            assert counts(proposal) == (4, 3, 3, 2)

    def test_what_was_decided_stays_as_it_was_counted(self, crew: Crew, proposal: Proposal) -> None:
        crew.decided(crew.consented(proposal))
        with closed(proposal, days=1):
            social.leave(crew.ines, crew.community)
            assert counts(proposal) == (4, 3, 3, 2)


@pytest.mark.breaks_ledger  # who is removed by a round, is so by an act
class TestWhoWasRemoved:
    def test_what_they_said_stays(self, crew: Crew, proposal: Proposal, removed: Befalls) -> None:
        crew.consented(proposal)
        removed(crew.ines)
        with closed(proposal):
            assert counts(proposal) == (4, 3, 3, 2)
            assert crew.story.decide(crew.fay, proposal).outcome == "accepted"

    def test_nobody_is_rid_of_an_objection_with_its_raiser(
        self, crew: Crew, proposal: Proposal, removed: Befalls
    ) -> None:
        crew.consented(proposal)
        crew.objected(proposal)
        removed(crew.ines)
        with closed(proposal), pytest.raises(NotPossible, match="cannot be accepted"):
            crew.story.decide(crew.fay, proposal)

    def test_though_they_had_left_and_come_back_before(
        self, crew: Crew, proposal: Proposal, leaves: Befalls, removed: Befalls
    ) -> None:
        crew.objected(proposal)
        leaves(crew.ines)
        with clock.at(clock.now() + LATER):
            social.join(crew.ines, crew.community)
            removed(crew.ines)
        with closed(proposal):
            assert tally_of(read(proposal)).standing == 1


class TestPrograms:
    @pytest.fixture
    def digest(self, crew: Crew) -> Person:
        return crew.story.member("Digest", unit="West")

    @pytest.fixture
    def spoken(self, crew: Crew, digest: Person) -> Proposal:
        """Five are asked; three of two units consent, and `digest`, of one of its own."""
        proposal = crew.consented(crew.proposed())
        crew.story.stand(digest, proposal)
        return proposal

    def test_the_stance_of_what_became_a_bot_counts_no_more(self, crew: Crew, spoken: Proposal, digest: Person) -> None:
        assert counts(spoken) == (5, 4, 4, 3)
        social.set_bot(crew.story.operator, digest, bot=True)
        assert counts(spoken) == (4, 3, 3, 2)
        social.set_bot(crew.story.operator, digest, bot=False)
        assert counts(spoken) == (5, 4, 4, 3)

    def test_nor_does_its_objection(self, crew: Crew, spoken: Proposal, digest: Person) -> None:
        crew.objected(spoken, by=digest)
        assert tally_of(spoken).standing == 1
        social.set_bot(crew.story.operator, digest, bot=True)
        assert tally_of(spoken).missing == ()

    def test_what_is_decided_is_recorded_without_them(self, crew: Crew, spoken: Proposal, digest: Person) -> None:
        social.set_bot(crew.story.operator, digest, bot=True)
        crew.decided(spoken)
        decided: Decided = evidence_of("proposal.decided")
        assert (decided.eligible, decided.gone) == (5, 1), "who was asked is who was asked at the opening"
        assert (decided.spoken, decided.consents, decided.others_consent) == (3, 3, 2)
        assert len(decided.consent_units) == decided.units == 2

    def test_what_was_decided_stays_decided(self, crew: Crew, spoken: Proposal, digest: Person) -> None:
        crew.decided(spoken)
        with closed(spoken, days=1):
            social.set_bot(crew.story.operator, digest, bot=True)
            assert counts(spoken) == (5, 4, 4, 3)


def test_three_are_not_stopped_by_one_who_is_absent(crew: Crew) -> None:
    """A charter asks for all four; one of them never opens a page."""
    crew.story.rule(quorum=4)
    assert crew.decided(crew.consented(crew.proposed())).outcome == Outcome.ACCEPTED


def test_a_unit_that_is_merged_meanwhile_changes_nothing(crew: Crew, proposal: Proposal) -> None:
    crew.consented(proposal)
    social.merge_unit(crew.story.operator, crew.lea.unit, into=crew.omar.unit)
    assert len(tally_of(proposal).units) == 2


def test_standing_aside_and_silence_are_no_consent(crew: Crew, proposal: Proposal) -> None:
    crew.story.stand(crew.lea, proposal, Stand.ASIDE)
    assert counts(proposal) == (4, 1, 0, 0)
