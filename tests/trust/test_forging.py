"""Whatever is sent to whatever address by whomever: an answer, never a broken server.

Some hundred requests here; `make hostile` sends twenty thousand."""

import os

import pytest
from django.db import transaction

from tests.story import Story
from tests.trust.forging import Forger
from tests.trust.made import Made, address_of, typed
from tests.trust.routes import ROUTES
from tests.trust.world import World

pytestmark = pytest.mark.breaks_ledger  # Things are made past the acts.
ROLES = ("facilitator", "member", "operator", "sponsor", "anonymous")
WRITERS = {"member", "sponsor"}
EACH = max(3, int(os.environ.get("HOSTILE", "0")) * 2 // len(ROUTES))


def test_no_forged_request_breaks_the_server(story: Story) -> None:
    world, forger = World(story), Forger(seed=EACH)
    clients = world.clients()
    broken = []
    for name, way in ROUTES.items():
        for turn in range(EACH):
            role = ROLES[turn % len(ROLES)]
            with transaction.atomic():
                made = Made(world, world.people[role] if turn % 2 and role in WRITERS else world.somebody)
                sent = forger.sent(clients[role], address_of(name, way, made), typed(way, made), way.method == "POST")
                transaction.set_rollback(True)
            if sent[1].status_code >= 500:
                broken.append(f"{sent[1].status_code} to {role}: {sent[0][:400]}")
    assert "\n".join(broken) == ""
