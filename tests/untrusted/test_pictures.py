"""A picture that somebody sends is drawn anew: what comes out is ours, square, small and says nothing of its past."""

import io

import pytest
from PIL import Image

from commonplace.untrusted import pictures
from commonplace.untrusted.pictures import SIDE, redrawn
from commonplace.untrusted.refused import Refused


def _sent(image: Image.Image, form: str = "PNG", **more: object) -> io.BytesIO:
    file = io.BytesIO()
    image.save(file, form, **more)
    file.seek(0)
    return file


def _drawn(file: io.BytesIO) -> Image.Image:
    return Image.open(io.BytesIO(redrawn(file)))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("size", [(SIDE, SIDE), (3_000, 20), (7, 900)])
def test_whatever_was_sent_it_becomes_a_small_square_jpeg(form: str, size: tuple[int, int]) -> None:
    drawn = _drawn(_sent(Image.new("RGB", size, (200, 30, 30)), form))
    assert (drawn.format, drawn.size) == ("JPEG", (SIDE, SIDE))
    red, green, blue = drawn.convert("RGB").getpixel((SIDE // 2, SIDE // 2))  # type: ignore[misc]
    assert red > 180
    assert max(green, blue) < 60


def test_what_is_transparent_becomes_white_paper() -> None:
    drawn = _drawn(_sent(Image.new("RGBA", (40, 40), (0, 0, 0, 0))))
    assert drawn.getpixel((SIDE // 2, SIDE // 2)) == (255, 255, 255)


def test_nothing_is_left_of_camera_and_place_and_it_stands_upright() -> None:
    image = Image.new("RGB", (40, 40), (255, 255, 255))
    image.paste((0, 0, 0), (0, 0, 40, 20))
    exif = image.getexif()
    exif[0x0112], exif[0x010F] = 6, "A camera"  # turned to the right; who made it
    drawn = _drawn(_sent(image, "JPEG", exif=exif))
    assert not drawn.getexif()
    assert b"A camera" not in redrawn(_sent(image, "JPEG", exif=exif))
    left, right = (drawn.convert("L").getpixel((x, SIDE // 2)) for x in (SIDE // 4, 3 * SIDE // 4))
    assert left > 200 > 50 > right  # type: ignore[operator]


@pytest.mark.parametrize("wrong", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_what_is_no_picture_is_refused_with_advice(wrong: bytes) -> None:
    with pytest.raises(Refused, match="JPEG, PNG, WebP and GIF work"):
        redrawn(io.BytesIO(wrong))


def test_other_formats_are_not_even_decoded() -> None:
    with pytest.raises(Refused, match="could not be read"):
        redrawn(_sent(Image.new("RGB", (40, 40)), "TIFF"))


def test_a_large_one_is_made_small_before_anything_else_is_done_with_it() -> None:
    for size in ((5_000, 3_000), (3_000, 5_000)):
        assert max(pictures._decoded(_sent(Image.new("RGB", size), "JPEG")).size) <= 4 * SIDE


def test_too_many_points_are_refused_before_they_are_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1_600)
    assert redrawn(_sent(Image.new("RGB", (40, 40))))
    monkeypatch.setattr(Image.Image, "thumbnail", lambda *_: pytest.fail("it was unpacked"))
    with pytest.raises(Refused, match="more than 40 million points"):
        redrawn(_sent(Image.new("RGB", (40, 41))))
