"""A budget of queries is no budget of rows: however much there is, each list and page touches about what it shows."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from commonplace.communities.acts import set_stage
from commonplace.communities.models import Membership, Person, RoleKind, Stage
from commonplace.externalizing.models import Exchange
from commonplace.ledger.act import writing
from tests.trust.filling import EXCHANGES, Large, large
from tests.trust.filling_rounds import OPEN
from tests.trust.touching import touching

pytestmark = pytest.mark.django_db  # Each within the one transaction that holds the large community.
ROWS, STEPS = 2_000, 45_000
HERE = "/c/pump-crews/"


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[Large]:
    with django_db_blocker.unblock(), large() as world:
        yield world


@pytest.fixture
def browser(world: Large) -> Client:
    browser = world.story.browser(world.reader)
    browser.get("/")
    return browser


def _middle(world: Large) -> str:
    return world.exchanges[EXCHANGES // 3].pk


def _many(world: Large) -> str:
    return f"exchanges/{world.many.pk}/"


def _matured(world: Large) -> str:
    """All that is counted and alive."""
    if world.story.community.stage != Stage.MATURING:
        set_stage(world.story.facilitator, world.story.community, stage=Stage.MATURING)
    return HERE


PAGES: dict[str, Callable[[Large], str]] = {
    "home": lambda world: "/",
    "home, long ago": lambda world: f"/?before={world.exchanges[99].opened_at.isoformat().replace('+', '%2B')}",
    "communities": lambda world: "/c/",
    "community": lambda world: HERE,
    "community, which has matured": lambda world: _matured(world),
    "members": lambda world: f"{HERE}members",
    "members, found": lambda world: f"{HERE}members?q=pump",
    "people, searched for": lambda world: "/search?q=pumps+member&kind=people",
    "people, beside what was written": lambda world: "/search?q=lea",
    "a person": lambda world: f"{HERE}people/{world.exchanges[-1].opener_id}/",
    "what one's page says": lambda world: f"{HERE}people/me/edit",
    "exchanges": lambda world: f"{HERE}exchanges/",
    "exchanges, far back": lambda world: f"{HERE}exchanges/?before={_middle(world)}",
    "exchanges, on the way back": lambda world: f"{HERE}exchanges/?after={_middle(world)}",
    "exchanges of a status": lambda world: f"{HERE}exchanges/?status=unresolved",
    "exchanges of a status, all old": lambda world: f"{HERE}exchanges/?status=open",
    "exchanges of a rare status": lambda world: f"{HERE}exchanges/?status=resolved",
    "exchanges of no status that there is": lambda world: f"{HERE}exchanges/?status=answered",
    "unfinished exchanges, all old": lambda world: f"{HERE}exchanges/?status=unfinished",
    "a topic": lambda world: f"{HERE}exchanges/?topic=pumps",
    "a topic, far back": lambda world: f"{HERE}exchanges/?topic=pompes&before={_middle(world)}",
    "a topic, a rare status": lambda world: f"{HERE}exchanges/?topic=pumps&status=resolved",
    "topics": lambda world: f"{HERE}topics/",
    "a topic's page": lambda world: world.exchanges[0].topics[0].get_absolute_url(),
    "an exchange": lambda world: f"{HERE}exchanges/{world.exchanges[-1].pk}/",
    "a long exchange": lambda world: HERE + _many(world),
    "a long exchange, in the middle": lambda world: f"{HERE}{_many(world)}?before={world.answers[900].pk}",
    "an answer": lambda world: world.answers[800].get_absolute_url(),
    "comments": lambda world: f"{HERE}{_many(world)}comments/all?on={world.answers[0].pk}",
    "comments on the whole": lambda world: f"{HERE}{_many(world)}comments/all",
    "a form": lambda world: f"{HERE}{_many(world)}comments/new?on={world.answers[800].pk}",
    "practices": lambda world: f"{HERE}practices/",
    "practices of a status": lambda world: f"{HERE}practices/?status=candidate&before={world.practices[200].pk}",
    "practices of no status that there is": lambda world: f"{HERE}practices/?status=replaced",
    "practices of an origin": lambda world: f"{HERE}practices/?origin=written&before={world.practices[200].pk}",
    "practices of an origin and a status": lambda world: f"{HERE}practices/?origin=written&status=accepted",
    "practices of no origin that there is": lambda world: f"{HERE}practices/?origin=taken_over",
    "practices on a topic": lambda world: f"{HERE}practices/?topic=pompes&before={world.practices[200].pk}",
    "practices on a topic, of a rare status": lambda world: (
        f"{HERE}practices/?topic=pumps&status=brought&origin=brought"
    ),
    "a practice": lambda world: world.agreed.get_absolute_url(),
    "a practice on paper": lambda world: f"{HERE}practices/{world.agreed.pk}/print",
    "a version": lambda world: f"{HERE}practices/{world.agreed.pk}/versions/7/",
    "its reports": lambda world: f"{HERE}practices/{world.agreed.pk}/applications",
    "cycle": lambda world: f"{HERE}cycle/",
    "home of a facilitator": lambda world: "/",
    "rounds": lambda world: f"{HERE}proposals/",
    "rounds, far back": lambda world: f"{HERE}proposals/?before={world.held.decided[500].pk}",
    "a list of rounds": lambda world: world.held.open[0].get_list_url(),
    "what could be put together": lambda world: f"{HERE}proposals/lists/new/acceptance/",
    "an open round": lambda world: f"{HERE}proposals/{world.held.open[0].pk}/",
    "a closed round": lambda world: f"{HERE}proposals/{world.held.open[1].pk}/",
    "a round decided": lambda world: f"{HERE}proposals/{world.held.decided[7].pk}/",
    "accepted practices": lambda world: f"{HERE}practices/?status=accepted",
    "a practice in a round": lambda world: world.held.practices[0].get_absolute_url(),
    "a challenged practice": lambda world: world.held.practices[OPEN].get_absolute_url(),
    "a practice that is looked at": lambda world: world.held.reviewed[0].get_absolute_url(),
    "what is to be looked at": lambda world: f"{HERE}practices/reviews",
    "a review": lambda world: f"{HERE}practices/{world.held.reviewed[0].pk}/review",
}
FACILITATES = {"home of a facilitator"}


DEAR: dict[str, dict[str, float]] = {
    "sqlite": {"home": 1.9, "rounds": 1.5, "home of a facilitator": 3, "community, which has matured": 1.5},
    "postgresql": {
        **{"home": 9, "home of a facilitator": 10, "what is to be looked at": 4, "practices": 3.8, "cycle": 2.2},
        **{"an open round": 1.7, "a closed round": 1.7, "topics": 1.8, "a list of rounds": 2},
        **{"what could be put together": 4, "community, which has matured": 3},
        # The topics of what is newest are found among all of them.
        "community": 1.4,
        # Three lists on one page; and up to a hundred of each choice are counted.
        **{"a topic's page": 2.6, "accepted practices": 2.5, "practices of an origin and a status": 2.2},
        **{"practices on a topic": 1.5, "practices on a topic, of a rare status": 1.5},
    },
}
"""How many times as much they still cost, of the rounds, agreements and reviews of a large community. Either engine
reads a third more or less of them from one run to the next: PostgreSQL samples them, and SQLite keeps in a process what
an earlier test made it count."""


def budget() -> int:
    return ROWS if connection.vendor == "postgresql" else STEPS


@pytest.mark.parametrize("page", PAGES)
def test_it_touches_about_what_it_shows(world: Large, browser: Client, page: str) -> None:
    address = PAGES[page](world)
    if page in FACILITATES:
        browser = world.story.browser(world.story.facilitator)
        browser.get("/")
    with touching() as touched:
        answer = browser.get(address)
    assert answer.status_code in (200, 302), address
    assert touched.amount <= DEAR[connection.vendor].get(page, 1) * budget(), str(touched)


def test_a_quiet_community_does_not_pay_for_a_busy_one(world: Large) -> None:
    """All that is new there is older than all that is new elsewhere."""
    browser = world.story.browser(world.story.member("Quinn", of=world.there))
    browser.get("/")
    with touching() as touched:
        assert browser.get("/").status_code == 200
    assert touched.amount <= DEAR[connection.vendor]["home"] * budget(), str(touched)


def test_the_counter_sees_a_scan(world: Large) -> None:
    """Whichever way the rows are looked at: one by one, sorted, or only counted."""
    every = Exchange.objects.everywhere("test")
    for rows in (every.filter(title="no such title"), every.order_by("title")[:1]):
        with touching() as touched:
            list(rows)
        assert touched.amount > budget()


HEAVIEST, MEMBERS = 60_000, 300
WEIGHED: dict[str, tuple[str, ...]] = {
    "reader": (
        *("/me/", "/notices/", "/search?q=question", "/keys", "/ask", f"{HERE}exchanges/new", f"{HERE}practices/new"),
        *(f"{HERE}objectives/", f"{HERE}people/me/edit", f"{HERE}exchanges/?status=unresolved"),
    ),
    "facilitator": ("/", HERE, f"{HERE}desk", f"{HERE}members", f"{HERE}edit", f"{HERE}topics/", f"{HERE}exchanges/"),
    "sponsor": ("/", HERE, f"{HERE}objectives/", f"{HERE}cycle/", "/search?q=question"),
    "operator": (
        *("/", "/operator/", "/operator/settings", "/operator/communities", "/people/", "/units/"),
        *("/operator/topics", "/jobs/", "/letters/", "/operator/storage", "/operator/backups"),
        *("/operator/versions", "/operator/doctor"),
    ),
}


def _crowded(world: Large) -> None:
    """Whoever can be chosen, told or named is in their hundreds."""
    with writing():
        people = Person.objects.bulk_create(
            Person(name=f"Aurelia Montgomery {number}", email=f"many{number}@example.org", password="!")
            for number in range(MEMBERS)
        )
        Membership.objects.bulk_create(Membership(community=world.here, person=person) for person in people)


def test_no_page_outgrows_the_wire(world: Large) -> None:
    """As it is sent: what may be compressed is (`web/wire.py`), the rest as it stands."""
    sponsor, operator = world.story.serving("Catherine", RoleKind.SPONSOR), world.story.operator
    people = {"reader": world.reader, "facilitator": world.story.facilitator, "sponsor": sponsor, "operator": operator}
    addresses = [
        *(("facilitator" if name in FACILITATES else "reader", page(world)) for name, page in PAGES.items()),
        *((who, address) for who, some in WEIGHED.items() for address in some),
    ]
    _crowded(world)
    sizes = {(who, at): _as_sent(world.story.browser(people[who]), at) for who, at in dict.fromkeys(addresses)}
    assert {page: size for page, size in sizes.items() if size > HEAVIEST} == {}


def _as_sent(browser: Client, address: str) -> int:
    answer = browser.get(address, headers={"Accept-Encoding": "gzip"}, follow=True)
    assert answer.status_code == 200, address
    return len(answer.content)
