"""The excerpt: a true piece of the text, safe to show, with the found words marked."""

import html
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.internalizing.search.excerpt import LENGTH, excerpt, marked
from commonplace.internalizing.search.typed import terms

TAGS = re.compile(r"</?mark>")
TEXTS = st.lists(
    st.sampled_from(["pump", "Pumps", "<b>", "&amp;", "é", "prime", '"', "x" * 300, "\n"]) | st.text(max_size=5),
    max_size=200,
)


def plain(shown: str) -> str:
    return html.unescape(TAGS.sub("", shown))


@settings(max_examples=100)
@given(pieces=TEXTS, typed=st.text(max_size=20) | st.just("pump prime"))
def test_an_excerpt_is_a_piece_of_the_text_and_nothing_else(pieces: list[str], typed: str) -> None:
    text = " ".join(pieces)
    shown = str(excerpt(text, terms(typed, ["en"]), "en"))
    piece = plain(shown).removeprefix("… ").removesuffix(" …")
    assert piece in text
    assert len(piece) <= LENGTH
    assert not re.search(r"<(?!/?mark>)", shown)
    assert plain(str(marked(text, terms(typed, ["en"]), "en"))) == text


def test_it_stands_where_most_words_come_together() -> None:
    text = "pump " + "filler " * 100 + "the pump lost its prime here " + "filler " * 100 + "prime"
    shown = excerpt(text, terms("prime pump", ["en"]), "en")
    assert "<mark>pump</mark> lost its <mark>prime</mark> here" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")


def test_other_forms_of_the_word_are_marked_too() -> None:
    assert (
        marked("Les pompes réparées", terms("pompe reparer", ["fr"]), "fr")
        == "Les <mark>pompes</mark> <mark>réparées</mark>"
    )


def test_without_a_found_word_it_is_the_beginning() -> None:
    assert excerpt("Only the title says it. " * 20, terms("zebra", ["en"]), "en").startswith("Only the title")
