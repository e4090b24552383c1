"""Two people at the same moment: an act and its guard are one. The negative controls show that these races are real."""

import threading

import pytest

from commonplace.communities import acts as social
from commonplace.communities.acts.joining import _may_leave
from commonplace.communities.models import Community, Person, RoleKind
from commonplace.ledger import registry
from commonplace.ledger.act import writing
from tests.story import Story
from tests.trust.colliding import ROUNDS, collide

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def facilitators(community: Community) -> int:
    return community.roles.filter(kind=RoleKind.FACILITATOR, ended_at=None).count()


def _with_two_facilitators(story: Story, number: int) -> tuple[Community, list[Person]]:
    community = story.found(f"crew-{number}", "Crew", by=story.facilitator)
    return community, [story.facilitator, story.serving(f"Second {number}", RoleKind.FACILITATOR, of=community)]


def test_the_last_facilitator_stays(transactional_db: None, story: Story) -> None:
    for number in range(ROUNDS):
        community, both = _with_two_facilitators(story, number)
        came_of_it = collide(
            *(lambda person=person, community=community: social.leave(person, community) for person in both)
        )
        assert came_of_it == ["NotPossible", "done"]
        assert facilitators(community) == 1


@pytest.mark.breaks_ledger
def test_without_the_lock_both_facilitators_would_leave(transactional_db: None, story: Story) -> None:
    """The negative control: guard and write, as the act has them, without the act around them."""
    community, both = _with_two_facilitators(story, 0)
    write, passed_the_guard = registry.ACTS["member.left"].function, threading.Barrier(2)

    def leave(person: Person) -> None:
        _may_leave(person, community)
        passed_the_guard.wait()
        with writing():
            write(person, community)

    assert collide(*(lambda person=person: leave(person) for person in both)) == ["done", "done"]
    assert facilitators(community) == 0
