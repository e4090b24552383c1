"""Many at once, brought in again: whatever is otherwise in the source is said."""

import re
from pathlib import Path

import pytest

from commonplace.ledger.check import findings
from commonplace.objectifying import acts, batches
from commonplace.objectifying.audience import NEWCOMERS
from commonplace.objectifying.models import Batch
from commonplace.untrusted.documents import read
from tests.objectifying.batching import Desk
from tests.objectifying.conftest import Crew
from tests.objectifying.test_batch_pages import confirmed, everything, laid_out
from tests.objectifying.test_pages import shown


@pytest.fixture
def desk(crew: Crew, tmp_path: Path) -> Desk:
    return Desk(crew, tmp_path / "given")


def row(title: str = "Open", how: str = "Slowly", audience: str = "", status: str = "", authority: str = "") -> str:
    return f"id,title,how,audience,status,authority\n7,{title},{how},{audience},{status},{authority}\n"


def test_another_title_is_said_beside_what_changed_and_kept_with_the_version(desk: Desk) -> None:
    desk.put("a.csv", row())
    desk.brought()
    desk.put("a.csv", row("Shut", "Fast"))
    batch = desk.laid()
    assert desk.verdicts(batch) == {"Shut": "changed"}
    assert "called “Shut” there now" in batches.remarks(batch.rows.get())[0]
    batches.confirm(desk.crew.lea, batch)
    assert "“Shut”" in desk.practices()["Open"].newest_version.note


def test_another_title_alone_is_said_and_makes_no_version(desk: Desk) -> None:
    desk.put("a.csv", row())
    desk.brought()
    desk.put("a.csv", row("Shut"))
    batch = desk.laid()
    assert "called “Shut” there now" in desk.reasons(batch)["a.csv, row 2"]
    assert batch.rows.get().practice == desk.practices()["Open"]


def test_whom_it_is_for_there_now_comes_in_with_the_version(desk: Desk) -> None:
    desk.put("a.csv", row())
    desk.brought()
    desk.put("a.csv", row(audience="Newcomers"))
    batch = desk.laid()
    assert desk.verdicts(batch) == {"Open": "changed"}
    assert [heading for heading, _html in batches.difference(batch.rows.get())] == ["For whom"]
    batches.confirm(desk.crew.lea, batch)
    assert desk.practices()["Open"].newest_version.for_whom == NEWCOMERS
    assert desk.verdicts(desk.laid()) == {"Open": "unchanged"}


def test_a_source_that_names_nobody_leaves_it_as_it_is(desk: Desk) -> None:
    desk.put("a.csv", row(audience="Newcomers"))
    desk.brought()
    desk.put("a.csv", row(how="Fast"))
    batch = desk.laid()
    assert [heading for heading, _html in batches.difference(batch.rows.get())] == ["How"]
    batches.confirm(desk.crew.lea, batch)
    assert desk.practices()["Open"].newest_version.for_whom == NEWCOMERS


def test_for_whom_is_said_in_words_of_here_or_that_they_are_not_understood(desk: Desk) -> None:
    desk.crew.story.unit("Works")
    desk.put("a.csv", "title,how,audience\na,x,works\nb,x,Night shift\nc,x,\n")
    rows = {one.title: one for one in desk.laid().rows.all()}
    assert {title: batches.for_whom(one) for title, one in rows.items()} == {"a": "Units: Works", "b": "", "c": ""}
    assert batches.remarks(rows["b"]) == ["For “Night shift”: no unit here is called so; it comes in for everyone."]
    assert batches.remarks(rows["a"]) == batches.remarks(rows["c"]) == []


def test_another_audience_that_is_not_understood_is_not_passed_over(desk: Desk) -> None:
    desk.put("a.csv", row(audience="Night shift"))
    desk.brought()
    assert desk.verdicts(desk.laid()) == {"Open": "unchanged"}
    desk.put("a.csv", row(audience="Day shift"))
    assert "“Day shift”" in desk.reasons(desk.laid())["a.csv, row 2"]


