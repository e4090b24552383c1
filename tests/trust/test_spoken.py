"""A reader of one language hears the words of a community in its own: each text of members has its language."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client

from commonplace.communities.models import Community
from commonplace.ledger.act import writing
from tests.story import Story
from tests.trust.made import Made, address_of
from tests.trust.reading_html import Spoken
from tests.trust.routes import ROUTES
from tests.trust.test_isolation import CANARY, mark, reindex
from tests.trust.things import THINGS
from tests.trust.world import World

pytestmark = pytest.mark.breaks_ledger  # Things are made past the acts.


def _unspoken(client: Client, path: str) -> Iterator[str]:
    with transaction.atomic():
        answer = client.get(path)
        transaction.set_rollback(True)
    if "text/html" in answer.headers.get("Content-Type", ""):
        for text, language, where in Spoken(answer.content.decode()).texts:
            if CANARY in text and language != "fr":
                yield f"{where}: {' '.join(text.split())[:80]}"


@pytest.mark.parametrize("reader", ["member", "facilitator", "sponsor", "stranger"])
def test_what_members_write_has_the_language_of_their_community(story: Story, reader: str) -> None:
    world = World(story)
    made = Made(world, world.somebody)
    for name in THINGS:
        made[name]
    mark(world)
    with writing():
        Community.objects.everywhere("test").filter(pk=world.here.pk).update(language="fr")
    reindex()
    client = world.clients()[reader]
    ways = {name: address_of(name, way, made) for name, way in ROUTES.items() if way.method == "GET"}
    paths = {**ways, "found": "/search?q=marshmallow"}
    unspoken = {f"{name}: {line}" for name, path in paths.items() for line in _unspoken(client, path)}
    assert sorted(unspoken) == []
