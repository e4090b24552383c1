"""Me: profile, picture, sessions, language, and all that is kept about me."""

import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from commonplace.communities import acts
from commonplace.communities.models import Person, RoleKind
from commonplace.ledger.errors import NotAllowed
from tests.story import Story

PROFILE = {"name": "Lea  M.", "language": "fr", "time_zone": "Europe/Brussels"}


@pytest.fixture
def lea(story: Story) -> Person:
    return story.member("Lea", unit="North")


def drawn(form: str = "PNG", size: tuple[int, int] = (600, 400), **how: Any) -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(file, form, **how)
    return SimpleUploadedFile("me.png", file.getvalue())


def test_what_i_say_of_myself(story: Story, lea: Person) -> None:
    browser, depot = story.browser(lea), story.unit("North depot")
    assert browser.post("/me/update", PROFILE | {"unit": depot.pk})["Location"] == "/me/"
    lea.refresh_from_db()
    assert (lea.name, lea.unit, lea.language, lea.time_zone) == ("Lea M.", depot, "fr", "Europe/Brussels")
    assert '<html lang="fr">' in browser.get("/me/").content.decode()


def test_a_wrong_time_zone_is_refused_kindly_and_the_rest_kept(story: Story, lea: Person) -> None:
    page = story.browser(lea).post("/me/update", {**PROFILE, "time_zone": "Mars/Olympus", "name": "Lea the Second"})
    assert page.status_code == 422
    assert "for instance Europe/Paris" in page.content.decode()
    assert "Lea the Second" in page.content.decode()


@pytest.mark.parametrize("column", ["is_operator", "email", "password", "is_active"])
def test_a_profile_is_no_way_to_rights(lea: Person, column: str) -> None:
    with pytest.raises(NotAllowed):
        acts.edit_profile(lea, lea, **{column: True})


def test_nobody_edits_another(story: Story, lea: Person) -> None:
    with pytest.raises(NotAllowed):
        acts.edit_profile(story.operator, lea, name="Changed")


def test_a_picture_is_drawn_anew_without_what_the_camera_said(story: Story, lea: Person) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera of Lea, 50.85 N 4.35 E"
    browser = story.browser(lea)
    browser.post("/me/picture", {"picture": drawn("JPEG", exif=exif)})
    lea.refresh_from_db()
    answer = browser.get(lea.picture.url)
    kept = b"".join(answer.streaming_content)  # type: ignore[arg-type]
    assert Image.open(io.BytesIO(kept)).size == (320, 320)
    assert b"Camera" not in kept
    assert answer["Content-Type"] == "image/jpeg"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert Client().get(lea.picture.url).status_code == 302, "only for whoever is signed in"


def test_a_picture_is_replaced_and_removed_with_its_file(story: Story, lea: Person) -> None:
    browser = story.browser(lea)
    addresses = []
    for _ in range(2):
        browser.post("/me/picture", {"picture": drawn()})
        lea.refresh_from_db()
        addresses.append(lea.picture.url)
    storage, names = lea.picture.storage, [address.removeprefix("/media/") for address in addresses]
    assert [storage.exists(name) for name in names] == [False, True]
    browser.post("/me/picture/remove")
    assert not storage.exists(names[1])
    assert [browser.get(address).status_code for address in addresses] == [404, 404]


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("me.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        SimpleUploadedFile("me.png", b""),
        SimpleUploadedFile("me.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40),
    ],
)
def test_what_is_no_picture_is_refused(story: Story, lea: Person, file: SimpleUploadedFile) -> None:
    assert story.browser(lea).post("/me/picture", {"picture": file}).status_code == 422
    lea.refresh_from_db()
    assert not lea.picture


def test_a_picture_too_large_to_unpack_is_refused_by_its_header(story: Story, lea: Person) -> None:
    file = io.BytesIO()
    Image.new("1", (7000, 7000)).save(file, "PNG")
    browser = story.browser(lea)
    page = browser.post("/me/picture", {"picture": SimpleUploadedFile("me.png", file.getvalue())})
    assert page.status_code == 422
    assert "more than 40 million points" in page.content.decode()
    heavy = browser.post("/me/picture", {"picture": SimpleUploadedFile("me.jpg", b"\xff" * (5 * 2**20 + 1))})
    assert "larger than 5 MB" in heavy.content.decode()


