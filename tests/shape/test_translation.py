"""Whoever reads French reads all of it, in the words of the glossary, and nothing breaks on the way."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from unicodedata import category, normalize

import pytest
from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.pofile import read_po
from snowballstemmer import stemmer

from commonplace.ledger import registry
from commonplace.ledger.rules import Rule
from tests.shape.source import PACKAGE, ROOT, modules, templates

FRENCH = PACKAGE / "web/locale/fr/LC_MESSAGES/django.po"
COMMAND = re.search(r"\$\(BABEL\) extract (.*)", (ROOT / "Makefile").read_text())
KEYWORDS = DEFAULT_KEYWORDS | parse_keywords(re.findall(r"-k (\S+)", COMMAND[1] if COMMAND else ""))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|<[^>]*>")
END = re.compile(r"[.,:;?!…]?\s*\Z")
UNFRENCH = re.compile(r"'|\w[;?!»]|«\w| [:;?!»]|« ")
OTHER_SENSES = re.compile(r"share a concern")


@pytest.fixture(scope="module")
def french() -> dict[str, tuple[str, ...]]:
    """English (of a plural, its singular) -> French, one sentence or one for each number."""
    return {_first(message.id): _forms(message.string) for message in _catalog() if message.id}


@cache
def _catalog() -> Catalog:
    with FRENCH.open("rb") as file:
        return read_po(file, locale="fr", domain="django")


def _forms(words: object) -> tuple[str, ...]:
    return tuple(words) if isinstance(words, list | tuple) else (str(words or ""),)


def _first(words: object) -> str:
    return _forms(words)[0]


@cache
def _marked() -> frozenset[str]:
    """What `make messages` finds, read here and now."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["babel"]["mappings"]
    options = {one["pattern"]: {k: v for k, v in one.items() if k not in ("pattern", "method")} for one in mappings}
    methods = [(one["pattern"], one["method"]) for one in mappings]
    messages = extract_from_dir(PACKAGE, methods, options, KEYWORDS)
    return frozenset(_first(words) for _file, _line, words, _comments, _context in messages)


def test_every_sentence_of_the_pages_is_in_the_catalogue_and_no_other(french: dict[str, tuple[str, ...]]) -> None:
    assert sorted(_marked() ^ set(french)) == [], "make messages"


def test_every_sentence_is_translated(french: dict[str, tuple[str, ...]]) -> None:
    assert [english for english, words in french.items() if not all(words)] == []


def test_no_translation_is_a_guess() -> None:
    assert [message.id for message in _catalog() if message.fuzzy] == []


def test_french_counts_none_and_one_alike() -> None:
    assert (_catalog().num_plurals, _catalog().plural_expr) == (2, "(n > 1)")
    assert [m.id for m in _catalog() if m.id and len(_forms(m.string)) != (2 if m.pluralizable else 1)] == []


def test_placeholders_and_markup_survive() -> None:
    differing = [
        (m.id, m.string) for m in _catalog() if m.id and any(_held(m.id) != {_parts(f)} for f in _forms(m.string))
    ]
    assert differing == []


def _held(english: object) -> set[frozenset[str]]:
    return {_parts(_forms(english)[-1])}


def _parts(words: str) -> frozenset[str]:
    return frozenset(PLACEHOLDER.findall(words))


def test_sentences_end_as_in_english(french: dict[str, tuple[str, ...]]) -> None:
    assert [english for english, words in french.items() for form in words if _end(form) != _end(english)] == []


def _end(words: str) -> str:
    end = END.search(words)
    return end[0] if end else ""


def test_french_is_set_as_french_is(french: dict[str, tuple[str, ...]]) -> None:
    plain = {form: UNFRENCH.search(PLACEHOLDER.sub("x", form)) for words in french.values() for form in words}
    assert [form for form, places in plain.items() if places] == []


def _glossary() -> Iterator[tuple[re.Pattern[str], list[str]]]:
    """English term -> the stems of its French words. A row may hold several, in the same order."""
    for row in re.findall(r"^\| ([^|]+) \| ([^|]+) \|", (ROOT / "docs/glossary.md").read_text(), re.MULTILINE)[1:]:
        for english, words in zip(*(cell.split(", ") for cell in row), strict=True):
            yield re.compile(rf"\b{_with_plural(english)}\b", re.IGNORECASE), _stems(words)


def _with_plural(term: str) -> str:
    return term[:-1] + "(y|ies)" if term.endswith("y") else term + "s?"


def _stems(words: str) -> list[str]:
    """The stemmer takes some accents off, so all are compared without."""
    return [_bare(stem) for stem in stemmer("french").stemWords(re.findall(r"[^\W\d_]{4,}", words.lower()))]


def _bare(text: str) -> str:
    return "".join(letter for letter in normalize("NFD", text.lower()) if category(letter) != "Mn")


def _strays(stems: list[str], french: tuple[str, ...]) -> bool:
    words = re.findall(r"[a-z]+", _bare(" ".join(french)))
    return not all(any(word.startswith(stem) for word in words) for stem in stems)


def test_the_words_of_the_glossary_are_used(french: dict[str, tuple[str, ...]]) -> None:
    meant = {english: OTHER_SENSES.sub("", english) for english in french}
    strayed = [
        (english, stems)
        for term, stems in _glossary()
        for english in french
        if term.search(meant[english]) and _strays(stems, french[english])
    ]
    assert strayed == []


def test_who_may_do_what_is_said_in_french(french: dict[str, tuple[str, ...]]) -> None:
    rules = [rule for act in registry.doors() for rule in _single(act.who)]
    assert len(rules) > 20
    assert sorted({rule.who for rule in rules} - set(french)) == []


def _single(rule: Rule) -> Iterator[Rule]:
    """A rule made of two speaks in the words of each."""
    if rule.either:
        for one in rule.either:
            yield from _single(one)
    else:
        yield rule


def test_words_are_marked_by_a_name_that_is_looked_for() -> None:
    marks = [
        (module.name, alias.asname or alias.name)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if "gettext" in alias.name
    ]
    assert len(marks) > 50
    assert [mark for mark in marks if mark[1] not in KEYWORDS] == []


BUTTON = re.compile(r'<button[^>]*>\s*{{-?\s*_\("([^"]+)"', re.DOTALL)


def test_what_a_button_does_and_what_a_thing_is_called_are_two_messages() -> None:
    """*Answer* is both in English; in French one is *répondre* and the other *réponse*."""
    buttons = {words for source in templates().values() for words in BUTTON.findall(source)}
    called = {
        node.args[0].value
        for module in modules()
        for choices in ast.walk(module.tree)
        if isinstance(choices, ast.ClassDef) and any("TextChoices" in ast.unparse(base) for base in choices.bases)
        for node in ast.walk(choices)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "_" and isinstance(node.args[0], ast.Constant)
    }
    assert sorted(buttons & called) == []
