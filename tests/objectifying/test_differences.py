"""What changed between two versions, word by word, and nothing that a browser would run."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.consenting.differences import MOST_WORK, Bounded, TooDifferent
from commonplace.objectifying.differences import marked


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Bleed it.", "Bleed it.", "Bleed it."),
        ("Bleed it now.", "Bleed it slowly.", "Bleed it <del>now.</del> <ins>slowly.</ins>"),
        ("", "Call first.", "<ins>Call first.</ins>"),
        ("Call first.", "", "<del>Call first.</del>"),
        ("One\nTwo", "One\nThree", "One\n<del>Two</del>\n<ins>Three</ins>"),
        ("请先关闭水泵", "请先打开水泵", "请先<del>关闭</del><ins>打开</ins>水泵"),
        ("ปิดปั๊มก่อน", "เปิดปั๊มก่อน", "<ins>เ</ins>ปิดปั๊มก่อน"),
        ("أوقف المضخة", "أوقف الصمام", "أوقف <del>المضخة</del> <ins>الصمام</ins>"),
        ("a", "<script>", "<del>a</del><ins>&lt;script&gt;</ins>"),
    ],
)
def test_changes_are_marked_by_the_word(old: str, new: str, shown: str) -> None:
    assert marked(old, new) == shown


@given(st.text(), st.text())
def test_no_text_escapes_its_marks(old: str, new: str) -> None:
    html = marked(old, new)
    for tag in ("<ins>", "</ins>", "<del>", "</del>"):
        html = html.replace(tag, "")
    assert "<" not in html
    assert ">" not in html


def test_texts_too_different_to_compare_by_the_word_are_shown_by_the_line_or_whole() -> None:
    """The same hundred signs in another order would take a quarter of a minute."""
    signs = [[chr(0x4E00 + (n * step) % 100) for n in range(10_000)] for step in (1, 7)]
    old, new = ("".join(one) for one in signs)
    html = marked(old, new)
    assert "Too different to show word by word" in html
    assert f"<del>{old}</del><ins>{new}</ins>" in html
    assert f"Same.\n<del>{old}</del><ins>{new}</ins>" in marked(f"Same.\n{old}", f"Same.\n{new}")


def test_the_most_that_two_texts_are_compared_has_a_bound() -> None:
    words = [[f"w{n * step % 997}" for n in range(2_500)] for step in (1, 3, 5)]
    for old, new in ((words[0], words[1]), (words[1], words[2])):
        both = Bounded(old, new)
        with suppress(TooDifferent):
            both.get_opcodes()
        assert both.work < 2 * MOST_WORK
    assert marked("a " * 5_000 + "b", "a " * 5_000 + "c").endswith("<del>b</del> <ins>c</ins>")
