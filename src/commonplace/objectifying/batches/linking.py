"""A link from one document to another of its batch leads to the practice which that one is here."""

import re
from typing import Final

from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify

from commonplace.consenting.lengths import LONGEST_PART
from commonplace.objectifying.models import PARTS, Batch, BatchRow, Became, Verdict, Version

_ADDRESS: Final = re.compile(
    r"(\]\(\s*|^ {0,3}\[[^\]\n]+\]:\s*)(?:<([^<>\n]*)>|([^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*)(?=[\s)]|\Z))", re.M
)


def pages(batch: Batch) -> dict[str, str]:
    """The address of what each file is here, or is to be."""
    is_here = Q(verdict__in=(Verdict.NEW, Verdict.CHANGED, Verdict.UNCHANGED)) | Q(practice__isnull=False)
    coming = batch.rows.filter(is_here, row=0).exclude(file="")
    left_out = Q(became=Became.LEFT_OUT, practice=None)
    rows = coming.exclude(left_out).values_list("file", "pk", "practice", "title")
    slug = batch.community.slug
    return {file: _address(slug, practice or pk, title) for file, pk, practice, title in rows}


def linked(row: BatchRow, there: dict[str, str]) -> Version:
    """Its text; a link to what does not come in stays as it was written."""
    version = row.version
    to = {address: there[file] for address, file in row.links if file in there}
    for part in PARTS if to else ():
        text = getattr(version, part)
        led = _led(text, to)
        # What no part could hold stays as it was written: nobody was told before that it would not come in.
        setattr(version, part, led if len(led) <= max(LONGEST_PART, len(text)) else text)
    return version


def _address(slug: str, practice: str, title: str) -> str:
    return reverse("practice", args=[slug, practice, slugify(title)[:60] or "-"])


def _led(text: str, to: dict[str, str]) -> str:
    """Where an address stands as one: after the words of a link, or of a name that links have."""
    return _ADDRESS.sub(lambda match: match[1] + to.get(match[2] or match[3], match[0][len(match[1]) :]), text)
