"""Text that a person wrote: its source is kept, its HTML is made once, on write."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from secrets import token_hex
from typing import Any, Final

from django.db import models

from commonplace.untrusted import html, markdown

_ANY: Final = token_hex(16)  # Stands for a mark; nobody can write it into a text.
MARKDOWN, HTML = "markdown", "html"


class Text(models.Model):
    """`body` as it was written, `html` as it is shown. Archives bring HTML; members write Markdown.

    `named`: folded names of members that are marked in it, said by whoever saves it.
    """

    named: Collection[str] = ()

    body = models.TextField()
    body_format = models.CharField(max_length=8, choices=[(MARKDOWN, MARKDOWN), (HTML, HTML)], default=MARKDOWN)
    html = models.TextField(editable=False)
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    PERSONAL_TEXT = ("body", "html")
    IMPERSONAL_TEXT = ("body_format", "edited_at")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.html = shown(self.body, self.body_format, str(self.pk), self.named)
        super().save(*args, **kwargs)


def shown(body: str, body_format: str, mark: str, named: Collection[str] = ()) -> str:
    """`mark` names the places within the text: two texts on one page share none."""
    return html.sanitize(body) if body_format == HTML else _rendered(body, tuple(named)).replace(_ANY, mark)


@lru_cache(maxsize=128)
def _rendered(body: str, named: tuple[str, ...]) -> str:
    """What was rendered a moment ago, to be looked at or before an act, is not rendered again while others wait."""
    return markdown.render(body, _ANY, named)
