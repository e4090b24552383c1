"""What stands in pages by chance never reads as what a test looks for: it would fail once in a thousand runs."""

import re

import pytest
from django.urls import reverse

from commonplace.communities import marks
from tests.story import Story

CHANCE = re.compile(r'name="(?:once|csrfmiddlewaretoken)" value="([^"]+)"')


@pytest.fixture
def tokens(story: Story) -> list[str]:
    return CHANCE.findall(story.browser(story.operator).get(reverse("operator")).content.decode())


def test_no_token_in_a_page_has_a_digit_or_a_vowel(tokens: list[str]) -> None:
    assert tokens
    assert not [token for token in tokens if re.search(r"[0-9aeiouAEIOU]", token)]


def test_such_a_mark_is_still_of_one_person_only(story: Story, tokens: list[str]) -> None:
    mark = next(token for token in tokens if set(token) - set("QX"))
    assert marks.is_of(mark, story.operator)
    assert not marks.is_of(mark, None)
