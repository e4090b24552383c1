"""What changed between two versions, word by word, and nothing that a browser would run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
