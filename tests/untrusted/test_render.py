"""What members write becomes HTML that cannot run, load or pretend."""

import pytest

from commonplace.untrusted.markdown import render, render_line


def test_tables_code_and_emphasis_come_through() -> None:
    html = render("| a | b |\n|---|---|\n| *c* | `d` |\n\n1. one\n2. two", "x")
    assert "<table" in html
    assert "<em>c</em>" in html
    assert "<code>d</code>" in html
    assert "<ol" in html


def test_raw_html_is_shown_and_not_run() -> None:
    html = render("<script>alert(1)</script> <b onclick=x>bold</b>", "x")
    assert "<script" not in html
    assert "<b " not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("address", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x"])
def test_a_link_that_runs_is_none(address: str) -> None:
    assert "href" not in render(f"[x]({address})", "x")
    assert "href" not in render(f"<{address}>", "x")


def test_after_a_link_a_picture_is_a_link_again() -> None:
    html = render("[one](https://example.org/1) ![pump](https://example.org/p.png)", "x")
    assert 'href="https://example.org/p.png"' in html


def test_a_link_carries_no_trust() -> None:
    assert 'rel="nofollow noopener noreferrer ugc"' in render("[x](https://example.org/)", "x")


def test_a_link_within_the_site_stays() -> None:
    assert 'href="/practices/1/"' in render("[x](/practices/1/)", "x")


def test_no_picture_loads_it_is_a_link_with_its_text() -> None:
    html = render("![the *pump*](https://example.org/p.png)", "x")
    assert "<img" not in html
    assert 'href="https://example.org/p.png"' in html
    assert ">the pump</a>" in html


def test_a_picture_without_text_is_called_by_its_name() -> None:
    assert ">p.png</a>" in render("![](https://example.org/p.png)", "x")


def test_a_picture_within_a_link_leaves_one_link() -> None:
    html = render("[![pump](https://example.org/p.png)](https://example.org/)", "x")
    assert html.count("<a ") == 1
    assert ">pump</a>" in html


@pytest.mark.parametrize(("written", "level"), [("#", 3), ("##", 3), ("######", 3), ("# A\n\n###", 4)])
def test_a_heading_stays_below_those_of_the_page(written: str, level: int) -> None:
    assert render(f"{written} Title", "x").endswith(f'<h{level} id="t-x-title" dir="auto">Title</h{level}>\n')


def test_a_remark_has_links_but_no_blocks() -> None:
    html = render_line("# no *heading*, [a link](https://example.org/) and `code`")
    assert html.startswith("<p># no <em>heading</em>")
    assert "<a href" in html
    assert "<code>" in html


@pytest.mark.parametrize("text", ["> " * 5_000 + "x", "[" * 20_000, "*a_ " * 20_000, "![" * 20_000, "`" * 20_000])
def test_a_text_that_nests_without_end_is_rendered_all_the_same(text: str) -> None:
    assert isinstance(render(text, "x"), str)
