"""What people type is there to be read: a text of nothing visible is empty, a name shows what it is."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

# Letters and symbols by their category, and yet nothing to see.
BLANKS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0\U0001d159\U00016fe4")
# Marks that stand on a letter and are not seen; U+2065, U+FFF0 and their like are kept free for more of them.
UNSEEN: Final = re.compile("[\u034f\u17b4\u17b5\u2065\ufff0-\ufff8\U000e0000-\U000e0fff]")
# They join letters of one word in several scripts, and parts of one picture.
JOINERS: Final = frozenset("\u200c\u200d\u180b\u180c\u180d\u180f")
PICTURES: Final = frozenset("\ufe0e\ufe0f")
JOINED: Final = re.compile("[\u0600-\u1cff\u2190-\u2bff\ua800-\uabff\ufe0f\U0001f000-\U0001faff]")
DRAWN: Final = re.compile("[0-9#*\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff]")
# Turns of direction, spaces of no width, controls; private letters and halves of letters, which show a box at most.
HIDDEN: Final = frozenset(("Cf", "Cc", "Co", "Cs", "Cn"))
ACCENTS: Final = re.compile("[\u0300-\u036f]")
MOST_MARKS: Final = 4
BRACKETED: Final = re.compile(r"(\W)\s*(?:\d+|(?:ro)?bot)\s*\W[\W_]*$")
LATIN: Final = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
GREEK_OR_CYRILLIC: Final = re.compile("[\u0370-\u052f\u1c80-\u1c8f\u1f00-\u1fff\u2de0-\u2dff\ua640-\ua69f]")


def is_blank(text: str) -> bool:
    """Nothing but spaces, controls and marks that stand on nothing."""
    return all(letter in BLANKS or unicodedata.category(letter)[0] in "CZM" for letter in text)


def hides_something(name: str) -> bool:
    """A turn of direction, a space of no width, a control, a joiner or a mark where nothing is joined or marked."""
    plain = unicodedata.normalize("NFC", name)
    return any(map(_is_control, name)) or plain.split() != one_line(name).split()


def one_line(text: str) -> str:
    """What can be seen of it, with one space for any that there are."""
    line = " ".join(unicodedata.normalize("NFC", text).split())
    if line.isascii() and line.isprintable():
        return line
    seen = "".join(letter for letter in line if letter in JOINERS or not _is_hidden(letter))
    return " ".join("".join(_in_place(f" {seen} ")).split())


def folded(name: str) -> str:
    """What makes two names one: without case, accents, width of letters, spare spaces and what nobody sees."""
    if name.isascii() and name.isprintable():
        return " ".join(name.lower().split())
    unseen = JOINERS | PICTURES
    seen = unicodedata.normalize("NFKD", "".join(one for one in name if one not in unseen and not _is_hidden(one)))
    return " ".join(ACCENTS.sub("", unicodedata.normalize("NFKD", seen.casefold())).split())


def ends_as_we_mark(name: str) -> bool:
    """With a number or "bot" in brackets: so we tell two of a name apart, and programs from people."""
    end = BRACKETED.search(folded(name))
    return end is not None and _opens(end[1])


def without_our_mark(name: str) -> str:
    while ends_as_we_mark(name):
        name = name[: max(at for at, letter in enumerate(name) if _opens(letter))].rstrip()
    return name


def mixes_alphabets(name: str) -> bool:
    """In one word: a Greek or Cyrillic letter may look like a Latin one."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", name))
    return any(LATIN.search(word) and GREEK_OR_CYRILLIC.search(word) for word in words)


def _opens(letter: str) -> bool:
    return any(unicodedata.category(one) == "Ps" for one in unicodedata.normalize("NFKD", letter))


def _in_place(letters: str) -> Iterator[str]:
    """Each joiner between what it joins, each mark on a letter, and no tower of marks."""
    marks = 0
    for before, letter, after in zip(letters, letters[1:], letters[2:], strict=False):
        marks = marks + 1 if unicodedata.category(letter)[0] == "M" else 0
        if _fits(before, letter, after) and marks <= MOST_MARKS:
            yield letter


def _fits(before: str, letter: str, after: str) -> bool:
    if letter in JOINERS:
        return bool(JOINED.match(before)) and after != " "
    if letter in PICTURES:
        return bool(DRAWN.match(before))
    return before != " " or unicodedata.category(letter)[0] != "M"


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter) == "Cc"


def _is_hidden(letter: str) -> bool:
    category = unicodedata.category(letter)
    return letter in BLANKS or bool(UNSEEN.match(letter)) or (category in HIDDEN and not letter.isspace())
