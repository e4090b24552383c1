"""Tables: each row a document, its columns known or mapped by hand, and what cannot be read told with its place."""

import json
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart

from commonplace.untrusted.documents import Authority, Exactness, Noted, Parts, Refused, from_pasted
from tests.untrusted.documents.making import Given, changed, documents, notes, refusals, xlsx

ENGLISH = ["Title", "When", "How", "Why", "Limits", "Source", "Authority", "Owner", "Since", "Audience", "ID", "Link"]
FRENCH = ["Intitulé", "Contexte", "Étapes", "Pourquoi", "Exceptions", "Origine", "Autorité", "Responsable"]
FRENCH += ["En vigueur depuis", "Destinataires", "Numéro", "Lien"]
ROW = [
    "Wash hands",
    "Before",
    "Soap",
    "Germs",
    "Never",
    "ISO 1",
    "imposed",
    "Ann",
    "2021-03-03",
    "everyone",
    "7",
    "http://a",
]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("headings", [ENGLISH, FRENCH])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_row_is_a_document_whatever_separates_its_cells(
    given: Given, sign: str, headings: list[str], encoding: str
) -> None:
    one = given.document("t.csv", f"{sign.join(headings)}\r\n{sign.join(ROW)}\r\n".encode(encoding))
    assert (one.title, one.parts) == ("Wash hands", Parts("Before", "Soap", "Germs", "Never"))
    assert (one.authority, one.since and one.since.day) == (Authority.IMPOSED, date(2021, 3, 3))
    assert [one.fields[name] for name in ("source", "owner", "audience", "key", "link")] == [
        "ISO 1", "Ann", "everyone", "7", "http://a",
    ]  # fmt: skip
    assert (one.place.file, one.place.row, str(one.place)) == ("t.csv", 2, "t.csv, row 2")


def test_a_cell_between_quotation_marks_may_hold_lines_and_signs(given: Given) -> None:
    one = given.document("t.csv", 'title;how\na;"1. x;\n2. ""y"""\n')
    assert one.parts.how == '1. x;\n2. "y"'


def test_excel_may_name_the_sign_first(given: Given) -> None:
    assert given.document("t.csv", "sep=|\ntitle|how\na|b,c;d\n").place.row == 3


def test_a_bad_row_is_set_aside_with_its_place_and_the_others_come_in(given: Given) -> None:
    rows = "title,how,since,authority\na,x,,\n,x,,\n\nb,x,soon,\nc,x,,somebody\nd,x,,,more\ne,x,2020,habit\n"
    read = given.one("t.csv", rows)
    assert [one.title for one in documents(read)] == ["a", "e"]
    assert refusals(read) == {
        "t.csv, row 3": "row_without_title",
        "t.csv, row 5": "date",
        "t.csv, row 6": "authority",
        "t.csv, row 7": "row_too_wide",
    }
    reasons = [one.reason for one in read if isinstance(one, Refused)]
    assert reasons[1] == "The date “soon” cannot be read. Write it as 2021-03-25, 25.3.2021, or the year alone."
    assert "“somebody”" in reasons[2]
    assert "agreed elsewhere" in reasons[2]


@pytest.mark.parametrize(
    ("written", "year", "month", "day", "exact"),
    [
        ("2021-03-04", 2021, 3, 4, "day"), ("3.4.2021", 2021, 4, 3, "day"), ("03/04/2021", 2021, 4, 3, "day"),
        ("2021/3/4", 2021, 3, 4, "day"), ("2021-03-04 10:00:00", 2021, 3, 4, "day"), ("4 mars 2021", 2021, 3, 4, "day"),
        ("1er août 2021", 2021, 8, 1, "day"), ("13-Jun-2000", 2000, 6, 13, "day"), ("March 4, 2021", 2021, 3, 4, "day"),
        ("03/25/2021", 2021, 3, 25, "day"), ("25-3-2021", 2021, 3, 25, "day"),
        ("2021", 2021, 1, 1, "year"), ("March 2021", 2021, 3, 1, "month"), ("2021-03", 2021, 3, 1, "month"),
    ],
)  # fmt: skip
def test_dates_are_read_with_the_day_before_the_month(
    written: str, year: int, month: int, day: int, exact: str
) -> None:
    from commonplace.untrusted.documents.values import since

    read = since(written)
    assert read
    assert (read.day, read.exact_to) == (date(year, month, day), Exactness(exact))


@pytest.mark.parametrize(
    "written",
    ["soon", "3.4.21", "3.25.2021", "13/13/2021", "02/30/2021", "2021-02-30", "44258", "0/2021", "2021-1-1-1", "2"],
)
def test_a_date_that_could_be_another_is_told_and_not_guessed(written: str) -> None:
    assert [one.why for one in from_pasted(f"title\tsince\na\t{written}\n") if isinstance(one, Refused)] == ["date"]


