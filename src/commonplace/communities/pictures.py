"""Pictures of people, drawn anew under a name of their own."""

from __future__ import annotations

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonplace.ledger.errors import NotPossible
from commonplace.ledger.ids import new_id
from commonplace.untrusted import pictures
from commonplace.untrusted.refused import Refused

MOST_BYTES = 5 * 2**20
REFUSALS = (
    gettext_lazy("This file could not be read as a picture. JPEG, PNG, WebP and GIF work."),
    gettext_lazy("The picture has more than 40 million points. Choose a smaller one."),
)


def redrawn(file: File[bytes]) -> ContentFile[bytes]:
    """A small JPEG; NotPossible, with a sentence, for what is no picture or too large."""
    if (file.size or 0) > MOST_BYTES:
        raise NotPossible(_("The picture is larger than 5 MB. Choose a smaller one."))
    try:
        return ContentFile(pictures.redrawn(file), name=f"{new_id()}.jpg")
    except Refused as refusal:
        raise NotPossible(_(str(refusal))) from refusal
