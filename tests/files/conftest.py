from pathlib import Path
from typing import Any

import pytest

from commonplace.communities.models import Person
from tests.story import Story


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    """A store of its own for each test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media" / "files"


@pytest.fixture
def lea(story: Story) -> Person:
    return story.member("Lea")
