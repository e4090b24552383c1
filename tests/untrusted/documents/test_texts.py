"""Texts and pages: what they say of themselves, their four parts, and what they lead to."""

import json
from pathlib import Path

import pytest

from commonplace.untrusted.documents import Authority, Exactness, Parts, read
from commonplace.untrusted.markdown import render
from tests.untrusted.documents.making import Given, documents, notes, refusals

FRONT = """---
title: "Scales: calibrate them"
since: 2019
authority: imposed
# nobody reads this line
tags: [food, "salt, sugar"]
owners:
  - Ann
  - Bo
summary: >
  Two
  lines
Status: Active
---
"""


def test_what_stands_before_a_text_is_read_into_fields(given: Given) -> None:
    one = given.document("one.md", FRONT + "Do it.\n")
    assert (one.title, one.authority, one.parts) == ("Scales: calibrate them", Authority.IMPOSED, Parts(how="Do it."))
    assert one.since
    assert (one.since.day.year, one.since.exact_to) == (2019, Exactness.YEAR)
    assert one.fields["topics"] == "food, salt, sugar"
    assert one.fields["owners"] == "Ann, Bo"
    assert one.fields["summary"] == "Two lines"
    assert one.under("status") == "Active"


def test_a_title_with_a_colon_that_nobody_put_between_quotation_marks_is_read(given: Given) -> None:
    assert given.document("one.md", "---\nTitle: PEP 1: Purpose\n---\nx").title == "PEP 1: Purpose"


def test_values_before_a_text_are_words_and_make_nothing(given: Given) -> None:
    one = given.document(
        "a.md", "---\ntitle: x\nrun: !!python/object/apply:os.system [id]\nlaugh: *a\nopen: no\n---\nx"
    )
    assert dict(one.fields) == {"run": "!!python/object/apply:os.system [id]", "laugh": "*a", "open": "no"}


def test_lines_before_a_text_that_cannot_be_read_set_it_aside(given: Given) -> None:
    given.holding(
        a_md="---\ntitle: x\nwhat is this\n---\ny", b_md="---\ntitle: x\n\ny", c_md="---\nsince: soon\n---\nx"
    )
    given.holding(d_md="---\nauthority: maybe\n---\nx", e_md="fine")
    assert refusals(given.read()) == {"a.md": "front", "b.md": "front", "c.md": "date", "d.md": "authority"}


def test_a_name_before_a_text_can_be_mapped_by_hand_and_one_that_is_known_taken_out(given: Given) -> None:
    text = "---\nName: x\nCreated: 13-Jun-2000\nSource: me\n---\ny"
    (one,) = documents(given.one("a.md", text, {"created": "since", "source": ""}))
    assert one.since
    assert one.since.day.isoformat() == "2000-06-13"
    assert dict(one.fields) == {"since": "13-Jun-2000", "Source": "me"}


def test_a_line_across_the_page_is_no_list_of_fields(given: Given) -> None:
    assert given.document("rule.md", "---\n\nSome words.\n\n---\n\nMore.").parts.how.count("---") == 2


def test_the_first_heading_is_the_title_else_the_name_of_the_file(given: Given) -> None:
    given.holding(a_md="# Wash hands\n\nx", b_md="Wash\n====\n\nx", wash_hands_md="")
    given.file("cut_bread.md", "no heading")
    given.file("late.md", "Before.\n\n# Late\n\nAfter.")
    one, two, three, four = documents(given.read())
    assert [one.title, two.title, three.title, four.title] == ["Wash hands", "Wash", "cut bread", "Late"]
    assert (one.parts.how, four.parts.how) == ("x", "Before.\n\n# Late\n\nAfter.")


def test_a_title_given_before_the_text_is_not_repeated_in_it(given: Given) -> None:
    same = given.document("a.md", "---\ntitle: Wash Hands\n---\n# Wash hands\nx")
    other = given.document("b.md", "---\ntitle: Hands\n---\n# Wash hands\nx")
    assert (same.parts.how, other.parts.how) == ("x", "# Wash hands\nx")


@pytest.mark.parametrize(
    ("when", "how", "why", "limits"),
    [
        ("When", "How", "Why", "Limits"), ("Context", "Steps", "Reasons", "Exceptions"),
        ("1. When to use it:", "2) Procedure", "RATIONALE", "Limit"), ("Quand", "Comment", "Pourquoi", "Limites"),
        ("Contexte", "Étapes", "Raisons", "Exceptions"), ("Contexte", "Mode opératoire", "Motif", "Restrictions"),
    ],
)  # fmt: skip
def test_the_four_parts_are_told_by_their_headings(given: Given, when: str, how: str, why: str, limits: str) -> None:
    text = f"# T\n\n## {when}\na\n\n## {how}\nb\n\n### deeper\nc\n\n## {why}\nd\n\n## {limits}\ne\n"
    assert given.document("a.md", text).parts == Parts("a", "b\n\n### deeper\nc", "d", "e")


def test_what_stands_under_no_part_is_how_and_nothing_is_lost(given: Given) -> None:
    text = "# T\nfirst\n## When\na\n## References\nb\n### Why\nc\n## Last\nd\n```\n## Limits\n```\n"
    assert given.document("a.md", text).parts == Parts(
        "a", "first\n\n## References\nb\n\n## Last\nd\n```\n## Limits\n```", "c"
    )


def test_a_text_without_the_parts_goes_whole_into_how(given: Given) -> None:
    text = "Line one.\n\n## Section\n\n- a\n- b\n\n    code"
    assert given.document("a.txt", text).parts == Parts(how=text)


