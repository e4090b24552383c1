"""What a feed says, to whom, and until when: by a secret address, whose loss is mended by making it anew."""

import logging
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commonplace.communities import acts as social
from commonplace.communities.contributions import News, Piece
from commonplace.communities.models import Community, Person, RoleKind, Visibility
from commonplace.corresponding.models import FeedAddress, Notice
from commonplace.ledger import clock
from commonplace.steering import acts as steering
from commonplace.steering.models import Card
from commonplace.web.discreet import Discreet
from tests.objectifying.conftest import Crew
from tests.steering.conftest import WORDS
from tests.story import Story

ATOM = "{http://www.w3.org/2005/Atom}"
AT_MOST = 20


@pytest.fixture
def private(story: Story) -> Community:
    return story.found("valves", "Valves", by=story.facilitator, visibility=Visibility.PRIVATE)


def address(story: Story, person: Person) -> str:
    """Made on the page, and read there: `/feeds/<secret>/`."""
    page = story.browser(person).post("/me/feeds/create").content.decode()
    found_in = re.search(r'value="http://testserver(/feeds/[-\w=]+/)notices\.atom"', page)
    assert found_in, page
    return found_in[1]


def entries(path: str, **headers: str) -> list[ElementTree.Element]:
    answer = Client().get(path, headers=headers)
    assert answer.status_code == 200, answer.content
    return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")


def titles(path: str) -> list[str]:
    return [one.findtext(f"{ATOM}title", "") for one in entries(path)]


def read(path: str) -> str:
    return str(Client().get(path).content.decode())


