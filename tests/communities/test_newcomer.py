"""Who is a newcomer (theory §2.8): new to the work, or lately come to a community that was there already."""

from datetime import datetime, timedelta

import pytest

from commonplace.communities import acts
from commonplace.communities.models import Experience, Membership
from commonplace.communities.models.membership import is_newcomer
from commonplace.ledger import clock
from tests.communities.recorded import last
from tests.story import Story

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("founded", "joined", "experience", "expected"),
    [
        (0, 0, "", False),
        (0, 89, "", False),
        (0, 90, "", True),
        (0, 0, "new", True),
        (0, 89, "experienced", False),
        (0, 90, "experienced", True),
    ],
)
def test_lately_come_after_the_first_ninety_days_or_new_to_the_work(
    now: datetime, founded: int, joined: int, experience: str, expected: bool
) -> None:
    joined_at = now + joined * DAY
    for since, still in ((0, expected), (179, expected), (180, False)):
        assert is_newcomer(joined_at + since * DAY, joined_at, now + founded * DAY, experience) is still


def test_the_ledger_notes_it_with_every_act(story: Story, now: datetime) -> None:
    early = story.member("Ann")
    with clock.at(now + 120 * DAY):
        late = story.member("Lea", unit="North")
        for person, expected in ((early, False), (late, True)):
            story.ask(person)
            assert (last("exchange.opened").newcomer, last("exchange.opened").unit_id) == (
                expected,
                person.unit_id or "",
            )
    with clock.at(now + 300 * DAY):
        story.ask(late)
        assert last("exchange.opened").newcomer is False


def test_who_founded_it_is_none(story: Story) -> None:
    founder = Membership.objects.visible_to(story.facilitator).get(person=story.facilitator)
    assert not founder.is_newcomer(founder.joined_at)
    assert founder.experience == Experience.UNSAID


def test_outside_a_community_it_is_not_known_but_the_unit_is(story: Story) -> None:
    sam = story.person("Sam", unit="North")
    acts.edit_profile(sam, sam, name="Sam S.")
    act = last("person.profile_edited")
    assert (act.newcomer, act.experience, act.unit_id) == (None, "", sam.unit_id)
