"""Why a file is not taken, and what to do about it."""

from typing import Final

from django.utils.translation import gettext_lazy as _

SENTENCES: Final = {
    "empty": _("This file is empty. Is it the file that you meant?"),
    "too_large": _("This file is larger than %(most)s MB. Make it smaller, or put it where you keep such and link it."),
    "kind": _(
        "Files of this kind are not taken. Pictures (JPEG, PNG, WebP, GIF, AVIF), PDF, texts and office documents "
        "(DOCX, XLSX, PPTX, ODT, ODS, ODP) are."
    ),
    "heic": _(
        "HEIC pictures are not taken, as few browsers show them. Send it as JPEG: a phone offers that under “most "
        "compatible”, or when the picture is shared."
    ),
    "drawing": _("SVG drawings are not taken, as they can run programs. Save it as PNG, and send that."),
    "page": _("Web pages and XML are not taken. Save it as PDF or as plain text, and send that."),
    "sound": _("Sound and film are not taken. Put it where you keep such, and link it in the text."),
    "packed": _("Packed files are not taken. Unpack it, and send the files in it that are meant."),
    "not_as_named": _("This file is not what its name says. Open it, save it anew, and send it again."),
    "encoding": _("The letters of this text cannot be told for sure. Save it as UTF-8, and send it again."),
    "points": _("The picture has more than 40 million points. Choose a smaller one."),
    "unreadable": _("This file is damaged or not built as its kind is. Open it, save it anew, and send it again."),
    "macros": _("This document holds macros. Save it without them, and send it again."),
    "locked": _("This document is of an old kind, or locked with a password. Save it anew without, and send it again."),
    "too_much": _("This picture asks for more memory or time than a picture may. Save it smaller, and send it again."),
    "busy": _("Many pictures are being sent just now. Try again in a minute."),
}


class NotTaken(Exception):
    def __init__(self, why: str, **values: int) -> None:
        super().__init__(why)
        self.why, self.values = why, values

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.why]) % self.values
