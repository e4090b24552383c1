"""T6: something is put to consent, and the rule of its round is fixed before anyone speaks."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from commonplace.communities import acts as social
from commonplace.communities.models import Membership, Person, RoleKind
from commonplace.consenting import acts
from commonplace.consenting.kinds import Kind, Outcome
from commonplace.consenting.lengths import LONGEST_PART
from commonplace.consenting.models import Proposal
from commonplace.consenting.terms import terms
from commonplace.ledger import clock
from commonplace.ledger.act import writing
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.consenting.conftest import closed, read
from tests.objectifying.conftest import Crew


def test_a_round_opens_with_its_rule_fixed_as_numbers(crew: Crew) -> None:
    practice = crew.candidate()
    proposal = crew.story.propose(crew.lea, practice, aim="One way for all crews")
    assert (proposal.eligible, proposal.quorum, proposal.units_needed, proposal.days) == (4, 3, 0, 14)
    assert crew.status(practice) == "proposed"
    act = crew.last("proposal.opened")
    assert (act.object, act.subject) == (proposal.pk, practice.pk)
    assert act.evidence == {
        "matter": "acceptance",
        "about": "",
        "choice": "",
        "number": 1,
        "quorum": 3,
        "eligible": 4,
        "extent": "major",
        "eligible_units": 2,
        "units_needed": 0,
        "days": 14,
        "hidden": False,
        "closes_on": f"{proposal.closes_at:%Y-%m-%d}",
        "review_on": proposal.review_on.isoformat() if proposal.review_on else "",
        "waited": "",
        "batch": "",
    }


def test_whom_it_asks_with_their_unit_of_that_day_and_who_has_a_part_is_fixed_too(
    crew: Crew, proposal: Proposal
) -> None:
    everybody = (crew.lea, crew.omar, crew.ines, crew.fay)
    asked = dict(proposal.asked.values_list("person", "unit"))
    assert asked == {person.pk: person.unit_id or "" for person in everybody}
    lea, parties = crew.lea.pk, set(proposal.parties.values_list("person", "part"))
    assert parties == {(lea, "wrote"), (lea, "opened"), (lea, "credited"), (crew.omar.pk, "credited")}


def test_the_text_is_kept_as_it_was_put(crew: Crew, proposal: Proposal) -> None:
    crew.story.revise(crew.omar, crew.practice_of(proposal), how="Otherwise.")
    assert list(proposal.texts) == ["context", "how", "why", "limits", "audience"]
    assert proposal.texts["how"] == "Bleed before the check valve."


def test_two_units_are_asked_for_where_two_have_three_people(crew: Crew) -> None:
    crew.story.member("Wim", unit="North")
    for name in ("Pia", "Per"):
        assert terms(crew.community).units_needed == 0
        crew.story.member(name, unit="South")
    assert terms(crew.community).units_needed == 2


def test_it_closes_in_the_evening_by_the_communitys_clock(crew: Crew) -> None:
    paris = crew.story.found("pompes", "Pompes", by=crew.fay)
    paris.time_zone = "Europe/Paris"
    with writing():
        paris.save()
    assert terms(paris).closes_at.isoformat() == "2026-03-16T17:00:00+00:00"


def test_later_charters_do_not_change_it(crew: Crew, proposal: Proposal) -> None:
    with clock.at(clock.now() + timedelta(hours=1)):
        crew.story.rule(quorum=2, round_days=3, hidden_stances=True)
    now = read(proposal)
    assert (now.quorum, now.days, now.hidden, now.closes_at) == (3, 14, False, proposal.closes_at)


@pytest.mark.parametrize("own", [4, 5, 100])
def test_no_quorum_makes_one_absent_person_a_veto(crew: Crew, own: int) -> None:
    """Of four, three at most; whatever a charter says."""
    crew.story.rule(quorum=own)
    assert crew.proposed().quorum == 3


@pytest.mark.parametrize("own", [0, 1])
def test_nobody_agrees_alone_whatever_a_charter_says(crew: Crew, own: int) -> None:
    with pytest.raises(NotPossible, match="from 2 to"):
        crew.story.rule(quorum=own)


def test_the_database_holds_that_nobody_agrees_alone(proposal: Proposal) -> None:
    with writing(), pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).everywhere("test").update(quorum=1)


def test_where_there_is_one_person_there_is_nobody_to_agree_with(crew: Crew) -> None:
    """It is said before the form; not a rule that nobody could meet, and not a quorum of their own."""
    practice = crew.candidate()
    for person in (crew.omar, crew.ines):
        social.leave(person, crew.community)
    assert crew.story.propose(crew.lea, practice).quorum == 2, "of two, both"
    acts.withdraw(crew.lea, Proposal.objects.everywhere("test").get(), reason="Wait.")
    crew.story.granted(crew.fay, RoleKind.SPONSOR)
    with pytest.raises(NotPossible, match="kept by one person"):
        crew.story.propose(crew.lea, practice)


def test_a_sole_facilitators_own_practice_can_be_agreed_on(crew: Crew) -> None:
    practice = crew.story.distil(crew.fay, crew.story.resolved(crew.lea, crew.omar), authors=[crew.omar])
    crew.used(practice, by=crew.ines)
    proposal = crew.story.propose(crew.fay, practice)
    crew.decided(crew.consented(proposal), by=crew.ines)
    assert crew.status(practice) == "accepted"


def test_only_the_newest_complete_version_is_proposed(crew: Crew) -> None:
    practice = crew.candidate()
    crew.story.revise(crew.lea, practice, how="Otherwise.")
    with pytest.raises(NotPossible, match="newer version"):
        crew.story.propose(crew.lea, practice, number=1)
    with pytest.raises(NotPossible, match="of this practice"):
        crew.story.propose(crew.lea, practice, number=7)
    incomplete = crew.written(limits="")
    with pytest.raises(NotPossible, match="Complete it first"):
        crew.story.propose(crew.lea, incomplete)


def test_what_was_decided_on_is_not_proposed_again(crew: Crew) -> None:
    practice = crew.accepted()
    with pytest.raises(NotPossible, match="has been decided on"):
        crew.story.propose(crew.lea, practice)
    crew.story.revise(crew.lea, practice, how="Otherwise.")
    crew.refused(practice)
    with pytest.raises(NotPossible, match="has been decided on"):
        crew.story.propose(crew.lea, practice)


def test_one_round_at_a_time(crew: Crew) -> None:
    practice = crew.accepted()
    crew.story.revise(crew.lea, practice, how="Otherwise.")
    crew.proposed(practice)
    with pytest.raises(NotPossible, match="One is decided before the next"):
        crew.proposed(practice)


def test_the_database_holds_one_open_round_too(proposal: Proposal) -> None:
    proposal.pk = "another-round"
    with pytest.raises(IntegrityError), transaction.atomic(), writing():
        proposal.save(force_insert=True)


def test_what_a_matter_is_not_on_is_not_put_to_consent_there(crew: Crew) -> None:
    with pytest.raises(NotPossible, match="cannot be put to consent here"):
        acts.propose(crew.lea, crew.community, proposal=Proposal(matter=Kind.ACCEPTANCE, number=1))


def test_what_should_become_of_it_is_said_where_there_is_a_choice_and_nowhere_else(crew: Crew) -> None:
    practice = crew.candidate()
    with pytest.raises(NotPossible, match="what should become of it"):
        crew.story.propose(crew.lea, practice, choice="retired")
    challenge = crew.challenged()
    settlement = {"matter": Kind.SETTLEMENT, "about": challenge.pk, "number": 1}
    with pytest.raises(NotPossible, match="what should become of it"):
        crew.story.propose(crew.lea, challenge.practice, **settlement)


def test_aim_and_scope_have_their_length(crew: Crew) -> None:
    practice = crew.candidate()
    for part in ("aim", "scope"):
        with pytest.raises(NotPossible, match="more than 10000"):
            crew.story.propose(crew.lea, practice, **{part: "x" * (LONGEST_PART + 1)})


def test_sponsors_bots_and_people_without_a_way_in_are_not_asked(crew: Crew) -> None:
    sponsor, digest = crew.story.member("Sam Sponsor"), crew.story.member("Digest")
    crew.story.granted(sponsor, RoleKind.SPONSOR)
    social.set_bot(crew.story.operator, digest, bot=True)
    proposal = crew.proposed()
    assert proposal.eligible == 4
    assert not proposal.asked.filter(person__in=[sponsor.pk, digest.pk]).exists()


@pytest.mark.breaks_ledger
def test_names_out_of_an_archive_are_not_asked(crew: Crew) -> None:
    with writing():
        Membership.objects.create(community=crew.community, person=Person.objects.create(name="Once Upon"))
    assert crew.proposed().eligible == 4


def test_who_left_is_not_asked(crew: Crew) -> None:
    social.leave(crew.omar, crew.community)
    assert terms(crew.community).eligible == 3


def test_the_review_lies_in_the_future_by_the_communitys_day(crew: Crew) -> None:
    practice = crew.candidate()
    crew.community.time_zone = "Pacific/Auckland"
    with writing():
        crew.community.save()
    for day in (date(2026, 3, 2), date(2026, 3, 3)):
        with clock.at(clock.now() + timedelta(hours=6)), pytest.raises(NotPossible, match="future"):
            crew.story.propose(crew.lea, practice, review_on=day)
    assert crew.story.propose(crew.lea, practice, review_on=date(2026, 9, 1)).review_on == date(2026, 9, 1)


def test_a_meeting_is_recorded_once_it_was_held(crew: Crew) -> None:
    practice = crew.candidate()
    with pytest.raises(NotPossible, match="once it was held"):
        crew.story.propose(crew.lea, practice, met_on=date(2026, 3, 3))
    assert crew.story.propose(crew.lea, practice, met_on=date(2026, 3, 2)).met_on == date(2026, 3, 2)


def test_the_rule_and_its_end_are_not_the_callers_to_say(crew: Crew) -> None:
    claimed = {"quorum": 1, "days": 1, "hidden": True, "opened_by": crew.omar, "decided_by": crew.omar}
    claimed |= {"decided_at": clock.now(), "outcome": Outcome.ACCEPTED, "eligible": 1, "title": "Mine"}
    proposal = crew.story.propose(crew.lea, crew.candidate(), **claimed)
    assert (proposal.quorum, proposal.eligible, proposal.days, proposal.hidden) == (3, 4, 14, False)
    assert (proposal.is_open, proposal.outcome, proposal.title) == (True, "", "Restarting a pump")
    assert proposal.opened_by == crew.lea


def test_members_open_rounds_and_no_bot_does(crew: Crew) -> None:
    practice, digest = crew.candidate(), crew.story.member("Digest")
    social.set_bot(crew.story.operator, digest, bot=True)
    for person in (crew.story.person("Stranger"), digest, crew.story.serving("Sam", RoleKind.SPONSOR)):
        with pytest.raises(NotAllowed):
            crew.story.propose(person, practice)


def test_a_round_waits_for_those_whom_it_asks_and_who_have_not_spoken_themselves(
    crew: Crew, proposal: Proposal, later: Callable[..., Any]
) -> None:
    def waits_for(person: Any) -> bool:
        return Proposal.objects.visible_to(person).open_for(person).filter(pk=proposal.pk).exists()

    with later(timedelta(days=1)):
        assert waits_for(crew.ines)
        assert not waits_for(crew.story.member("Late"))
        acts.take_stance(crew.fay, proposal, stance="consent", person=crew.ines)
        assert waits_for(crew.ines), "what another entered is not her word"
        crew.story.stand(crew.ines, proposal)
        assert not waits_for(crew.ines)
        crew.amended(proposal, why="Because of the air.")
        assert waits_for(crew.ines), "she has not spoken of this text"
    with closed(proposal):
        assert not waits_for(crew.omar)


def test_a_returned_round_can_be_opened_again(crew: Crew, proposal: Proposal) -> None:
    crew.decided(proposal, Outcome.RETURNED)
    practice = crew.practice_of(proposal)
    assert crew.status(practice) == "candidate"
    assert crew.proposed(practice).is_open
