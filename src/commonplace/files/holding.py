"""Which files a text names: whoever may read it may open them, if whoever wrote it may."""

from collections.abc import Collection, Iterable
from typing import Final

from django.db import models
from django.utils.translation import gettext as _

from commonplace.communities.models import Community, Person
from commonplace.files.models import File, Held, HeldQuerySet
from commonplace.ledger.errors import NotPossible
from commonplace.untrusted.markdown import files_in

MOST: Final = 40
WHY: Final = "which files a text names, beside the text itself"


def must_name_few(*texts: str) -> None:
    if len(_named(texts)) > MOST:
        raise NotPossible(_("At most %(most)s pictures and files in one text.") % {"most": MOST})


def hold(
    row: models.Model,
    community: Community,
    by: Person,
    texts: Iterable[str],
    was: Iterable[str] = (),
    of: models.Model | None = None,
    anew: bool = True,
) -> None:
    """In the act that writes the row: it names exactly the files in `texts` that it may.

    `was`: the texts that these were made from, of the row `of`, or of itself. What stood there is named on only if it
    was held there: nobody lends their own rights to an address that somebody else wrote. What is named `anew` is what
    `by` may use.
    """
    named, before = _named(texts), set(_named(was))
    allowed = _held(of or row, [one for one in named if one in before])
    allowed |= _usable(by, [one for one in named if one not in before]) if anew else set()
    if before and of is None:
        _of(row).exclude(file__in=allowed).let_go(WHY)
    about = {"community": community, "holder": row._meta.label_lower, "of": row.pk}
    kept = [Held(file_id=one, **about) for one in named[:MOST] if one in allowed]
    if kept:
        Held.objects.bulk_create(kept, ignore_conflicts=True)


def _named(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(one for text in texts for one in files_in(text)))


def _held(row: models.Model, ids: Collection[str]) -> set[str]:
    return set(_of(row).filter(file__in=ids).everywhere(WHY).values_list("file", flat=True)) if ids else set()


def _usable(by: Person, ids: Collection[str]) -> set[str]:
    return set(File.objects.visible_to(by).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()


def _of(row: models.Model) -> HeldQuerySet:
    rows: HeldQuerySet = Held.objects.filter(holder=row._meta.label_lower, of=row.pk)
    return rows