def test_what_is_no_longer_in_force_there_is_said_of_what_is_here(desk: Desk) -> None:
    desk.put("a.csv", row(status="final"))
    desk.put("b.md", "See [it](c.md).")
    desk.put("c.md", "---\nstatus: final\n---\nSlowly.")
    desk.brought()
    desk.put("a.csv", row(status="withdrawn"))
    desk.put("c.md", "---\nstatus: withdrawn\n---\nSlowly.")
    batch, here = desk.laid(), desk.practices()
    assert "It is here, and its source says now “withdrawn”" in desk.reasons(batch)["a.csv, row 2"]
    assert batch.rows.get(row=2).practice == here["Open"]
    assert desk.verdicts(batch)["b"] == "unchanged"
    batches.rejudge(desk.crew.lea, batch, {"withdrawn": True})
    assert set(desk.verdicts(batch).values()) == {"unchanged"}


def test_what_was_set_aside_here_too_is_only_a_draft(desk: Desk) -> None:
    desk.put("a.csv", row())
    desk.brought()
    acts.set_aside(desk.crew.lea, desk.practices()["Open"], reason="Old.")
    desk.put("a.csv", row(status="withdrawn"))
    assert desk.laid().rows.get().because == "status"


def test_another_authority_is_said_and_is_no_change(desk: Desk) -> None:
    desk.put("a.csv", row(authority="habit"))
    desk.brought()
    desk.put("a.csv", row(authority="imposed"))
    batch = desk.laid()
    assert desk.verdicts(batch) == {"Open": "unchanged"}
    assert batches.remarks(batch.rows.get()) == ["There it is now: imposed."]


def test_what_cannot_be_read_is_told_by_its_title(desk: Desk) -> None:
    desk.put("a.csv", "title,how,since\nOpen,x,in the old days\n")
    desk.put("b.md", "---\nauthority: the boss\n---\n# Shut\nSlowly.")
    batch = desk.laid()
    assert {one.title: one.is_read for one in batch.rows.all()} == {"Open": False, "Shut": False}


def test_a_column_is_said_by_hand_to_be_the_status_or_to_be_left_out(desk: Desk) -> None:
    desk.put("a.csv", "Title,How,Zustand,Cost,Frequency\nOpen,x,draft,5,weekly\n")
    row = desk.laid(columns={"Zustand": "status", "Cost": "left-out"}).rows.get()
    assert (row.status, row.how) == ("draft", "x\n\n- Frequency: weekly")


def test_a_picture_beside_a_text_stays_written_and_that_is_said(desk: Desk) -> None:
    desk.put("a.md", "# A\nSee ![sink](sink.png).")
    desk.put("sink.png", b"\x89PNG")
    batch = desk.brought()
    version = desk.practices()["A"].newest_version
    assert version.how == "See ![sink](sink.png)."
    assert "src" not in version.html
    assert "href" not in version.html
    assert ["sink.png" in one.reason for one in batch.noted()] == [True]


def test_why_an_archive_cannot_be_opened_is_said_in_the_language_of_the_page(desk: Desk) -> None:
    desk.put("a.zip", b"PK\x03\x04 cut")
    reads = read(desk.folder / "a.zip")
    row = batches.lay_out(desk.crew.lea, desk.crew.community, reads, called="Handbook").rows.get()
    assert (row.because, "a.zip" in row.reason) == ("archive", False)


OWN = "Name\tSteps\tBook\tFrom\nAnchor ready\tClear it\tPilot manual 4.2\tBo\nRadio check\tCall\tPilot manual 6.1\tBo"


def test_a_table_is_known_again_by_its_name_whatever_source_its_rows_say(crew: Crew) -> None:
    """Also where somebody else lays it out, without saying anew what its columns mean."""
    lea, omar = crew.story.browser(crew.lea), crew.story.browser(crew.omar)
    at = laid_out(lea, pasted=OWN)
    columns = re.findall(r'name="(column_\d+)"', shown(lea, at))
    meant = {"Book": "source", "From": "owner", "Name": "title", "Steps": "how"}
    headings = re.findall(r"<label[^>]*>\s*(Book|From|Name|Steps)\b", shown(lea, at))
    lea.post(f"{at}/columns", {name: meant[heading] for name, heading in zip(columns, headings, strict=True)})
    confirmed(lea, at)
    assert [one.bringing.source for one in everything()] == ["Pilot manual 4.2", "Pilot manual 6.1"]
    page = shown(omar, laid_out(omar, pasted=OWN))
    assert "2 are here already, unchanged" in page
    assert "come in as new" not in page


