"""T13: anyone who belongs may challenge what is accepted."""

import pytest

from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.ids import new_id
from commonplace.objectifying import acts
from commonplace.objectifying.models import Challenge, Practice
from commonplace.objectifying.status import Settled
from tests.objectifying.conftest import Crew


def test_a_newcomer_may_challenge_and_it_shows_at_once(crew: Crew) -> None:
    practice = crew.accepted()
    challenge = acts.challenge(
        crew.story.member("Noor"), practice, challenge=Challenge(ground="failed", reason="Failed twice.")
    )
    assert crew.status(practice) == "contested"
    assert list(Challenge.objects.visible_to(crew.lea).open()) == [challenge]
    assert Practice.objects.visible_to(crew.lea).held().exists(), "it is in force until the challenge is settled"
    act = crew.last("challenge.raised")
    assert (act.object, act.subject) == (challenge.pk, practice.pk)
    assert act.evidence == {"number": 1, "application": "", "ground": "failed"}


def test_it_is_about_the_version_agreed_on(crew: Crew) -> None:
    practice = crew.accepted()
    crew.story.revise(crew.lea, practice, how="Bleed slowly.")
    crew.accepted(practice)
    crew.story.revise(crew.lea, practice, how="Bleed fast.")
    crew.challenged(practice)
    assert crew.last("challenge.raised").evidence["number"] == 2


def test_it_has_a_reason_and_one_of_a_person_is_open(crew: Crew) -> None:
    practice = crew.accepted()
    with pytest.raises(NotPossible, match="Say why"):
        acts.challenge(crew.ines, practice, challenge=Challenge(ground="failed", reason=" "))
    crew.challenged(practice)
    with pytest.raises(NotPossible, match="open already"):
        crew.challenged(practice)
    crew.challenged(practice, by=crew.omar)


def test_the_report_it_comes_from_is_a_report_on_this_practice(crew: Crew) -> None:
    practice, other = crew.accepted(), crew.candidate()
    elsewhere = crew.story.apply(crew.ines, other, outcome="failed", where="Pump 9")
    for claimed in (new_id(), "app-1", practice.pk, elsewhere.pk):
        with pytest.raises(NotPossible, match="not about this practice"):
            acts.challenge(
                crew.ines, practice, challenge=Challenge(ground="failed", reason="It failed.", application=claimed)
            )
    failed = crew.story.apply(crew.ines, practice, outcome="failed", where="Pump 9")
    acts.challenge(
        crew.ines, practice, challenge=Challenge(ground="failed", reason="It failed.", application=failed.pk)
    )
    assert crew.last("challenge.raised").evidence["application"] == failed.pk


def test_only_what_is_accepted_is_challenged(crew: Crew) -> None:
    with pytest.raises(NotPossible, match="Only what is in force"):
        crew.challenged(crew.candidate())
    with pytest.raises(NotPossible, match="is retired"):
        crew.challenged(crew.settled(Settled.RETIRED))


def test_only_members_challenge(crew: Crew) -> None:
    with pytest.raises(NotAllowed):
        crew.challenged(crew.accepted(), by=crew.story.person("Stranger"))


def test_who_raised_it_and_on_what_is_not_the_callers_to_say(crew: Crew) -> None:
    practice, other = crew.accepted(), crew.accepted()
    claimed = Challenge(ground="failed", reason="It failed.", raised_by=crew.omar, practice=other)
    challenge = acts.challenge(crew.ines, practice, challenge=claimed)
    assert (challenge.raised_by, challenge.practice) == (crew.ines, practice)
