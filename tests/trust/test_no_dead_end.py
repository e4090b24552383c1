"""A way on from every act: the page after it says what happened and leads on; and no page leads nowhere."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from commonplace.communities.models import Visibility
from tests.story import Story
from tests.trust.expectations import Way
from tests.trust.made import Made, address_of, typed
from tests.trust.routes import ROUTES
from tests.trust.test_once import COMPLETED
from tests.trust.world import ANONYMOUS, ROLES, World

pytestmark = pytest.mark.breaks_ledger  # Things are made past the acts.

FORMS = {name: way for name, way in ROUTES.items() if way.post is not None}
PAGES = {name: way for name, way in ROUTES.items() if way.post is None}
# What says what happened otherwise than by a sentence above the next page.
SPEAKS_ITSELF = {
    "set_language": "the page is in the language now",
    "update_rows": "the next rows of the draft; what is ticked is kept, and counted there",
}
# What has no right moment in this world.
AT_ITS_MOMENT = "needs its moment: tests/web/test_way_on.py, tests/trust/test_once.py and its own pages' tests"
NOT_IN_THIS_WORLD = dict.fromkeys(
    (
        *("merge_topic", "create_practice", "create_proposal", "create_list", "judge", "update_rule"),
        *("amend", "decide", "keep_objection", "answer_objection"),
        *("create_following", "update_following", "update_picture", "update_password", "update_away", "end_away"),
    ),
    AT_ITS_MOMENT,
) | {"create_file": "answers a script, and no page: tests/files/test_create.py"}
# Where it is open nobody asks; where it is not nobody joins unasked, and wider it is made by a round.
ELSEWHERE = {"open": {"ask_to_join"}, "closed": {"join", "update_community"}}
# What is no page to read on from.
NO_PAGE = {"file": "a file itself", "count_notices": "a piece of the head of every page", "healthz": "read by machines"}


class Main(HTMLParser):
    """The main part of a page: what happened, and how many ways lead on from it."""

    def __init__(self, text: str, address: str) -> None:
        super().__init__()
        self.address, self.inside, self.said_so, self.ways = address.partition("#")[0], False, 0, 0
        self.among: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.inside = self.inside or tag == "main"
        if not self.inside:
            return
        if tag == "p" and {"success", "info", "error"} & set(given.get("class", "").split()):
            self.said_so += 1
        if tag == "form" or (tag == "a" and self._leads_on(given.get("href", ""))):
            self.ways += 1

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "main"

    def _leads_on(self, href: str) -> bool:
        return bool(href) and not href.startswith("#") and href.partition("#")[0] != self.address


def worlds(*visibilities: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("visibility", visibilities)


@pytest.fixture
def world(story: Story, visibility: str) -> World:
    return World(story, visibility)


@worlds(Visibility.OPEN, Visibility.CLOSED)
def test_after_each_act_the_page_says_what_happened_and_leads_on(world: World) -> None:
    clients, wrong, done = world.clients(), set(), set()
    for name, way in FORMS.items():
        for role in _who_may(world, way):
            faults = (_after(world, clients[role], name, role, own) for own in (False, True))
            if (fault := next((one for one in faults if one is not None), None)) is not None:
                done.add(name)
            if fault:
                wrong.add(f"{name} ({role}): {fault}")
    assert "\n".join(sorted(wrong)) == ""
    assert set(FORMS) - done == set(NOT_IN_THIS_WORLD) | ELSEWHERE[world.here.visibility]


def _who_may(world: World, way: Way) -> Iterator[str]:
    """Acts are of people who are signed in, on somebody's or on their own."""
    for role in ROLES:
        if role != ANONYMOUS and any(
            set(way.expected(role, world.here.visibility, own)) & {200, 302} for own in (False, True)
        ):
            yield role


def _after(world: World, client: Client, name: str, role: str, own: bool) -> str | None:
    """What is missing after it was carried out; None where it was not."""
    with transaction.atomic():
        made = Made(world, world.people[role] if own else world.somebody)
        more = COMPLETED[name](world) if name in COMPLETED else {}
        address = address_of(name, FORMS[name], made)
        answer = client.post(address, {**typed(FORMS[name], made), **more})
        fault = _fault(answer, client, address, name) if answer.status_code in (200, 302) else None
        transaction.set_rollback(True)
    return fault


def _fault(answer: Any, client: Client, address: str, name: str) -> str:
    is_led = answer.status_code == 302
    while answer.status_code == 302:
        address = answer["Location"]
        answer = client.get(address)
    main = Main(answer.content.decode(), address)
    faults = ["leads nowhere"] if not main.ways else []
    if is_led and not main.said_so and name not in SPEAKS_ITSELF:
        faults.append("does not say what happened")
    return " and ".join(faults)


@worlds(Visibility.OPEN, Visibility.PRIVATE)
def test_no_page_is_a_dead_end(world: World) -> None:
    clients, wrong = world.clients(), set()
    for name, way in PAGES.items():
        for role in ROLES:
            for own in (False, True) if way.own is not None and role != ANONYMOUS else (False,):
                if name not in NO_PAGE and not _leads_on(world, clients[role], name, role, own):
                    wrong.add(f"{name} ({role}{', own' if own else ''})")
    assert "\n".join(sorted(wrong)) == ""


def _leads_on(world: World, client: Client, name: str, role: str, own: bool) -> bool:
    """Also what says that it is not there, or not theirs."""
    with transaction.atomic():
        address = address_of(name, PAGES[name], Made(world, world.people[role] if own else world.somebody))
        answer = client.get(address)
        transaction.set_rollback(True)
    is_page = answer.get("Content-Type", "").startswith("text/html") and answer.status_code != 302
    return not is_page or Main(answer.content.decode(), address).ways > 0
