"""T13, T14: a challenge is shared, taken back, and ends by itself when nobody settles it in time."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from commonplace.communities.models import RoleKind
from commonplace.consenting import acts as rounds
from commonplace.consenting.kinds import Outcome
from commonplace.ledger import clock
from commonplace.ledger.check import findings
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.nobody import WORKER
from commonplace.objectifying import acts, jobs
from commonplace.objectifying.models import Challenge, Practice, Review
from commonplace.objectifying.status import Settled
from tests.objectifying.conftest import Crew
from tests.objectifying.test_review import due, evening

LONG = timedelta(days=settings.CHALLENGE_DAYS, hours=1)


def fresh(practice: Practice) -> Practice:
    return Practice.objects.everywhere("test").get(pk=practice.pk)


def ended(challenge: Challenge) -> str:
    return str(Challenge.objects.everywhere("test").get(pk=challenge.pk).settlement.outcome)


def time_passes(since: Any = LONG) -> None:
    with clock.at(clock.now() + since):
        jobs.let_time_pass()


def review_of(practice: Practice) -> Review | None:
    return fresh(practice).open_review


def test_it_says_on_what_ground(crew: Crew) -> None:
    practice = crew.accepted()
    with pytest.raises(NotPossible, match="what is wrong"):
        crew.challenged(practice, ground="")
    with pytest.raises(NotPossible, match="what is wrong"):
        crew.challenged(practice, ground="ugly")
    challenge = crew.challenged(practice, ground="unsafe")
    assert challenge.ground == "unsafe"
    assert crew.last("challenge.raised").evidence == {"number": 1, "application": "", "ground": "unsafe"}


def test_one_by_one_person_on_one_ground(crew: Crew) -> None:
    practice = crew.accepted()
    crew.challenged(practice, ground="unsafe")
    crew.challenged(practice, ground="unclear")
    crew.challenged(practice, by=crew.omar, ground="unsafe")
    with pytest.raises(NotPossible, match="open already"):
        crew.challenged(practice, ground="unsafe")


def test_a_page_read_before_a_newer_agreement_challenges_nothing(crew: Crew) -> None:
    practice = crew.accepted()
    crew.story.revise(crew.lea, practice, how="Bleed slowly.")
    crew.accepted(fresh(practice))
    with pytest.raises(NotPossible, match="Meanwhile version 2 was agreed on"):
        crew.challenged(practice, number=1)
    crew.challenged(practice, number=2)


def test_settled_it_comes_again_only_with_a_new_case(crew: Crew) -> None:
    practice = crew.settled(Settled.UPHELD, crew.challenged(case="Pump 9, in May."))
    with pytest.raises(NotPossible, match="a new case"):
        crew.challenged(practice)
    with pytest.raises(NotPossible, match="a new case"):
        crew.challenged(practice, case="Pump 9, in May. ")
    crew.challenged(practice, ground="unsafe")
    assert crew.challenged(practice, case="Pump 2, yesterday.")


def test_or_when_somebody_shares_it(crew: Crew) -> None:
    challenge = crew.challenged()
    practice = crew.settled(Settled.UPHELD, challenge)
    acts.share(crew.omar, challenge)
    assert crew.challenged(practice)


def test_whoever_raised_it_does_not_share_it_and_nobody_does_twice(crew: Crew) -> None:
    challenge = crew.challenged()
    with pytest.raises(NotPossible, match="somebody else"):
        acts.share(crew.ines, challenge)
    with pytest.raises(NotAllowed):
        acts.share(crew.story.person("Stranger"), challenge)
    share = acts.share(crew.omar, challenge)
    assert (share.person, share.challenge) == (crew.omar, challenge)
    assert crew.last("challenge.shared").evidence == {"challenge": challenge.pk}
    with pytest.raises(NotPossible, match="already"):
        acts.share(crew.omar, challenge)


def test_what_ended_the_agreement_is_shared_no_more(crew: Crew) -> None:
    challenge = crew.challenged()
    crew.settled(Settled.UNDER_REVISION, challenge)
    with pytest.raises(NotPossible, match="settled already"):
        acts.share(crew.omar, challenge)


def test_who_raised_it_takes_it_back(crew: Crew) -> None:
    challenge = crew.challenged()
    with pytest.raises(NotAllowed):
        acts.take_back_challenge(crew.fay, challenge)
    acts.take_back_challenge(crew.ines, challenge)
    assert ended(challenge) == Settled.TAKEN_BACK
    assert crew.status(challenge.practice) == "accepted"
    assert crew.last("challenge.taken_back").evidence == {"challenge": challenge.pk, "days_open": 0}
    with pytest.raises(NotPossible, match="settled already"):
        acts.take_back_challenge(crew.ines, challenge)


def test_not_once_a_round_on_it_was_decided(crew: Crew) -> None:
    challenge = crew.challenged()
    crew.decided(crew.settlement(Settled.RETIRED, challenge), Outcome.RETURNED)
    with pytest.raises(NotPossible, match="the community's by now"):
        acts.take_back_challenge(crew.ines, challenge)


def test_a_round_that_is_open_on_what_was_taken_back_settles_nothing(crew: Crew) -> None:
    challenge = crew.challenged()
    proposal = crew.consented(crew.settlement(Settled.RETIRED, challenge))
    acts.take_back_challenge(crew.ines, challenge)
    with pytest.raises(NotPossible):
        crew.decided(proposal)
    assert crew.status(challenge.practice) == "accepted"


def test_nobody_settles_it_in_time_and_it_is_unsettled_and_looked_at(crew: Crew) -> None:
    challenge = crew.challenged()
    time_passes(LONG - timedelta(hours=2))
    assert crew.status(challenge.practice) == "contested"
    time_passes()
    assert ended(challenge) == Settled.UNSETTLED
    assert crew.status(challenge.practice) == "accepted"
    settled = crew.last("challenge.settled")
    assert (settled.actor, settled.evidence["proposal"], settled.evidence["outcome"]) == ("", "", "unsettled")
    review = review_of(challenge.practice)
    assert review
    assert review.why == "unsettled"
    assert list(findings()) == []


def test_unsettled_while_it_is_looked_at_it_is_looked_at_once(crew: Crew) -> None:
    practice = crew.accepted()
    review = due(crew, practice)
    with clock.at(evening(review.due_on)):
        crew.challenged(practice)
        time_passes()
    assert crew.last("challenge.settled").evidence["outcome"] == "unsettled"
    assert review_of(practice) == review
    assert practice.reviews.count() == 1


def test_a_second_member_shares_it_and_it_is_under_revision(crew: Crew) -> None:
    challenge = crew.challenged()
    other = crew.challenged(challenge.practice, by=crew.lea, ground="unclear")
    acts.share(crew.omar, challenge)
    time_passes()
    assert {ended(one) for one in (challenge, other)} == {Settled.UNDER_REVISION}
    assert crew.status(challenge.practice) == "under_revision"
    assert not fresh(challenge.practice).agreements.in_force().exists()
    assert list(findings()) == []


def test_who_sponsors_ends_no_agreement_by_sharing_a_challenge(crew: Crew) -> None:
    challenge, sponsor = crew.challenged(), crew.story.member("Sid")
    crew.story.granted(sponsor, RoleKind.SPONSOR)
    with pytest.raises(NotAllowed, match="no sponsors"):
        acts.share(sponsor, challenge)


@pytest.mark.parametrize(("outcome", "becomes"), [("failed", "under_revision"), ("worked", "accepted")])
def test_a_failed_report_stands_behind_it(crew: Crew, outcome: str, becomes: str) -> None:
    practice = crew.accepted()
    used = crew.story.apply(crew.ines, practice, outcome=outcome, where="Pump 9")
    crew.challenged(practice, application=used.pk)
    time_passes()
    assert crew.status(practice) == becomes


def test_while_a_round_on_it_is_open_time_ends_nothing(crew: Crew) -> None:
    challenge = crew.challenged()
    with clock.at(challenge.ends_at - timedelta(minutes=1)):
        crew.settlement(Settled.UPHELD, challenge)
    with clock.at(clock.now() + LONG):
        with pytest.raises(NotPossible, match="A round on it is open"):
            acts.settle_in_time(WORKER, challenge)
        jobs.let_time_pass()
    assert crew.status(challenge.practice) == "contested"


def test_only_the_rule_ends_it_in_time(crew: Crew) -> None:
    challenge = crew.challenged()
    with clock.at(clock.now() + LONG), pytest.raises(NotAllowed):
        acts.settle_in_time(crew.fay, challenge)
    with pytest.raises(NotPossible, match="can still settle"):
        acts.settle_in_time(WORKER, challenge)


def missed(crew: Crew, challenge: Challenge, times: int) -> None:
    for number in range(times):
        with clock.at(crew.moment + timedelta(days=20 * number)):
            proposal = crew.settlement(Settled.UPHELD, challenge)
            crew.decided(proposal, Outcome.RETURNED)


def test_a_round_that_misses_its_quorum_twice_leaves_it_unsettled(crew: Crew) -> None:
    challenge = crew.challenged()
    missed(crew, challenge, 1)
    assert crew.status(challenge.practice) == "contested"
    with clock.at(crew.moment + timedelta(days=30)):
        proposal = crew.settlement(Settled.UPHELD, challenge)
        crew.decided(proposal, Outcome.RETURNED)
    assert ended(challenge) == Settled.UNSETTLED
    assert crew.last("challenge.settled").evidence["proposal"] == proposal.pk
    assert review_of(challenge.practice)
    assert list(findings()) == []


def test_shared_it_is_under_revision_when_the_quorum_is_missed_twice(crew: Crew) -> None:
    challenge = crew.challenged()
    acts.share(crew.omar, challenge)
    missed(crew, challenge, 2)
    assert crew.status(challenge.practice) == "under_revision"


def test_a_round_that_was_withdrawn_has_not_missed_anything(crew: Crew) -> None:
    challenge = crew.challenged()
    rounds.withdraw(crew.lea, crew.settlement(Settled.UPHELD, challenge), reason="Too early.")
    missed(crew, challenge, 1)
    assert crew.status(challenge.practice) == "contested"
