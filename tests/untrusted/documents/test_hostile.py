"""Documents made to do harm: read without it, or refused with a reason; nothing of theirs runs, loads or explodes."""

import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from commonplace.untrusted.documents import Place, fence, limits, packages, read
from commonplace.untrusted.documents.fence import Fence
from commonplace.untrusted.documents.packages import looked_through
from commonplace.untrusted.documents.reasons import Unreadable
from commonplace.untrusted.markdown import render
from tests.untrusted import hostile
from tests.untrusted.documents.making import (
    OFFICE,
    USUAL_BODY,
    Given,
    changed,
    documents,
    docx,
    notes,
    paragraph,
    refusals,
    repeated,
    xlsx,
    zipped,
)

TABLE = [["Title", "How"], ["a", "b"]]
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
READS = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declaration", [LAUGHS, READS, "<!DOCTYPE x>", '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">'])
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "[Content_Types].xml", "_rels/.rels"])
def test_no_part_of_a_word_document_may_declare_anything(declaration: str, part: str) -> None:
    root = {"word/document.xml": "<w:document", "word/styles.xml": "<w:styles", "[Content_Types].xml": "<Types"}
    start = root.get(part, "<Relationships")
    with pytest.raises(Unreadable, match="entities"):
        looked_through(changed(docx(), part, start, declaration + start), "a.docx")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_no_part_of_a_workbook_may_declare_anything(given: Given, part: str) -> None:
    root = {"xl/workbook.xml": "<workbook", "xl/styles.xml": "<styleSheet"}
    start = root.get(part, "<worksheet")
    assert given.refusal("a.xlsx", changed(xlsx(TABLE), part, start, LAUGHS + start)).why == "entities"


def test_a_declaration_in_wide_letters_is_seen_too(given: Given) -> None:
    wide = f'<?xml version="1.0" encoding="utf-16"?>{LAUGHS}<x>&b;</x>'.encode("utf-16")
    assert given.refusal("a.docx", docx(word__styles_xml=wide)).why == "entities"


def test_a_part_that_unpacks_without_end_is_refused_before_it_is_read(given: Given) -> None:
    assert given.refusal("a.docx", docx(" " * (30 << 20))).why == "package"
    assert (
        given.refusal("b.xlsx", changed(xlsx(TABLE), "xl/workbook.xml", "<sheets>", " " * (30 << 20) + "<sheets>")).why
        == "package"
    )


def test_many_parts_may_not_unpack_to_more_than_one_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MOST_OF_A_PACKAGE", 10_000)
    with pytest.raises(Unreadable, match="too_much"):
        looked_through(
            docx(word__a_xml="<a>" + "x" * 6_000 + "</a>", word__b_xml="<a>" + "y" * 6_000 + "</a>"), "a.docx"
        )


def test_a_package_of_thousands_of_parts_or_of_names_that_lead_out_is_refused(given: Given) -> None:
    assert given.refusal("a.docx", zipped({f"{number}.xml": "<a/>" for number in range(2_001)})).why == "package"
    assert given.refusal("b.docx", zipped({"../../etc/x.xml": "<a/>"})).why == "package"


def test_things_within_things_without_end_are_refused(given: Given) -> None:
    assert given.refusal("a.docx", docx("<w:p>" * 5_000 + "</w:p>" * 5_000)).why == "nested"


def test_macros_are_left_out_and_the_text_is_read(given: Given) -> None:
    read = given.one("a.docm", docx(word__vbaProject_bin=b"Sub AutoOpen()"))
    assert notes(read) == ["macros"]
    assert documents(read)[0].title == "Calibrate the scale"
    book = looked_through(xlsx(TABLE), "a").data.getvalue()
    assert b"Sub AutoOpen" not in looked_through(docx(word__vbaProject_bin=b"Sub AutoOpen()"), "a").data.getvalue()
    assert documents(given.one("a.xlsm", book))