@pytest.mark.parametrize("name", ["..%2fsecret.key", "nothing.jpg"])
def test_nothing_else_is_served_from_there(story: Story, lea: Person, name: str) -> None:
    assert story.browser(lea).get(f"/media/pictures/{name}").status_code == 404


def signed_in(person: Person) -> Client:
    browser = Client()
    browser.post("/account/login/", {"login": person.email, "password": "rain on the roof"})
    return browser


def test_sessions_are_listed_and_ended(lea: Person) -> None:
    lea.set_password("rain on the roof")
    lea.save()
    here, there, third = (signed_in(lea) for _ in range(3))
    page = here.get("/me/").content.decode()
    assert page.count("127.0.0.1 ·") == 3
    ends = [part.split('"')[0] for part in page.split('action="/me/sessions/')[1:]]
    here.post(f"/me/sessions/{ends[0]}")
    assert sorted(browser.get("/me/").status_code for browser in (there, third)) == [200, 302]
    here.post("/me/sessions/end-others")
    assert [browser.get("/me/").status_code for browser in (here, there, third)] == [200, 302, 302]


def test_nobody_ends_the_session_of_another(story: Story, lea: Person) -> None:
    lea.set_password("rain on the roof")
    lea.save()
    browser = signed_in(lea)
    pk = lea.usersession_set.get().pk
    story.browser(story.operator).post(f"/me/sessions/{pk}/end")
    story.browser(story.operator).post("/me/sessions/not-a-number/end")
    assert browser.get("/me/").status_code == 200


def test_my_communities_are_left_from_here(story: Story, lea: Person) -> None:
    page = story.browser(lea).get("/me/").content.decode()
    assert "Leave Pump crews" in page
    assert 'action="/c/pump-crews/membership/end"' in page


def test_my_data_is_all_mine_and_nobody_elses(story: Story, lea: Person) -> None:
    omar = story.member("Omar Haddad")
    exchange = story.ask(lea, title="My question", body="My words")
    story.respond(omar, exchange, body="Words of Omar")
    story.browser(lea).post(
        f"/c/pump-crews/exchanges/{exchange.pk}/update",
        {"title": "My question", "body": "Better words", "seen": exchange.fingerprint},
    )
    acts.grant_role(story.facilitator, story.community, person=lea, kind=RoleKind.FACILITATOR)
    acts.grant_role(lea, story.community, person=omar, kind=RoleKind.STEWARD)
    acts.issue_sign_in_link(story.operator, lea, secret="sesame")
    answer = story.browser(lea).get("/me/data")
    text, data = answer.content.decode(), json.loads(answer.content)
    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert data["communities.Person"][0]["email"] == "lea@example.org"
    assert [row["body"] for row in data["externalizing.Exchange"]] == ["Better words"]
    assert [row["body"] for row in data["externalizing.Revision"]] == ["My words"], "what hangs on my text is mine"
    assert "exchange.opened" in [row["verb"] for row in data["ledger.Act"]]
    assert any(row.get("granted_by") == lea.pk and "person" not in row for row in data["communities.Role"])
    assert data["communities.SignInLink"][0]["issued_by"] == "another person"
    for secret in ("Words of Omar", omar.pk, omar.name, story.operator.pk, lea.password, "session_key", "digest"):
        assert secret not in text


def test_the_language_of_the_footer_is_kept_with_me(story: Story, lea: Person) -> None:
    story.browser(lea).post("/i18n/language/", {"language": "fr", "next": "/me/"})
    lea.refresh_from_db()
    assert lea.language == "fr"
    story.browser(lea).post("/i18n/language/", {"language": "xx"})
    lea.refresh_from_db()
    assert lea.language == "fr"


def test_a_guest_chooses_a_language_too(story: Story) -> None:
    browser = Client()
    chosen = browser.post("/i18n/language/", {"language": "fr", "next": "/account/login/"})
    assert chosen["Location"] == "/account/login/"
    assert '<html lang="fr">' in browser.get("/account/login/").content.decode()
