"""A page as somebody meets it who does not see it: what is named twice, what points nowhere, whose error is whose."""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise

TYPED = ("input", "textarea", "select")
Attributes = dict[str, str]


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, Attributes]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    @property
    def ids(self) -> Counter[str]:
        return Counter(attributes["id"] for _, attributes in self.tags if "id" in attributes)

    def fields(self) -> Iterator[Attributes]:
        for tag, attributes in self.tags:
            if tag in TYPED and attributes.get("type") not in ("hidden", "submit"):
                yield attributes

    def faults(self) -> Iterator[str]:
        ids = self.ids
        yield from (f"{count} times id {name}" for name, count in ids.items() if count > 1)
        for tag, attributes in self.tags:
            yield from _leads_nowhere(tag, attributes, ids)
        yield from self._without_a_label()
        yield from self._headings()
        yield from self._errors()

    def _without_a_label(self) -> Iterator[str]:
        labelled = {attributes.get("for") for tag, attributes in self.tags if tag == "label"}
        for field in self.fields():
            if field.get("id") not in labelled and not field.keys() & {"aria-label", "aria-labelledby"}:
                yield f"no label for {field.get('name')}"

    def _headings(self) -> Iterator[str]:
        levels = [int(tag[1]) for tag, _ in self.tags if tag in ("h1", "h2", "h3", "h4", "h5", "h6")]
        for above, level in pairwise(levels):
            if level > above + 1:
                yield f"h{level} right below h{above}"

    def _errors(self) -> Iterator[str]:
        """Each is tied to its field; and something has the focus."""
        wrong = {name.removesuffix("_error") for name in self.ids if name.endswith("_error")}
        tied = {name for _, attributes in self.tags for name in attributes.get("aria-describedby", "").split()}
        yield from (f"the error of {name} is not tied to it" for name in wrong if f"{name}_error" not in tied)
        focused = [attributes for _, attributes in self.tags if "autofocus" in attributes]
        failed = any("failed" in attributes.get("class", "").split() for _, attributes in self.tags)
        if failed and len(focused) != 1:
            yield f"{len(focused)} have the focus where something went wrong"
        if wrong and focused and not any(one.get("id") in wrong for one in focused):
            yield f"the focus is on {focused[0]}, not where something went wrong"


def _leads_nowhere(tag: str, attributes: Attributes, ids: Counter[str]) -> Iterator[str]:
    pointed = [*attributes.get("aria-describedby", "").split(), *attributes.get("aria-labelledby", "").split()]
    pointed += [attributes["for"]] if tag == "label" and "for" in attributes else []
    pointed += [attributes["href"][1:]] if attributes.get("href", "")[:1] == "#" else []
    yield from (f"{tag} points to {name}, which is not there" for name in pointed if name not in ids)
    if tag == "form" and "#" in attributes.get("action", ""):
        yield f"the place in {attributes['action']} would take the focus from an error"


HOLDS_NO_LINK = frozenset(("a", "button", "option", "label", "summary", "title", "legend"))
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
UNSPOKEN = frozenset(("title", "script", "style", "textarea", "option"))


class Spoken(HTMLParser):
    """Each text of a page with the language that it is read in."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.texts: list[tuple[str, str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("lang") or ""))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        language = next((lang for _, lang in reversed(self.open) if lang), "")
        if not any(tag in UNSPOKEN for tag, _ in self.open):
            self.texts.append((data, language, " ".join(tag for tag, _ in self.open[-3:])))


class Links(HTMLParser):
    """Links that nobody can press by themselves, or that nobody sees and the tab key stops at."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.wrong: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self._is_within(given.get("href", ""))
        self.wrong += [f"{tag} has a link in {name}" for name, value in given.items() if "<a " in value]
        if tag not in VOID:
            self.open.append((tag, given.get("class", "")))

    def _is_within(self, href: str) -> None:
        self.wrong += [f"{href} within {tag}" for tag, _ in self.open if tag in HOLDS_NO_LINK]
        self.wrong += [f"{href} is not seen" for _, kinds in self.open if "unseen" in kinds.split()]

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass


NAME = re.compile(r'<a class="name" href="[^"]*">(.*?)</a>', re.DOTALL)


def unlinked(page: str) -> str:
    """As its sentences are read: names without where they lead."""
    return NAME.sub(r"\1", page)
