"""A round in which people spoke who became bots: they count no more. What was decided stays decided."""

from datetime import timedelta

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Person
from commonplace.ledger import clock
from commonplace.objectifying.consent import Stand
from commonplace.objectifying.counting import tally
from commonplace.objectifying.evidence import Decided
from commonplace.objectifying.models import Proposal
from tests.communities.recorded import last
from tests.story import Story

NOT_COUNTED = "not counted"


@pytest.fixture
def digest(story: Story) -> Person:
    return story.member("Digest", unit="North")


@pytest.fixture
def proposal(story: Story, digest: Person) -> Proposal:
    """Five may speak; two consent, of two units, and `digest`, of one of its own."""
    lea, ida = story.member("Lea", unit="East"), story.member("Ida", unit="West")
    social.set_charter(story.facilitator, story.community, domain="Pumps", quorum=2)
    practice = story.distil(lea, story.resolved(ida, lea))
    story.apply(ida, practice)
    row = story.propose(lea, practice)
    for person in (lea, ida, digest):
        story.stand(person, row)
    return row


def counts(proposal: Proposal) -> tuple[int, int, int, int, int]:
    one = tally(proposal)
    return one.eligible, one.spoken, one.consents, one.units, one.unheard


def test_the_stance_of_what_became_a_bot_counts_no_more(story: Story, proposal: Proposal, digest: Person) -> None:
    assert counts(proposal) == (4, 3, 3, 3, 0)
    social.set_bot(story.operator, digest, bot=True)
    assert counts(proposal) == (3, 2, 2, 2, 1)
    social.set_bot(story.operator, digest, bot=False)
    assert counts(proposal) == (4, 3, 3, 3, 0)


def test_nor_does_its_objection(story: Story, proposal: Proposal, digest: Person) -> None:
    story.stand(digest, proposal, Stand.OBJECT, "Not near chlorine.")
    assert tally(proposal).standing == 1
    social.set_bot(story.operator, digest, bot=True)
    assert tally(proposal).missing() == ()


def test_the_page_says_so_beside_them(story: Story, proposal: Proposal, digest: Person) -> None:
    reader = story.browser(story.facilitator)
    assert NOT_COUNTED not in reader.get(proposal.get_absolute_url()).content.decode()
    social.set_bot(story.operator, digest, bot=True)
    page = reader.get(proposal.get_absolute_url()).content.decode()
    assert NOT_COUNTED in page
    assert "2 of 3 have spoken; 2 consent" in page


def test_what_is_decided_is_recorded_without_them(story: Story, proposal: Proposal, digest: Person) -> None:
    social.set_bot(story.operator, digest, bot=True)
    with clock.at(proposal.closes_at):
        story.decide(story.facilitator, proposal)
    decided = Decided.of(last("proposal.decided"))
    assert (decided.eligible, decided.spoken, decided.consents, decided.others_consent) == (3, 2, 2, 1)
    assert len(decided.consent_units) == decided.units == 2


def test_what_was_decided_stays_decided(story: Story, proposal: Proposal, digest: Person) -> None:
    with clock.at(proposal.closes_at):
        story.decide(story.facilitator, proposal)
    with clock.at(proposal.closes_at + timedelta(days=1)):
        social.set_bot(story.operator, digest, bot=True)
        proposal.refresh_from_db()
        assert counts(proposal) == (4, 3, 3, 3, 0)
