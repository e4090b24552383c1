"""Pictures that people send: decoded once, cut square, written anew. What the file said of camera and place is gone."""

import io
from typing import IO

from PIL import Image, ImageOps

from commonplace.untrusted.refused import Refused

MOST_PIXELS, SIDE = 40_000_000, 320
FORMATS = ["JPEG", "PNG", "WEBP", "GIF"]
PAPER = (255, 255, 255)
UNREADABLE = "This file could not be read as a picture. JPEG, PNG, WebP and GIF work."
TOO_MANY_POINTS = "The picture has more than 40 million points. Choose a smaller one."


def redrawn(file: IO[bytes]) -> bytes:
    """A small square JPEG; Refused for what is no picture, or too large."""
    written = io.BytesIO()
    _square(_decoded(file)).save(written, "JPEG", quality=88)
    return written.getvalue()


def _decoded(file: IO[bytes]) -> Image.Image:
    try:
        image: Image.Image = Image.open(file, formats=FORMATS)
        _refuse_a_bomb(image)
        image.thumbnail((4 * SIDE, 4 * SIDE))
        return ImageOps.exif_transpose(image).convert("RGBA")
    except Refused:
        raise
    except Exception as broken:  # a decoder fed with anything may raise anything
        raise Refused(UNREADABLE) from broken


def _refuse_a_bomb(image: Image.Image) -> None:
    """By the size its header tells, before anything is unpacked."""
    if image.width * image.height > MOST_PIXELS:
        raise Refused(TOO_MANY_POINTS)


def _square(image: Image.Image) -> Image.Image:
    small = ImageOps.fit(image, (SIDE, SIDE))
    paper = Image.new("RGB", small.size, PAPER)
    paper.paste(small, mask=small.getchannel("A"))
    return paper
