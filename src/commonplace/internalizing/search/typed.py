"""What a person typed, as what they ask for. There is no syntax that could be wrong: any text is a valid question."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, groupby

from commonplace.internalizing.words import Word, seen, spelled, stems, word

MOST_CHARACTERS = 2_000
MOST_TERMS = 64
LONGEST_NUMBER = 64
MOST_WORDS, MOST_PARTS = 192, 32  # Of a question, and of one term: what is beyond is not asked of the index.
QUOTES = re.compile("[“”„‟«»「」『』]")
PIECE = re.compile(r'(?P<less>(?<!\S)-(?=["\w.])(?!\d))?(?:"(?P<phrase>[^"]*)"|(?P<plain>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Term:
    """`names`: what it may be called in the index; `stems`, by language; `begins`: it may go on.

    Written apart it is its `units` in this order, found by its `parts`, of which `most` are there. A `wanted` one is
    in every hit.
    """

    typed: str
    names: tuple[str, ...] = ()
    stems: Mapping[str, frozenset[str]] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    begins: bool = False
    wanted: bool = False

    @property
    def is_phrase(self) -> bool:
        return not self.names

    @property
    def is_digits(self) -> bool:
        return all(map(str.isdigit, self.units))

    def stands_in(self, reads: str) -> bool:
        """Do its units, among a document's? A part number with or without spaces, anything else as it is."""
        letters = "".join(self.units)
        if self.is_phrase or self.is_digits or len(letters) > LONGEST_NUMBER:
            return f" {' '.join(self.units)} " in f" {reads} "
        spelled_out = r" ?".join(map(re.escape, letters))
        return bool(re.search(rf"(?<!\S){spelled_out}(?!\S)", reads))


@dataclass(frozen=True, slots=True)
class Question:
    """`without`: what no hit may have."""

    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()


def question(text: str, languages: Iterable[str]) -> Question:
    """Each word once, in the order of typing; `languages` are those of the communities searched."""
    pieces = list(PIECE.finditer(QUOTES.sub('"', seen(text[:MOST_CHARACTERS]))))
    spoken = [piece for piece in pieces if not piece["less"]]
    asked = _once(_apart([term for piece in spoken or pieces for term in _terms(piece, sorted(set(languages)))]))
    if asked and spoken and spoken[-1]["plain"]:
        asked[-1:] = [_may_go_on(asked[-1])]
    left_out = [_left_out(piece) for piece in pieces if piece["less"] and spoken]
    without = [term for term in left_out if term.names or term.units]
    return Question(tuple(_bounded(asked)), tuple(without[:MOST_TERMS]))


def _bounded(terms: Sequence[Term]) -> Iterator[Term]:
    """The first of them; all of a long phrase is read in the documents, once its first words are there."""
    words = accumulate(len(term.names) + len(term.parts) for term in terms)
    return (term for term, so_far in zip(terms[:MOST_TERMS], words, strict=False) if so_far <= MOST_WORDS)


def _apart(terms: Sequence[Term]) -> Iterator[Term]:
    """A part number with spaces in it may be written in one, too."""
    for in_numbers, run in groupby(terms, lambda term: not term.wanted and bool(term.parts or term.typed.isdigit())):
        several = list(run)
        whole = "".join(unit for term in several for unit in (term.units or term.names[:1])) if in_numbers else ""
        if len(several) > 1 and not whole.isdigit():
            several = [replace(term, names=(*term.names, whole)) for term in several] if whole else several
        yield from several


def _once(terms: Iterable[Term]) -> list[Term]:
    return list({(term.names, term.units): term for term in terms}.values())


def _terms(piece: re.Match[str], languages: Sequence[str]) -> Iterator[Term]:
    if piece["phrase"] is not None:
        if words := [word(token) for token in spelled(piece["phrase"])]:
            yield _phrase(piece["phrase"], words)
    else:
        for token in spelled(piece["plain"]):
            yield from _plain(token, languages)


def _phrase(typed: str, words: Sequence[Word]) -> Term:
    units = tuple(unit for one in words for unit in one.units)
    if len(words) == 1 and not words[0].unspaced:
        return Term(typed, words[0].whole, units=units if words[0].is_joined else (), wanted=True)
    parts = tuple(dict.fromkeys(name for one in words for name in _called(one)))[:MOST_PARTS]
    return Term(typed, parts=parts, units=units, wanted=True)


def _called(one: Word) -> tuple[str, ...]:
    """Names that each place of these words has."""
    return one.whole if one.unspaced else one.units if one.is_joined else one.whole[:1]


def _plain(token: str, languages: Sequence[str]) -> Iterator[Term]:
    one = word(token)
    if one.unspaced:
        yield from (Term(name, (name,)) for name in one.whole)
    elif not one.is_joined:
        yield _word(one.whole, one.solids, languages)
    elif len(one.solids) > 1 and all(map(str.isalpha, one.units)):
        for solid in one.solids:  # Words of a language: each may be found, in any form, and so may both as one.
            yield _word((*word(solid).whole, *one.whole), (solid,), languages)
    else:
        yield Term(token, one.whole, parts=tuple(one.parts)[:MOST_PARTS], units=one.units)


def _word(names: tuple[str, ...], solids: Sequence[str], languages: Sequence[str]) -> Term:
    by_language = {language: frozenset(s for solid in solids for s in stems(solid, language)) for language in languages}
    return Term(solids[0] if solids else names[0], names, by_language)


def _may_go_on(term: Term) -> Term:
    """A single letter is a word (C, R, pH's h); from two on, the last one may go on."""
    if term.wanted or term.parts or not term.stems:
        return term
    return replace(term, begins=len(term.names[0]) > 1 and not term.names[0].isdigit())


def _left_out(piece: re.Match[str]) -> Term:
    words = [word(token) for token in spelled(piece["phrase"] or piece["plain"] or "")]
    if len(words) == 1 and not (words[0].unspaced and len(words[0].units) > 2):
        return Term(piece[0], words[0].whole)
    return Term(piece[0], units=tuple(unit for one in words for unit in one.units))
