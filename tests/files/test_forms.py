"""Pictures and files in the forms of texts, without a script: nothing that was typed or sent is lost."""

import html
import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from commonplace.communities.models import Person
from commonplace.externalizing.models import Exchange, Response
from commonplace.files import forms
from commonplace.files.models import File
from commonplace.internalizing.models import Application
from commonplace.objectifying.models import Challenge, Practice
from tests.files.sent import PDF, named, picture, shown, stored
from tests.objectifying.conftest import Crew
from tests.story import Story


@pytest.fixture
def crew(now: datetime, story: Story) -> Crew:
    return Crew(story, now)


ASKED = {"kind": "request", "purpose": "reuse", "title": "The seal leaks", "body": "Look at it.", "topics": ""}
NO_PICTURE = b"<svg xmlns='http://www.w3.org/2000/svg'/>"


def photograph(name: str = "seal.jpg", **how: Any) -> Any:
    return named(name, picture(**how))


def files() -> list[File]:
    return list(File.objects.everywhere("test").order_by("pk"))


def typed(page: Any, name: str = "body") -> str:
    match = re.search(rf'<textarea name="{name}"[^>]*>\s?(.*?)</textarea>', page.content.decode(), re.DOTALL)
    assert match
    return html.unescape(match[1])


def at(row: Exchange | Practice) -> str:
    return f"/c/pump-crews/{'exchanges' if isinstance(row, Exchange) else 'practices'}/{row.pk}/"


@pytest.fixture
def browser(story: Story, lea: Person) -> Client:
    return story.browser(lea)


def test_a_question_with_a_picture_and_a_document(story: Story, browser: Client) -> None:
    sent = {**ASKED, "files": [photograph("The seal.jpg"), named("plan.pdf", PDF)]}
    page = browser.post("/c/pump-crews/exchanges/create", sent, follow=True)
    one, other = files()
    exchange = Exchange.objects.everywhere("test").get()
    assert (
        exchange.body
        == f"Look at it.\n\n![The seal]({one.get_absolute_url()})\n\n[plan.pdf]({other.get_absolute_url()})"
    )
    words = page.content.decode()
    assert f'<img src="{one.get_absolute_url()}?small" alt="The seal" loading="lazy" class="picture">' in words
    assert f'<a href="{other.get_absolute_url()}"' in words
    tom = story.browser(story.member("Tom"))
    assert [shown(tom, file).status_code for file in (one, other)] == [200, 200]


def test_a_picture_alone_is_an_answer(story: Story, lea: Person, browser: Client) -> None:
    exchange = story.ask(story.member("Tom"))
    browser.post(f"{at(exchange)}responses", {"body": "", "files": photograph()}, follow=True)
    (file,) = files()
    assert Response.objects.everywhere("test").get().body == file.in_markdown()


def test_a_form_that_is_refused_names_what_came_with_it(browser: Client) -> None:
    """Sent again as it stands, it has the picture, and no second one."""
    page = browser.post("/c/pump-crews/exchanges/create", {**ASKED, "title": "", "files": photograph()})
    (file,) = files()
    assert page.status_code == 422
    assert typed(page) == f"Look at it.\n\n{file.in_markdown()}"
    browser.post("/c/pump-crews/exchanges/create", {**ASKED, "body": typed(page)})
    assert files() == [file]
    assert file.in_markdown() in Exchange.objects.everywhere("test").get().body


def test_a_file_that_is_not_taken_is_said_beside_the_field_and_the_others_go_on(browser: Client) -> None:
    sent = {**ASKED, "files": [photograph("one.jpg"), named("drawing.svg", NO_PICTURE), photograph("two.jpg")]}
    page = browser.post("/c/pump-crews/exchanges/create", sent)
    assert page.status_code == 422
    words = page.content.decode()
    assert "drawing.svg: " in words[words.index('id="id_files_error"') :][:200]
    assert typed(page) == "\n\n".join(["Look at it.", *(file.in_markdown() for file in files())])
    assert [file.name for file in files()] == ["one.jpg", "two.jpg"]
    assert not Exchange.objects.everywhere("test").exists()


def test_sent_twice_it_is_received_once(browser: Client) -> None:
    page = browser.get("/c/pump-crews/exchanges/new").content.decode()
    mark = re.search(r'name="once" value="(\w+)"', page)
    assert mark
    for _time in range(2):
        browser.post("/c/pump-crews/exchanges/create", {**ASKED, "once": mark[1], "files": photograph()})
    assert len(files()) == Exchange.objects.everywhere("test").count() == 1


