"""What comes in: known by its content, drawn anew, called by what can be seen of its name, as much as each may send."""

import errno
import io
import os
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from commonplace.communities.models import Person
from commonplace.files import limits, naming, storing
from commonplace.files.models import File
from commonplace.ledger import clock
from commonplace.ledger.errors import NotPossible
from commonplace.untrusted.uploads import drawing
from commonplace.untrusted.uploads.limits import AT_ONCE
from tests.files.sent import PDF, docx, odt, picture, sent, stored
from tests.story import Story


def kept(file: File) -> Image.Image:
    return Image.open(io.BytesIO(storing.opened(file.digest).read()))


def test_each_kind_is_known_by_its_content(lea: Person) -> None:
    for data, name, kind in [
        (PDF, "plan.pdf", "pdf"), (PDF, "plan.exe", "pdf"), (b"words", "notes", "text"), (docx(), "a.docx", "office"),
        (odt(), "a.odt", "office"), (picture(), "a.pdf", "picture"), (picture("PNG"), "a", "picture"),
        (picture("GIF", mode="P"), "a.gif", "picture"), (picture("WEBP"), "a.webp", "picture"),
        (picture("AVIF"), "a.avif", "picture"), ("\ufeffÄ,b\r\n1,2".encode(), "t.csv", "text"),
    ]:  # fmt: skip
        assert sent(lea, data, name).kind == kind


def test_a_picture_turns_as_its_camera_was_held(lea: Person) -> None:
    """Wide as it was stored, high as it is looked at."""
    exif = Image.Exif()
    exif[0x0112] = 6
    file = sent(lea, picture(size=(60, 40), exif=exif))
    assert (file.width, file.height) == (40, 60)
    assert kept(file).size == (40, 60)


