"""The excerpt: a true piece of the text, safe to show, with the found words marked."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.internalizing.search.excerpt import LENGTH, excerpt, marked
from commonplace.internalizing.search.marking import Marker
from commonplace.internalizing.search.typed import question

TAGS = re.compile(r"</?mark>")
TEXTS = st.lists(
    st.sampled_from(["pump", "Pumps", "<b>", "&amp;", "é", "prime", '"', "x" * 300, "\n"]) | st.text(max_size=5),
    max_size=200,
)


def marker(typed: str, language: str) -> Marker:
    return Marker(question(typed, [language]).terms, language)


def plain(shown: str) -> str:
    return html.unescape(TAGS.sub("", shown))


@settings(max_examples=100)
@given(pieces=TEXTS, typed=st.text(max_size=20) | st.just("pump prime"))
def test_an_excerpt_is_a_piece_of_the_text_and_nothing_else(pieces: list[str], typed: str) -> None:
    text = " ".join(pieces)
    shown = str(excerpt(text, marker(typed, "en")))
    piece = plain(shown).removeprefix("… ").removesuffix(" …")
    assert piece in text
    assert len(piece) <= LENGTH
    assert not re.search(r"<(?!/?mark>)", shown)
    assert plain(str(marked(text, marker(typed, "en")))) == text


def test_it_stands_where_most_words_come_together() -> None:
    text = "pump " + "filler " * 100 + "the pump lost its prime here " + "filler " * 100 + "prime"
    shown = excerpt(text, marker("prime pump", "en"))
    assert "<mark>pump</mark> lost its <mark>prime</mark> here" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")


def test_other_forms_of_the_word_are_marked_too() -> None:
    assert (
        marked("Les pompes réparées", marker("pompe reparer", "fr")) == "Les <mark>pompes</mark> <mark>réparées</mark>"
    )


def test_without_a_found_word_it_is_the_beginning() -> None:
    assert excerpt("Only the title says it. " * 20, marker("zebra", "en")).startswith("Only the title")


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("我家在上海东边", "上海", "我家在<mark>上海</mark>东边"),
        ("교체했습니다", "교체", "<mark>교체</mark>했습니다"),
        ("مُضَخَّة ماء", "مضخة", "<mark>مُضَخَّة</mark> ماء"),
        ("Which compiler for C++?", "C++", "Which compiler for <mark>C++</mark>?"),
        ("the .NET and the net", ".NET", "the <mark>.NET</mark> and the <mark>net</mark>"),
        ("pump AB-1234 it is", "AB1234", "pump <mark>AB-1234</mark> it is"),
        ("l’eau froide", "eau", "l’<mark>eau</mark> froide"),
        ("It keeps running", '"keeps running"', "It <mark>keeps</mark> <mark>running</mark>"),
        ("Prüfung der Pumpe", "pruefung", "<mark>Prüfung</mark> der Pumpe"),
    ],
)
def test_what_was_found_is_marked_as_it_is_written(text: str, typed: str, shown: str) -> None:
    assert marked(text, marker(typed, "en")) == shown
