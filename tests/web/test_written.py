"""What people write stands in its direction and its language, wherever it stands."""

import re

import pytest

from commonplace.internalizing.search.index import reindex
from commonplace.web.written import apart
from tests.story import Story

TITLES = {
    "ar": "كيف أعيد تشغيل المضخة", "he": "איך מפעילים את המשאבה", "hi": "पंप कैसे चालू करें",
    "th": "จะเปิดปั๊มอย่างไร", "zh": "如何重新启动水泵",
}  # fmt: skip


@pytest.mark.parametrize("language", TITLES)
def test_a_title_says_its_language_in_list_page_home_and_search(story: Story, language: str) -> None:
    title = TITLES[language]
    exchange = story.ask(story.member("Lea"), title, body=title)
    reindex()
    browser = story.browser(story.member("Omar"))
    for path in ("/c/pump-crews/exchanges/", exchange.get_absolute_url(), "/", f"/search?q={title}"):
        page = browser.get(path).content.decode()
        assert re.search(rf'<(?:h1|h2|a)[^>]* dir="auto" lang="{language}"', page), path


def test_words_say_the_language_of_their_community(story: Story) -> None:
    exchange = story.ask(story.member("Lea"))
    page = story.browser(story.member("Omar")).get(exchange.get_absolute_url()).content.decode()
    assert '<div class="prose" dir="auto" lang="en">' in page


@pytest.mark.parametrize("language", TITLES)
def test_what_changed_is_read_in_its_direction(story: Story, language: str) -> None:
    lea = story.member("Lea")
    practice = story.distil(lea, story.resolved(lea, story.member("Omar")))
    version = story.revise(lea, practice, how=TITLES[language] * 3)
    page = story.browser(lea).get(version.get_absolute_url()).content.decode()
    assert f'<p class="changed" dir="auto" lang="{language}">' in page


def test_a_name_from_the_right_does_not_turn_the_sentence() -> None:
    assert apart("ليلى") == '<bdi lang="ar">ليلى</bdi>'
    assert apart("<ليلى>") == '<bdi lang="ar">&lt;ليلى&gt;</bdi>'
    assert apart("Lea") == "Lea"


def test_a_name_of_another_language_is_read_in_it() -> None:
    assert apart("Équipes", "fr") == '<bdi lang="fr">Équipes</bdi>'
    assert apart("Crews", "en") == "Crews"


def test_one_writes_in_ones_own_direction(story: Story) -> None:
    page = story.browser(story.member("Lea")).get("/c/pump-crews/exchanges/new").content.decode()
    assert re.search(r'<textarea[^>]* dir="auto"', page)
    assert re.search(r'<input[^>]*name="title"[^>]* dir="auto"', page)
