"""A link from one document to another of its batch leads to the practice which that one is here."""

import re
from typing import Any

from django.urls import reverse
from django.utils.text import slugify

from commonplace.objectifying.models import PARTS, Batch, BatchRow, Verdict, Version


def pages(batch: Batch, without: Any = ()) -> dict[str, str]:
    """The address of what each file is here, or is to be; `without` are rows that somebody leaves out."""
    coming = batch.rows.filter(row=0, verdict__in=(Verdict.NEW, Verdict.CHANGED, Verdict.UNCHANGED)).exclude(file="")
    rows = coming.exclude(pk__in=without).values_list("file", "pk", "practice", "title")
    slug = batch.community.slug
    return {file: _address(slug, practice or pk, title) for file, pk, practice, title in rows}


def linked(row: BatchRow, there: dict[str, str]) -> Version:
    """Its text; a link to what does not come in stays as it was written."""
    version = row.version
    for address, file in row.links:
        if file in there:
            for part in PARTS:
                setattr(version, part, _led(getattr(version, part), address, there[file]))
    return version


def _address(slug: str, practice: str, title: str) -> str:
    return reverse("practice", args=[slug, practice, slugify(title)[:60] or "-"])


def _led(text: str, address: str, to: str) -> str:
    """Where the address stands as one: after the words of a link, or of a name that links have."""
    it = re.escape(address)
    link = re.compile(rf"(\]\(\s*|^ {{0,3}}\[[^\]]+\]:\s*)(?:<{it}>|{it}(?=[\s)]|\Z))", re.M)
    return link.sub(lambda match: match[1] + to, text)
