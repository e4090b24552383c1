"""T7: a round moves to a newer text, by who opened it; whom that concerns is asked again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from commonplace.communities.models import Person
from commonplace.consenting import acts
from commonplace.consenting.counting import tally_of
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock
from commonplace.ledger.act import writing
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.consenting.conftest import closed, read
from tests.objectifying.conftest import Crew


def test_what_binds_changes_and_everyone_is_asked_again(crew: Crew, proposal: Proposal) -> None:
    crew.consented(proposal)
    version = crew.story.revise(crew.omar, crew.practice_of(proposal), how="Bleed slowly.", limits="None.")
    moved = acts.amend(crew.lea, proposal, number=version.number)
    assert (moved.number, moved.texts["how"], tally_of(moved).spoken) == (2, "Bleed slowly.", 0)
    act = crew.last("proposal.amended")
    assert (act.object, act.subject) == (proposal.pk, proposal.subject_id)
    asked = {"matter": "acceptance", "parts": ["how", "limits"], "asked_again": True}
    assert act.evidence == {"number": 2, **asked, "closes_on": f"{moved.closes_at:%Y-%m-%d}"}


@pytest.mark.parametrize("blank", [" ", "\n", "\u2003"])
def test_nobodys_stance_is_wiped_by_a_blank(crew: Crew, proposal: Proposal, blank: str) -> None:
    crew.consented(proposal)
    how = proposal.texts["how"].replace(" ", f" {blank}")
    with pytest.raises(NotPossible, match="Nothing"):
        crew.amended(proposal, how=how)
    assert tally_of(proposal).consents == 3


def test_the_why_is_explained_and_consents_are_kept(crew: Crew, proposal: Proposal) -> None:
    crew.consented(proposal)
    moved = crew.amended(proposal, why="Air above it comes back, and it hammers.")
    assert tally_of(moved).consents == 3
    assert crew.last("proposal.amended").evidence["asked_again"] is False


def test_a_number_anywhere_is_asked_about_again(crew: Crew, proposal: Proposal) -> None:
    crew.consented(proposal)
    assert tally_of(crew.amended(proposal, why="Air above 3 bar comes back.")).consents == 0


def test_consents_that_are_kept_end_no_round_early(crew: Crew, proposal: Proposal) -> None:
    """They were said of another text: who was not there meanwhile has the days to read it."""
    crew.consented(proposal)
    crew.amended(proposal, why="Air.")
    crew.story.stand(crew.fay, proposal)
    assert not tally_of(read(proposal)).all_have_spoken
    with pytest.raises(NotPossible, match="The round is open"):
        crew.story.decide(crew.fay, proposal)
    with closed(read(proposal)):
        assert crew.story.decide(crew.fay, proposal).outcome == "accepted"


def test_five_days_pass_after_any_change(crew: Crew, proposal: Proposal) -> None:
    opened_until = proposal.closes_at
    assert crew.amended(proposal, how="Slowly.").closes_at == opened_until
    with clock.at(opened_until - timedelta(days=1)):
        moved = crew.amended(proposal, how="Very slowly.")
        assert timedelta(days=5) <= moved.closes_at - clock.now() < timedelta(days=6)


def test_quorum_and_whom_it_asks_stay(crew: Crew, proposal: Proposal, leaves: Callable[[Person], None]) -> None:
    leaves(crew.ines)
    crew.story.member("Late")
    moved = crew.amended(proposal, how="Slowly.")
    assert (moved.quorum, moved.eligible, moved.asked.count()) == (3, 4, 4)


def test_who_wrote_the_text_has_a_part_from_then_on(crew: Crew, proposal: Proposal) -> None:
    """Whose words it is gives no other's consent."""
    version = crew.story.revise(crew.ines, crew.practice_of(proposal), how="Ines's way.")
    acts.amend(crew.lea, proposal, number=version.number)
    for person in (crew.lea, crew.omar, crew.ines):
        crew.story.stand(person, proposal)
    assert tally_of(proposal).others_consent == 1, "Omar"
    assert proposal.parties.filter(person=crew.ines, part="wrote", number=2).exists()


def test_an_objection_still_stands_on_the_new_text(crew: Crew, proposal: Proposal) -> None:
    crew.objected(proposal)
    crew.amended(proposal, how="Bleed slowly.")
    assert tally_of(proposal).standing == 1


def test_who_opened_it_moves_it_and_nobody_else(crew: Crew, proposal: Proposal) -> None:
    """Nor who objects, nor a facilitator: their text is laid beside it."""
    crew.objected(proposal)
    version = crew.story.revise(crew.ines, crew.practice_of(proposal), how="Bleed slowly.")
    for person in (crew.ines, crew.omar, crew.fay):
        with pytest.raises(NotAllowed):
            acts.amend(person, proposal, number=version.number)


def test_a_facilitator_moves_it_where_the_opener_left(
    crew: Crew, proposal: Proposal, leaves: Callable[[Person], None]
) -> None:
    version = crew.story.revise(crew.omar, crew.practice_of(proposal), how="Bleed slowly.")
    leaves(crew.lea)
    with clock.at(clock.now() + timedelta(hours=2)):
        with pytest.raises(NotAllowed):
            acts.amend(crew.omar, proposal, number=version.number)
        assert acts.amend(crew.fay, proposal, number=version.number).number == 2


def test_it_moves_to_a_newer_complete_version_of_its_practice_only(crew: Crew, proposal: Proposal) -> None:
    crew.story.revise(crew.omar, crew.practice_of(proposal), how="Bleed slowly.")
    crew.amended(proposal, how="Bleed fast.")
    for number in (1, 2, 3):
        with pytest.raises(NotPossible, match="newer version"):
            acts.amend(crew.lea, proposal, number=number)
    with pytest.raises(NotPossible, match="of this practice"):
        acts.amend(crew.lea, proposal, number=4)


def test_twice_at_most(crew: Crew, proposal: Proposal) -> None:
    for how in ("Slowly.", "Very slowly."):
        crew.amended(proposal, how=how)
    with pytest.raises(NotPossible, match="twice at most"):
        crew.amended(proposal, how="As before.")


def test_the_database_holds_twice_at_most(proposal: Proposal) -> None:
    with writing(), pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).everywhere("test").update(amended=3)


def test_what_is_put_back_has_changed_nothing(crew: Crew, proposal: Proposal) -> None:
    crew.story.revise(crew.omar, crew.practice_of(proposal), how="Otherwise.")
    version = crew.story.revise(crew.omar, crew.practice_of(proposal), how=proposal.texts["how"])
    with pytest.raises(NotPossible, match="Nothing has changed"):
        acts.amend(crew.lea, proposal, number=version.number)


def test_a_closed_or_decided_round_does_not_move_whatever_a_stale_page_shows(crew: Crew, proposal: Proposal) -> None:
    stale = read(crew.consented(proposal))
    version = crew.story.revise(crew.omar, crew.practice_of(proposal), how="Bleed slowly.")
    with closed(proposal), pytest.raises(NotPossible, match="is closed"):
        acts.amend(crew.lea, proposal, number=version.number)
    crew.decided(proposal)
    with pytest.raises(NotPossible, match="This round is over"):
        acts.amend(crew.lea, stale, number=version.number)
