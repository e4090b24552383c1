"""A community with somebody in every role, and whoever stands outside it."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.test import Client

from commonplace.communities import acts as social
from commonplace.communities.models import Community, RoleKind, Visibility
from commonplace.ledger import clock
from tests.story import Story

ANONYMOUS = "anonymous"
ROLES = (
    ANONYMOUS,
    "stranger",  # signed in, in no community
    "outsider",  # a member of another community
    "former",  # was a member once
    "operator",
    "sponsor",  # serves from outside
    "newcomer",
    "member",
    "steward",
    "facilitator",
)
LONG_AGO = datetime(2025, 1, 6, 9, tzinfo=UTC)


class World:
    def __init__(self, story: Story, visibility: str = Visibility.OPEN, slug: str = "here") -> None:
        self.story, self.slug = story, slug
        with clock.at(LONG_AGO):
            self.people: dict[str, Any] = {ANONYMOUS: AnonymousUser(), "operator": story.operator}
            self.here = self._founded(visibility)
            self._populate()
        self.people["newcomer"] = story.member(self._named("Newcomer"), of=self.here)

    def _founded(self, visibility: str) -> Community:
        self.people["facilitator"] = self.story.person(self._named("Facilitator"))
        return self.story.found(self.slug, f"Crew {self.slug}", by=self.people["facilitator"], visibility=visibility)

    def _populate(self) -> None:
        story, here = self.story, self.here
        self.people["member"] = story.member(self._named("Member"), of=here)
        self.people["steward"] = story.serving(self._named("Steward"), RoleKind.STEWARD, of=here)
        self.people["sponsor"] = story.serving(self._named("Sponsor"), RoleKind.SPONSOR, of=here)
        self.people["former"] = story.member(self._named("Former"), of=here)
        social.leave(self.people["former"], here)
        self.people["outsider"] = story.member(self._named("Outsider"), of=story.community)
        self.people["stranger"] = story.person(self._named("Stranger"))
        self.somebody = story.member(self._named("Somebody"), of=here)

    def _named(self, role: str) -> str:
        return f"{role} {self.slug}"

    def clients(self) -> dict[str, Client]:
        return {role: self._client(role) for role in ROLES}

    def _client(self, role: str) -> Client:
        client = Client(raise_request_exception=False)
        if role != ANONYMOUS:
            client.force_login(self.people[role])
        return client
