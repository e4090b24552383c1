"""What no page may say of its reader, whichever community it is of: for every walk along the pages."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.trust.reading_html import Links
from tests.web.walking import Page

SPEAK = ("member", "owner", "facilitator", "newcomer")


@dataclass(frozen=True, slots=True)
class Untrue:
    """`where` it would hold all the same: of whom, on which page."""

    words: str
    where: Callable[[str, Page], bool] = lambda who, page: False

    def shown(self, who: str, page: Page) -> bool:
        return bool(re.search(self.words, page.words)) and not self.where(who, page)


UNTRUE = (
    Untrue("Nothing has happened here yet"),
    Untrue("Nothing is written about this yet"),
    Untrue("take a stance and no objection"),
    Untrue("Ask, tell, answer", lambda who, page: page.path != "/c/archive/"),
    Untrue("nobody here yet to hand it to", lambda who, page: who == "facilitator"),
    Untrue("read what is there, and join", lambda who, page: (who, page.path) != ("sponsor", "/c/pump-crews/")),
    Untrue("Say where you stand", lambda who, page: who in SPEAK),
    Untrue(r"^(Accepted|Not accepted|The practice is \w+) .{0,80}· closed \d"),
)
OF_HOW_MANY = re.compile(r"at least (\d+) of the (\d+)")
FAILED_IN_GREEN = re.compile(r'class="tag int">\s*It failed')


def untrue(who: str, page: Page) -> Iterator[str]:
    yield from (one.words for one in UNTRUE if one.shown(who, page))
    yield from (f"{n} of {of}" for n, of in OF_HOW_MANY.findall(page.words) if int(n) > int(of))
    if FAILED_IN_GREEN.search(page.source):
        yield "failed, in green"
    yield from Links(page.source).wrong