def test_nothing_outside_is_fetched(given: Given) -> None:
    """A picture, a template and a workbook elsewhere: somebody listens there, and nobody calls."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        there = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        relation = f'<Relationship Id="rId{{}}" Type="{OFFICE}/{{}}" Target="{there}" TargetMode="External"/>'
        relations = relation.format(9, "image") + relation.format(8, "attachedTemplate") + relation.format(7, "styles")
        picture = (
            '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:link="rId9"'
            '/></w:drawing></w:r></w:p><w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">'
            '<v:imagedata r:id="rId9"/></v:shape></w:pict></w:r></w:p>'
        )
        given.file("a.docx", docx(USUAL_BODY + picture, relations))
        given.file("b.html", f"<h1>T</h1><img src='{there}'><link href='{there}'><iframe src='{there}'></iframe>")
        given.file("c.md", f"![x]({there})")
        given.file("d.csv", f'title,how\na,"=WEBSERVICE(""{there}"")"\n')
        given.read()
        with pytest.raises(BlockingIOError):
            server.accept()


def test_what_is_not_what_its_name_says_is_refused(given: Given) -> None:
    given.file("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    given.file("pdf.docx", b"%PDF-1.4")
    given.file("book.docx", xlsx(TABLE))
    given.file("text.xlsx", docx())
    given.file("cut.docx", docx()[:-40])
    given.file("text.csv", b"PK\3\4\0\0")
    given.file("none.xlsx", b"")
    assert refusals(given.read()) == {
        "old.docx": "old_or_locked", "pdf.docx": "unreadable", "book.docx": "unreadable", "text.xlsx": "unreadable",
        "cut.docx": "package", "text.csv": "not_text", "none.xlsx": "unreadable",
    }  # fmt: skip


def test_a_sheet_that_says_it_has_a_million_rows_is_read_by_what_is_there(given: Given) -> None:
    data, part = xlsx(TABLE), "xl/worksheets/sheet1.xml"
    wide = changed(data, part, '<dimension ref="A1:B2" />', '<dimension ref="A1:XFD1048576" />')
    assert given.document("a.xlsx", wide).parts.how == "b"
    far = changed(data, part, '<row r="2"', '<row r="999999999"')
    assert given.refusal("b.xlsx", far).why == "unreadable"


def test_one_long_cell_in_every_row_is_too_much(given: Given) -> None:
    assert given.refusal("a.xlsx", repeated("x" * 100_000, 1_000)).why == "too_much"
    assert documents(given.one("b.xlsx", repeated("x", 3)))[2].parts.how == "x"


def test_a_long_table_whose_rows_look_alike_is_no_bomb(given: Given) -> None:
    rows = [
        ["Title", "When", "How", "Why", "Limits"],
        *[["Wash hands", "before " * 20, "soap " * 20, "germs", "none"]] * 8_000,
    ]
    assert len(documents(given.one("a.xlsx", xlsx(rows)))) == 8_000
    text = "\n\n".join(f"{number}. wash hands" for number in range(40_000))
    assert documents(given.one("b.zip", zipped({"a.md": text, "b.md": "x"})))


def test_a_zip_gives_its_files_and_one_that_escapes_or_is_damaged_is_refused(given: Given, tmp_path: Path) -> None:
    whole = zipped({"a.md": "# A\nx", "sub/b.docx": docx(), "p.png": b"x", "c.zip": zipped({"x.md": "x"})})
    read_whole = given.one("all.zip", whole)
    assert [one.title for one in documents(read_whole)] == ["A", "Calibrate the scale"]
    assert refusals(read_whole) == {"c.zip": "kind"}
    assert given.refusal("out.zip", zipped({"../a.md": "x"})).why == "archive"
    assert given.refusal("cut.zip", whole[:-30]).why == "archive"
    assert given.refusal("bomb.zip", zipped({"a.md": b" " * (19 << 20)})).why == "archive"
    at = whole.index(b"# A\nx"[:1]) if b"# A" in whole else whole.index(b"a.md") + 6
    broken = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
    read_broken = given.one("broken.zip", broken)
    assert [one.title for one in documents(read_broken)] == ["Calibrate the scale"]
    assert refusals(read_broken) == {"a.md": "archive", "c.zip": "kind"}


def test_a_zip_beside_other_files_gives_its_files_and_a_bad_one_hinders_no_other(given: Given, tmp_path: Path) -> None:
    given.file("a.md", "# Beside\nx")
    inner = zipped({"x.md": "x"})
    given.file("book.zip", zipped({"a.md": "# Within\n[b](sub/b.md)", "sub/b.md": "# B\nx", "c.zip": inner}))
    given.file("cut.zip", zipped({"x.md": "x"})[:-9])
    given.file("out.zip", zipped({"../x.md": "x"}))
    (tmp_path / "far.zip").write_bytes(zipped({"far.md": "x"}))
    (tmp_path / "given" / "link.zip").symlink_to(tmp_path / "far.zip")
    read = given.read()
    assert {one.place.file: one.title for one in documents(read)} == {
        "a.md": "Beside", "book.zip/a.md": "Within", "sub/b.md": "B",
    }  # fmt: skip
    bad = dict.fromkeys(("cut.zip", "out.zip", "link.zip"), "archive")
    assert refusals(read) == {**bad, "c.zip": "kind"}


@pytest.mark.parametrize("limit", ["MOST_FILES", "GIVEN"])
def test_what_several_zips_hold_together_is_limited_as_one(
    given: Given, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    few = replace(limits.GIVEN, entries=4) if limit == "GIVEN" else 4
    monkeypatch.setattr(limits, limit, few)
    for name in "ab":
        given.file(f"{name}.zip", zipped({f"{name}{number}.md": "x" for number in range(3)}))
    assert not documents(given.read())


@pytest.mark.parametrize("limit", ["MOST_OF_ALL", "SECONDS_OF_ALL"])
def test_a_folder_that_asks_for_too_much_is_read_no_further_and_says_where(
    given: Given, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(limits, limit, 0)
    read_so_far = given.holding(a_md="a", b_md="b", c_md="c").read()
    assert [one.title for one in documents(read_so_far)] == ["a"]
    assert refusals(read_so_far) == {"b.md": "more_than_all"}


def test_thousands_of_files_are_counted_before_one_is_read(given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_FILES", 2)
    assert refusals(given.holding(a_md="a", b_md="b", c_md="c").read()) == {"given": "too_many_files"}


def test_a_file_that_is_too_large_is_refused_before_it_is_read(given: Given) -> None:
    assert given.refusal("a.md", b"x" * (20 * (1 << 20) + 1)).why == "too_large"


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 20_000 + "x", "<table><tr><td>" * 2_000 + "x", "<ul><li>" * 3_000 + "x", "<a href=x>" * 20_000,
        "<!--" * 100_000, "<b><i>" * 5_000 + "</b></i>" * 5_000, "&" * 100_000, "<" * 100_000, "<pre>" + "`" * 500_000,
        "<input type=checkbox " * 20_000, "<title>" * 50_000, "<meta " * 50_000,
    ],
    ids=range(12),
)  # fmt: skip
def test_a_page_made_to_be_slow_comes_in_or_is_refused(given: Given, page: str) -> None:
    (one,) = given.one("a.html", page)
    assert one.place == Place("a.html")


@pytest.mark.parametrize(
    "text",
    ["[" * 20_000, "> " * 20_000 + "x", "![a](" * 20_000, "*a **b " * 20_000, "- " * 5_000 + "x",
     "---\n" + "a: b\n" * 99_999],
    ids=range(6),
)  # fmt: skip
def test_a_text_made_to_be_slow_comes_in_or_is_refused(given: Given, text: str) -> None:
    (one,) = given.one("a.md", text)
    assert one.place == Place("a.md")


def test_pages_made_to_run_something_run_nothing_when_shown(given: Given) -> None:
    for number, page in enumerate(hostile.texts(200, seed=11)):
        given.file(f"{number}.html", page)
    for one in documents(given.read()):
        shown = render("\n\n".join((one.parts.when, one.parts.how, one.parts.why, one.parts.limits)), "x")
        for piece in shown.split("<")[1:]:
            tag = piece.partition(">")[0].lower()
            assert not tag.startswith(("script", "img", "svg", "iframe"))
            assert 'href="javascript:' not in tag


def test_the_child_reaches_no_file_no_network_and_no_more_memory_than_it_may() -> None:
    tries = ["open('/etc/passwd')", "open('/tmp/x', 'w')", "__import__('socket').create_connection(('127.0.0.1', 9))",
             "__import__('subprocess').run(['id'])", "__import__('os').system('id')", "bytearray(2 << 30)"]  # fmt: skip
    program = "from commonplace.untrusted.confined.inside import confine\nconfine(1 << 30)\n" + "".join(
        f"try:\n    {one}\n    print('done')\nexcept (PermissionError, MemoryError) as error:\n    print('stopped')\n"
        for one in tries
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["stopped"] * len(tries)


def test_the_child_knows_no_secret_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://a:secret@b/c")
    with Fence() as one:
        one.read("markdown", b"x", Place("a.md"), {})
        assert one.child.process
        assert b"secret" not in Path(f"/proc/{one.child.process.pid}/environ").read_bytes()


def test_a_child_that_takes_too_long_is_ended_and_the_next_file_gets_another() -> None:
    with Fence(seconds=0) as one:
        (late,) = one.read("markdown", b"x", Place("a.md"), {})
        one.seconds = 60
        (next_one,) = one.read("markdown", b"x", Place("b.md"), {})
    assert refusals([late]) == {"a.md": "too_slow"}
    assert documents([next_one])


@pytest.mark.parametrize(("ending", "why"), [("os._exit(9)", "too_much"), ("os.abort()", "unreadable")])
def test_a_child_that_broke_has_read_nothing(monkeypatch: pytest.MonkeyPatch, ending: str, why: str) -> None:
    begun = "import os, sys; sys.stdin.buffer.readline(); print('[\"found\", {', flush=True); " + ending
    monkeypatch.setattr(fence, "_COMMAND", [sys.executable, "-c", begun])
    with Fence() as one:
        assert refusals(one.read("markdown", b"x", Place("a.md"), {})) == {"a.md": why}


def test_whoever_stops_looking_leaves_no_child_behind(given: Given) -> None:
    given.holding(a_md="a", b_md="b")
    looking = read(given.path)
    next(looking)
    frame = looking.gi_frame  # type: ignore[attr-defined]
    child = frame.f_locals["fence"].child.process
    looking.close()  # type: ignore[attr-defined]
    assert child.poll() is not None


def test_ill_words_of_a_word_document_are_words(given: Given) -> None:
    one = given.document("a.docx", docx(paragraph("&lt;script&gt;run()&lt;/script&gt; [x](javascript:run()) =1+1")))
    assert "<script" not in render(one.parts.how, "x")
