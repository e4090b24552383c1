"""What search gives to a page."""

from dataclasses import dataclass, field
from datetime import datetime

from django.core.paginator import Page, Paginator
from markupsafe import Markup

from commonplace.communities.models import Community

PAGE = 20
LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """`title` and `excerpt` are safe HTML with <mark>; `kind` and `status` are codes, beside what people read."""

    subject: str
    kind: str
    phase: str
    kind_words: str
    title: Markup
    address: str
    excerpt: Markup
    community: Community
    status: str
    status_words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Results:
    """`loose`: nothing has all the words; these have some. `total` counts only what the reader may see, and of very
    much only the best: there is `more`. `corrected`: what was searched in place of what was mistyped.
    """

    typed: str
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    number: int = 1
    loose: bool = False
    more: bool = False
    corrected: str = ""
    too_slow: bool = False

    @property
    def asked(self) -> bool:
        """Was anything typed at all?"""
        return bool(self.typed.strip())

    @property
    def nothing(self) -> bool:
        return self.asked and not self.hits and not self.too_slow

    @property
    def page(self) -> "Page[int]":
        """For `paging(...)` only; the hits are in `hits`."""
        return Paginator(range(self.total), PAGE).get_page(self.number)

    @property
    def title_to_ask(self) -> str:
        """What was typed, as the title of an exchange to open (`url("ask", slug) ~ "?title=" ~ title_to_ask`)."""
        printable = "".join(letter if letter.isprintable() else " " for letter in self.typed[: 2 * LONGEST_TITLE])
        return " ".join(printable.split())[:LONGEST_TITLE]
