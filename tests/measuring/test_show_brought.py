"""The second funnel on the cycle page: beside the first, a sentence before any number, honest where few did it."""

from datetime import timedelta
from typing import Any

import pytest

from commonplace.measuring.models import Figure
from commonplace.measuring.readings import Band
from tests.measuring.test_show_cycle import MONDAY, page, published, shown, words_of
from tests.story import Story

TITLE = "What was brought in, and what became of it"
TOO_FEW = "Too few people brought something in to say what became of it."
pytestmark = pytest.mark.usefixtures("now")
UNSEEN = "Not seen: use that nobody reported"


@pytest.fixture
def story(story: Story) -> Story:
    """Somebody asked: the cycle has begun."""
    story.ask(story.facilitator)
    return story


def figured(story: Story, **figures: dict[str, Any]) -> str:
    published(story.community, **figures)
    return page(story, story.facilitator)


def second(html: str) -> str:
    return html.split(TITLE)[1].split("</section>")[0]


def test_it_says_how_far_what_was_brought_in_came(story: Story) -> None:
    stages = {"B1_used": shown(0.8), "B1_accepted": shown(0.3), "B1_passed_on": shown(0.2)}
    html = figured(story, C1_embedded={"suppressed": "not_recorded"}, **stages)
    words = words_of(html)
    assert "Eight in ten of what was brought in was used by others within" in words
    assert "Most of what was brought in and used is not agreed on yet." in words
    assert UNSEEN in words
    part = second(html)
    assert [part.index(one) for one in ("80 %", "30 %", "20 %")] == sorted(
        part.index(one) for one in ("80 %", "30 %", "20 %")
    )
    assert part.index("were used by others") < part.index("were agreed on") < part.index("those who came later")
    assert html.count('<ol class="funnel">') == 2


def test_of_too_few_it_says_so_once_and_shows_no_row(story: Story) -> None:
    html = figured(story)
    assert words_of(html).count(TOO_FEW) == 1
    assert UNSEEN in words_of(html)
    assert "<ol" not in second(html)
    assert "B1.passed_on v1" in html, "the table has it all the same"


def test_a_band_is_a_sentence_too(story: Story) -> None:
    band = {"band": Band.FEW, "suppressed": ""}
    html = figured(story, B1_used=band)
    assert "others used only what a few people brought in, or none of it." in words_of(html)
    assert '<ol class="funnel">' in second(html)


def test_while_all_is_too_early_it_is_not_there_to_say_so_once_more(story: Story) -> None:
    published(story.community)
    Figure.objects.everywhere("test").update(suppressed="too_early", seen=MONDAY + timedelta(days=9))
    assert TITLE not in page(story, story.facilitator)


def test_where_only_it_is_too_early_it_says_from_when(story: Story) -> None:
    early = {"suppressed": "too_early"}
    published(story.community, B1_used=early, B1_accepted=early, B1_passed_on=early)
    Figure.objects.filter(metric__startswith="B1").everywhere("test").update(seen=MONDAY + timedelta(days=9))
    assert "It is too early to say. Figures can come from 12 March 2026 on." in words_of(
        second(page(story, story.facilitator)).join(("<main", "</main>"))
    )
