"""The process that draws pictures anew: `python -m commonplace.untrusted.uploads.child`.

It answers with what it made of one, the picture and its thumbnail; or with the reason why there is none.
"""

import base64
import io
import json
import warnings
from typing import Any, Final

from PIL import AvifImagePlugin, GifImagePlugin, Image, ImageCms, ImageFile, PngImagePlugin

from commonplace.untrusted.confined.inside import serve
from commonplace.untrusted.uploads.limits import LARGEST_SIDE, MEMORY, MOST_POINTS, SECONDS, SMALL_SIDE

_SRGB: Final = ImageCms.createProfile("sRGB")
_ORIENTATION: Final = 0x0112
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip
UPRIGHT, OPAQUE = 1, 255
_LOSSLESS: Final = (PngImagePlugin.PngImageFile, GifImagePlugin.GifImageFile)
Image.MAX_IMAGE_PIXELS = MOST_POINTS
ImageFile.MAXBLOCK = 4 * LARGEST_SIDE**2  # room for a picture that cannot be made smaller
AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # each would ask for memory of its own


class _TooLarge(Exception):
    pass


def _answer(question: dict[str, Any], data: bytes) -> list[bytes]:
    try:
        return _drawn(data, question["picture"])
    except MemoryError:
        raise
    except (_TooLarge, Image.DecompressionBombError):
        return [json.dumps({"why": "points"}).encode()]
    except Exception:  # a decoder fed with anything may raise anything
        return [json.dumps({"why": "unreadable"}).encode()]


def _drawn(data: bytes, picture: str) -> list[bytes]:
    with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data), formats=[picture]) as sent:
        if sent.width * sent.height > MOST_POINTS:
            raise _TooLarge
        sent.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))
        exact = isinstance(sent, _LOSSLESS)
        whole = _upright(sent)
    small = whole.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE))
    ending = "png" if whole.mode == "RGBA" else "jpg"
    about = {"ending": ending, "width": whole.width, "height": whole.height}
    pictures = (_written(one, ending, exact) for one in (whole, small))
    return [json.dumps(about).encode(), *map(base64.b64encode, pictures)]


def _upright(sent: Image.Image) -> Image.Image:
    """As it is looked at, in the colours of all screens, with nothing beside its points."""
    sent.load()
    turn, profile = _TURNS.get(sent.getexif().get(_ORIENTATION, UPRIGHT)), sent.info.get("icc_profile")
    image = _plain(sent)
    image.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    image = _in_srgb(image, profile)
    if image.mode != "RGBA" or image.getchannel("A").getextrema()[0] == OPAQUE:
        image = image.convert("RGB")
    image = image.transpose(turn) if turn is not None else image
    image.info = {}
    return image


def _plain(sent: Image.Image) -> Image.Image:
    """In a mode that can be made smaller, and whose colours a profile can be about."""
    if sent.mode.startswith("I"):
        return sent.convert("I").point(lambda value: value / 256).convert("L")
    if ("a" in sent.mode.lower() and sent.mode != "LAB") or "transparency" in sent.info:
        return sent.convert("RGBA")
    return sent.copy() if sent.mode in ("RGB", "CMYK", "L") else sent.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """A profile that cannot be read is as none."""
    if not profile:
        return image
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        made = ImageCms.profileToProfile(image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), _SRGB, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return image
    return made or image


def _written(image: Image.Image, ending: str, exact: bool) -> bytes:
    """What was kept without loss keeps its edges of colour."""
    written = io.BytesIO()
    if ending == "png":
        image.save(written, "PNG")
    else:
        image.save(written, "JPEG", quality=85, optimize=True, subsampling=0 if exact else 2)
    return written.getvalue()


if __name__ == "__main__":
    serve(_answer, MEMORY, SECONDS)
