"""Nobody says something that cannot be seen, or is called so."""

import pytest

from commonplace.untrusted.visible import folded, hides_something, is_blank, one_line


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\u2060", "\u3164", "\u2800", "\u202e", "\ufeff", "\xa0\u0301"])
def test_what_nobody_sees_is_empty(text: str) -> None:
    assert is_blank(text)
    assert not is_blank(f"{text}x")


@pytest.mark.parametrize("text", [".", "👍", "क", "水", "é", "e\u0301", "?"])
def test_whatever_is_seen_is_a_text(text: str) -> None:
    assert not is_blank(text)


@pytest.mark.parametrize(
    "name",
    [
        "Fa\u200dy", "Fay\ufe0f", "Fay\u034f", "\u0301Fay", "Fay \u0301F", "Fay\u2066", "Fay\U000e0041", "Fay\ue000",
        "Fay\u2065", "Z" + "\u0335" * 9, "Fa\u180by", "Fay\u061c", "Fay\u200e", "Fay\u17b5", "Fay\U000e0100",
        "Fay\u200b Facilitator", "Fay\u202e", "a\x00b", "a\nb", "\u3164", "\u200dFay", "Fay\xad",
    ],
)  # fmt: skip
def test_a_name_hides_nothing(name: str) -> None:
    assert hides_something(name)


@pytest.mark.parametrize("name", [
    "Lea  M.", "علی\u200cرضا", "क्\u200dष", "O’Neill-Ōta", "Ada 👩\u200d🔧", "Zoe\u0308", "❤\ufe0f",
    "Nguyễn Thị Ánh", "שָׁלוֹם", "กี่", "ᠮᠣᠩ᠋ᠭᠣᠯ", "1\ufe0f\u20e3", "김철수", "👩\ufe0f\u200d🔥"])  # fmt: skip
def test_names_of_every_script_are_names(name: str) -> None:
    assert not hides_something(name)


def test_two_that_look_the_same_are_the_same() -> None:
    assert folded("pu\u200bmps\u3164") == "pumps"


@pytest.mark.parametrize("name", ["Nord-Côte", "Nord-Co\u0302te", "ＮＯＲＤ-Côte", "  nord-cote ", "Nord-\u200bCôte"])
def test_a_name_is_one_however_it_is_spelled(name: str) -> None:
    assert folded(name) == "nord-cote"


def test_names_that_look_different_stay_two() -> None:
    assert len({folded(name) for name in ("Nord", "Nord 2", "Nordé 2", "水", "ちず", "ちーず")}) == 6


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Fay\u200b F.", "Fay F."), ("  North\n West\xa0", "North West"), ("\u200b", ""), ("\u202eFay", "Fay"),
        ("a \u2060 b", "a b"), ("علی\u200cرضا", "علی\u200cرضا"), ("\u200dFay", "Fay"),
        ("Ada 👩\u200d🔧", "Ada 👩\u200d🔧"),
    ],
)  # fmt: skip
def test_a_line_is_what_it_shows(typed: str, shown: str) -> None:
    assert one_line(typed) == shown
    assert not hides_something(one_line(typed))
