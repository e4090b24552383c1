"""A file comes in: known by its content, a picture drawn anew; it is its sender's alone until a text names it."""

from __future__ import annotations

import logging
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from commonplace.communities.models import Community, Person
from commonplace.files import limits
from commonplace.files.models import File
from commonplace.files.naming import called
from commonplace.files.pen import alone
from commonplace.files.storing import Laid
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.untrusted.uploads import NotTaken, Taken, taken
from commonplace.untrusted.uploads.limits import LARGEST_DOCUMENT, MB

log = logging.getLogger(__name__)


def receive(person: Person, upload: UploadedFile[Any]) -> File:
    """Raises NotAllowed for who is no member of anything, before it is looked at; NotPossible, with a sentence, for
    what is not taken, or has no room. Then nothing is left of it."""
    must_belong(person)
    one, name = _taken(upload), str(upload.name or "")
    try:
        with Laid(one.data, one.small) as laid, alone():
            limits.must_have_room(person, laid.digest, len(one.data))
            laid.keep()
            return File.objects.create(
                owner=person, name=called(name, one.ending), kind=one.kind, media_type=one.media_type,
                digest=laid.digest, size=len(one.data), width=one.width, height=one.height,
            )  # fmt: skip
    except OSError as error:
        log.warning("A file could not be stored: %s", error.strerror)
        raise NotPossible(
            _("The file could not be stored; nothing has changed. Try again later, or tell the operator.")
        ) from error


def must_belong(person: Person) -> None:
    if not Community.objects.shared_by(person).exists():
        raise NotAllowed


def _taken(upload: UploadedFile[Any]) -> Taken:
    try:
        if (upload.size or 0) > LARGEST_DOCUMENT:
            raise NotTaken("too_large", most=LARGEST_DOCUMENT // MB)
        return taken(upload.read(), str(upload.name or ""))
    except NotTaken as why:
        raise NotPossible(why.sentence) from why
