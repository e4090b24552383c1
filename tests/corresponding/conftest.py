"""What tests of letters have: a mail server on loopback, and an installation that sends by it."""

from collections.abc import Iterator
from typing import Any

import pytest

from commonplace.communities import contributions
from commonplace.communities.models import Person
from commonplace.communities.occasions import Occasion
from tests.corresponding.post import Post, opened
from tests.objectifying.conftest import crew
from tests.story import Story

__all__ = ["crew"]
HERE = "https://pumps.example.org"


@pytest.fixture
def post(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    post = Post()
    server = opened(post)
    settings.MAIL = f"smtp://127.0.0.1:{server.port}"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 10
    settings.DEFAULT_FROM_EMAIL = "word@pumps.example.org"
    monkeypatch.setenv("COMMONPLACE_URL", HERE)
    # How people come into a story is told to who invites them there, and nobody else's letters are looked at.
    monkeypatch.delitem(contributions._contributed, (Occasion, "came_by_invitation"))
    yield post
    server.stop()


@pytest.fixture
def story(db: None) -> Story:
    return Story()


@pytest.fixture
def lea(story: Story) -> Person:
    return story.member("Lea")


@pytest.fixture
def omar(story: Story) -> Person:
    return story.member("Omar")
