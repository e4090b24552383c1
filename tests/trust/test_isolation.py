"""One community never sees another: a private one's words are in no page, search, export or figure of an outsider."""

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urldefrag, urlsplit

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.test import Client
from django.urls import reverse

from commonplace.communities.models import Visibility
from commonplace.ledger.act import writing
from commonplace.ledger.ids import LENGTH
from commonplace.objectifying.course import Course
from commonplace.objectifying.models import Bringing, Version
from commonplace.objectifying.reducers.practices import course as course_of_practice
from tests.story import Story
from tests.trust.made import Made, address_of, parts, takes_a_slug
from tests.trust.routes import ROUTES
from tests.trust.things import THINGS
from tests.trust.world import ROLES, World

pytestmark = pytest.mark.breaks_ledger  # Things are made past the acts.
CANARY, BAIT = "quixotry", "marshmallow"
LINK = re.compile(rb"""(?:href|src|action)="(/[^"]*)\"""")
FOLLOWED = 60
NAME = "somebody there"  # Who belongs is nobody else's business either.
MAY_BE_NAMED = {
    "operator": {"/operator/communities", "/operator/topics", "/people/"}
}  # Communities by name and size, people by name: never what is in them.


class Two:
    """Two private communities, everything that there is in each, and the word of one in all its texts."""

    def __init__(self, story: Story) -> None:
        self.here = World(story, Visibility.PRIVATE, slug="here")
        self.there = World(story, Visibility.PRIVATE, slug="there")
        self.made_here, self.made_there = (Made(world, world.somebody) for world in (self.here, self.there))
        for name in THINGS:
            self.made_here[name], self.made_there[name]
        mark(self.there)
        reindex()


def mark(world: World) -> None:
    """Canary and bait into every text of this community: who searches for the bait must not see the canary."""
    with writing():
        for model in phase_models():
            for row in model._base_manager.all():
                if community_of(row) == world.here.pk:
                    texts = {field: f"{CANARY} {BAIT} {getattr(row, field)}"[:200] for field in free_texts(model)}
                    model._base_manager.filter(pk=row.pk).update(**texts)


def phase_models() -> list[type[models.Model]]:
    return [model for phase in settings.PHASES for model in apps.get_app_config(phase).get_models()]


def free_texts(model: type[models.Model]) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        plain = type(field) in (models.CharField, models.TextField) and not field.choices and not field.unique
        an_id = field.max_length == LENGTH
        a_code = field.name in CODES or (field.max_length or LENGTH) <= LONGEST_CODE
        if plain and not field.primary_key and not an_id and not a_code:
            yield field.name


LONGEST_CODE = 20
CODES = {
    *("choice", "kind", "part", "slug", "digest", "language", "time_zone", "origin", "body_format", "licence"),
    *("holder", "media_type"),
}


def community_of(row: Any) -> str | None:
    if type(row).__name__ in ("Person", "Installation", "SignInLink"):
        return None
    subject = getattr(row, "subject", None) or getattr(row, "exchange", None) or getattr(row, "practice", None) or row
    return getattr(subject, "community_id", None) or getattr(getattr(subject, "community", None), "pk", None)


def reindex() -> None:
    from commonplace.internalizing.search import reindex as build

    build()


class Crawl:
    """Everything that a person can reach from these addresses by following links."""

    def __init__(self, client: Client, *starts: str) -> None:
        self.client, self.todo = client, list(starts)
        self.seen: set[str] = set()
        self.leaks: list[str] = []

    def run(self) -> "Crawl":
        least = len(self.todo)
        while self.todo and len(self.seen) < least + FOLLOWED:
            path = self.todo.pop(0)
            if path not in self.seen and not path.startswith(("/static/", "/account/logout", "/media/")):
                self.seen.add(path)
                self._read(path)
        return self

    def _read(self, path: str) -> None:
        with transaction.atomic():
            answer = self.client.get(path)
            transaction.set_rollback(True)
        content = b"".join(answer) if answer.streaming else answer.content
        heard = content.decode(errors="replace").lower() + str(answer.headers).lower()
        if CANARY in heard or NAME in heard:
            self.leaks.append(path)
        links = (urldefrag(html.unescape(link.decode()))[0] for link in LINK.findall(content))
        self.todo += [link for link in links if urlsplit(link).netloc == ""]


def guesses(mine: Made, foreign: Made) -> Iterator[str]:
    """Addresses that somebody may try: all with the other community's ids, under its name and under one's own."""
    for name, way in ROUTES.items():
        if way.method == "GET" and "secret" not in way.at:  # Who has the secret is let in.
            yield address_of(name, way, foreign)
            if takes_a_slug(name):
                yield reverse(name, kwargs={**parts(name, way, foreign), "slug": mine.world.slug})
    for words in (BAIT, BAIT[:6], f'"{BAIT}"', f"{BAIT[:4]}*", "prime", ""):
        yield f"/search?q={words}"


@pytest.fixture
def two(story: Story) -> Two:
    return Two(story)


@pytest.mark.parametrize("role", ROLES)
def test_nobody_outside_reads_a_word(two: Two, role: str) -> None:
    own = [address_of(name, way, two.made_here) for name, way in ROUTES.items() if way.method == "GET"]
    crawl = Crawl(two.here.clients()[role], "/", *own, *guesses(two.made_here, two.made_there)).run()
    assert set(crawl.leaks) - MAY_BE_NAMED.get(role, set()) == set()


def test_the_crawl_finds_the_words_where_they_belong(two: Two) -> None:
    """The negative control: the same crawl by a member of that community meets them on nearly every page."""
    inside = Crawl(two.there.clients()["member"], "/", *guesses(two.made_there, two.made_there)).run()
    assert len(inside.leaks) >= 8, inside.seen
    assert any(path.startswith("/search?q=") for path in inside.leaks), "not even the search found it"


def test_a_family_across_the_two_tells_nothing_of_the_other(two: Two) -> None:
    """Neither what came from there, nor what went there, whatever holds there by now: on no page, and by no id."""
    ours, theirs, taken = two.made_here["practice"], two.made_there["practice"], two.made_there["orphan"]
    with writing():
        whence = {"source_kind": "community", "authority": "unknown", "original_number": 1, "adapted": True}
        Bringing.objects.create(practice=ours, original=theirs, by=two.here.somebody, **whence)
        Bringing.objects.create(practice=taken, original=ours, by=two.there.somebody, **whence)
        for one in (ours, theirs, taken):
            Version.objects.create(practice=one, number=3, author=one.begun_by, how="Otherwise.")
            numbers = {"latest": 3, "agreed": 3, "last_agreed": 3, "complete": True}
            course_of_practice.write({one.pk: Course(community=one.community_id, **numbers).with_status()})
    reader = two.here.story.browser(two.here.somebody)
    home = reader.get("/").content.decode()
    assert theirs.pk not in home
    assert taken.pk not in home
    beside = [reverse("compare_practices", args=["here", ours.pk, one.pk]) for one in (theirs, taken)]
    assert [reader.get(address).status_code for address in beside] == [404, 404]
    assert Crawl(reader, "/", ours.get_absolute_url(), "/c/here/practices/?origin=taken_over").run().leaks == []
    two.here.story.invited(two.here.somebody, two.there.here)
    home = reader.get("/").content.decode()
    assert all(address in home for address in beside), "who may read both is told"