@pytest.mark.parametrize(
    ("dates", "month_first", "order"),
    [
        (["03/04/2021"], date(2021, 3, 4), None),
        (["03/04/2021", "25/12/2020"], date(2021, 3, 4), "day"),
        (["3-4-2021 10:00", "12/25/2020", "2020"], date(2021, 3, 4), "month"),
        (["03/04/2021", "12/25/2020", "25/12/2020"], date(2021, 3, 4), None),
        (["3.4.2021", "12/25/2020"], None, None), (["03/03/2021", "12/25/2020"], None, None),
        (["2021-04-03", "12/25/2020"], None, None),
    ],
)  # fmt: skip
def test_a_date_that_reads_two_ways_is_told_with_what_its_column_says(
    dates: list[str], month_first: date | None, order: str | None
) -> None:
    rows = "".join(f"a\t{written}\n" for written in dates)
    first = documents(from_pasted(f"title\tsince\n{rows}"))[0].since
    assert first
    assert (first.day.month, first.month_first, first.order) == (
        (dates[0].startswith("03/03") and 3) or 4,
        month_first,
        order,
    )


def test_topics_are_known_in_both_languages_and_as_a_list_before_a_text(given: Given) -> None:
    for heading in ("Topics", "tag", "Keywords", "Sujets", "Mots-clés", "mot clé", "Étiquettes"):
        [one] = documents(from_pasted(f"title\t{heading}\na\tpumps; night shift\n"))
        assert one.fields["topics"] == "pumps; night shift", heading
    for written in ("tags: [pumps, night shift]", "tags:\n  - pumps\n  - night shift", "topic: pumps, night shift"):
        assert given.document("a.md", f"---\n{written}\n---\n\nDo it.\n").fields["topics"] == "pumps, night shift"
    [one] = documents(from_pasted("title\tTags\tKeywords\na\tpumps\tvalves\n"))
    assert one.fields["topics"] == "pumps\nvalves", "two columns of it hold more of them"


@pytest.mark.parametrize(
    ("word", "authority"),
    [
        ("Imposed", "imposed"), ("mandatory", "imposed"), ("Obligatoire", "imposed"), ("imposée", "imposed"),
        ("agreed elsewhere", "agreed_elsewhere"), ("Convenu ailleurs", "agreed_elsewhere"), ("habit", "habit"),
        ("Usage", "habit"), ("habitude", "habit"), ("unknown", "unknown"), ("inconnue", "unknown"), ("?", "unknown"),
    ],
)  # fmt: skip
def test_authority_is_known_in_both_languages(word: str, authority: str) -> None:
    from commonplace.untrusted.documents.values import authority as read

    assert read(word) == Authority(authority)


def test_without_a_known_title_the_whole_table_waits_for_a_mapping(given: Given) -> None:
    table = "Was,Wie\na,b\nc,d\n"
    refusal = given.refusal("t.csv", table)
    assert (refusal.why, refusal.values["headings"]) == ("no_title", "Was, Wie")
    assert "Was, Wie" in refusal.reason
    read = documents(given.one("t.csv", table, {"was": "title", "Wie": "how"}))
    assert [(one.title, one.parts.how) for one in read] == [("a", "b"), ("c", "d")]


def test_a_column_that_is_not_known_is_told_and_kept(given: Given) -> None:
    note, one = given.one("t.csv", "title,Department,Empty\na,Sales,\n")
    assert isinstance(note, Noted)
    known = {"headings": "Department", "names": json.dumps(["Department"])}
    assert (note.why, note.values) == ("unknown_columns", known)
    assert documents([one])[0].under("department") == "Sales"


def test_two_columns_of_one_meaning_are_asked_about_unless_one_is_called_so(given: Given) -> None:
    assert given.refusal("a.csv", "title,owner 1,Responsable,Pilote\na,b,c,d\n").why == "two_columns"
    read = given.one("b.csv", "Title,Name,How,Steps,Comment\na,b,c,d,e\n")
    assert [(one.title, one.parts.how, dict(one.fields)) for one in documents(read)] == [
        ("a", "c\n\nd", {"Name": "b", "Comment": "e"})
    ]


def test_the_word_procedure_is_the_title_where_nothing_else_is(given: Given) -> None:
    assert given.document("a.csv", "Procedure,Steps\na,b\n").parts == Parts(how="b")
    assert given.document("b.csv", "Title,Procedure\na,b\n").parts == Parts(how="b")


def test_an_open_quotation_mark_sets_the_table_aside_and_says_the_line(given: Given) -> None:
    refusal = given.refusal("t.csv", 'title,how\na,b\nc,"d\ne,f\n')
    assert (refusal.why, refusal.values) == ("quotation", {"line": 4})


