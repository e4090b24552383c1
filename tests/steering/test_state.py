"""An objective is stated by sponsor or facilitator, on a whole card whose levels are fixed beforehand."""

from datetime import date, timedelta

import pytest

from commonplace.communities.models import Person
from commonplace.ledger import clock
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.steering import acts
from commonplace.steering.models import Card, Objective
from tests.steering.conftest import WORDS, evidence_of
from tests.story import Story


def stated_by(by: Person, story: Story, **words: object) -> Objective:
    return acts.state(by, story.community, card=Card(**{**WORDS, **words}))


def test_a_member_without_a_role_states_none(story: Story) -> None:
    with pytest.raises(NotAllowed):
        stated_by(story.member("Lea"), story)


def test_sponsor_and_facilitator_do(story: Story, sponsor: Person) -> None:
    for by in (sponsor, story.facilitator):
        stated = stated_by(by, story)
        assert (stated.latest.number, stated.latest.sides, stated.in_force) == (1, set(), None)


@pytest.mark.parametrize("name", Card.WORDS)
def test_no_level_and_no_reason_may_be_missing(story: Story, sponsor: Person, name: str) -> None:
    with pytest.raises(NotPossible, match="all that the card asks"):
        stated_by(sponsor, story, **{name: "  "})


def test_its_day_is_still_to_come_in_the_community_s_own_time(story: Story, sponsor: Person) -> None:
    today = clock.now().astimezone(story.community.zone).date()
    with pytest.raises(NotPossible, match="still to come"):
        stated_by(sponsor, story, horizon=today)
    assert stated_by(sponsor, story, horizon=today + timedelta(days=1))


def test_evidence_is_a_figure_that_there_is(story: Story, sponsor: Person) -> None:
    with pytest.raises(NotPossible, match="figures of the cycle"):
        stated_by(sponsor, story, metrics=["X3", "X99"])


@pytest.mark.parametrize("days", [0, 6, 367])
def test_it_is_reviewed_within_a_year_and_not_every_day(story: Story, sponsor: Person, days: int) -> None:
    with pytest.raises(NotPossible, match="within a year"):
        stated_by(sponsor, story, review_days=days)


def test_the_ledger_holds_its_figures_and_its_day_but_no_word_of_it(story: Story, sponsor: Person) -> None:
    stated_by(sponsor, story, horizon=date(2041, 5, 6))
    assert evidence_of("objective.stated").as_json() == {
        "number": 1, "metric_ids": ["X3", "N3"], "horizon_on": "2041-05-06"
    }  # fmt: skip
