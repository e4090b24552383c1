"""One page and one form put anything to consent: what hinders is said first, and nothing typed is lost."""

from datetime import timedelta

import pytest

from commonplace.communities import acts as social
from commonplace.consenting.kinds import Kind
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock
from commonplace.steering import acts as steering
from commonplace.steering.models import Card
from tests.consenting.test_pages import refused, sent, shown
from tests.objectifying.conftest import Crew
from tests.steering.conftest import WORDS

HERE = "/c/pump-crews/proposals/new"


def opened() -> Proposal:
    """The one that is open."""
    return Proposal.objects.open().everywhere("test").get()


def test_a_version_is_put_to_consent(crew: Crew) -> None:
    practice = crew.candidate()
    at = f"{HERE}/acceptance/{practice.pk}/"
    assert f'href="{at}"' in shown(crew, crew.lea, practice.get_absolute_url())
    page = shown(crew, crew.lea, at)
    assert "Accepted when at least 3 of the 4 asked consent" in page
    assert "The text as it will be put" in page
    assert "Bleed before the check valve." in page
    typed = {"aim": "Sleep", "scope": "Plant 2", "review_on": "2031-01-01", "number": 1}
    assert "4 people are asked" in sent(crew, crew.lea, f"{at}create", **typed)
    proposal = opened()
    assert (proposal.matter, proposal.aim, proposal.scope) == (Kind.ACCEPTANCE, "Sleep", "Plant 2")
    assert "Sleep" in shown(crew, crew.ines, proposal.get_absolute_url())
    assert proposal.get_absolute_url() in shown(crew, crew.ines, practice.get_absolute_url())


def test_what_is_refused_comes_back_with_what_was_typed(crew: Crew) -> None:
    practice = crew.candidate()
    typed = {"aim": "Sleep better", "review_on": "2020-01-01", "number": 1}
    page = refused(crew, crew.lea, f"{HERE}/acceptance/{practice.pk}/create", **typed)
    assert "The review lies in the future." in page
    assert "Sleep better" in page


def test_a_meeting_is_recorded_once_it_was_held(crew: Crew) -> None:
    practice = crew.candidate()
    at = f"{HERE}/acceptance/{practice.pk}/create"
    typed = {"aim": "Sleep", "review_on": "2031-01-01", "number": 1, "met_on": "2030-12-01"}
    page = refused(crew, crew.lea, at, **typed)
    assert "A meeting is recorded once it was held." in page
    assert "<details open>" in page
    sent(crew, crew.lea, at, **{**typed, "met_on": "2026-01-02"})
    assert "A meeting on" in shown(crew, crew.ines, opened().get_absolute_url())


def test_a_challenge_is_settled_by_a_choice(crew: Crew) -> None:
    challenge = crew.challenged()
    practice = challenge.practice
    at = f"{HERE}/settlement/{practice.pk}/"
    assert f"{at}?about={challenge.pk}" in shown(crew, crew.lea, practice.get_absolute_url())
    page = shown(crew, crew.lea, f"{at}?about={challenge.pk}")
    assert "It failed twice on the new pumps." in page
    assert "It no longer holds" in page
    typed = {"choice": "retired", "aim": "It fails.", "about": challenge.pk, "number": challenge.number}
    sent(crew, crew.lea, f"{at}create", **typed)
    page = shown(crew, crew.ines, opened().get_absolute_url())
    assert "It no longer holds”?" in page
    assert "It failed twice on the new pumps." in page


def test_a_choice_is_made(crew: Crew) -> None:
    challenge = crew.challenged()
    at = f"{HERE}/settlement/{challenge.practice_id}/create"
    page = refused(crew, crew.lea, at, aim="It fails.", about=challenge.pk, number=challenge.number)
    assert "It fails." in page


def test_a_card_is_put_to_consent(crew: Crew) -> None:
    objective = steering.state(crew.fay, crew.community, card=Card(**WORDS))
    at = f"{HERE}/card/{objective.pk}/"
    assert f'href="{at}"' in shown(crew, crew.lea, objective.get_absolute_url())
    assert 'name="review_on"' not in shown(crew, crew.lea, at)
    sent(crew, crew.lea, f"{at}create", aim="We want it.", number=1)
    assert objective.get_absolute_url() in shown(crew, crew.ines, opened().get_absolute_url())


def test_what_hinders_is_said_before_the_work(crew: Crew) -> None:
    proposal = crew.proposed()
    page = shown(crew, crew.lea, f"{HERE}/acceptance/{proposal.subject_id}/")
    assert "is open" in page
    assert "<textarea" not in page


@pytest.mark.parametrize("matter", ["acceptance", "settlement", "card", "nothing"])
def test_what_is_not_there_is_not_put(crew: Crew, matter: str) -> None:
    assert crew.story.browser(crew.lea).get(f"{HERE}/{matter}/01kjpwd6m0g3t6t6ftsk8em8w2/").status_code == 404


def test_it_is_for_members(crew: Crew) -> None:
    practice = crew.candidate()
    outsider = crew.story.browser(crew.story.person("Nora"))
    assert outsider.get(f"{HERE}/acceptance/{practice.pk}/").status_code == 403


def test_in_a_community_of_one_there_is_nobody_to_agree_with(crew: Crew) -> None:
    ada, guest = crew.story.person("Ada Alone"), crew.story.person("Guest")
    community = crew.story.found("alone", "Alone", by=ada)
    social.join(guest, community)
    practice = crew.story.distil(ada, crew.story.resolved(ada, guest, of=community))
    with clock.at(clock.now() + timedelta(hours=1)):
        social.leave(guest, community)
        page = shown(crew, ada, f"/c/alone/proposals/new/acceptance/{practice.pk}/")
    assert "kept by one person" in page
    assert "<textarea" not in page
