"""Every page as each reader finds it, in an empty, a small, an imported and a finished community: nothing on it is
untrue of who reads it, and every link of it leads to a page."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache, partial
from itertools import product
from pathlib import Path
from urllib.parse import urljoin

from django.test import Client

from commonplace.archiving.importing import Order, bring_in
from commonplace.communities.models import Person, RoleKind, Visibility
from commonplace.consenting.kinds import Stand
from commonplace.externalizing import acts as exchange
from commonplace.externalizing.models import Purpose
from commonplace.ledger import clock
from commonplace.objectifying import acts as agreement
from commonplace.objectifying.status import Settled
from commonplace.steering import acts as steering
from commonplace.steering.models import Card
from tests.archiving.dumps import small, write
from tests.objectifying.conftest import Crew
from tests.steering.conftest import WORDS
from tests.story import Story
from tests.web.counting import counted, rows
from tests.web.untrue import untrue
from tests.web.walking import Page, walk

AGREED = timedelta(days=20)
MISSING = ("/no/such/page", "/c/hidden/")
SEARCHES = ("/search?q=pump", "/search?q=zebra", "/search?q=zebra&kind=practice")
STARTS = ("/", *SEARCHES, "/c/", *MISSING)


class Town:
    """A small community, an empty one, an archive, one behind a door; and who reads them."""

    def __init__(self, story: Story, now: datetime, dump: Path) -> None:
        self.story, self.crew, self.sponsor = story, Crew(story, now), story.person("Sam Sponsor")
        self.decider = story.serving("Dee Decider", RoleKind.FACILITATOR)
        self._agreed()
        with clock.at(now + AGREED):
            self._in_rounds()
            self._over()
            self._elsewhere(dump)
        self.readers: dict[str, Person | None] = {
            "anonymous": None,
            "stranger": story.person("Stranger"),
            "operator": story.operator,
            "sponsor": self.sponsor,
            "newcomer": self._newcomer(now),
            "member": self.crew.omar,
            "owner": self.crew.ines,
            "facilitator": self.crew.fay,
        }

    def _agreed(self) -> None:
        """A practice that was agreed on two weeks after it was written, and failed once; and one that ended."""
        story, crew = self.story, self.crew
        story.granted(self.sponsor, RoleKind.SPONSOR, story.community)
        self.practice = crew.accepted()
        agreement.set_steward(crew.fay, self.practice, steward=crew.ines)
        steering.state(crew.fay, story.community, card=Card(**WORDS))
        crew.settled(Settled.RETIRED)

    def _in_rounds(self) -> None:
        """One that an objection stops, and one that was decided before its day, since all had spoken."""
        story, crew = self.story, self.crew
        crew.used(self.practice, outcome="failed", where="Pump 9")
        crew.objected(crew.proposed(crew.candidate(title="Priming by night")))
        early = crew.proposed(crew.candidate(title="Decided early"))
        for person in (crew.lea, crew.omar, crew.ines, crew.fay, self.decider):
            story.stand(person, early, Stand.CONSENT)
        story.decide(self.decider, early)

    def _over(self) -> None:
        asked = self.story.resolved(self.crew.lea, self.crew.omar)
        exchange.close(self.crew.lea, asked, purpose=Purpose.REUSE)

    def _elsewhere(self, dump: Path) -> None:
        story, fay = self.story, self.crew.fay
        story.found("empty", "Empty", by=fay)
        story.found("hidden", "Hidden", by=story.person("Hide"), visibility=Visibility.PRIVATE)
        closed = story.found("closed", "Closed", by=fay, visibility=Visibility.CLOSED)
        story.granted(self.sponsor, RoleKind.SPONSOR, closed)
        order = Order("stackexchange", write(dump, small()), "archive", "Archive", site="https://x.example")
        bring_in(order, fay)

    def _newcomer(self, now: datetime) -> Person:
        with clock.at(now + AGREED + timedelta(hours=1)):
            return self.story.member("Nina Newcomer")


FIRST_DRAFT = "Practice accepted · Pump crews · 22 days ago"


def faults(who: str, page: Page) -> Iterator[str]:
    yield from untrue(who, page)
    if FIRST_DRAFT in page.words:
        yield "dated by its first draft"
    if page.path not in MISSING and page.status != 200:
        yield f"{page.status}, and {page.came_from} leads there"
    if page.status >= 400 and "<a " not in page.main:
        yield f"{page.status} without a way on"


def test_nothing_is_untrue_and_no_link_is_a_dead_end(story: Story, now: datetime, tmp_path: Path) -> None:
    town = Town(story, now, tmp_path / "dump")
    wrong: list[str] = []
    seen: set[tuple[str, str]] = set()
    with clock.at(now + AGREED + timedelta(days=2)):
        for who, person in town.readers.items():
            for page in walk(story.browser(person) if person else Client(), STARTS):
                seen.add((who, page.path.partition("?")[0]))
                wrong += [f"{who}, {page.path}: {fault}" for fault in faults(who, page)]
    assert "\n".join(wrong) == ""
    assert len(seen) > 500, "the walk ended early"
    assert {("sponsor", "/c/pump-crews/cycle/"), ("facilitator", "/c/archive/"), ("owner", "/c/empty/")} <= seen


COUNTING = (
    *("/", "/c/", "/people/", "/units/", "/operator/", "/operator/communities"),
    *("", "exchanges/", "exchanges/?status=unfinished", "topics/", "proposals/", "practices/", "cycle/", "objectives/"),
)


def _here(path: str) -> list[str]:
    """Of a community that is alive, and of an archive what differs there."""
    return [f"/c/{slug}/{path}" for slug in ("pump-crews", *([] if path else ["archive"]))]


def test_each_number_that_leads_to_a_list_is_how_many_are_in_it(story: Story, now: datetime, tmp_path: Path) -> None:
    town, wrong, count = Town(story, now, tmp_path / "dump"), [], 0
    with clock.at(now + AGREED + timedelta(days=2)):
        for who, path in product(("facilitator", "operator", "sponsor"), COUNTING):
            browser = story.browser(town.readers[who])
            behind = cache(partial(rows, browser))
            for at in (path,) if path.startswith("/") else _here(path):
                for href, n in counted(browser.get(at).content.decode()):
                    count += 1
                    if n != (there := behind(urljoin(at, href))):
                        wrong.append(f"{who}, {at}: {n} lead to {there} of {href}")
    assert "\n".join(wrong) == ""
    assert count > 45
