"""Nobody says something that cannot be seen, or is called so."""

import pytest

from commonplace.untrusted.visible import is_blank, is_misleading, without_hidden


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\u2060", "\u3164", "\u2800", "\u202e", "\ufeff", "\xa0\u0301"])
def test_what_nobody_sees_is_empty(text: str) -> None:
    assert is_blank(text)
    assert not is_blank(f"{text}x")


@pytest.mark.parametrize("text", [".", "👍", "क", "水", "é", "e\u0301", "?"])
def test_whatever_is_seen_is_a_text(text: str) -> None:
    assert not is_blank(text)


@pytest.mark.parametrize(
    "name", ["Fay\u200b Facilitator", "Fay\u202e", "a\x00b", "a\nb", "\u3164", "\u200dFay", "Fay\xad"]
)
def test_a_name_hides_nothing(name: str) -> None:
    assert is_misleading(name)


@pytest.mark.parametrize("name", ["Lea  M.", "علی\u200cرضا", "क्\u200dष", "O’Neill-Ōta", "Ada 👩\u200d🔧"])
def test_names_of_every_script_are_names(name: str) -> None:
    assert not is_misleading(name)


def test_two_that_look_the_same_are_the_same() -> None:
    assert without_hidden("pu\u200bmps\u3164") == "pumps"