def test_what_leads_to_a_file_that_was_given_is_told_as_a_link(given: Given) -> None:
    given.holding(picture_png=b"\x89PNG", a__other_md="o")
    given.file(
        "a/one.md", "[o](other.md#part) ![p](../picture.png) [gone](gone.md) [out](../../x) [web](https://a.b/other.md)"
    )
    (one,) = [one for one in documents(given.read()) if one.place.file == "a/one.md"]
    assert [(link.address, link.file, link.picture) for link in one.links] == [
        ("other.md#part", "a/other.md", False),
        ("../picture.png", "picture.png", True),
    ]
    assert "[gone](gone.md)" in one.parts.how


def test_letters_of_windows_and_of_wide_files_are_read(given: Given) -> None:
    texts = {"a.md": "é\r\nœ".encode("cp1252"), "b.md": "é\nœ".encode("utf-8-sig"), "c.md": "é\nœ".encode("utf-16")}
    for name, data in texts.items():
        assert given.document(name, data).parts.how == "é\nœ"


def test_what_is_no_text_is_refused(given: Given) -> None:
    assert given.refusal("a.md", b"\x89PNG\r\n\x1a\n\0\0\0").why == "not_text"
    assert given.refusal("b.md", b"caf\x81").why == "encoding"
    assert given.refusal("c.md", " \n").why == "empty"
    assert given.refusal("d.md", "x" * 1_000_001).why == "too_long"


PAGE = """<!doctype html><html><head><title>Site - Wash</title><style>p{}</style></head><body onload=run()>
<nav><a href=/>Home</a></nav><h1>Wash   hands</h1><p>With <b>soap</b>,
a_b and 2*3*4 [sic] <a href="two.html">there</a>.</p>
<h2>Steps</h2><ol><li>Wet<ul><li>warm</li></ul></li><li>Rub</li></ol>
<table><tr><th>a</th><th>b</th></tr><tr><td>1|2</td><td>3</td></tr></table><pre>x  y
```z</pre><h2>Limites</h2><p># not a heading</p></body></html>"""


def test_a_page_becomes_markdown_with_its_structure(given: Given) -> None:
    one = given.document("a.html", PAGE)
    assert one.title == "Wash hands"
    assert one.parts.limits == r"\# not a heading"
    assert one.parts.how.startswith("With **soap**, a_b and 2\\*3\\*4 \\[sic\\] [there](two.html).")
    shown = render(one.parts.how, "x")
    assert "<li>Wet" in shown
    assert "<td>1|2</td>" in shown
    assert "x  y\n```z" in shown
    assert "Home" not in one.parts.how


def test_a_page_without_a_heading_is_called_as_its_window(given: Given) -> None:
    assert given.document("a.htm", "<title>Wash &amp; dry</title><p>x").title == "Wash & dry"


def test_a_page_is_read_in_the_letters_that_it_declares(given: Given) -> None:
    page = '<meta charset="{}"><p>Привет'
    assert given.document("a.html", page.format("windows-1251").encode("cp1251")).parts.how == "Привет"
    assert given.refusal("b.html", page.format("unicode_escape")).why == "encoding"


def test_scripts_and_what_would_load_are_dropped_from_a_page_and_what_is_missed_is_told(given: Given) -> None:
    read = given.one("a.html", "<p>a<script>run()</script><iframe src=//x>y</iframe><a href='javascript:run()'>b</a>")
    assert documents(read)[0].parts.how == "ab"
    assert notes(read) == ["left_out"]


def test_a_menu_that_never_ends_takes_nothing_with_it(given: Given) -> None:
    assert given.document("a.html", "<nav>Home</nav><p>a</p>").parts.how == "a"
    assert given.document("b.html", "<nav>Home<p>a</p>").parts.how == "Home\n\na"


def test_a_folder_gives_each_or_says_why_not(given: Given) -> None:
    given.holding(a_md="a", sub__b_html="<p>b", c_pdf=b"%PDF", empty_md="", logo_png=b"x", _git__config_md="x")
    given.file("~$c.docx", b"lock")
    (given.path / "link.md").symlink_to(given.path / "a.md")
    read = given.read()
    assert [one.place.file for one in documents(read)] == ["a.md", "sub/b.html"]
    assert refusals(read) == {"c.pdf": "kind", "empty.md": "empty", "link.md": "archive"}
    assert notes(read) == []


def test_nothing_to_read_is_said(given: Given, tmp_path: Path) -> None:
    given.holding(logo_png=b"x")
    assert refusals(given.read()) == {"given": "nothing"}
    assert refusals(read(tmp_path / "nowhere")) == {"nowhere": "archive"}
    assert refusals(read(tmp_path / "nowhere.md")) == {"nowhere.md": "archive"}


def test_a_file_that_was_sent_is_known_by_the_name_it_was_sent_under(given: Given) -> None:
    (one,) = documents(read(given.file("upload1234", "# T\nx"), name="handbook.md"))
    assert (one.title, one.place.file) == ("T", "handbook.md")


def test_headers_alone_come_in_with_what_they_say(given: Given) -> None:
    samples = [
        {"PEP": "8", "Title": 'Style: "code"', "Status": "Active"},
        {"PEP": "9", "Title": "x", "Status": "Final"},
    ]
    for one in samples:
        lines = "".join(f"{name}: {json.dumps(value)}\n" for name, value in one.items())
        given.file(f"{one['PEP']}.md", f"---\n{lines}---\n")
    assert [(one.title, one.under("status")) for one in documents(given.read())] == [
        ('Style: "code"', "Active"),
        ("x", "Final"),
    ]
