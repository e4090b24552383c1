"""Words of people that are read from the right: they stand apart from ours, and nothing of ours in them."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

HEBREW = str.maketrans(
    {letter: chr(0x5D0 + number % 27) for number, letter in enumerate("abcdefghijklmnopqrstuvwxyz")}
    | {letter: chr(0x5D0 + number % 27) for number, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
)
THEIRS, OURS = re.compile("[\u0590-\u05ff]"), re.compile("[A-Za-z]{2}")
ISOLATED = re.compile("\u2068[^\u2069]*\u2069")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr", "path"}
NOT_READ_IN_A_LINE = {"title", "script", "style", "option", "textarea", "svg", "pre", "code"}


class Apart(HTMLParser):
    """`faults`: words of theirs that would turn ours, and ours that theirs would turn."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.open: list[tuple[str, list[str] | None, bool]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        of = dict(attrs)
        unread = tag in NOT_READ_IN_A_LINE or "unseen" in (of.get("class") or "").split()
        self.open.append((tag, [] if tag == "bdi" or of.get("dir") else None, unread))

    def handle_endtag(self, tag: str) -> None:
        while self.open and tag not in VOID:
            was, words, _ = self.open.pop()
            if words is not None:
                self._judge("".join(words))
            if was == tag:
                return

    def handle_data(self, data: str) -> None:
        if any(unread for *_, unread in self.open):
            return
        data = ISOLATED.sub("", data)
        within = next((words for _, words, _ in reversed(self.open) if words is not None), None)
        if within is not None:
            within.append(data)
        elif THEIRS.search(data):
            self.faults.append(f"turns what stands beside it: <{self.open[-1][0]}> {' '.join(data.split())[:80]}")

    def _judge(self, words: str) -> None:
        if THEIRS.search(words) and OURS.search(words):
            self.faults.append(f"turned by theirs: {' '.join(words.split())[:120]}")


def turned(page: str) -> Iterator[str]:
    yield from Apart(page).faults