def test_a_text_that_is_edited_takes_another(story: Story, lea: Person, browser: Client) -> None:
    exchange = story.ask(lea, body="Look.")
    edited = {"title": exchange.title, "body": "Look.", "seen": exchange.fingerprint, "files": photograph()}
    browser.post(f"{at(exchange)}update", edited)
    (file,) = files()
    exchange.refresh_from_db()
    assert exchange.body == f"Look.\n\n{file.in_markdown()}"


def test_a_comment_takes_one(story: Story, lea: Person, browser: Client) -> None:
    exchange = story.ask(lea)
    form = browser.get(f"{at(exchange)}comments/new").content.decode()
    assert 'enctype="multipart/form-data"' in form
    browser.post(f"{at(exchange)}comments", {"body": "So", "files": photograph()})
    assert files()[0].in_markdown() in Response.objects.everywhere("test").get().body


def test_in_a_practice_it_stands_in_how(story: Story, crew: Crew) -> None:
    practice = crew.written()
    browser = story.browser(crew.lea)
    sent = {part: getattr(practice.newest_version, part) for part in ("context", "how", "why", "limits")}
    address = f"{at(practice)}versions"
    answer = browser.post(address, {**sent, "base": 1, "began": 1, "files": photograph()}, follow=True)
    assert answer.status_code == 200
    (file,) = files()
    assert Practice.objects.everywhere("test").get().newest_version.how == f"{sent['how']}\n\n{file.in_markdown()}"


def test_somebody_else_wrote_meanwhile_and_the_picture_stays(story: Story, crew: Crew) -> None:
    practice = crew.written()
    sent = {part: getattr(practice.newest_version, part) for part in ("context", "how", "why", "limits")}
    story.revise(crew.omar, practice, why="It comes back.")
    address = f"{at(practice)}versions"
    page = story.browser(crew.lea).post(address, {**sent, "base": 1, "began": 1, "files": photograph()})
    assert page.status_code == 422
    assert files()[0].in_markdown() in typed(page, "how")
    assert typed(page, "why") == "It comes back."


def test_a_report_and_a_challenge_take_one(story: Story, crew: Crew) -> None:
    practice, browser = crew.brought(), story.browser(crew.ines)
    browser.post(f"{at(practice)}applications/create", {"outcome": "failed", "where": "Pump 4", "files": photograph()})
    browser.post(
        f"{at(practice)}challenges", {"ground": "failed", "reason": "It leaks", "files": photograph(size=(8, 8))}
    )
    challenged, reported = sorted(files(), key=lambda file: file.width)
    assert Application.objects.everywhere("test").get().adaptation == reported.in_markdown()
    assert Challenge.objects.everywhere("test").get().case == challenged.in_markdown()
    assert shown(story.browser(crew.omar), challenged).status_code == 200


def test_what_was_chosen_when_the_session_had_ended_is_said_to_be_gone(story: Story, lea: Person) -> None:
    lea.set_password("rain on the roof")
    lea.save()
    browser = Client()
    page = browser.post("/c/pump-crews/exchanges/create", {**ASKED, "files": photograph()})
    assert page.status_code == 401
    carried = re.search(r'name="kept" value="([^"]+)"', page.content.decode())
    assert carried
    sent = {"login": lea.email, "password": "rain on the roof", "kept": html.unescape(carried[1])}
    back = browser.post("/account/login/", sent, follow=True)
    assert "The files that you chose were not kept" in back.content.decode()
    assert typed(back) == "Look at it."
    assert not files()


def test_a_form_takes_as_many_as_a_script_may_send_refused_ones_too(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To find that a picture is none costs as much as to draw one."""
    monkeypatch.setattr(forms, "TRIES", 2)
    broken = [named(f"{n}.png", b"\x89PNG\r\n\x1a\n") for n in range(3)]
    page = browser.post("/c/pump-crews/exchanges/create", {**ASKED, "files": broken})
    words = html.unescape(page.content.decode())
    assert "1.png: This file is damaged" in words
    assert "2.png: More files came than are taken within 10 minutes." in words
    answer = browser.post("/c/pump-crews/exchanges/create", {**ASKED, "files": [photograph()]})
    assert "More files came" in html.unescape(answer.content.decode())
    assert typed(answer) == ASKED["body"]
    assert files() == []


def test_who_is_no_member_of_anything_sends_no_file_by_a_form(story: Story) -> None:
    """An open community shows its pages to whoever is signed in, and takes no file of theirs."""
    stranger = story.browser(story.person("Sam Stranger"))
    answer = stranger.post("/c/pump-crews/exchanges/create", {**ASKED, "files": photograph()})
    assert answer.status_code == 403
    assert files() == []
    assert stored() == []
