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