class TestTheAddress:
    def test_it_is_shown_once_and_only_its_digest_is_kept(self, story: Story, lea: Person) -> None:
        secret = address(story, lea).split("/")[2]
        assert secret not in story.browser(lea).get("/me/feeds/").content.decode()
        row = FeedAddress.objects.get(person=lea)
        assert secret not in str(row.__dict__)

    def test_the_same_form_sent_again_shows_the_same(self, story: Story, lea: Person) -> None:
        browser = story.browser(lea)
        pages = [browser.post("/me/feeds/create", {"once": "f" * 64}).content.decode() for _ in range(2)]
        first, second = [re.findall(r"/feeds/([-\w=]+)/notices", page) for page in pages]
        assert first == second != []

    def test_a_form_sent_again_after_its_address_was_ended_makes_none(self, story: Story, lea: Person) -> None:
        browser = story.browser(lea)
        page = browser.post("/me/feeds/create", {"once": "f" * 64}).content.decode()
        path = re.findall(r"/feeds/[-\w=]+/notices\.atom", page)[0]
        browser.post("/me/feeds/end")
        assert "is over" in browser.post("/me/feeds/create", {"once": "f" * 64}).content.decode()
        assert Client().get(path).status_code == 404

    def test_made_anew_the_one_before_opens_nothing(self, story: Story, lea: Person) -> None:
        before = address(story, lea)
        after = address(story, lea)
        for name in ("notices.atom", "calendar.ics", "c/pump-crews.atom"):
            assert Client().get(before + name).status_code == 404
            assert Client().get(after + name).status_code == 200

    def test_who_is_shut_out_reads_nothing_by_it(self, story: Story, lea: Person) -> None:
        mine = address(story, lea)
        Person.objects.filter(pk=lea.pk).update(is_active=False)
        assert {Client().get(mine + name).status_code for name in ("notices.atom", "calendar.ics")} == {404}

    def test_a_new_password_ends_it_and_the_page_offers_another(self, story: Story, lea: Person) -> None:
        """Whoever got in for a moment and made one reads nothing by it once they are shut out."""
        mine = address(story, lea)
        browser = story.browser(lea)
        new = {"password1": "a-lantern-in-the-hall", "password2": "a-lantern-in-the-hall"}
        assert browser.post("/me/password/update", new).status_code == 302
        assert {Client().get(mine + name).status_code for name in ("notices.atom", "calendar.ics")} == {404}
        assert "Make my address" in browser.get("/me/feeds/").content.decode()
        lea.refresh_from_db()
        assert Client().get(address(story, lea) + "notices.atom").status_code == 200

    def test_what_opens_nothing_says_where_to_go_and_is_no_page_of_secrets(self, story: Story) -> None:
        answer = Client().get("/feeds/nothing/notices.atom")
        assert answer.status_code == 404
        assert b"http://testserver/me/feeds/" in answer.content

    @pytest.mark.parametrize("name", ["notices.atom", "calendar.ics", "c/pump-crews.atom", "c/nowhere.atom"])
    def test_it_is_kept_by_nobody_on_the_way_nor_passed_on(self, story: Story, lea: Person, name: str) -> None:
        mine = address(story, lea)
        answer = Client().get(mine + name)
        assert answer["Cache-Control"].startswith("private")
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer["X-Robots-Tag"]
        assert mine.split("/")[2].encode() not in answer.content

    @pytest.mark.parametrize(
        ("at", "logged"),
        [
            ("/feeds/s3cret/c/a.atom", "/feeds/…/c/a.atom"),
            ("/letters/stop/WyIwMW0:1x:s3cret", "/letters/stop/…"),
            ("/account/password/reset/key/1-s3cret/", "/account/password/reset/key/…/"),
            ("/account/confirm-email/MQ:s3cret/", "/account/confirm-email/…/"),
        ],
    )
    def test_what_opens_something_is_in_no_log(self, at: str, logged: str) -> None:
        record = logging.LogRecord("django.request", logging.ERROR, "", 1, "Internal Server Error: %s", (at,), None)
        assert Discreet().filter(record)
        assert record.getMessage() == f"Internal Server Error: {logged}"

    def test_it_is_bounded(self, story: Story, lea: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("commonplace.communities.limits.is_too_much", lambda request, what, *_: what == "feeds")
        answer = Client().get("/feeds/guess/notices.atom")
        assert (answer.status_code, answer["Cache-Control"]) == (429, "private, no-cache")


class TestACommunitysFeed:
    def test_it_says_what_is_new_newest_first_with_whole_addresses(self, story: Story, lea: Person) -> None:
        story.ask(lea, title="First")
        story.ask(lea, title="Second")
        newest = entries(address(story, lea) + "c/pump-crews.atom")
        assert [one.findtext(f"{ATOM}title") for one in newest] == ["Second", "First"]
        for one in newest:
            link = one.find(f"{ATOM}link")
            assert link is not None
            assert link.attrib["href"].startswith("http://testserver/c/pump-crews/")
            assert one.findtext(f"{ATOM}id", "").startswith("http://testserver/")
            assert datetime.fromisoformat(one.findtext(f"{ATOM}updated", "")).tzinfo
            assert one.findtext(f"{ATOM}author/{ATOM}name") == "Lea"
        assert len({one.findtext(f"{ATOM}id") for one in newest}) == 2

    def test_of_many_it_says_fifty(self, story: Story, lea: Person) -> None:
        for number in range(60):
            story.ask(lea, title=f"Question {number}")
        shown = titles(address(story, lea) + "c/pump-crews.atom")
        assert shown == [f"Question {number}" for number in range(59, 9, -1)]

    def test_a_hostile_title_is_words(self, story: Story, lea: Person) -> None:
        title = "<script>alert(1)</script> & ]]> <b>"
        story.ask(lea, title=title)
        path = address(story, lea) + "c/pump-crews.atom"
        assert titles(path) == [title]
        assert "<script" not in read(path)
        assert all(one.find(f"{ATOM}title").get("type", "text") == "text" for one in entries(path))  # type: ignore[union-attr]

    def test_what_no_xml_may_hold_breaks_none(self, lea: Person, story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
        piece = Piece("ext", "x", "Seal\x0b\ufffe 4", "/c/pump-crews/", "Pump crews", None, clock.now())
        source = News("hostile", lambda person, communities, before: [piece] if before > piece.at else [])
        monkeypatch.setattr("commonplace.corresponding.feeds.entries.contributed", lambda kind: [source])
        assert titles(address(story, lea) + "c/pump-crews.atom") == ["Seal 4"]

    @pytest.mark.parametrize("visibility", [Visibility.CLOSED, Visibility.PRIVATE])
    def test_of_one_that_is_not_open_only_titles(self, story: Story, visibility: str) -> None:
        story.found("valves", "Valves", by=story.facilitator, visibility=visibility)
        valves = Community.objects.visible_to(story.facilitator).get(slug="valves")
        zoe = story.member("Zoe", of=valves)
        story.ask(story.facilitator, of=valves, title="Which seal?")
        path = address(story, zoe) + "c/valves.atom"
        (entry,) = entries(path)
        assert entry.findtext(f"{ATOM}title") == "Which seal?"
        assert not entry.findtext(f"{ATOM}summary")
        assert "Fay" not in read(path)

    @pytest.mark.parametrize("visibility", [Visibility.CLOSED, Visibility.PRIVATE])
    def test_where_the_charter_says_so_what_happened_and_who_did_it_stand(self, story: Story, visibility: str) -> None:
        fay = story.facilitator
        valves = story.found("valves", "Valves", by=fay, visibility=visibility, letters_quote=True)
        zoe = story.member("Zoe", of=valves)
        asked = story.ask(zoe, of=valves, title="Which seal?")
        story.respond(fay, asked)
        path = address(story, zoe)
        by = {"c/valves.atom": "<name>Zoe", "notices.atom": "<name>Fay"}
        for feed, name in by.items():
            assert name in read(path + feed)
            assert all(entry.findtext(f"{ATOM}summary") for entry in entries(path + feed))
        story.rule(of=valves, letters_quote=False)
        for feed, name in by.items():
            assert name not in read(path + feed)
            assert not any(entry.findtext(f"{ATOM}summary") for entry in entries(path + feed))

    def test_a_sponsor_from_outside_is_told_no_name_whatever_it_says(self, story: Story) -> None:
        fay = story.facilitator
        valves = story.found("valves", "Valves", by=fay, visibility=Visibility.CLOSED, letters_quote=True)
        sam = story.serving("Sam", RoleKind.SPONSOR, of=valves)
        steering.state(fay, valves, card=Card(**WORDS))
        assert "Fay" not in read(address(story, sam) + "notices.atom")

    def test_who_does_not_belong_to_a_private_one_finds_nothing(
        self, story: Story, lea: Person, private: Community
    ) -> None:
        assert Client().get(address(story, lea) + "c/valves.atom").status_code == 404

    def test_who_has_left_finds_nothing_the_next_time(self, story: Story, private: Community) -> None:
        zoe = story.member("Zoe", of=private)
        story.ask(story.facilitator, of=private, title="Secret seal")
        path = address(story, zoe)
        known = Client().get(path + "c/valves.atom")
        social.leave(zoe, private)
        again = Client().get(path + "c/valves.atom", headers={"if-none-match": known["ETag"]})
        assert again.status_code == 404
        assert "Secret" not in again.content.decode() + read(path + "notices.atom") + read(path + "calendar.ics")

    def test_a_sponsor_is_told_no_name(self, story: Story, lea: Person) -> None:
        sam = story.serving("Sam", RoleKind.SPONSOR)
        story.resolved(lea, story.member("Omar"))
        mine = address(story, sam)
        heard = read(mine + "c/pump-crews.atom") + read(mine + "notices.atom") + read(mine + "calendar.ics")
        assert not re.search("Lea|Omar|lost prime", heard)


class TestOnesOwnFeed:
    def test_it_says_what_one_was_told_read_or_not(self, story: Story, lea: Person, omar: Person) -> None:
        asked = story.ask(lea, title="Which seal?")
        story.respond(omar, asked)
        path = address(story, lea) + "notices.atom"
        before = read(path)
        story.browser(lea).get(asked.get_absolute_url())
        assert read(path) == before
        (entry,) = entries(path)
        assert entry.findtext(f"{ATOM}title") == "Which seal?"
        assert entry.findtext(f"{ATOM}summary") == "Omar answered · you asked"
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert link.attrib["href"].startswith("http://testserver/c/pump-crews/exchanges/")

    def test_ids_of_entries_do_not_count_who_else_was_told(self, story: Story, lea: Person, omar: Person) -> None:
        asked = story.ask(lea)
        story.respond(omar, asked)
        mine = address(story, lea)
        [before] = [one.findtext(f"{ATOM}id", "") for one in entries(mine + "notices.atom")]
        assert re.search(r"#told-[0-9a-f]{26}$", before)
        assert [one.findtext(f"{ATOM}id") for one in entries(mine + "notices.atom")] == [before], "and stay"

    def test_reading_it_there_puts_nothing_away(self, story: Story, lea: Person, omar: Person) -> None:
        story.respond(omar, story.ask(lea))
        read(address(story, lea) + "notices.atom")
        assert Notice.objects.filter(person=lea).unread().everywhere("test").count() == 1

    def test_after_thirty_days_it_is_no_news(self, story: Story, lea: Person, omar: Person) -> None:
        story.respond(omar, story.ask(lea))
        path = address(story, lea) + "notices.atom"
        assert len(entries(path)) == 1
        with clock.at(clock.now() + timedelta(days=31)):
            assert entries(path) == []

    def test_another_s_notices_are_not_in_it(self, story: Story, lea: Person, omar: Person) -> None:
        story.respond(omar, story.ask(lea))
        assert entries(address(story, omar) + "notices.atom") == []

    def test_of_one_that_is_not_open_only_the_title(self, story: Story, private: Community) -> None:
        zoe = story.member("Zoe", of=private)
        story.respond(story.facilitator, story.ask(zoe, of=private, title="Which seal?"))
        path = address(story, zoe) + "notices.atom"
        assert titles(path) == ["Which seal?"]
        assert "Fay" not in read(path)

    def test_it_speaks_the_reader_s_language(self, story: Story, lea: Person, omar: Person) -> None:
        social.edit_profile(lea, lea, language="fr")
        story.respond(omar, story.ask(lea))
        path = address(story, lea) + "notices.atom"
        root = ElementTree.fromstring(Client().get(path, headers={"accept-language": "en"}).content)
        assert root.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "fr"
        assert "Omar a répondu" in read(path)

    def test_names_are_words_there_too(self, story: Story, lea: Person) -> None:
        story.respond(story.member("<b>Omar</b>"), story.ask(lea))
        (entry,) = entries(address(story, lea) + "notices.atom")
        summary = entry.find(f"{ATOM}summary")
        assert summary is not None
        assert summary.attrib["type"] == "html"
        assert (summary.text or "").startswith("&lt;b&gt;Omar")


class TestSentAgain:
    @pytest.mark.parametrize("name", ["notices.atom", "calendar.ics", "c/pump-crews.atom"])
    def test_what_is_known_is_not_sent_again_until_it_changes(self, story: Story, name: str) -> None:
        crew = Crew(story, clock.now())
        lea = crew.lea
        path = address(story, lea) + name
        known = {"if-none-match": Client().get(path)["ETag"]}
        with clock.at(clock.now() + timedelta(minutes=5)):
            again = Client().get(path, headers=known)
        assert (again.status_code, again.content) == (304, b"")
        assert again["Cache-Control"].startswith("private")
        crew.proposed()
        assert Client().get(path, headers=known).status_code == 200

    def test_by_its_date_too(self, story: Story, lea: Person, omar: Person) -> None:
        story.respond(omar, story.ask(lea))
        path = address(story, lea) + "notices.atom"
        last = Client().get(path)["Last-Modified"]
        assert Client().get(path, headers={"if-modified-since": last}).status_code == 304


def asked_of(path: str) -> int:
    Client().get(path)
    with CaptureQueriesContext(connection) as asked:
        assert Client().get(path).status_code == 200
    return len(asked)


def test_ten_times_as_much_costs_no_statement_more(story: Story, lea: Person, omar: Person) -> None:
    mine, asked = address(story, lea), story.ask(lea)
    paths = [mine + name for name in ("notices.atom", "calendar.ics", "c/pump-crews.atom")]
    _answered(lea, omar, asked, 50)
    few = [asked_of(path) for path in paths]
    _answered(lea, omar, asked, 450)
    assert [asked_of(path) for path in paths] == few
    assert max(few) <= AT_MOST


def _answered(lea: Person, omar: Person, asked: Any, n: int) -> None:
    first = Notice.objects.everywhere("test").count() + 1_000_000
    told_of = {"occasion": "answered", "because": "asked", "thread_kind": "exchange", "thread": asked.pk}
    Notice.objects.everywhere("test").bulk_create(
        Notice(
            person=lea, community=asked.community, act=first + one, actor=omar, object=asked.pk,
            at=datetime.now(UTC), **told_of,
        )
        for one in range(n)
    )  # fmt: skip
