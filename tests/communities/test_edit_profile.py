"""What people say of themselves: a profile and nothing else; another unit is recorded in each of their communities."""

import errno
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, transaction
from django.test import Client
from PIL import Image

from commonplace.communities import acts
from commonplace.communities.models import Person
from commonplace.communities.pictures import redrawn
from commonplace.ledger import act
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.models import Act
from tests.communities.recorded import evidence_of, last, verbs
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
    assert depot
    assert browser.post("/me/update", PROFILE | {"unit": depot.pk})["Location"] == "/me/"
    lea.refresh_from_db()
    assert (lea.name, lea.unit, lea.language, lea.time_zone) == ("Lea M.", depot, "fr", "Europe/Brussels")
    assert '<html lang="fr">' in browser.get("/me/").content.decode()
    assert last("person.profile_edited").evidence == {}


def test_a_unit_is_chosen_and_never_typed(story: Story, lea: Person) -> None:
    page = story.browser(lea).get("/me/").content.decode()
    assert f'<option value="{lea.unit_id}" selected>North</option>' in page
    refused = story.browser(lea).post("/me/update", PROFILE | {"unit": "Somewhere"})
    assert refused.status_code == 422
    assert "Choose a unit from the list." in refused.content.decode()


def test_another_unit_is_recorded_in_each_community(story: Story, lea: Person) -> None:
    other, south, before = story.found("valves", "Valves", by=lea), story.unit("South"), lea.unit_id
    assert south
    acts.edit_profile(lea, lea, unit=south)
    changed = Act.objects.everywhere("test").filter(verb="member.unit_changed")
    assert {act.community for act in changed} == {story.community.pk, other.pk}
    assert {(act.actor, act.unit_id) for act in changed} == {(lea.pk, before)}
    evidence = evidence_of("member.unit_changed")
    assert (evidence.person_unit, evidence.unit_before) == (south.pk, before)
    acts.edit_profile(lea, lea, unit=None)
    assert evidence_of("member.unit_changed").person_unit == ""


def test_the_same_unit_is_no_change(story: Story, lea: Person) -> None:
    story.browser(lea).post("/me/update", PROFILE | {"unit": lea.unit_id})
    assert "member.unit_changed" not in verbs()


def test_a_unit_that_was_merged_is_not_chosen(story: Story, lea: Person) -> None:
    west, south = story.unit("West"), story.unit("South")
    assert west
    assert south
    acts.merge_unit(story.operator, west, into=south)
    with pytest.raises(NotPossible, match="merged into South"):
        acts.edit_profile(lea, lea, unit=west)


@pytest.mark.parametrize("changed", [{"time_zone": "Mars/Olympus"}, {"language": "tlh"}])
def test_the_act_knows_zones_and_languages_whatever_the_form_says(lea: Person, changed: dict[str, str]) -> None:
    with pytest.raises(NotPossible, match="Choose") as refused:
        acts.edit_profile(lea, lea, **changed)
    assert refused.value.about in changed


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


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def pictures(media: Path) -> list[str]:
    return sorted(f"pictures/{file.name}" for file in media.rglob("*.jpg"))


def test_an_act_that_is_undone_leaves_no_picture_and_takes_none(lea: Person, media: Path) -> None:
    acts.edit_profile(lea, lea, picture=redrawn(drawn()))
    lea.refresh_from_db()
    with transaction.atomic():
        acts.edit_profile(lea, lea, picture=redrawn(drawn()))
        transaction.set_rollback(True)
    assert pictures(media) == [lea.picture.name]


def test_an_act_that_fails_or_is_tried_again_leaves_one_picture(
    lea: Person, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, recorded, tries = redrawn(drawn()), act.record, list[str]()

    def fail_first(*row: Any) -> None:
        tries.append("record")
        if len(tries) == 1:
            raise OperationalError("lost")
        recorded(*row)

    monkeypatch.setattr(act, "record", fail_first)
    with pytest.raises(OperationalError):
        acts.edit_profile(lea, lea, picture=kept)
    assert pictures(media) == []
    acts.edit_profile(lea, lea, picture=kept)
    lea.refresh_from_db()
    assert pictures(media) == [lea.picture.name]


def full(*_: Any, **__: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_where_no_picture_can_be_stored_the_one_before_stays(
    story: Story, lea: Person, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts.edit_profile(lea, lea, picture=redrawn(drawn()))
    lea.refresh_from_db()
    kept = lea.picture.name
    monkeypatch.setattr("django.core.files.storage.filesystem.locks.lock", full)
    page = story.browser(lea).post("/me/picture", {"picture": drawn()})
    assert page.status_code == 422
    assert "nothing has changed" in page.content.decode()
    lea.refresh_from_db()
    assert pictures(media) == [lea.picture.name] == [kept], "half a file is none"


def test_a_former_picture_that_cannot_be_deleted_is_in_nobodys_way(
    story: Story, lea: Person, media: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    acts.edit_profile(lea, lea, picture=redrawn(drawn()))
    monkeypatch.setattr("django.core.files.storage.filesystem.os.remove", full)
    assert story.browser(lea).post("/me/picture", {"picture": drawn()}).status_code == 302
    lea.refresh_from_db()
    assert lea.picture.name in pictures(media)
    assert len(pictures(media)) == 2
    assert "could not be deleted" in caplog.text


def test_a_name_that_is_taken_shows_nobody_elses_picture(story: Story, lea: Person, media: Path) -> None:
    omar, picture = story.member("Omar"), redrawn(drawn())
    acts.edit_profile(omar, omar, picture=picture)
    acts.edit_profile(lea, lea, picture=picture)
    for person in (lea, omar):
        person.refresh_from_db()
    assert pictures(media) == sorted([lea.picture.name, omar.picture.name])
    assert lea.picture.name != omar.picture.name


def test_an_act_that_is_carried_out_twice_leaves_one_picture(
    lea: Person, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[list[str]] = []

    def again(work: Callable[[], Person]) -> Person:
        with transaction.atomic():
            work()
            tried.append(pictures(media))
            transaction.set_rollback(True)
        tried.append(pictures(media))
        return work()

    monkeypatch.setattr(act, "tried_again", again)
    acts.edit_profile(lea, lea, picture=redrawn(drawn()))
    lea.refresh_from_db()
    assert tried == [[lea.picture.name], []], "written with the act, gone with it"
    assert pictures(media) == [lea.picture.name]
