"""Each test starts with nobody counted by the limits; passwords are hashed quickly."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from pytest_django import Settings

from commonplace.communities.models import Community, Person, Visibility
from tests.story import Story


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet(settings: Settings) -> Iterator[None]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    yield
    cache.clear()


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
