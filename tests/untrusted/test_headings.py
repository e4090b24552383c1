"""A reader who jumps from heading to heading misses no level, whatever an author began with."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from commonplace.untrusted.headings import in_order, levels
from commonplace.untrusted.html import sanitize
from commonplace.untrusted.markdown import render


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ([1, 2, 3, 2], [3, 4, 5, 4]),
        ([3], [3]),
        ([2, 4, 3, 1], [3, 4, 4, 3]),
        ([4, 3, 4], [3, 3, 4]),
        ([1, 2, 3, 4, 5, 6], [3, 4, 5, 6, 6, 6]),
    ],
)
def test_headings_follow_one_another(typed: list[int], shown: list[int]) -> None:
    assert list(levels(typed)) == shown


@given(some.lists(some.integers(1, 6), max_size=12))
def test_none_is_left_out(typed: list[int]) -> None:
    shown = [2, *levels(typed)]
    assert all(3 <= later <= earlier + 1 for earlier, later in pairwise(shown))
    assert list(levels(shown[1:])) == shown[1:]


def test_in_markdown_and_in_the_html_of_an_archive() -> None:
    assert "<h3" in render("#### Deep\n\n###### Deeper", "x")
    assert "<h4" in render("#### Deep\n\n###### Deeper", "x")
    assert sanitize("<h2>a</h2><h5>b</h5>") == "<h3>a</h3><h4>b</h4>"
    assert in_order('<h5 id="x">a</h5><p>h5</p>') == '<h3 id="x">a</h3><p>h5</p>'
