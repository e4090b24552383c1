"""Whatever is sent: it is refused with a sentence, or served as exactly what it is. Nothing else comes of it.

A few hundred files here; `make hostile` tries ten thousand."""

import io
import os
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from commonplace.communities.models import Person
from commonplace.files.models import File
from commonplace.untrusted.confined.outside import Child
from commonplace.untrusted.uploads import MEDIA_TYPES, NotTaken, Taken, drawing, taken
from commonplace.untrusted.uploads.limits import LARGEST_SIDE, MOST_POINTS, SECONDS, SMALL_SIDE
from tests.files import hostile
from tests.files.hostile import CANARY, REFUSED, TAKEN
from tests.files.sent import PDF, named, sent, stored
from tests.story import Story

MANY = int(os.environ.get("HOSTILE", "300"))
SERVED_TOO = 25  # Of so many one goes the whole way: a form, the store, an answer.
ENDED = re.compile(r"[.!?]\Z")
FORMATS = {"jpg": "JPEG", "png": "PNG"}


@pytest.fixture
def one_child(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A process for all pictures is as confined as one for each."""
    with Child(drawing._COMMAND) as child:
        monkeypatch.setattr(drawing, "_asked", lambda data, form: child.ask({"picture": form}, data, SECONDS))
        yield


def posted(browser: Client, name: str, data: bytes) -> Any:
    return browser.post("/files/", {"files": named(name, data)})


def must_be_a_picture(data: bytes, ending: str, side: int) -> None:
    """Of our own making: one format, one frame, no word, nothing before or after."""
    with Image.open(io.BytesIO(data), formats=[FORMATS[ending]]) as image:
        image.load()
        assert max(image.size) <= side
        assert not set(image.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for made in (CANARY, b"<script", b"<svg", b"<?php", b"<html", b"PK\3\4", b"%PDF"):
        assert made not in data
    assert data.endswith(b"\xff\xd9" if ending == "jpg" else b"IEND\xaeB`\x82")


def must_be_what_it_is(one: Taken, sent: bytes) -> None:
    if one.kind == "picture":
        must_be_a_picture(one.data, one.ending, LARGEST_SIDE)
        must_be_a_picture(one.small, one.ending, SMALL_SIDE)
        return
    assert one.data == sent
    if one.kind == "pdf":
        assert sent.startswith(b"%PDF-")
    elif one.kind == "text":
        assert not set(sent.decode("utf-8-sig")) & {chr(code) for code in range(32)} - {"\t", "\n", "\r", "\f"}
    else:
        with zipfile.ZipFile(io.BytesIO(sent)) as package:
            assert {"[Content_Types].xml", "mimetype"} & set(package.namelist())


def must_be_served_as_it_is(browser: Client, name: str, data: bytes) -> str:
    """Its media type; "" if it is refused, and then nothing is left."""
    before = stored()
    answer = posted(browser, name, data)
    if answer.status_code == 422:
        assert ENDED.search(answer.json()["error"])
        assert stored() == before
        return ""
    file = File.objects.everywhere("test").latest("at", "pk")
    for words in ("", "?small"):
        served = browser.get(file.get_absolute_url() + words)
        assert served.status_code == 200
        assert served["Content-Type"] in MEDIA_TYPES.values()
        assert served["X-Content-Type-Options"] == "nosniff"
        assert served["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert served["Content-Disposition"].startswith("inline" if file.kind == "picture" else "attachment")
        assert "\r" not in served["Content-Disposition"]
        ending = file.name.rpartition(".")[2]
        content = b"".join(served.streaming_content)
        if file.kind == "picture":
            must_be_a_picture(content, ending, SMALL_SIDE if words else LARGEST_SIDE)
        else:
            assert content == data
    return str(served["Content-Type"])


def came_of(data: bytes, name: str) -> str:
    """The kind as which it is taken, and then it is what that kind is; "refused", and then with a sentence."""
    try:
        one = taken(data, name)
    except NotTaken as why:
        return "refused" if ENDED.search(why.sentence) else "no sentence"
    must_be_what_it_is(one, data)
    return one.kind


def test_mutated_files_are_refused_or_what_they_are(
    story: Story, lea: Person, one_child: None, record_property: Callable[[str, object], None]
) -> None:
    browser, came = story.browser(lea), Counter[str]()
    for number, (name, data) in enumerate(hostile.mutated(MANY, seed=20261128)):
        came[came_of(data, name)] += 1
        if number % SERVED_TOO == 0 and number < 100 * SERVED_TOO:
            must_be_served_as_it_is(browser, name, data)
    record_property("came of them", dict(came))
    assert set(came) == {"refused", "picture", "pdf", "text", "office"}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_made_to_harm_is_refused_with_what_to_do(story: Story, lea: Person, what: str) -> None:
    name, data, sentence = REFUSED[what]
    answer = posted(story.browser(lea), name, data)
    assert answer.status_code == 422
    assert answer.json()["error"].startswith(sentence)
    assert stored() == []


@pytest.mark.parametrize("what", TAKEN)
def test_what_is_two_things_is_served_as_the_one_that_it_is_here(story: Story, lea: Person, what: str) -> None:
    name, data, media_type = TAKEN[what]
    served = must_be_served_as_it_is(story.browser(lea), name, data)
    assert served == media_type or not media_type


def test_a_picture_asks_for_no_more_than_it_may(lea: Person) -> None:
    """As many points as a picture may have; in a format that packs them best."""
    side = int(MOST_POINTS**0.5)
    with pytest.raises(NotTaken, match="points"):
        taken(hostile.png_of(side + 1, side + 1), "a.png")
    file = io.BytesIO()
    Image.new("RGBA", (side, side)).save(file, "PNG")
    one = taken(file.getvalue(), "a.png")
    assert (one.width, one.height) == (LARGEST_SIDE, LARGEST_SIDE)


def test_a_picture_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "SECONDS", 0)
    with pytest.raises(NotTaken, match="too_much"):
        taken(hostile.VALID["a.png"], "a.png")
    monkeypatch.setattr(drawing, "SECONDS", SECONDS)
    assert taken(hostile.VALID["a.png"], "a.png").kind == "picture"


def test_names_that_lead_elsewhere_lead_nowhere(story: Story, lea: Person) -> None:
    browser = story.browser(lea)
    for name in ("../../x.pdf", "a\r\nX-Evil: 1.pdf", "\u202efdp.exe", "x" * 500, "a\0b.pdf", "<b>.pdf", '"; x="1.pdf'):
        file = sent(lea, PDF, name)
        served = browser.get(file.get_absolute_url())
        assert served.status_code == 200
        assert re.fullmatch(r"/files/\w{26}/[A-Za-z0-9._-]+\.pdf", file.get_absolute_url())
        assert file.get_absolute_url() in file.in_markdown()
        assert file.name.isprintable()
        assert "X-Evil" not in served
