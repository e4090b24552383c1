"""Letters: who gets which, what stands in them, and that nobody gets what they may not read or do not want."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from commonplace.communities import acts as social
from commonplace.communities.models import Person, Visibility
from commonplace.consenting import acts as rounds
from commonplace.consenting.kinds import Kind as RoundKind
from commonplace.consenting.models import Proposal
from commonplace.corresponding.letters import writing
from commonplace.corresponding.letters.deciding import SEND
from commonplace.corresponding.letters.sending import deliver
from commonplace.corresponding.models import Following, Letter, LetterKind, Notice, StoppedAddress
from commonplace.externalizing.models import ResponseKind, Topic
from commonplace.ledger import clock, jobs
from commonplace.ledger.models import Act, Job
from commonplace.objectifying import acts as agreeing
from tests.corresponding.conftest import HERE
from tests.corresponding.post import Post, html, text
from tests.objectifying.conftest import Crew
from tests.story import Story

LEA, OMAR = "lea@example.org", "omar@example.org"
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EVERYTHING = 10_000


@pytest.fixture
def now() -> Iterator[datetime]:
    with clock.at(MONDAY):
        yield MONDAY


def later(**time: float) -> None:
    """What is due by then is sent."""
    with clock.at(clock.now() + timedelta(**time)):
        deliver(EVERYTHING)


def do_all_but_send() -> None:
    """Everything is decided, and nothing has left the house."""
    while waiting := list(Job.objects.due().exclude(name=SEND)):
        for job in waiting:
            jobs.run(job)


def wants(story: Story, person: Person, **chosen: str) -> None:
    browser = story.browser(person)
    page = browser.get("/me/letters/").content.decode()
    kinds = dict.fromkeys(re.findall(r'name="(\w{26}-\w+)"', page), "at_once")
    named = {name: chosen.get(name.split("-")[1], how) for name, how in kinds.items()}
    asked = {"often": chosen.get("often", "daily"), "hour": chosen.get("hour", "7")}
    assert browser.post("/me/letters/update", {**named, **asked}).status_code == 302


def stop_link(letter: Any) -> str:
    return str(letter["List-Unsubscribe"]).strip(" <>").removeprefix(HERE)


def rows() -> dict[str, list[Any]]:
    """Everything that is stored, but for what sessions and limits note of themselves."""
    kept = {model._meta.label: model._base_manager for model in apps.get_models()}
    return {
        label: sorted(map(repr, manager.all().order_by().values()))  # type: ignore[attr-defined]
        for label, manager in kept.items()
        if label not in ("communities.Tries", "sessions.Session", "communities.Passing", "usersessions.UserSession")
    }


class TestAtOnce:
    def test_who_asked_gets_the_answer_at_once_with_what_was_said(
        self, story: Story, lea: Person, omar: Person, post: Post
    ) -> None:
        asked = story.ask(lea, title="Which seal?")
        story.respond(omar, asked, body="Prime *it* first.\n\n- slowly\n- twice")
        [letter] = post.letters
        assert (letter["To"], letter["Subject"], letter["From"]) == (
            LEA,
            "Which seal?",
            "Commonplace <word@pumps.example.org>",
        )
        for part in (text(letter), html(letter)):
            words = " ".join(re.sub(r"<[^>]+>", " ", part).split())
            assert "Which seal?" in words
            assert "Omar answered · Pump crews" in words
            assert "You are told because you asked." in words
            assert "Prime it first. – slowly – twice" in words.replace("> ", "")
            assert part.count(f"{HERE}/c/pump-crews/exchanges/") == 1
        assert Letter.objects.get(sent_at__isnull=False).kind == LetterKind.AT_ONCE

    def test_it_is_threaded_and_easy_to_stop(self, story: Story, lea: Person, omar: Person, post: Post) -> None:
        asked = story.ask(lea)
        story.respond(omar, asked)
        story.respond(omar, asked)
        first, second = post.letters
        thread = f"<exchange.{asked.pk}@pumps.example.org>"
        assert {first["References"], second["References"], first["In-Reply-To"]} == {thread}
        assert first["Subject"] == second["Subject"]
        assert len(post.ids()) == 2
        assert first["Message-ID"] == Letter.objects.order_by("pk")[0].message_id
        assert first["List-Id"] == "<pump-crews.pumps.example.org>"
        assert first["Auto-Submitted"] == "auto-generated"
        assert first["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert stop_link(first) in text(first)
        [line] = re.findall(rb"^List-Unsubscribe:\s+(<[^>]+>)\r\n", post.raw[0], re.MULTILINE)
        assert stop_link(first).encode() in line, "as it is, in no other spelling"

    def test_nothing_in_it_is_loaded_or_tells_that_it_was_opened(
        self, story: Story, lea: Person, omar: Person, post: Post
    ) -> None:
        story.respond(omar, story.ask(lea), body="![x](https://evil.example/p.png) [here](https://evil.example/?t=1)")
        [letter] = post.letters
        page = html(letter)
        assert "prefers-color-scheme: dark" in page, "it is dark where its reader is"
        assert re.findall(r"<(?:img|link|script|iframe)\b|url\(|src=|@import", page) == []
        assert {address.split("/")[2] for address in re.findall(r'href="([^"]+)"', page)} == {"pumps.example.org"}
        assert "style=" in page

    def test_in_the_reader_s_language(self, story: Story, lea: Person, omar: Person, post: Post) -> None:
        social.edit_profile(lea, lea, language="fr")
        story.respond(omar, story.ask(lea))
        [letter] = post.letters
        assert "Omar a répondu" in text(letter)
        assert '<html lang="fr">' in html(letter)

    def test_what_was_read_before_it_went_is_not_sent(
        self, story: Story, lea: Person, omar: Person, post: Post, nobody_works: None
    ) -> None:
        asked = story.ask(lea)
        story.respond(omar, asked)
        do_all_but_send()
        Notice.objects.everywhere("test").update(put_away_at=clock.now())
        jobs.run_due()
        assert post.letters == []
        assert not Letter.objects.filter(kind=LetterKind.AT_ONCE).exists()

    def test_where_no_mail_is_sent_nothing_is_owed_and_pages_say_so(
        self, story: Story, lea: Person, omar: Person
    ) -> None:
        story.respond(omar, story.ask(lea))
        assert not Letter.objects.exists()
        for page in ("/notices/", "/me/letters/"):
            assert "No letters are sent from here." in story.browser(lea).get(page).content.decode()
        assert "COMMONPLACE_MAIL=" in story.browser(story.operator).get("/letters/").content.decode()


class TestDigest:
    def test_it_comes_at_the_hour_where_one_is_also_when_clocks_change(
        self, now: datetime, story: Story, lea: Person, omar: Person, post: Post
    ) -> None:
        social.edit_profile(lea, lea, time_zone="Europe/Paris")
        for day, due in ((28, datetime(2026, 3, 29, 5, 0)), (27, datetime(2026, 3, 28, 6, 0))):
            with clock.at(datetime(2026, 3, day, 12, 0, tzinfo=UTC)):
                story.respond(omar, story.ask(lea, title=f"Of the {day}."), kind=ResponseKind.COMMENT)
                assert Letter.objects.to_come().get(person=lea).due_at == due.replace(tzinfo=UTC)
                Letter.objects.to_come().filter(person=lea).delete()

    def test_an_hour_that_is_left_out_comes_with_the_clocks(
        self, now: datetime, story: Story, lea: Person, omar: Person, post: Post
    ) -> None:
        social.edit_profile(lea, lea, time_zone="Europe/Paris")
        with clock.at(datetime(2026, 3, 28, 12, 0, tzinfo=UTC)):
            wants(story, lea, hour="2")
            story.respond(omar, story.ask(lea), kind=ResponseKind.COMMENT)
            assert Letter.objects.to_come().get(person=lea).due_at == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)

    def test_what_is_unread_stands_in_one_letter(
        self, now: datetime, story: Story, lea: Person, omar: Person, post: Post
    ) -> None:
        first, second, third = (story.ask(lea, title=f"Question {number}") for number in (1, 2, 3))
        for asked in (first, second, third):
            story.respond(omar, asked, kind=ResponseKind.COMMENT)
        story.browser(lea).get(second.get_absolute_url())
        later(hours=12)
        assert post.to(LEA) == []
        later(days=1)
        [letter] = post.to(LEA)
        assert letter["Subject"] == "New for you: Question 3, and 1 more"
        assert "Omar commented · it is yours" in text(letter)
        assert "Question 2" not in text(letter)
        assert letter["References"] is None
        later(days=3)
        assert len(post.letters) == 1, "and once only"

    def test_it_has_an_end_and_leads_to_all(
        self, now: datetime, story: Story, lea: Person, omar: Person, post: Post, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(writing, "MOST", 1)
        for number in range(3):
            story.respond(omar, story.ask(lea, title=f"Question {number}"), kind=ResponseKind.COMMENT)
        later(days=1)
        [letter] = post.to(LEA)
        assert f"2 more under Notices: {HERE}/notices/" in " ".join(text(letter).split())
        assert f'href="{HERE}/notices/"' in html(letter)
        assert "Question 0" not in text(letter)

    def test_nothing_comes_when_there_is_nothing(
        self, now: datetime, story: Story, lea: Person, omar: Person, post: Post
    ) -> None:
        asked = story.ask(lea)
        story.respond(omar, asked, kind=ResponseKind.COMMENT)
        story.browser(lea).get(asked.get_absolute_url())
        later(days=2)
        assert post.letters == []
        assert not Letter.objects.exists()

    def test_weekly_it_comes_on_mondays(
        self, now: datetime, story: Story, lea: Person, omar: Person, post: Post
    ) -> None:
        wants(story, lea, often="weekly", hour="18")
        story.respond(omar, story.ask(lea), kind=ResponseKind.COMMENT)
        assert Letter.objects.to_come().get(person=lea).due_at == datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
        with clock.at(now + timedelta(days=1)):
            wants(story, lea, often="weekly", hour="18")
            assert Letter.objects.to_come().get(person=lea).due_at == datetime(2026, 3, 9, 18, 0, tzinfo=UTC)

    def test_whoever_wants_none_gets_none(
        self, now: datetime, story: Story, lea: Person, omar: Person, post: Post
    ) -> None:
        story.respond(omar, story.ask(lea), kind=ResponseKind.COMMENT)
        wants(story, lea, often="never")
        later(days=9)
        assert post.letters == []


class TestWanted:
    def test_each_kind_is_at_once_in_the_digest_or_off(
        self, now: datetime, story: Story, lea: Person, omar: Person, post: Post
    ) -> None:
        wants(story, lea, exchange="digest")
        story.respond(omar, story.ask(lea, title="First"))
        assert post.letters == []
        later(days=1)
        assert [letter["Subject"] for letter in post.letters] == ["New for you: First"]
        wants(story, lea, exchange="not")
        story.respond(omar, story.ask(lea, title="Second"))
        later(days=2)
        assert len(post.letters) == 1

    def test_a_list_of_rounds_is_wanted_as_rounds_are(self, crew: Crew, post: Post) -> None:
        """People choose among kinds that they know: what is a part of one goes with it."""
        page = crew.story.browser(crew.omar).get("/me/letters/").content.decode()
        kinds = set(re.findall(r'name="\w{26}-(\w+)"', page))
        assert kinds == {"community", "round", "exchange", "thanks", "practice", "objective"}
        wants(crew.story, crew.omar, round="not")
        crew.proposed()
        practices = [crew.story.bring(crew.lea, title=f"Procedure {n}", since_on=date(2021, 3, 3)) for n in "ab"]
        for one in practices:
            agreeing.back(crew.ines, one)
        put = [(one, Proposal(matter=RoundKind.ACCEPTANCE, number=1, aim="Sleep")) for one in practices]
        rounds.open_list(crew.lea, crew.community, put=put)
        assert Notice.objects.filter(person=crew.omar, thread_kind="list").everywhere("test").exists()
        assert [letter for letter in post.letters if letter["To"] == str(crew.omar.email)] == []

    def test_of_one_community_is_of_one_community(self, story: Story, lea: Person, omar: Person, post: Post) -> None:
        story.respond(omar, story.ask(lea, title="First"))
        story.browser().post(stop_link(post.letters[0]), {"List-Unsubscribe": "One-Click"})
        other = story.found("valves", "Valves", by=omar)
        story.invited(lea, other)
        story.respond(omar, story.ask(lea, title="Second", of=other))
        story.respond(omar, story.ask(lea, title="Third"))
        assert [letter["Subject"] for letter in post.letters] == ["First", "Second"]

    def test_one_click_of_the_mail_program_stops_the_kind_for_who_is_signed_out(
        self, story: Story, lea: Person, omar: Person, post: Post
    ) -> None:
        asked = story.ask(lea)
        story.respond(omar, asked)
        browser = Client(enforce_csrf_checks=True)
        answer = browser.post(stop_link(post.letters[0]), {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, "You get no more" in answer.content.decode()) == (200, True)
        story.respond(omar, asked)
        assert len(post.letters) == 1
        story.respond(lea, story.ask(omar))
        assert len(post.letters) == 2, "another's letters go on"

    def test_the_digest_is_stopped_so_too(
        self, now: datetime, story: Story, lea: Person, omar: Person, post: Post
    ) -> None:
        asked = story.ask(lea)
        story.respond(omar, asked, kind=ResponseKind.COMMENT)
        later(days=1)
        Client().post(stop_link(post.letters[0]))
        story.respond(omar, asked, kind=ResponseKind.COMMENT)
        later(days=9)
        assert len(post.letters) == 1

    def test_opening_every_link_of_a_letter_changes_nothing(
        self, story: Story, lea: Person, omar: Person, post: Post
    ) -> None:
        """As programs do that look at what is in a letter, signed in or not."""
        story.respond(omar, story.ask(lea), body="See [this](https://pumps.example.org/me/letters/update).")
        [letter] = post.letters
        links = {*re.findall(r'href="([^"]+)"', html(letter)), HERE + stop_link(letter)}
        before, acts = rows(), Act.objects.everywhere("test").count()
        for link in links:
            for method in ("get", "head"):
                answer = getattr(Client(), method)(link.removeprefix(HERE), follow=True)
                assert answer.status_code == 200, link
        assert rows() == before
        assert Act.objects.everywhere("test").count() == acts
        assert len(links) == 2

    def test_nobody_makes_a_link_for_another(self, story: Story, lea: Person, omar: Person, post: Post) -> None:
        asked = story.ask(lea)
        story.respond(omar, asked)
        assert Client().post(stop_link(post.letters[0])[:-2] + "xx").status_code == 404
        story.respond(omar, asked)
        assert len(post.letters) == 2


class TestWhoMayRead:
    def test_of_a_closed_community_no_word_leaves_but_the_title(self, story: Story, omar: Person, post: Post) -> None:
        closed = story.found("valves", "Valves", by=omar, visibility=Visibility.CLOSED)
        zoe = story.member("Zoe", of=closed)
        story.respond(omar, story.ask(zoe, of=closed, title="Which valve?"), body="The canary sings.")
        [letter] = post.letters
        assert letter["Subject"] == "Which valve?"
        all_of_it = letter.as_string() + text(letter) + html(letter)
        assert "Somebody answered" in text(letter)
        assert [word for word in ("canary", "Omar") if word in all_of_it] == []

    def test_of_a_closed_community_no_topic_leaves_either(
        self, now: datetime, story: Story, omar: Person, post: Post
    ) -> None:
        closed = story.found("valves", "Valves", by=omar, visibility=Visibility.CLOSED)
        zoe = story.member("Zoe", of=closed)
        story.ask(zoe, of=closed, topics=["canary"])
        topic = Topic.objects.everywhere("test").get(name="canary")
        Following(person=zoe, community=closed, kind="topic", of=topic.pk).save(force_insert=True)
        story.ask(omar, of=closed, title="Which valve?", topics=["canary"])
        later(days=1)
        [letter] = post.letters
        assert "Somebody began it · you follow it" in text(letter)
        assert [word for word in ("canary", "Omar", topic.pk) if word in text(letter) + html(letter)] == []

    @pytest.mark.parametrize("visibility", [Visibility.CLOSED, Visibility.PRIVATE])
    def test_where_the_charter_says_so_the_words_stand(
        self, story: Story, omar: Person, post: Post, visibility: str
    ) -> None:
        closed = story.found("valves", "Valves", by=omar, visibility=visibility, letters_quote=True)
        zoe = story.member("Zoe", of=closed)
        story.respond(omar, story.ask(zoe, of=closed, title="Which valve?"), body="The canary sings.")
        [letter] = post.letters
        assert "The canary sings." in text(letter)
        assert "The canary sings." in html(letter)

    def test_what_the_charter_says_when_it_is_sent_counts(
        self, story: Story, omar: Person, post: Post, nobody_works: None
    ) -> None:
        closed = story.found("valves", "Valves", by=omar, visibility=Visibility.CLOSED, letters_quote=True)
        zoe = story.member("Zoe", of=closed)
        story.respond(omar, story.ask(zoe, of=closed, title="Which valve?"), body="The canary sings.")
        do_all_but_send()
        story.rule(of=closed, letters_quote=False)
        later()
        assert [one["Subject"] for one in post.letters if "canary" in one.as_string() + text(one) + html(one)] == []
        assert "Which valve?" in [one["Subject"] for one in post.letters]

    @pytest.mark.parametrize("gone", ["left", "deactivated", "bot"])
    def test_who_is_gone_by_then_gets_nothing(
        self, story: Story, omar: Person, post: Post, nobody_works: None, gone: str
    ) -> None:
        private = story.found("valves", "Valves", by=omar, visibility=Visibility.PRIVATE)
        zoe = story.member("Zoe", of=private)
        story.respond(omar, story.ask(zoe, of=private, title="Canary"))
        do_all_but_send()
        assert Letter.objects.waiting().filter(kind=LetterKind.AT_ONCE).count() == 1
        if gone == "left":
            social.leave(zoe, private)
        elif gone == "bot":
            social.set_bot(story.operator, zoe, bot=True)
        else:
            Person.objects.filter(pk=zoe.pk).update(is_active=False)
        deliver(EVERYTHING)
        later(days=9)
        assert post.letters == []


class TestStopped:
    def test_an_address_that_is_refused_for_good_is_stopped_and_its_owner_and_the_operator_see_it(
        self, story: Story, lea: Person, omar: Person, post: Post
    ) -> None:
        asked = story.ask(lea)
        post.refusing[LEA] = "550 5.1.1 No such mailbox"
        story.respond(omar, asked)
        row = StoppedAddress.objects.get()
        assert (row.person, row.address, row.why, row.code) == (lea, LEA, "refused", "550")
        for page in ("/notices/", "/me/", "/me/letters/"):
            assert "Letters to you have stopped." in story.browser(lea).get(page).content.decode()
        page = story.browser(story.operator).get("/letters/").content.decode()
        assert "<p>1 address</p>" in page
        assert lea.pk in page, "by an id, and by nothing that names them"
        assert not [word for word in (LEA, f">{lea.name}<") if word in page]
        post.refusing.clear()
        story.respond(omar, asked)
        assert post.letters == []
        lea.refresh_from_db()
        lea.email = "lea@new.example.org"
        lea.save()
        EmailAddress.objects.create(user=lea, email=lea.email, verified=True)
        story.respond(omar, asked)
        assert [letter["To"] for letter in post.letters] == ["lea@new.example.org"]
        assert "have stopped" not in story.browser(lea).get("/notices/").content.decode()

    def test_its_owner_says_that_it_works_again(self, story: Story, lea: Person, omar: Person, post: Post) -> None:
        asked = story.ask(lea)
        post.refusing[LEA] = "550 5.2.1 Disabled"
        story.respond(omar, asked)
        post.refusing.clear()
        story.browser(lea).post("/me/letters/begin-again")
        story.respond(omar, asked)
        assert len(post.letters) == 1

    @pytest.mark.parametrize("answer", ["450 4.2.0 Come later", "550 5.7.1 Relaying denied", "530 Sign in first"])
    def test_what_is_no_fault_of_the_address_is_tried_again_later(
        self, story: Story, lea: Person, omar: Person, post: Post, answer: str
    ) -> None:
        post.refusing[LEA] = answer
        story.respond(omar, story.ask(lea))
        post.refusing.clear()
        assert not StoppedAddress.objects.exists()
        deliver(EVERYTHING)
        assert post.letters == [], "not at once"
        later(minutes=1)
        assert len(post.letters) == 1

    @pytest.mark.parametrize("kind", ["bounced", "complained"])
    def test_what_a_service_reports_stops_an_address_too(
        self, story: Story, lea: Person, omar: Person, post: Post, kind: str
    ) -> None:
        signals = pytest.importorskip("anymail.signals")
        event = signals.AnymailTrackingEvent(event_type=kind, recipient=LEA)
        signals.tracking.send(sender=object, event=event, esp_name="Test")
        story.respond(omar, story.ask(lea))
        assert post.letters == []
        assert StoppedAddress.objects.get().why == kind

    def test_while_the_server_is_away_no_letter_counts_a_try(
        self, story: Story, lea: Person, omar: Person, post: Post, settings: Any
    ) -> None:
        port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
        story.respond(omar, story.ask(lea))
        assert [(one.tries, one.sent_at) for one in Letter.objects.all()] == [(0, None)]
        settings.EMAIL_PORT = port
        deliver(EVERYTHING)
        assert len(post.letters) == 1


def test_many_go_by_one_connection(now: datetime, story: Story, omar: Person, post: Post) -> None:
    asked = [story.ask(story.member(f"Ann {number}")) for number in range(5)]
    for one in asked:
        story.respond(omar, one, kind=ResponseKind.COMMENT)
    later(days=1)
    assert (len(post.letters), post.connections) == (5, 1)


def test_how_one_wants_letters_is_in_one_s_own_data(story: Story, lea: Person, omar: Person, post: Post) -> None:
    wants(story, lea, exchange="not", often="weekly")
    mine = story.browser(lea).get("/me/data").json()
    assert [row["often"] for row in mine["corresponding.DigestWish"]] == ["weekly"]
    assert ("exchange", "not") in {(row["kind"], row["how"]) for row in mine["corresponding.LetterWish"]}
    assert reverse("letters") in story.browser(lea).get("/me/").content.decode()
    cache.clear()
