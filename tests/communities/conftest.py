"""Somebody without a community, and communities that are not open."""

import pytest

from commonplace.communities.models import Community, Person, Visibility
from tests.story import Story


@pytest.fixture
def nina(story: Story) -> Person:
    """Somebody with an account, in no community."""
    return story.person("Nina")


@pytest.fixture
def closed(story: Story) -> Community:
    return story.found("valves", "Valve keepers", by=story.facilitator, visibility=Visibility.CLOSED)


@pytest.fixture
def quiet(story: Story) -> Community:
    return story.found(
        "quiet", "Quiet circle", by=story.facilitator, visibility=Visibility.PRIVATE, domain="Quiet things"
    )
