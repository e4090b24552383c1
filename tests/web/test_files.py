"""A file has a name of its own for each content, is kept for a year, and is found without anybody collecting it."""

import gzip
import re
from hashlib import sha256
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.test import Client

from commonplace.web import files
from tests.shape.source import PACKAGE
from tests.story import Story

SHEET = "web/layout.css"
NOWHERE = [
    "",
    "web",
    "web/",
    "none.css",
    "../settings.py",
    "%2e%2e/settings.py",
    "%00",
    "a.0123456789ab.css",
    "/etc/passwd",
]


def content(name: str) -> bytes:
    return Path(str(finders.find(name))).read_bytes()


def test_a_name_holds_the_digest_of_the_content(client: Client) -> None:
    path = static(SHEET)
    assert path == f"/static/web/layout.{sha256(content(SHEET)).hexdigest()[:12]}.css"
    answer = client.get(path)
    assert (answer.status_code, answer.content) == (200, content(SHEET))
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Content-Type"] == "text/css; charset=utf-8"


def test_it_is_sent_compressed_to_whoever_takes_that(client: Client) -> None:
    answer = client.get(static(SHEET), headers={"accept-encoding": "gzip, br"})
    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content) == content(SHEET)
    assert "Accept-Encoding" in answer["Vary"]
    assert answer["ETag"] != client.get(static(SHEET))["ETag"]


@pytest.mark.parametrize("name", [SHEET, "web/layout.0123456789ab.css"])
def test_a_name_without_a_digest_or_of_another_version_is_what_is_here_now(client: Client, name: str) -> None:
    answer = client.get(f"/static/{name}")
    assert (answer.content, answer["Cache-Control"]) == (content(SHEET), "no-cache")
    again = client.get(f"/static/{name}", headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.django_db
@pytest.mark.parametrize("path", NOWHERE)
def test_nothing_else_is_found(client: Client, path: str) -> None:
    assert client.get(f"/static/{path}").status_code in (302, 404)


@pytest.mark.parametrize("path", ["/etc/passwd", "../settings.py", "web/../../settings.py"])
def test_who_looks_for_files_of_the_machine_is_told_that_there_are_none(
    story: Story, client: Client, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert client.get(f"/static/{path}").status_code == 404
    assert not [record for record in caplog.records if record.exc_info or record.levelname == "ERROR"]


def test_who_works_on_a_sheet_sees_the_change_at_once(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: object
) -> None:
    sheet = tmp_path / "sheet.css"
    monkeypatch.setattr(files.finders, "find", lambda name: str(sheet))
    monkeypatch.setattr(files.settings, "DEBUG", True)
    for text in ("a {}", "b {}"):
        sheet.write_text(text)
        assert client.get(static("web/sheet.css")).content.decode() == text


def test_what_our_sheets_name_has_its_digest(client: Client) -> None:
    sheets = [path for path in PACKAGE.rglob("*.css") if "static" in path.parts]
    assert len(sheets) > 5
    sent = "".join(client.get(static(str(path).rpartition("/static/")[2])).content.decode() for path in sheets)
    named = re.findall(r"(?:url\(|@import )\"?([^\")]+)", sent)
    assert len(named) == 2
    for path in named:
        answer = client.get(path)
        assert (answer.status_code, answer["Content-Type"]) == (200, "font/ttf")
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"


def test_the_serif_comes_with_the_installation_and_small(story: Story, client: Client) -> None:
    """It is asked for with the page, under the name that the sheet has for it."""
    page = client.get("/account/login/").content.decode()
    asked = re.findall(r'rel="preload" href="([^"]+)" as="font"', page)
    assert asked == [static("fonts/Lora[wght].ttf")]
    assert asked[0] in client.get(static("web/fonts.css")).content.decode()
    packed = client.get(asked[0], headers={"accept-encoding": "gzip"}).content
    assert len(packed) < 120_000