def test_colours_of_another_space_look_as_they_did(lea: Person) -> None:
    """A profile that swaps nothing changes nothing; what it says is written into the points."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    file = sent(lea, picture(icc_profile=profile))
    image = kept(file)
    assert "icc_profile" not in image.info
    red, green, blue = image.getpixel((3, 3))  # type: ignore[misc]
    assert abs(red - 200) < 5 > abs(green - 30)
    assert abs(blue - 30) < 5


def test_what_can_be_seen_through_stays_so(lea: Person) -> None:
    file = sent(lea, picture("PNG", mode="RGBA"), "a.png")
    assert (file.media_type, file.name) == ("image/png", "a.png")
    assert kept(file).getpixel((1, 1)) == (200, 30, 30, 128)
    solid = Image.new("RGBA", (9, 9), (1, 2, 3, 255))
    data = io.BytesIO()
    solid.save(data, "PNG")
    assert sent(lea, data.getvalue(), "a.png").name == "a.jpg"


@pytest.mark.parametrize(
    ("mode", "form"),
    [("1", "PNG"), ("L", "PNG"), ("LA", "PNG"), ("P", "PNG"), ("I;16", "PNG"), ("CMYK", "JPEG"), ("L", "JPEG")],
)
def test_pictures_of_every_mode_are_drawn(lea: Person, mode: str, form: str) -> None:
    data = io.BytesIO()
    Image.new(mode, (30, 20)).save(data, form)
    assert kept(sent(lea, data.getvalue())).size == (30, 20)


def test_of_a_picture_that_moves_the_first_is_kept(lea: Person) -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    data = io.BytesIO()
    frames[0].save(data, "GIF", save_all=True, append_images=frames[1:])
    image = kept(sent(lea, data.getvalue()))
    red, _, blue = image.getpixel((5, 5))  # type: ignore[misc]
    assert red > 200 > 50 > blue
    assert getattr(image, "n_frames", 1) == 1


def test_of_what_was_sent_with_a_picture_nothing_stays(lea: Person) -> None:
    canary, exif, text = "CANARY-4711", Image.Exif(), PngImagePlugin.PngInfo()
    exif[0x010E] = exif[0x013B] = exif[0x8298] = canary
    text.add_text("Comment", canary)
    text.add_itxt("XML:com.adobe.xmp", f"<x>{canary}</x>")
    for data in (
        picture(exif=exif, comment=canary.encode()) + canary.encode(),
        picture("PNG", pnginfo=text, exif=exif),
        picture("PNG", mode="RGBA", pnginfo=text),
        picture("WEBP", exif=exif, xmp=canary.encode()),
        picture("GIF", mode="P", comment=canary.encode()),
        picture("AVIF", exif=exif, xmp=canary.encode()),
    ):
        assert canary.encode() in data
        file = sent(lea, data)
        for small in (False, True):
            content = storing.opened(file.digest, small).read()
            assert canary.encode() not in content
            assert not set(Image.open(io.BytesIO(content)).info) & {"exif", "xmp", "comment", "icc_profile", "Comment"}


@pytest.mark.parametrize(
    ("name", "ending", "called"),
    [
        ("seal.JPEG", "jpg", "seal.jpg"),
        ("../../etc/passwd", "txt", "passwd.txt"),
        ("C:\\Users\\lea\\plan.pdf", "pdf", "plan.pdf"),
        ("a\r\nSet-Cookie: x.txt", "txt", "a Set-Cookie: x.txt"),
        ("gpj.\u202eexe", "jpg", "gpj.jpg"),
        ("run.sh", "txt", "run.txt"),
        ("page.svg.png", "jpg", "page.svg.jpg"),
        ("notes.md", "txt", "notes.md"),
        ("", "pdf", "file.pdf"),
        ("...", "pdf", "file.pdf"),
        (".htaccess", "txt", "htaccess.txt"),
        ("x" * 500 + ".pdf", "pdf", "x" * 116 + ".pdf"),
        ("Übung 3.odt", "odt", "Übung 3.odt"),
    ],
)
def test_a_name_is_what_can_be_seen_of_it_and_ends_as_its_kind(name: str, ending: str, called: str) -> None:
    assert naming.called(name, ending) == called


def test_two_of_one_name_are_two(lea: Person) -> None:
    one, other = sent(lea), sent(lea, picture(size=(10, 10)))
    assert one.name == other.name
    assert one.get_absolute_url() != other.get_absolute_url()


def refused(person: Person, data: bytes = PDF, name: str = "a.pdf") -> str:
    with pytest.raises(NotPossible) as reason:
        sent(person, data, name)
    return str(reason.value)


def test_so_many_a_day_and_tomorrow_again(story: Story, lea: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_FILES", 2)
    sent(lea, PDF)
    sent(lea, PDF)
    assert refused(lea).startswith("You have sent 2 files or 300 MB within a day")
    sent(story.member("Tom"), PDF)
    with clock.at(clock.now() + timedelta(days=1, seconds=1)):
        sent(lea, PDF)


def test_so_much_a_day(lea: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_MEGABYTES", 1)
    sent(lea, b"a" * (600 << 10), "a.txt")
    assert "which is the most" in refused(lea, b"b" * (600 << 10), "b.txt")
    assert len(stored()) == 1


def test_the_operators_room_is_not_exceeded(lea: Person, settings: Any) -> None:
    first = sent(lea, PDF)
    settings.FILES_GB = 0
    assert refused(lea, PDF + b"\n").startswith("There is no room for further files here.")
    assert sent(lea, PDF).digest == first.digest, "what is here takes no more"
    assert len(stored()) == 1


@pytest.mark.parametrize("where", ["fsync", "replace"])
def test_a_full_disk_leaves_nothing_and_says_so(lea: Person, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, where, full)
    assert refused(lea).startswith("The file could not be stored; nothing has changed.")
    assert stored() == []
    assert not File.objects.everywhere("test").exists()


def test_too_many_pictures_at_once_wait_and_are_told(lea: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "PATIENCE", 0)
    for _ in range(AT_ONCE):
        assert drawing._drawn_now.acquire(timeout=0)
    try:
        assert refused(lea, picture()).startswith("Many pictures are being sent just now.")
    finally:
        drawing._drawn_now.release(AT_ONCE)
    sent(lea)
