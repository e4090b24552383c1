"""Once a day: what no text names is thrown away in time, and bytes go with the last row that names them."""

import logging
from collections.abc import Iterable
from datetime import time, timedelta
from pathlib import Path
from typing import Final

from django.apps import apps
from django.db import transaction
from django.db.models import Exists, OuterRef

from commonplace.files import storing
from commonplace.files.models import File, Held, HeldQuerySet
from commonplace.files.pen import alone
from commonplace.ledger import clock
from commonplace.ledger.jobs import daily, job
from commonplace.ledger.scope import everywhere

EARLY: Final = time(3, 30)
UNNAMED: Final = timedelta(days=7)
ON_ITS_WAY: Final = timedelta(days=1)
AT_ONCE: Final = 500
WHY: Final = "what no text names, and no row"
log = logging.getLogger(__name__)


@job("files.tidied", long=True, when=daily(EARLY))
def tidy() -> None:
    forget_texts_that_are_gone()
    while forget_unnamed():
        pass
    for folder in storing.folders():
        remove_unfinished(folder)
        for digest in sorted(storing.digests(folder) - _known(folder)):
            remove_if_nobody_names(digest)


def forget_texts_that_are_gone() -> None:
    labels = Held.objects.everywhere(WHY).order_by("holder").values_list("holder", flat=True).distinct()
    for label in list(labels):
        try:
            rows = everywhere(apps.get_model(label), WHY)
        except LookupError:
            log.warning("Nobody here knows %s, whose texts name files; they are left as they are.", label)
        else:
            gone = ~Exists(rows.filter(pk=OuterRef("of")))
            while _let_go(Held.objects.filter(gone, holder=label)):
                pass


def _let_go(held: HeldQuerySet) -> int:
    """Some of them; how many there were."""
    some = list(held.everywhere(WHY).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    with transaction.atomic():
        Held.objects.filter(pk__in=some).let_go(WHY)
    return len(some)


def forget_unnamed() -> int:
    """Some of them, held while it is seen that no text has come that names them; how many there were."""
    named = Exists(Held.objects.filter(file=OuterRef("pk")).everywhere(WHY))
    with transaction.atomic():
        old = File.objects.filter(~named, unnamed_since__lt=clock.now() - UNNAMED).everywhere(WHY).order_by("pk")
        held = list(old.select_for_update(of=("self",)).values_list("pk", flat=True)[:AT_ONCE])
        File.objects.filter(~named, pk__in=held).everywhere(WHY).delete()
    return len(held)


def remove_if_nobody_names(digest: str) -> None:
    """Whoever is just sending the same bytes has put both them and a row there, or will do so after us."""
    with alone():
        if not File.objects.filter(digest=digest).everywhere(WHY).exists():
            _removed(digest)


def remove_unfinished(folder: Path) -> None:
    """What a process left that was ended while it wrote."""
    for part in storing.parts(folder):
        try:
            if part.stat().st_mtime < (clock.wall() - ON_ITS_WAY).timestamp():
                part.unlink()
        except OSError as error:
            log.warning("A file that never came whole could not be deleted: %s", error.strerror)


def missing() -> list[str]:
    """The digests of files whose bytes are not where they were put, or not whole."""
    rows = File.objects.everywhere(WHY).order_by("digest").values_list("digest", "size").distinct()
    return [digest for digest, size in rows.iterator() if storing.size(digest) != size]


def _known(folder: Path) -> set[str]:
    rows: Iterable[str] = (
        File.objects.filter(digest__startswith=folder.name).everywhere(WHY).values_list("digest", flat=True)
    )
    return set(rows)


def _removed(digest: str) -> None:
    """What stays for now harms nobody: no row names it."""
    try:
        storing.remove(digest)
    except OSError as error:
        log.warning("A file that nobody has any more could not be deleted: %s", error.strerror)
