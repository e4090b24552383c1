"""Who exchanges in these tests."""

import pytest

from commonplace.communities.models import Community, Person
from commonplace.externalizing.models import Exchange
from tests.story import Story


@pytest.fixture
def lea(story: Story) -> Person:
    return story.member("Lea")


@pytest.fixture
def omar(story: Story) -> Person:
    return story.member("Omar")


@pytest.fixture
def exchange(story: Story, lea: Person) -> Exchange:
    """Lea's request."""
    return story.ask(lea)


@pytest.fixture
def the_guard_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the database would refuse in words too is refused by the guard, before anything is written."""
    monkeypatch.setattr("commonplace.ledger.constraints.sentence", lambda error: None)


@pytest.fixture
def elsewhere(story: Story, lea: Person) -> Community:
    """Another community that Lea belongs to."""
    return story.found("night-shift", "Night shift", by=lea)
