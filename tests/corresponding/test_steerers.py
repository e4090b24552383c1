"""Who sponsors or facilitates is told what happens to an objective; a sponsor from outside reads nobody's name."""

from commonplace.communities.models import Person
from commonplace.steering import acts
from commonplace.steering.models import Card, Side
from tests.corresponding.noticed import noticed, words
from tests.corresponding.test_people import forgotten
from tests.steering.conftest import WORDS, card_round, consent, in_force, objective, second, sponsor
from tests.story import Story

__all__ = ["card_round", "consent", "in_force", "objective", "second", "sponsor"]


def test_the_other_side_is_told_of_a_card(story: Story, sponsor: Person) -> None:
    acts.state(sponsor, story.community, card=Card(**WORDS))
    assert ("objective_stated", "facilitator") in noticed(story.facilitator)
    assert "Half the call-outs at night Objective Sam Sponsor stated it" in words(story, story.facilitator)


def test_a_sponsor_from_outside_reads_nobody_s_name(story: Story, sponsor: Person) -> None:
    acts.state(story.facilitator, story.community, card=Card(**WORDS))
    notices = words(story, sponsor)
    assert "Half the call-outs at night Objective Somebody stated it" in notices
    assert "Fay" not in notices


def test_each_side_is_told_that_the_other_signed(story: Story, sponsor: Person, in_force: Card) -> None:
    assert ("signed_by_sponsors", "facilitator") in noticed(story.facilitator)
    assert ("signed_by_community", "sponsor") in noticed(sponsor)


def test_each_side_is_told_how_the_other_judged(story: Story, sponsor: Person, in_force: Card) -> None:
    forgotten()
    acts.judge(sponsor, in_force, side=Side.SPONSOR, level=1, words="Fewer nights.")
    acts.judge(story.facilitator, in_force, side=Side.COMMUNITY, level=0, words="As expected.")
    assert noticed(story.facilitator) == [("judged_by_sponsors", "facilitator")]
    assert noticed(sponsor) == [("judged_by_community", "sponsor")]
