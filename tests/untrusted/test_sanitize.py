"""The HTML of an archive keeps its words and its form, and loses everything that acts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.untrusted.markdown import plain, sanitize

PIECES = [
    *[
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "</a>",
        "<h1>",
        "</h1>",
        "<table>",
        "<tr>",
        "<td>",
        "<script>",
        "</script>",
        "<svg>",
        "<style>",
        "</style>",
    ],
    *[
        "<math><mtext>",
        "<button>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<noscript>",
        "<template>",
        "<form>",
        "<select>",
        "<option>",
        "<ul><li>",
        "&lt;b&gt;",
    ],
    *["&amp;", "&nbsp;", "\x00", "text", '"', "'", ">"],
    "<a href='https://e.org'>",
    "<img src=https://e.org/i.png alt='<h1>'>",
]


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>run()</script>",
        "<p onclick=run()>",
        "<a href='javascript:run()'>",
        "<a href='java\tscript:run()'>",
        "<a href='data:text/html,run()'>",
        "<p style='background:url(//run)'>",
        "<iframe src=//run>",
        "<svg onload=run()>",
        "<img src=x onerror=run()>",
        "<form action=run()>",
        "<base href=//run>",
        "<math><mtext><table><mglyph><style><img src=x onerror=run()>",
    ],
)
def test_nothing_runs(hostile: str) -> None:
    assert "run" not in sanitize(hostile)


def test_no_attribute_styles_or_names() -> None:
    assert sanitize('<p class="a" id="b" style="c" title="d">x</p>') == "<p>x</p>"


def test_a_picture_becomes_a_link() -> None:
    html = sanitize('<p><img src="https://e.org/a.png" alt="a &gt; b"></p>')
    assert html == '<p><a href="https://e.org/a.png" rel="nofollow noopener noreferrer ugc">a &gt; b</a></p>'


def test_a_picture_within_a_link_is_its_text() -> None:
    assert sanitize('<a href="https://e.org/"><img src="https://e.org/a.png"></a>').count("<a ") == 1


def test_a_data_picture_leaves_its_text() -> None:
    assert "data:" not in sanitize('<img src="data:image/png;base64,AAAA" alt="pump">')


def test_headings_stay_below_those_of_the_page() -> None:
    assert sanitize("<h1>a</h1><h2>b</h2><h3>c</h3>") == "<h3>a</h3><h4>b</h4><h5>c</h5>"


def test_an_address_within_the_old_site_leads_nowhere_here() -> None:
    assert "href" not in sanitize('<a href="/questions/1">x</a>')


def test_a_text_of_tags_without_end_keeps_its_words() -> None:
    assert sanitize("<div>" * 50_000 + "word") == "word"


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_a_second_time_changes_nothing(html: str) -> None:
    once = sanitize(html)
    assert sanitize(once) == once
    assert not any(f"<{tag}" in once.lower() for tag in ("img", "script", "style", "svg", "h1", "form"))


def test_the_plain_words_are_apart_and_unescaped() -> None:
    assert plain("<p>a &amp; b</p><ul><li>c</li><li>d<br>e</li></ul><script>f</script>") == "a & b c d e"
