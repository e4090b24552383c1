"""The crew of objectifying agrees here, too, with a few more people; and what befalls them in mid-round."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Membership, Person, RoleKind
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock
from commonplace.ledger.act import writing
from tests.objectifying.conftest import Crew, crew, later

__all__ = ["crew", "later"]


@pytest.fixture
def proposal(crew: Crew) -> Proposal:
    """Lea's, written by her, Omar credited; asked: Lea, Omar, Ines, Fay. Three must consent."""
    return crew.proposed()


@pytest.fixture
def nour(crew: Crew) -> Person:
    """A second facilitator."""
    return crew.story.serving("Nour", RoleKind.FACILITATOR)


@pytest.fixture
def leaves(crew: Crew) -> Callable[[Person], None]:
    """By themselves, an hour from now."""

    def left(person: Person) -> None:
        with clock.at(clock.now() + timedelta(hours=1)):
            social.leave(person, crew.community)

    return left


@pytest.fixture
def removed(crew: Crew) -> Callable[[Person], None]:
    """As a round on it will: an hour from now."""

    def ended(person: Person) -> None:
        here = Membership.objects.filter(community=crew.community, person=person).current().everywhere("test")
        with writing():
            here.update(left_at=clock.now() + timedelta(hours=1), removed=True)

    return ended


def closed(proposal: Proposal, days: int = 0) -> AbstractContextManager[None]:
    """An hour after the close, or `days` later."""
    return clock.at(proposal.closes_at + timedelta(days=days, hours=1))


def read(proposal: Proposal) -> Proposal:
    """As it is now."""
    return Proposal.objects.everywhere("test").get(pk=proposal.pk)
