"""Pictures of ours in a text: shown where it names them, and nothing else loads."""

import pytest

from commonplace.consenting.differences import as_read
from commonplace.corresponding.letters.quoting import paragraphs
from commonplace.untrusted.html import own, sanitize
from commonplace.untrusted.markdown import files_in, mentioned, plain, render, render_line

ID, OTHER = "0" * 26, "1" * 26
ADDRESS = f"/files/{ID}/seal.jpg"
SHOWN = f'<img src="{ADDRESS}?small" alt="the seal" loading="lazy" class="picture">'


def test_it_stands_in_its_place_and_opens_whole_by_its_link() -> None:
    html = render(f"Look: ![the seal]({ADDRESS})", "x")
    assert SHOWN in html
    assert f'<a href="{ADDRESS}"' in html


def test_within_a_link_of_its_author_it_is_shown_and_leads_there() -> None:
    html = render(f"[![the seal]({ADDRESS})](https://example.org/)", "x")
    assert SHOWN in html
    assert html.count("<a ") == 1


def test_without_words_of_its_own_it_is_called_by_its_name() -> None:
    assert 'alt="seal.jpg"' in render(f"![]({ADDRESS})", "x")


@pytest.mark.parametrize(
    "address",
    [
        f"https://example.org{ADDRESS}", f"//example.org{ADDRESS}", f"{ADDRESS}?x", f"{ADDRESS}#x", f"{ADDRESS}/more",
        f"/files/{ID}/", f"/files/{ID[1:]}/seal.jpg", f"/files/{ID}/../seal.jpg", f"/files/{ID}/s%2Fl.jpg",
        f"/files/{ID}/..", f"/files/{ID}/.", f"/files/{ID}/.jpg",
        f"/files/{ID}/caf%C3%A9.jpg", "/pictures/1.jpg", "data:image/png;base64,AAAA",
    ],
)  # fmt: skip
def test_no_other_address_loads(address: str) -> None:
    assert "<img" not in render(f"![x]({address})", "x")
    assert "src=" not in own(f'<img src="{address}" alt="x">')


def test_nothing_but_our_own_renderer_writes_a_picture() -> None:
    assert "<img" not in render(SHOWN, "x")
    assert "<img" not in sanitize(SHOWN)
    bare = own(f'<img src="{ADDRESS}?small" alt="x" onerror="x" style="x" width="9" class="btn" loading="eager">')
    assert bare == f'<img src="{ADDRESS}?small" alt="x" class="">'


def test_what_it_shows_is_words_elsewhere() -> None:
    text = f"Look: ![the seal]({ADDRESS}) and ![]({ADDRESS})."
    assert plain(render(text, "x")) == "Look: the seal and seal.jpg."
    assert paragraphs(render(text, "x")) == ["Look: the seal and seal.jpg."]
    assert "/files/" not in plain(render_line(text))


def test_a_name_in_what_it_shows_is_nobody_told() -> None:
    assert mentioned(f"![@Tom]({ADDRESS})", {"tom"}) == []


@pytest.mark.parametrize(
    "text",
    [
        f"![x]({ADDRESS})", f"[x]({ADDRESS})", f"[x]({ADDRESS}#page=2)", f"![x][a]\n\n[a]: {ADDRESS}",
        f"- one\n  > ![x]({ADDRESS})", f"|a|\n|-|\n|![x]({ADDRESS})|", f"one[^1]\n\n[^1]: ![x]({ADDRESS})",
        f"---\nseal: ![x]({ADDRESS})\n---\n", f"<{ADDRESS}> ![x]({ADDRESS})",
    ],
)  # fmt: skip
def test_a_text_names_what_it_shows_and_what_it_links(text: str) -> None:
    assert files_in(text) == (ID,)


@pytest.mark.parametrize("text", [f"`![x]({ADDRESS})`", f"    ![x]({ADDRESS})", ADDRESS, f"![x](https://a.b{ADDRESS})"])
def test_in_code_and_bare_it_names_none(text: str) -> None:
    assert files_in(text) == ()


def test_a_comparison_shows_which_picture_was_and_which_is() -> None:
    """Though both are called the same."""
    before, after = f"Look: ![the seal]({ADDRESS})", f"Look: ![the seal]({ADDRESS.replace(ID, OTHER)}) again"
    html = as_read(before, after)
    assert f'<del><a href="{ADDRESS}"><img' in html
    assert f'<ins><a href="/files/{OTHER}/seal.jpg"><img' in html
    assert html.endswith("<ins>again</ins>")


def test_a_picture_that_nobody_changed_is_no_change() -> None:
    text = f"![the seal]({ADDRESS})"
    html = as_read(f"One {text}", f"Two {text}")
    assert html.startswith("<del>One</del><ins>Two</ins>")
    assert html.count("<img") == 1
