"""A line without headings: the address tells what stands before and behind it."""

import re
from typing import Final

from django.utils.translation import gettext as _

from commonplace.communities import zones
from commonplace.communities.roster import lines
from commonplace.communities.roster.people import ADDRESS, AROUND, AROUND_NAME, Candidate, address, is_address

BRACKETED: Final = re.compile(rf"[<(\[]\s*(?:mailto:)?({ADDRESS.pattern})(?:\?[^>\s]*)?\s*[>)\]]", re.I)
BARE: Final = re.compile(rf"[\s,;]*({ADDRESS.pattern})\s*[,;]\s*(?=[^\s,;])")
SPACED: Final = re.compile(
    rf"(?P<before>\S.*?)\s+(?P<email>{ADDRESS.pattern})|(?P<first>{ADDRESS.pattern})\s+\(?(?P<name>[^@]*?)\)?"
)
WORD: Final = re.compile(r"[^\s<>()\[\]\",;:|]+")


def addresses(line: str) -> tuple[list[str], list[str]]:
    """Those in it, in small letters; and what stands where an address would and is none. A name beside its own is."""
    words = [one for one in map(address, WORD.findall(line)) if "@" in one]
    good = [one.lower() for one in words if is_address(one)]
    return good, [one for one in words if not is_address(one)] + _among(line)


def _among(line: str) -> list[str]:
    """lea@x.org, omar, ann@x.org: not where each has a name before it, or behind."""
    row = [cell for cell in _cells(line) if cell]
    at = [number for number, cell in enumerate(row) if is_address(address(cell))]
    named = len(row) == 2 * len(at) and at in (list(range(0, len(row), 2)), list(range(1, len(row), 2)))
    return [] if len(at) < 2 or named or "\t" in line else [cell for cell in row if "@" not in cell]


def people(line: str) -> list[Candidate]:
    """One as a rule; all that stand in a line copied from the recipients of a mail."""
    plain = lines.HEADER.sub("", lines.BULLET.sub("", line)) or line
    matches = list(BRACKETED.finditer(plain))
    return _bracketed(plain, matches) if matches else _by_cells(plain)


def _bracketed(line: str, matches: list[re.Match[str]]) -> list[Candidate]:
    """Name <address>, with commas in the name; what stands behind the last are its unit and its zone."""
    starts = [0, *(match.end() for match in matches)]
    ends = [*(match.start() for match in matches), len(line)]
    between = [line[start:end] for start, end in zip(starts, ends, strict=True)]
    if _stand_behind(between):
        return [_named_behind(words, match) for words, match in zip(between[1:], matches, strict=True)]
    read = [one for words, match in zip(between, matches, strict=False) for one in _before(words, match)]
    after = between[-1].strip(AROUND_NAME)
    if ADDRESS.search(after):
        return [*read, *_by_cells(after)]
    return [*read[:-1], _with(read[-1], _cells(after))] if after else read


def _stand_behind(between: list[str]) -> bool:
    """<address> Name, <address> Name"""
    several = len(between) > 2
    behind = [words for words in between[1:] if words.strip(AROUND) and not (several and words.strip()[0] in ",;|")]
    return not between[0].strip(AROUND) and len(behind) == len(between) - 1 and not any(map(ADDRESS.search, behind))


def _named_behind(words: str, match: re.Match[str]) -> Candidate:
    name, *after = _cells(words.strip(" \t,;|"))
    return _with(Candidate(f"{match[0]}{words}".strip(" ,;"), name, match[1]), after)


def _before(words: str, match: re.Match[str]) -> list[Candidate]:
    """The one whose address it is, after those of whom there is no more than an address."""
    alone = BARE.match(words)
    if not alone or alone[1] == match[1]:
        return [_unbracketed(words, match)]
    return [Candidate(alone[1], email=alone[1]), *_before(words[alone.end() :], match)]


def _unbracketed(before: str, match: re.Match[str]) -> Candidate:
    """`Lea, lea@x.org <mailto:lea@x.org>` says the address twice."""
    name = re.sub(rf"{re.escape(match[1])}\s*$", "", before)
    cells = [cell for cell in re.split(r"[;\t|]", name) if cell.strip(" ,\"'")]
    why = _("more than a name stands before the address") if len(cells) > 1 else ""
    return Candidate((before + match[0]).strip(" ,;"), "".join(cells), match[1], why=why)


def _by_cells(line: str) -> list[Candidate]:
    parts = [part for part in lines.cells(line, ";") if part]
    if len(parts) > 1 and all(len(ADDRESS.findall(part)) == 1 and not is_address(address(part)) for part in parts):
        return [one for part in parts for one in _by_cells(part)]
    row = _cells(line)
    at = [number for number, cell in enumerate(row) if is_address(address(cell))]
    filled = [cell for cell in row if cell]
    if len(at) > 1 and len(at) == len(filled):
        return [Candidate(row[number], email=row[number]) for number in at]
    if len(at) > 1 and at == list(range(1, len(row), 2)):
        return [Candidate(f"{row[one - 1]}, {row[one]}", row[one - 1], row[one]) for one in at]
    if len(at) > 1:
        return [Candidate(line, why=_("more than one e-mail address: keep the one by which they sign in"))]
    return [_alone(line, row, at[0])] if at else _within_cells(line, row)


def _within_cells(line: str, row: list[str]) -> list[Candidate]:
    """Lea Moreau lea@x.org; Omar omar@x.org"""
    matches = [SPACED.fullmatch(cell) for cell in row if cell]
    if not any(matches):
        return [Candidate(line, email=next((cell for cell in row if "@" in cell), ""))]
    first = matches[0]
    if not first or (any(matches[1:]) and not all(matches)):
        return [Candidate(line, why=_("more than a name stands before the address"))]
    if all(matches):
        return [_spaced(match) for match in matches if match]
    return [_with(_spaced(first), row[row.index(first[0]) + 1 :])]


def _spaced(match: re.Match[str]) -> Candidate:
    return Candidate(match[0], match["before"] or match["name"], match["email"] or match["first"])


def _alone(line: str, row: list[str], at: int) -> Candidate:
    before, after = [cell for cell in row[:at] if cell], row[at + 1 :]
    if len(before) > 1:
        return Candidate(line, email=row[at], why=_("more than a name stands before the address"))
    name = before[0] if before else after.pop(0) if after else ""
    return _with(Candidate(line, name, row[at]), after)


def _with(one: Candidate, after: list[str]) -> Candidate:
    zone = next((cell for cell in after if cell in zones.names()), "")
    rest = [cell for cell in after if not zone or cell != zone]
    unit = rest[0] if rest else ""
    extra = tuple(cell for cell in rest[1:] if cell)
    return Candidate(one.text, one.name, one.email, unit, zone, extra, one.why)


def _cells(line: str) -> list[str]:
    """Cut at the separator that sets an address apart, so that a comma within a name does no harm."""
    rows = [lines.cells(line, separator) for separator in lines.SEPARATORS]
    several = [row for row in rows if len(row) > 1]
    return next((row for row in several if any(is_address(address(cell)) for cell in row)), (several or [[line]])[0])
