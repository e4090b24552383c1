"""What is asked of the index has bounds, and what one may not read changes nothing of what one is shown."""

import random

import pytest

from commonplace.communities.models import Person, Visibility
from commonplace.internalizing.search import Results, index_many, search
from commonplace.internalizing.search.typed import MOST_PARTS, MOST_WORDS, question
from tests.internalizing.conftest import brought
from tests.story import Story

pytestmark = pytest.mark.breaks_ledger
BEGINNINGS = " ".join(f"st{letter}nge" for letter in "abcdefghijklmno")


def kept(story: Story, by: Person, *titles: str, html: str = "<p>old</p>", **where: object) -> None:
    index_many("exchange", brought(story, by, titles, html=html, **where))


def test_a_reader_of_many_communities_may_type_two_letters(story: Story, lea: Person) -> None:
    """Names are as many as communities, kinds and words together; SQLite takes 500 parts of a statement."""
    for number in range(45):
        community = story.found(f"crew-{number}", f"Crew {number}", by=lea, visibility=Visibility.CLOSED)
        kept(story, lea, BEGINNINGS, community=community)
    assert search(lea, "st").total == 45


@pytest.mark.parametrize("letters", ["latin", "han"])
def test_a_phrase_of_any_length_is_looked_for_as_it_is(story: Story, lea: Person, letters: str) -> None:
    """By its first words, then all of it."""
    several = [chr(0x4E00 + n) for n in range(700)] if letters == "han" else [f"w{n}" for n in range(300)]
    between = "" if letters == "han" else " "
    text = between.join(several)
    kept(story, lea, "It is here", html=f"<p>{text}</p>")
    kept(story, lea, "It is not", html=f"<p>{between.join(several[:-1])}</p><p>{several[-1]}</p><p>{several[0]}</p>")
    kept(story, lea, "Nor here", html=f"<p>{between.join([*several[:200], several[0], *several[200:]])}</p>")
    shown = {hit.title.striptags() for hit in search(lea, f'"{text}"').hits}
    assert "It is here" in shown
    assert "Nor here" not in shown


@pytest.mark.parametrize("typed", ["{}", '"{}"', "-{}", "x {}"])
@pytest.mark.parametrize("joined", [" ", "-", "1-", ""])
def test_a_question_has_a_bound_on_its_words(typed: str, joined: str) -> None:
    chance = random.Random(5)
    letters = range(0x4E00, 0x9000) if not joined else range(97, 123)
    words = ["".join(chr(chance.choice(letters)) for _ in range(3)) for _ in range(600)]
    asked = question(typed.format(joined.join(words)), ["en"])
    named = sum(len(term.names) + len(term.parts) for term in asked.terms)
    assert named <= MOST_WORDS + MOST_PARTS
    assert len(asked.without) <= MOST_WORDS


@pytest.fixture
def beside(story: Story, lea: Person) -> list[str]:
    """What Lea may read, and what she types."""
    kept(story, lea, *(f"Pump {n}" for n in range(30)), "A pumpkin", "The gasket", "A marzipan pump")
    return ["pum", "pump", "gas", "gaskt", "pumpkn", '"marzipan pump"', "pump -gasket", "pumq gasket", "marzip"]


def asked(by: Person, several: list[str]) -> list[Results]:
    return [search(by, typed) for typed in several]


def test_what_one_may_not_read_changes_nothing(story: Story, lea: Person, beside: list[str]) -> None:
    """However much of it begins, or is mistyped, as what is looked for."""
    before = asked(lea, beside)
    assert all(results.total for results in before)
    secret = story.found("secret", "Secret", by=story.facilitator, visibility=Visibility.PRIVATE)
    words = [f"{word}{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}"
             for word in ("puma", "gasa", "marzia", "gask", "gaskett") for n in range(2_100)]  # fmt: skip
    kept(story, story.facilitator, "Pumps gaskot pumpken gaskat", html=f"<p>{' '.join(words)}</p>", community=secret)
    assert asked(lea, beside) == before
    assert search(story.facilitator, "pumaaaa").total == 1
