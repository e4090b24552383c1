"""Pictures of people, drawn anew under a name of their own."""

from __future__ import annotations

import logging
import weakref

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonplace.communities.models import Person
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.ids import new_id
from commonplace.untrusted import pictures
from commonplace.untrusted.refused import Refused

log = logging.getLogger(__name__)
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


def replaced(person: Person, picture: File[bytes] | str) -> str:
    """The new picture's name. The former file goes with the commit, the new one if it never comes to that."""
    name = _stored(person, picture) if isinstance(picture, File) else ""
    transaction.on_commit(_Leaving(person.picture.name or "", name))
    return name


def _stored(person: Person, picture: File[bytes]) -> str:
    """Under a name that no file has, whatever its own is."""
    try:
        name = default_storage.get_available_name(person.picture.field.generate_filename(person, str(picture.name)))
    except OSError as error:
        raise _not_kept() from error
    try:
        return default_storage.save(name, picture)
    except OSError as error:
        _delete(name)
        raise _not_kept() from error


def _not_kept() -> NotPossible:
    return NotPossible(
        _("The picture could not be stored; nothing has changed. Try again later, or tell the operator.")
    )


class _Leaving:
    """What a transaction forgets when it is rolled back: whoever is forgotten takes the new file along."""

    def __init__(self, former: str, new: str) -> None:
        self.former, self.undo = former, weakref.finalize(self, _delete, new)

    def __call__(self) -> None:
        self.undo.detach()
        _delete(self.former)


def _delete(name: str) -> None:
    """A file that stays for now harms nobody: no row names it."""
    try:
        if name:
            default_storage.delete(name)
    except OSError as error:
        log.warning("A picture that nobody has any more could not be deleted: %s", error)
