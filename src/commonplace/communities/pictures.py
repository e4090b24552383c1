"""Pictures of people: decoded once, cut square, written anew. What the file said of camera and place is gone."""

from __future__ import annotations

import io

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from commonplace.ledger.errors import NotPossible
from commonplace.ledger.ids import new_id

MOST_BYTES, MOST_PIXELS, SIDE = 5 * 2**20, 40_000_000, 320
FORMATS = ["JPEG", "PNG", "WEBP", "GIF"]
PAPER = (255, 255, 255)


def redrawn(file: File[bytes]) -> ContentFile[bytes]:
    """A small JPEG with a name of its own; NotPossible, with a sentence, for what is no picture or too large."""
    if (file.size or 0) > MOST_BYTES:
        raise NotPossible(_("The picture is larger than 5 MB. Choose a smaller one."))
    written = io.BytesIO()
    _square(_decoded(file)).save(written, "JPEG", quality=88)
    return ContentFile(written.getvalue(), name=f"{new_id()}.jpg")


def _decoded(file: File[bytes]) -> Image.Image:
    try:
        image = Image.open(file, formats=FORMATS)
        _refuse_a_bomb(image)
        image.thumbnail((4 * SIDE, 4 * SIDE))
        return ImageOps.exif_transpose(image).convert("RGBA")
    except NotPossible:
        raise
    except Exception as broken:  # a decoder fed with anything may raise anything
        raise NotPossible(_("This file could not be read as a picture. JPEG, PNG, WebP and GIF work.")) from broken


def _refuse_a_bomb(image: Image.Image) -> None:
    """By the size its header tells, before anything is unpacked."""
    if image.width * image.height > MOST_PIXELS:
        raise NotPossible(_("The picture has more than 40 million points. Choose a smaller one."))


def _square(image: Image.Image) -> Image.Image:
    small = ImageOps.fit(image, (SIDE, SIDE))
    paper = Image.new("RGB", small.size, PAPER)
    paper.paste(small, mask=small.getchannel("A"))
    return paper
