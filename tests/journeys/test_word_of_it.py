"""Nobody waits unseen: three people, of whom each comes back because a letter says so, and leads where it says."""

import re
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from commonplace.communities.models import Person
from commonplace.consenting import jobs as rounds
from commonplace.corresponding.letters.sending import deliver
from commonplace.corresponding.models import Notice
from commonplace.corresponding.reminding import remind
from commonplace.ledger import clock, jobs
from commonplace.objectifying.models import Practice
from tests.corresponding.conftest import HERE as PUBLISHED
from tests.corresponding.conftest import post
from tests.corresponding.post import Post, html, text
from tests.files.sent import picture
from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor
from tests.story import Story

__all__ = ["post"]
pytestmark = pytest.mark.journey
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
HERE = "/c/pump-crews/"
TITLE = "Restarting a pump that has lost prime"
Later = Callable[..., None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """It began at noon forty days ago, for the server too; each time some days pass, and what is due by then is done.
    At another hour the morning's digest would come between."""
    wall = clock.wall
    noon = (wall() - timedelta(days=40)).replace(hour=12, minute=0)
    ago = [wall() - noon]
    monkeypatch.setattr(clock, "wall", lambda: wall() - ago[0])

    def later(**time: float) -> None:
        ago[0] -= timedelta(**time)
        remind()
        rounds.end_rounds()
        rounds.end_what_waits()
        works()
        deliver(1_000)

    return later


def works() -> None:
    """What the worker does: who is told is found, and what goes at once has gone."""
    while jobs.run_due():
        pass


class Somebody:
    """Somebody who looks at their post, and comes by its links only."""

    def __init__(self, person: Person, visit: Visit, post: Post, **options: Any) -> None:
        self.person, self.visit, self.post, self.options, self.read = person, visit, post, options, 0

    def letter(self) -> EmailMessage:
        """The one that has come since they looked last."""
        works()
        mine = self.post.to(str(self.person.email))[self.read :]
        self.read += len(mine)
        assert len(mine) == 1, [text(one) for one in mine]
        return mine[0]

    def has_no_post(self) -> None:
        works()
        assert [str(one["Subject"]) for one in self.post.to(str(self.person.email))[self.read :]] == []

    def comes(self, path: str = "/") -> Visitor:
        visitor = self.visit(self.person, **self.options)
        visitor.go(path)
        return visitor

    def follows(self, letter: EmailMessage, to: str) -> Visitor:
        """The link of the letter that leads there, as a mail program opens it."""
        links = [link.removeprefix(PUBLISHED) for link in re.findall(r'href="([^"]+)"', html(letter))]
        [path] = dict.fromkeys(link for link in links if to in link)
        assert path in text(letter)
        return self.comes(path.replace("&amp;", "&"))


def test_each_is_told_and_finds_the_way_on(
    live_server: object, story: Story, visit: Visit, post: Post, later: Later, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    fay = Somebody(story.facilitator, visit, post)
    ana = Somebody(story.member("Ana"), visit, post, **PHONE)
    omar = Somebody(story.member("Omar"), visit, post)

    # Asked with a photograph, on a phone, of somebody by name.
    asking = ana.comes(f"{HERE}exchanges/new")
    asking.fill(title="Pump 4 has lost prime", body="It turns but moves no water. @Omar")
    (tmp_path / "pump.jpg").write_bytes(picture())
    asking.page.locator("input[type=file]").last.set_input_files(tmp_path / "pump.jpg")
    asking.page.locator(".saying", has_text="pump.jpg is in your text").wait_for()
    asking.press("Ask or tell")
    asking.sees("It is out. Nobody has answered yet.")

    # Told; answered.
    letter = omar.letter()
    assert letter["Subject"] == "Pump 4 has lost prime"
    answering = omar.follows(letter, "/exchanges/")
    assert answering.page.locator("img.picture").evaluate("image => image.naturalWidth") > 0
    answering.fill(body="Bleed before the check valve.")
    answering.press("Answer")
    answering.sees("Your answer stands in the exchange.")

    # Told; confirmed, and written down with whoever helped.
    letter = ana.letter()
    assert "Bleed before the check valve." in text(letter)
    helped = ana.follows(letter, "/exchanges/")
    helped.sees("Bleed before the check valve.")
    helped.follow("This helped")
    helped.choose("benefit", "solution")
    helped.press("It helped")
    helped.follow("Write it down")
    helped.fill(title=TITLE, context="It turns.", how="Bleed before the valve.", why="Air returns.", limits="No gas.")
    helped.press("Save the practice")
    helped.sees("Bleed before the valve.")

    # Told: the words are Omar's own, and may be refused for some days. Used by another; proposed.
    assert "your words are quoted" in text(omar.letter())
    using = fay.comes(f"{HERE}practices/")
    using.follow(TITLE)
    using.follow("I used it")
    using.choose("outcome", "worked")
    using.fill(where="Station 7")
    using.press("Report it")
    using.page.wait_for_url("**/practices/**")
    proposing = ana.comes(f"{HERE}practices/")
    proposing.follow(TITLE)
    proposing.follow("Propose version 1")
    proposing.fill(aim="Nobody loses an hour to a dry pump.")
    proposing.press("Open the round")
    proposing.sees("It is your turn")
    round_ = proposing.page.url.removeprefix(proposing.address).partition("?")[0]

    # Told, both; one objects, and whoever wrote it is told at once.
    assert TITLE in fay.letter()["Subject"]
    objecting = omar.follows(omar.letter(), "/proposals/")
    objecting.stands("object", "unsafe", reason="An open bleed can put gas into the pit.")
    later(hours=1)
    writing = ana.comes()
    writing.page.locator(f"main a[href^='{HERE}']", has_text=TITLE).first.wait_for()
    writing.go(f"{HERE}practices/")
    writing.follow(TITLE)
    writing.follow("Write a new version")
    writing.fill(limits="No gas: where chlorine lines join, call the shift lead first.", note="Chlorine")
    writing.press("Save the version")
    writing.go(round_)
    writing.press("version 2")

    # The objection is answered: whoever raised it is told at once, and says that it is met.
    meeting = omar.follows(omar.letter(), "/proposals/")
    meeting.press("meets it")
    for each in (meeting, ana.comes(round_)):
        each.go(round_)
        each.stands("consent")
    assert status() == "proposed"

    # Everybody is away. Before it closes, who has not spoken is reminded once; then the rule decides.
    so_far = len(post.letters)
    later(days=12, hours=12)
    reminded = [one for one in post.letters[so_far:] if "The round closes soon" in text(one)]
    assert [str(one["To"]) for one in reminded] == [fay.person.email]
    later(days=3)
    later(days=1)
    assert status() == "accepted"

    # Its audience is told, once, in the digest of the day.
    [letter] = [one for one in post.to(str(fay.person.email)) if "agreed" in text(one)]
    reading = fay.follows(letter, "/practices/")
    reading.sees("Bleed before the valve.")
    assert not Notice.objects.filter(person=fay.person, thread_kind="practice").unread().everywhere("test").exists()


def status() -> str:
    return str(Practice.objects.everywhere("test").get(title=TITLE).status)
