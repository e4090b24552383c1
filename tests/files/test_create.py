"""The script of a form sends a file at once, and gets what a text says to show it."""

from pathlib import Path
from typing import Any

from django.test import Client

from commonplace.communities.models import Person
from commonplace.files.models import File
from commonplace.untrusted.uploads.limits import LARGEST_DOCUMENT
from tests.files.sent import PDF, named, picture, shown, stored
from tests.story import Story


def posted(browser: Client, data: bytes, name: str, **headers: Any) -> Any:
    return browser.post("/files/", {"files": named(name, data)}, headers=headers)


def test_a_member_sends_a_file_and_gets_words_for_it(story: Story, lea: Person) -> None:
    browser = story.browser(lea)
    answer = posted(browser, picture(), "The seal.JPG")
    assert answer.status_code == 200
    file = File.objects.everywhere("test").get()
    assert answer.json() == {"markdown": f"![The seal](/files/{file.pk}/The-seal.jpg)", "name": "The seal.jpg"}
    assert shown(browser, file).status_code == 200
    assert (file.owner, file.kind) == (lea, "picture")


def test_what_is_not_taken_is_said_in_a_sentence(story: Story, lea: Person) -> None:
    answer = posted(story.browser(lea), b"<svg xmlns='http://www.w3.org/2000/svg'/>", "plan.svg")
    assert answer.status_code == 422
    assert answer.json()["error"].startswith("SVG drawings are not taken")
    assert not File.objects.everywhere("test").exists()
    assert stored() == []


def test_a_form_without_a_file_says_so(story: Story, lea: Person) -> None:
    assert story.browser(lea).post("/files/").json() == {"error": "No file came. Choose one, and send it again."}


def test_only_members_of_something_send_files(story: Story) -> None:
    assert posted(story.browser(story.person("Sam Stranger")), PDF, "a.pdf").status_code == 403
    assert posted(story.browser(), PDF, "a.pdf").status_code == 401
    assert not File.objects.everywhere("test").exists()


def test_a_form_of_another_site_sends_nothing(story: Story, lea: Person) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(lea)
    assert posted(browser, PDF, "a.pdf").status_code == 403


def test_whoever_opens_the_address_is_led_to_their_own_page(story: Story, lea: Person) -> None:
    assert story.browser(lea).get("/files/")["Location"] == "/me/"


def test_a_document_of_the_most_that_one_may_be_comes_in(story: Story, lea: Person, settings: Any) -> None:
    """Larger than a form without files may be; one byte more is refused with a sentence."""
    browser, most = story.browser(lea), PDF.replace(b"%%EOF\n", b"%" * (LARGEST_DOCUMENT - len(PDF)) + b"\n%%EOF")
    assert LARGEST_DOCUMENT > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert posted(browser, most, "plan.pdf").status_code == 200
    assert posted(browser, most + b"\n", "plan.pdf").json()["error"].startswith("This file is larger than 25 MB.")
    assert len(stored()) == 1


def test_a_form_that_breaks_off_leaves_nothing(story: Story, lea: Person, settings: Any, tmp_path: Path) -> None:
    passing = tmp_path / "passing"
    passing.mkdir()
    settings.FILE_UPLOAD_TEMP_DIR, settings.FILE_UPLOAD_MAX_MEMORY_SIZE = str(passing), 1000
    head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n'
    form = head + PDF[:-10] + b"x" * 200_000
    answer = story.browser(lea).generic("POST", "/files/", form, "multipart/form-data; boundary=x")
    assert answer.status_code in (400, 422)
    assert stored() == []
    assert list(passing.iterdir()) == []
