"""T5, T6: the minimum evidence, and a rule that is fixed before anyone speaks."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from commonplace.communities import acts as social
from commonplace.communities.models import Membership, Person, RoleKind
from commonplace.externalizing.models import Purpose
from commonplace.ledger import clock
from commonplace.ledger.act import writing
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.objectifying.models import Practice, Proposal
from commonplace.objectifying.status import Outcome
from commonplace.objectifying.terms import terms
from tests.objectifying.conftest import Crew


def unused(crew: Crew, **fields: Any) -> Practice:
    exchange = crew.story.resolved(crew.lea, crew.omar, **fields)
    return crew.story.distil(crew.lea, exchange, authors=[crew.omar])


def test_a_round_opens_with_its_rule_fixed_as_numbers(crew: Crew) -> None:
    proposal = crew.story.propose(crew.lea, crew.candidate(), aim="One way for all crews")
    assert (proposal.eligible, proposal.quorum, proposal.units_needed, proposal.days) == (4, 3, 2, 14)
    assert crew.status(proposal.practice) == "proposed"
    act = crew.last("proposal.opened")
    assert (act.object, act.subject) == (proposal.pk, proposal.practice_id)
    assert act.evidence == {
        "matter": "acceptance",
        "challenge": "",
        "proposed_outcome": "accepted",
        "number": 1,
        "quorum": 3,
        "eligible": 4,
        "eligible_units": 2,
        "units_needed": 2,
        "days": 14,
        "closes_on": f"{proposal.closes_at:%Y-%m-%d}",
        "review_on": proposal.review_on.isoformat(),
    }


def test_who_left_is_not_eligible_and_where_all_are_of_one_unit_none_is_needed(crew: Crew) -> None:
    assert (terms(crew.community).eligible, terms(crew.community).units_needed) == (4, 2)
    social.leave(crew.omar, crew.community)
    assert (terms(crew.community).eligible, terms(crew.community).units_needed) == (3, 0)


def test_it_closes_in_the_evening_by_the_communitys_clock(crew: Crew) -> None:
    paris = crew.story.found("pompes", "Pompes", by=crew.fay, quorum=1)
    paris.time_zone = "Europe/Paris"
    with writing():
        paris.save()
    asked = crew.story.ask(crew.fay, of=paris)
    helper = crew.story.member("Hal", of=paris)
    crew.story.confirm(crew.fay, crew.story.respond(helper, asked))
    practice = crew.story.distil(helper, asked, authors=[helper])
    crew.used(practice)
    proposal = crew.story.propose(helper, practice)
    assert proposal.closes_at.isoformat() == "2026-03-16T17:00:00+00:00"


def test_later_charters_do_not_change_it(crew: Crew) -> None:
    proposal = crew.proposed()
    with clock.at(clock.now() + timedelta(hours=1)):
        social.set_charter(crew.fay, crew.community, quorum=1, round_days=1)
    proposal.refresh_from_db()
    assert (proposal.quorum, proposal.days) == (3, 14)


def test_reuse_needs_somebody_else_to_have_used_it(crew: Crew) -> None:
    practice = unused(crew)
    crew.used(practice, by=crew.omar)
    with pytest.raises(NotPossible, match="Too early"):
        crew.story.propose(crew.lea, practice)
    crew.used(practice, outcome="failed")
    assert crew.story.propose(crew.lea, practice)


def test_creation_needs_trials_in_different_settings(crew: Crew) -> None:
    practice = unused(crew, purpose=Purpose.CREATION)
    crew.used(practice, by=crew.fay)
    crew.used(practice, by=crew.ines)
    with pytest.raises(NotPossible, match="settings"):
        crew.story.propose(crew.lea, practice)
    crew.used(practice, where="Pump 9", by=crew.omar, outcome="failed")
    assert crew.story.propose(crew.lea, practice)


def test_creation_needs_several_who_contributed(crew: Crew) -> None:
    exchange = crew.story.ask(crew.lea, purpose=Purpose.CREATION)
    crew.story.confirm(crew.lea, crew.story.respond(crew.lea, exchange))
    practice = crew.story.distil(crew.ines, exchange, authors=[crew.lea])
    crew.used(practice)
    crew.used(practice, where="Pump 9")
    with pytest.raises(NotPossible, match="contributed"):
        crew.story.propose(crew.lea, practice)


def test_only_the_newest_complete_version_is_proposed(crew: Crew) -> None:
    practice = crew.candidate()
    first = practice.versions.get()
    crew.story.revise(crew.lea, practice, how="Otherwise.")
    with pytest.raises(NotPossible, match="newer version"):
        crew.story.propose(crew.lea, practice, version=first)
    other = crew.candidate().versions.get()
    with pytest.raises(NotPossible, match="of this practice"):
        crew.story.propose(crew.lea, practice, version=other)


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


def test_the_database_holds_one_open_round_too(crew: Crew) -> None:
    proposal = crew.proposed()
    proposal.pk = "another-round"
    with pytest.raises(IntegrityError), transaction.atomic(), writing():
        proposal.save(force_insert=True)


def test_somebody_without_a_part_must_be_there_to_decide(crew: Crew) -> None:
    practice = crew.candidate()
    with pytest.raises(NotPossible, match="Nobody could decide"):
        crew.story.propose(crew.fay, practice)
    own = crew.candidate(authors=[crew.omar])
    crew.story.revise(crew.fay, own, how="The facilitator's words.")
    with pytest.raises(NotPossible, match="Nobody could decide"):
        crew.story.propose(crew.lea, own)
    crew.story.serving("Nour", RoleKind.FACILITATOR)
    assert crew.story.propose(crew.lea, own)


def test_a_community_too_small_is_told_that_it_may_set_its_own_quorum(crew: Crew) -> None:
    small = crew.story.found("small", "Small", by=crew.fay)
    helper = crew.story.member("Hal", of=small)
    asked = crew.story.ask(crew.fay, of=small)
    crew.story.confirm(crew.fay, crew.story.respond(helper, asked))
    practice = crew.story.distil(helper, asked, authors=[helper])
    crew.used(practice)
    with pytest.raises(NotPossible, match="let the charter set its own quorum"):
        crew.story.propose(helper, practice)


def test_sponsors_and_people_without_a_way_in_are_not_counted(crew: Crew) -> None:
    sponsor = crew.story.member("Sam Sponsor")
    social.grant_role(crew.fay, crew.community, person=sponsor, kind=RoleKind.SPONSOR)
    assert crew.proposed().eligible == 4


@pytest.mark.breaks_ledger
def test_names_out_of_an_archive_are_not_counted(crew: Crew) -> None:
    with writing():
        Membership.objects.create(community=crew.community, person=Person.objects.create(name="Once Upon"))
    assert crew.proposed().eligible == 4


def test_the_review_lies_in_the_future(crew: Crew) -> None:
    practice = crew.candidate()
    with pytest.raises(NotPossible, match="future"):
        crew.story.propose(crew.lea, practice, review_on=date(2026, 3, 2))
    assert crew.story.propose(crew.lea, practice, review_on=date(2026, 9, 1)).review_on == date(2026, 9, 1)


def test_the_day_is_that_of_the_community(crew: Crew) -> None:
    practice = crew.candidate()
    crew.community.time_zone = "Pacific/Auckland"
    with writing():
        crew.community.save()
    with clock.at(clock.now() + timedelta(hours=6)), pytest.raises(NotPossible, match="future"):
        crew.story.propose(crew.lea, practice, review_on=date(2026, 3, 3))


def test_the_rule_and_its_end_are_not_the_callers_to_say(crew: Crew) -> None:
    practice, claimed = crew.candidate(), {"quorum": 1, "days": 1, "opened_by": crew.omar, "decided_by": crew.omar}
    claimed |= {"decided_at": clock.now(), "outcome": Outcome.ACCEPTED, "proposed_outcome": Outcome.RETIRED}
    proposal = crew.story.propose(crew.lea, practice, **claimed)
    assert (proposal.quorum, proposal.days, proposal.opened_by) == (3, 14, crew.lea)
    assert (proposal.is_open, proposal.outcome, proposal.proposed_outcome) == (True, "", "accepted")


def test_the_version_is_read_from_the_practice_whatever_is_handed_over(crew: Crew) -> None:
    practice, other = crew.candidate(), crew.candidate().versions.get()
    other.practice = practice
    with pytest.raises(NotPossible, match="of this practice"):
        crew.story.propose(crew.lea, practice, version=other)


def test_members_open_rounds(crew: Crew) -> None:
    with pytest.raises(NotAllowed):
        crew.story.propose(crew.story.person("Stranger"), crew.candidate())


def test_the_round_waits_for_those_who_belonged_and_have_not_spoken(crew: Crew, later: Callable[..., Any]) -> None:
    def waits_for(person: Any) -> bool:
        return Proposal.objects.visible_to(person).open_for(person).filter(pk=proposal.pk).exists()

    proposal = crew.proposed()
    with later(timedelta(days=1)):
        late = crew.story.member("Late")
        assert waits_for(crew.ines)
        assert not waits_for(late)
        crew.story.stand(crew.ines, proposal)
        assert not waits_for(crew.ines)
    with later(timedelta(days=15)):
        assert not waits_for(crew.omar), "the round is closed"
