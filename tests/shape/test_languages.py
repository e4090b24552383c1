"""Whatever people read, they can read in French: `make messages` finds what is new."""

import re

from tests.shape.catalog import extracted, spoken, translated

PLACES = re.compile(r"%\(\w+\)\w|\{\w*\}")


def test_every_sentence_is_in_french() -> None:
    french = translated("fr")
    known = {tuple(spoken(message.id)): message for message in french if message.id}
    wanted = [tuple(spoken(message.id)) for message in extracted() if message.id]
    missing = [words[0] for words in wanted if words not in known or not all(spoken(known[words].string))]
    assert missing == []


def test_a_translation_keeps_the_places_for_names_and_numbers() -> None:
    broken = [
        message.id
        for message in translated("fr")
        if message.id
        for words in spoken(message.string)
        if words and set(PLACES.findall(words)) - set(PLACES.findall(" ".join(spoken(message.id))))
    ]
    assert broken == []


def test_no_sentence_is_left_to_guessing() -> None:
    assert [message.id for message in translated("fr") if message.fuzzy and message.id] == []


def test_french_has_a_narrow_space_before_high_marks() -> None:
    """And none that may break: a line does not begin with a colon."""
    before = re.compile(r"([^\u202f])[:;?!](?=\s|$|[»”])")
    words = [words for message in translated("fr") if message.id for words in spoken(message.string)]
    assert [one for one in words if before.search(one)] == []


def test_french_names_a_day_with_its_article() -> None:
    """What a date follows in a sentence leads up to it; `on %(day)s` has the article itself."""
    led = re.compile(r"\b(le|au|du|depuis|avant|après|dès|jusqu’au|par)( |\xa0|\u202f)%\((day|when|date|at|since)\)s")
    bare = re.compile(r"%\((?:day|date)\)s")
    words = [one for message in translated("fr") if message.id for one in spoken(message.string) if bare.search(one)]
    assert [one for one in words if not led.search(one)] == []