def test_what_stands_above_the_headings_is_told(given: Given) -> None:
    read = given.one("t.xlsx", xlsx([["Procedures 2024"], [], ["Title", "How"], ["a", "b"]]))
    assert [one.place.row for one in documents(read)] == [4]
    assert notes(read) == ["above_headings"]


def test_a_workbook_gives_the_values_of_each_sheet_as_they_would_be_written(given: Given) -> None:
    first = [["Title", "How", "Since", "N", "B"], ["a", "x\ny", datetime(2021, 3, 4), 10.0, True]]
    data = xlsx(first, Others=[["Titre", "Depuis"], ["b", 2019]], Notes=[["just words"]])
    read = given.one("t.xlsx", data)
    one, two = documents(read)
    assert (one.parts.how, one.fields["N"], one.fields["B"]) == ("x\ny", "10", "TRUE")
    assert one.since
    assert one.since.day == date(2021, 3, 4)
    assert str(two.place) == "t.xlsx, sheet Others, row 2"
    assert refusals(read) == {"t.xlsx, sheet Notes": "no_title"}


def test_formulas_give_what_was_stored_and_are_never_reckoned(given: Given) -> None:
    data = xlsx([["Title", "How"], ["a", "=1+1"], ["b", "=1+2"], ["c", "=NOW()"], ["d", "plain"]])
    part = "xl/worksheets/sheet1.xml"
    data = changed(data, part, "<f>1+1</f><v />", "<f>1+1</f><v>2</v>")
    data = changed(data, part, "<f>1+2</f><v />", "<f>1+2</f>")
    data = changed(data, part, '<c r="B4"><f>NOW()</f><v />', '<c r="B4" t="e"><f>NOW()</f><v>#REF!</v>')
    read = given.one("t.xlsx", data)
    assert [(one.title, one.parts.how) for one in documents(read)] == [("a", "2"), ("d", "plain")]
    assert refusals(read) == {
        "t.xlsx, sheet Procedures, row 3": "not_calculated",
        "t.xlsx, sheet Procedures, row 4": "cell_error",
    }


def test_a_hidden_sheet_is_left_out_and_that_is_told(given: Given) -> None:
    data = changed(
        xlsx([["Title"], ["a"]], Lists=[["Title"], ["b"]]),
        "xl/workbook.xml",
        'name="Lists" sheetId="2" state="visible"',
        'name="Lists" sheetId="2" state="hidden"',
    )
    read = given.one("t.xlsx", data)
    assert [one.title for one in documents(read)] == ["a"]
    assert notes(read) == ["hidden_sheet"]


def test_a_sheet_that_cannot_be_reached_sets_the_workbook_aside(given: Given) -> None:
    """Its reader would leave it out, say so to nobody, and go on with the others."""
    book = xlsx([["Title"], ["a"]], More=[["Title"], ["b"]])
    assert len(given.one("a.xlsx", book)) == 2
    for old, new in (("/xl/worksheets/sheet2.xml", "/xl/worksheets/sheet9.xml"), ('Id="rId2"', 'Id="rId22"')):
        assert given.refusal("b.xlsx", changed(book, "xl/_rels/workbook.xml.rels", old, new)).why == "unreadable"


def test_a_chart_on_a_sheet_of_its_own_keeps_no_table_out(given: Given) -> None:
    book, made = Workbook(), BytesIO()
    book.active.append(["Title"])  # type: ignore[union-attr]
    book.active.append(["a"])  # type: ignore[union-attr]
    book.create_chartsheet("Chart").add_chart(BarChart())
    book.save(made)
    assert [one.title for one in documents(given.one("a.xlsx", made.getvalue()))] == ["a"]


def test_a_pasted_table_gives_the_same_rows() -> None:
    read = from_pasted('Titre\tComment\tDepuis\r\nUn\t"faire\nça"\t2019\r\nDeux\tb\tjamais\r\n')
    (one,) = documents(read)
    assert (one.title, one.parts.how, str(one.place)) == ("Un", "faire\nça", "row 2")
    assert refusals(read) == {"row 3": "date"}


def test_quotation_marks_that_a_program_pasted_as_they_were_stay() -> None:
    (one,) = documents(from_pasted('Title\tHow\na\t"Stop" is said\n'))
    assert one.parts.how == '"Stop" is said'


def test_a_table_has_its_limits(given: Given) -> None:
    rows = "title\n" + "a\n" * 50_001
    assert given.refusal("a.csv", rows).why == "too_many_rows"
    assert given.refusal("b.csv", "title" + ",x" * 200 + "\na\n").why == "too_many_columns"