def test_what_was_taken_out_of_a_draft_stays_out_whatever_is_looked_at_again(crew: Crew) -> None:
    lea = crew.story.browser(crew.lea)
    confirmed(lea, laid_out(lea, pasted="Title\tHow\nShut\tSlowly"))
    at = laid_out(lea, pasted="Title\tAblauf\tStatus\tHow\nOpen\tx\tFinal\tSo\nShut\ty\tFinal\tFast\nTurn\tz\tGilt\tSo")
    drafted = Batch.objects.filter(confirmed_at=None)
    rows = {row.title: row.pk for row in drafted.everywhere("test").get().rows.all()}
    assert ticked(shown(lea, at)) == {rows["Open"], rows["Shut"]}
    seen = [rows["Open"], rows["Shut"]]
    page = lea.post(f"{at}/meanings", {"in_force": ["0", "1"], "seen": seen, "taken": []}, follow=True).content.decode()
    assert ticked(page) == {rows["Turn"]}, "what is new since then is not taken out"
    sent = {"column_0": "why", "seen": [*seen, rows["Turn"]], "taken": [rows["Turn"]]}
    answer = lea.post(f"{at}/columns", sent, follow=True)
    rows = {row.title: row.pk for row in drafted.everywhere("test").get().rows.all()}
    assert ticked(answer.content.decode()) == {rows["Turn"]}
    assert ticked(shown(lea, at)) == {rows["Turn"]}, "read again, the draft keeps its address"
    confirmed(lea, at)
    assert [one.title for one in everything()] == ["Shut", "Turn"]
    assert everything()[0].versions.everywhere("test").count() == 1


def test_no_more_of_a_first_day_is_shown_than_is_written(crew: Crew) -> None:
    lea = crew.story.browser(crew.lea)
    days = {"Open": "2020", "Shut": "March 2018", "Turn": "2019-05-01"}
    at = laid_out(lea, pasted="Title\tHow\tSince\n" + "\n".join(f"{name}\tx\t{day}" for name, day in days.items()))
    page = shown(lea, at)
    assert all(words in page for words in ("since 2020<", "since March 2018<", "since 1 May 2019<")), page
    confirmed(lea, at)
    pages = [shown(lea, one.get_absolute_url()) for one in everything()]
    for page, words in zip(pages, ("2020.", "March 2018.", "1 May 2019."), strict=True):
        assert f"In force since {words}" in page
    assert crew.last("practice.brought").evidence["exact_to"] in ("year", "month", "day")
    assert list(findings()) == []


def test_a_pasted_table_is_corrected_in_place_of_its_draft(crew: Crew) -> None:
    lea, omar = crew.story.browser(crew.lea), crew.story.browser(crew.omar)
    at = laid_out(lea, pasted="Title\tHow\nOpen\tSlwly", owner="Maintenance", source_kind="standard")
    [way] = re.findall(r'href="([^"]*/batches/new\?from=[^"]*)"', shown(lea, at))
    page = shown(lea, way)
    assert "Open\tSlwly" in page
    assert "Maintenance" in page
    assert "Slwly" not in shown(omar, way)
    [instead] = re.findall(r'name="instead" value="([^"]*)"', page)
    other = laid_out(lea, pasted="Title\tHow\nOpen\tSlowly", instead=instead)
    assert lea.get(at).status_code == 404
    assert "1 comes in as new" in shown(lea, other)
    laid_out(omar, pasted="Title\tHow\nOpen\tSlowly", instead=other.rsplit("/", 1)[1])
    assert lea.get(other).status_code == 200, "of somebody else's nothing is thrown away"


def ticked(page: str) -> set[str]:
    return set(re.findall(r'name="taken" value="([^"]+)" checked', " ".join(page.split())))
