"""Many at once: what an organization has comes in whole, row by row, and nothing before it is confirmed."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from commonplace.communities import acts as social
from commonplace.ledger import clock, forgetting
from commonplace.ledger.check import findings
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.models import Act
from commonplace.objectifying import acts, batches
from commonplace.objectifying.models import Batch, BatchRow, Bringing
from commonplace.objectifying.status import Status
from tests.objectifying.batching import HEADERS, Desk, as_markdown, proposals
from tests.objectifying.conftest import Crew
from tests.untrusted import hostile
from tests.untrusted.documents.making import docx, xlsx

WHOLE = "# {}\n## When\nAt dawn.\n## How\nSlowly.\n## Why\nAir.\n## Limits\nNo chlorine."


@pytest.fixture
def desk(crew: Crew, tmp_path: Path) -> Desk:
    return Desk(crew, tmp_path / "given")


def brought() -> int:
    return Act.objects.filter(verb="practice.brought").everywhere("test").count()


def test_nothing_is_a_practice_until_it_is_confirmed(desk: Desk) -> None:
    desk.put("valve.md", WHOLE.format("Open a valve"))
    batch = desk.laid()
    assert (desk.verdicts(batch), brought()) == ({"Open a valve": "new"}, 0)
    batches.confirm(desk.crew.lea, batch)
    practice = desk.practices()["Open a valve"]
    assert (practice.status, practice.begun_by, practice.course.complete) == (Status.BROUGHT, desk.crew.lea, True)
    assert desk.crew.last("practice.brought").evidence["batch"] == practice.bringing.batch == batch.pk


def test_what_is_taken_out_stays_out(desk: Desk) -> None:
    for name in ("a", "b"):
        desk.put(f"{name}.md", WHOLE.format(name))
    batch = desk.laid()
    numbers = batches.confirm(desk.crew.lea, batch, taken=[batch.rows.get(title="a").pk])
    assert (numbers.new, numbers.left_out, list(desk.practices())) == (1, 1, ["a"])


def test_a_text_without_parts_is_whole_how_it_is_done_and_is_said_to_be_incomplete(desk: Desk) -> None:
    desk.put("valve.md", "First this.\n\n- Then\n\nThat.")
    batch = desk.laid()
    assert batches.counts(batch).incomplete == 1
    assert batch.rows.get().lacks == ["context", "why", "limits"]
    assert batches.confirm(desk.crew.lea, batch).incomplete == 1
    practice = desk.practices()["valve"]
    assert (practice.newest_version.how, practice.course.complete) == ("First this.\n\n- Then\n\nThat.", False)


def test_what_is_known_by_its_source_and_key_is_not_brought_in_twice(desk: Desk) -> None:
    desk.put("valve.md", WHOLE.format("Open a valve"))
    desk.brought()
    again = desk.laid()
    assert desk.verdicts(again) == {"Open a valve": "unchanged"}
    batches.confirm(desk.crew.lea, again)
    assert brought() == 1
    assert desk.verdicts(desk.laid(called="Another handbook")) == {"Open a valve": "new"}


def test_what_changed_there_is_offered_as_a_version_with_its_difference(desk: Desk) -> None:
    desk.put("valve.md", WHOLE.format("Open a valve"))
    desk.brought()
    desk.put("valve.md", WHOLE.format("Open a valve").replace("Slowly", "Very slowly"))
    batch = desk.laid()
    row = batch.rows.get()
    assert row.verdict == "changed"
    assert batches.difference(row) == [("How", "<del>Slowly.</del><ins>Very slowly.</ins>")]
    batches.confirm(desk.crew.lea, batch)
    practice = desk.practices()["Open a valve"]
    assert (practice.newest_version.how, practice.course.latest, practice.status) == ("Very slowly.", 2, Status.BROUGHT)
    assert desk.verdicts(desk.laid()) == {"Open a valve": "unchanged"}


def test_a_version_written_since_it_was_looked_at_is_not_written_over(desk: Desk) -> None:
    desk.put("valve.md", WHOLE.format("Open a valve"))
    desk.brought()
    desk.put("valve.md", WHOLE.format("Open a valve").replace("Slowly", "Very slowly"))
    batch = desk.laid()
    desk.crew.story.revise(desk.crew.ines, desk.practices()["Open a valve"], limits="Not at night.")
    assert batches.confirm(desk.crew.lea, batch).set_aside == 1
    assert "Meanwhile version 2" in desk.reasons(batch)["valve.md"]


def test_what_somebody_wrote_here_already_is_no_change(desk: Desk) -> None:
    desk.put("valve.md", WHOLE.format("Open a valve"))
    desk.brought()
    desk.crew.story.revise(desk.crew.ines, desk.practices()["Open a valve"], how="Very slowly.")
    desk.put("valve.md", WHOLE.format("Open a valve").replace("Slowly", "Very slowly"))
    assert desk.verdicts(desk.laid()) == {"Open a valve": "unchanged"}


def test_of_two_rows_with_one_key_the_first_comes_in(desk: Desk) -> None:
    desk.put("a.csv", "id,title,how\n7,Open,Slowly\n7,Shut,Fast\n")
    batch = desk.brought()
    assert list(desk.practices()) == ["Open"]
    assert desk.reasons(batch) == {
        "a.csv, row 3": "It has the same key (7) as a.csv, row 2. Give each a key of its own."
    }


@pytest.mark.parametrize("wrong", ["draft,", ",in the old days"])
def test_what_is_set_aside_keeps_its_key(desk: Desk, wrong: str) -> None:
    desk.put("a.csv", f"id,title,how,status,since\n7,Old,Slowly,{wrong}\n7,New,Fast,En vigueur,\n")
    batch = desk.laid()
    assert desk.verdicts(batch) == {"Old": "set_aside", "New": "set_aside"}
    assert "the same key (7) as a.csv, row 2" in desk.reasons(batch)["a.csv, row 3"]


@pytest.mark.parametrize("status", ["final", "Active", "ACCEPTED", "approuvé", "Adopté", "en vigueur", "in force", ""])
def test_words_that_say_so_bring_it_in(desk: Desk, status: str) -> None:
    desk.put("a.md", f"---\nstatus: {status}\n---\nSlowly.")
    assert desk.verdicts(desk.laid()) == {"a": "new"}


@pytest.mark.parametrize("heading", ["Status", "état", "Statut"])
def test_any_other_status_sets_aside_until_somebody_says_what_it_means(desk: Desk, heading: str) -> None:
    desk.put("a.md", f"---\n{heading}: In review\n---\nSlowly.")
    batch = desk.laid()
    assert "“In review”" in desk.reasons(batch)["a.md"]
    assert [(one.word, one.rows, one.is_in_force) for one in batches.status_words(batch)] == [("In review", 1, False)]
    batches.rejudge(desk.crew.lea, batch, {"in review": True})
    assert desk.verdicts(batch) == {"a": "new"}
    batches.rejudge(desk.crew.lea, batch, {"IN REVIEW": False})
    assert desk.verdicts(batch) == {"a": "set_aside"}


def test_by_whose_authority_the_row_says_before_the_person_and_the_person_before_the_status(desk: Desk) -> None:
    rows = "title,how,authority,status\na,x,imposed,final\nb,x,,final\nc,x,,\nd,x,,agreed in June\n"
    desk.put("a.csv", rows)

    def authorities(**words: Any) -> dict[str, str]:
        return {row.title: row.authority for row in desk.laid(meanings={"agreed in june": True}, **words).rows.all()}

    assert authorities() == {"a": "imposed", "b": "agreed_elsewhere", "c": "unknown", "d": "unknown"}
    assert authorities(authority="habit") == {"a": "imposed", "b": "habit", "c": "habit", "d": "habit"}


def test_what_the_person_says_of_the_whole_holds_where_a_row_says_nothing(desk: Desk) -> None:
    desk.put("a.csv", "title,how,source,owner,since\na,x,Works order 3,Fay,2021-05-03\nb,x,,,\n")
    desk.brought(called="Handbook 4", owner="Maintenance", since_on=date(2020, 1, 1))
    whence = {name: one.bringing for name, one in desk.practices().items()}
    assert (whence["a"].source, whence["a"].owner, whence["a"].since_on) == ("Works order 3", "Fay", date(2021, 5, 3))
    assert (whence["b"].source, whence["b"].owner, whence["b"].since_on) == (
        "Handbook 4", "Maintenance", date(2020, 1, 1),
    )  # fmt: skip


def test_what_cannot_come_in_is_said_before_and_the_rest_goes_on(desk: Desk) -> None:
    desk.put("a.csv", f"title,how,link\nLong,{'x' * 10_001},\nNo way,x,somewhere\nGood,x,https://example.org/a\n")
    batch = desk.laid()
    assert desk.verdicts(batch) == {"Long": "set_aside", "No way": "set_aside", "Good": "new"}
    assert desk.reasons(batch)["a.csv, row 2"].startswith("How: This is more than 10000")
    assert "whole address" in desk.reasons(batch)["a.csv, row 3"]


def test_a_row_that_is_refused_in_the_end_is_set_aside_and_the_rest_goes_on(desk: Desk) -> None:
    for name in ("a", "b"):
        desk.put(f"{name}.md", WHOLE.format(name))
    batch, other = desk.laid(), desk.laid()
    batches.confirm(desk.crew.lea, other, taken=[other.rows.get(title="a").pk])
    numbers = batches.confirm(desk.crew.lea, batch)
    assert (numbers.new, numbers.set_aside, sorted(desk.practices())) == (1, 1, ["a", "b"])
    assert "already" in desk.reasons(batch)["a.md"]


def test_why_a_row_is_refused_is_said_in_the_language_of_whoever_reads_it(desk: Desk) -> None:
    """Whatever it was judged in: on the page before, and of what was refused in the end."""
    desk.put("a.csv", f"title,how\nLong,{'x' * 10_001}\n")
    desk.put("b.md", WHOLE.format("b"))
    with override("fr"):
        batch, other = desk.laid(), desk.laid()
        batches.confirm(desk.crew.lea, other)
        batches.confirm(desk.crew.lea, batch)
        in_french = desk.reasons(batch)
    in_english = desk.reasons(batch)
    assert in_english["a.csv, row 2"].startswith("How: This is more than 10000")
    assert "already" in in_english["b.md"]
    assert in_french["a.csv, ligne 2"].startswith("Comment")
    assert "déjà" in in_french["b.md"]


def test_pressed_twice_it_is_brought_in_once(desk: Desk) -> None:
    desk.put("a.md", WHOLE.format("a"))
    batch = desk.laid()
    assert batches.confirm(desk.crew.lea, batch) == batches.confirm(desk.crew.lea, batch)
    stale = Batch.objects.everywhere("test").get(pk=batch.pk)
    stale.confirmed_at = None
    batches.confirm(desk.crew.lea, stale)
    assert brought() == 1


def test_what_stands_half_is_gone_on_with(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b", "c"):
        desk.put(f"{name}.md", WHOLE.format(name))
    batch = desk.laid()

    def broken(count: int) -> None:
        if count == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batches.confirm(desk.crew.lea, batch, seen=broken)
    assert (brought(), batch.is_confirmed) == (2, False)
    numbers = batches.confirm(desk.crew.lea, batch)
    assert (numbers.new, brought(), batch.is_confirmed) == (3, 3, True)


def test_a_row_is_in_with_what_is_kept_of_it_or_not_at_all(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.put("a.md", WHOLE.format("a"))
    batch = desk.laid()
    with monkeypatch.context() as broken:
        broken.setattr(BatchRow, "save", lambda row: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            batches.confirm(desk.crew.lea, batch)
    assert brought() == 0
    batches.confirm(desk.crew.lea, batch)
    assert brought() == 1


def test_afterwards_it_keeps_places_and_reasons_and_no_text(desk: Desk) -> None:
    desk.put("a.md", WHOLE.format("a"))
    desk.put("b.md", "---\nstatus: draft\naudience: All\n---\nSecret plan")
    batch = desk.brought()
    assert [(row.context, row.how, row.why, row.limits, row.audience) for row in batch.rows.all()] == [("",) * 5] * 2
    assert "draft" in desk.reasons(batch)["b.md"]


def test_a_link_to_another_document_leads_to_its_practice(desk: Desk) -> None:
    desk.put("start.md", "# Start\nOpen [the valve](parts/valve.md#how), not [that](none.md). `[x](parts/valve.md)`")
    desk.put("parts/valve.md", "# Valve\nThen [start][1].\n\n[1]: ../start.md")
    desk.brought()
    practices = desk.practices()
    valve, start = practices["Valve"].get_absolute_url(), practices["Start"].get_absolute_url()
    assert f"[the valve]({valve}), not [that](none.md)" in practices["Start"].newest_version.how
    assert f"[1]: {start}" in practices["Valve"].newest_version.how
    assert desk.verdicts(desk.laid()) == {"Start": "unchanged", "Valve": "unchanged"}


def test_nobody_else_sees_a_draft_and_afterwards_what_came_in(desk: Desk) -> None:
    desk.put("a.md", WHOLE.format("a"))
    desk.put("b.md", "---\nstatus: draft\n---\nSecret plan")
    batch = desk.laid()
    lea, fay = desk.crew.lea, desk.crew.fay
    assert list(Batch.objects.visible_to(lea)) == [batch]
    assert not Batch.objects.visible_to(fay).exists()
    assert not BatchRow.objects.visible_to(fay).exists()
    batches.confirm(lea, batch)
    assert [row.title for row in BatchRow.objects.visible_to(fay)] == ["a"]
    assert BatchRow.objects.visible_to(lea).count() == 2


def test_only_whose_it_is_says_what_becomes_of_it(desk: Desk) -> None:
    desk.put("a.md", WHOLE.format("a"))
    batch = desk.laid()
    with pytest.raises(NotAllowed):
        batches.confirm(desk.crew.fay, batch)
    with pytest.raises(NotAllowed):
        batches.rejudge(desk.crew.fay, batch, {})
    with pytest.raises(NotAllowed):
        desk.laid(by=desk.crew.story.person("Sam"))


def test_whoever_has_left_brings_nothing_in(desk: Desk) -> None:
    desk.put("a.md", WHOLE.format("a"))
    batch = desk.laid()
    social.leave(desk.crew.lea, desk.crew.community)
    with pytest.raises(NotAllowed):
        batches.confirm(desk.crew.lea, batch)
    assert brought() == 0


def test_what_was_set_aside_here_is_taken_up_only_by_what_changed_there(desk: Desk) -> None:
    desk.put("a.md", WHOLE.format("a"))
    desk.brought()
    acts.set_aside(desk.crew.lea, desk.practices()["a"], reason="The wrong folder.")
    again = desk.laid()
    assert desk.verdicts(again) == {"a": "set_aside"}
    assert "bring it in by itself" in desk.reasons(again)["a.md"]
    desk.put("a.md", WHOLE.format("a").replace("Slowly", "Very slowly"))
    desk.brought()
    assert desk.practices()["a"].status == Status.BROUGHT


def test_what_nobody_confirms_is_forgotten_in_time(desk: Desk) -> None:
    desk.put("a.md", WHOLE.format("a"))
    desk.brought()
    desk.laid(called="Another")
    with clock.at(clock.now() + timedelta(days=29)):
        forgetting.forget()
        assert Batch.objects.everywhere("test").count() == 2
    with clock.at(clock.now() + timedelta(days=31)):
        forgetting.forget()
    assert [one.called for one in Batch.objects.everywhere("test")] == ["Handbook"]
    assert BatchRow.objects.everywhere("test").count() == 1


def test_what_breaks_while_it_is_read_leaves_nothing(desk: Desk) -> None:
    def broken() -> Any:
        raise KeyboardInterrupt
        yield

    with pytest.raises(KeyboardInterrupt):
        batches.lay_out(desk.crew.lea, desk.crew.community, broken(), called="Handbook")
    assert not Batch.objects.everywhere("test").exists()


def test_a_name_that_is_too_long_is_said_before_anything_is_read(desk: Desk) -> None:
    for name in ("called", "owner"):
        with pytest.raises(NotPossible, match="200"):
            batches.lay_out(desk.crew.lea, desk.crew.community, iter([]), **{"called": "Handbook", name: "x" * 201})


def test_what_others_know_to_be_in_use_is_backed_each_by_itself(desk: Desk) -> None:
    for name in ("a", "b", "c"):
        desk.put(f"{name}.md", WHOLE.format(name))
    batch, practices = desk.brought(), desk.practices()
    acts.back(desk.crew.omar, practices["b"])
    elsewhere = desk.crew.brought()
    ticked = batches.back_all(desk.crew.omar, batch.pk, [practices["a"].pk, practices["b"].pk, elsewhere.pk])
    assert [one.title for one in ticked.backed] == ["a"]
    assert [(one.title, "already" in why) for one, why in ticked.refused] == [("b", True)]
    assert batches.back_all(desk.crew.lea, batch.pk, [practices["a"].pk]).backed == []


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_comes_in(desk: Desk, kind: str) -> None:
    table = [["Title", "How", "Frequency"], *([f"Step {n}", "Slowly.", "weekly"] for n in range(40))]
    csv = "\n".join(",".join(row) for row in table)
    desk.put(f"a.{kind}", csv if kind == "csv" else xlsx(table))
    batch = desk.brought()
    practices = desk.practices()
    assert (len(practices), batches.counts(batch).set_aside) == (40, 0)
    assert practices["Step 7"].newest_version.how == "Slowly.\n\n- Frequency: weekly"
    assert [one.why for one in batch.noted()] == ["unknown_columns"]


def test_a_list_of_titles_with_addresses_comes_in_with_these(desk: Desk) -> None:
    desk.put("a.csv", "Title,Link\nOpen,https://example.org/a\n")
    desk.brought()
    assert desk.practices()["Open"].newest_version.how == "- <https://example.org/a>"


def test_hostile_documents_come_in_whole_or_are_set_aside_with_a_reason(desk: Desk) -> None:
    for number, text in enumerate(hostile.texts(20, 7)):
        desk.put(f"m{number}.md", text)
    desk.put("x.docx", docx(before="<!DOCTYPE x [<!ENTITY a 'ha'>]>"))
    desk.put("y.xlsx", b"PK\x03\x04 no more")
    desk.put("z.md", b"\xff\xfe\x00\xd8")
    batch = desk.brought()
    rows = list(batch.rows.all())
    assert {row.file for row in rows if not row.is_read} >= {"x.docx", "y.xlsx", "z.md"}
    assert all(row.reason for row in rows if row.verdict == "set_aside")
    assert {row.practice_id for row in rows if row.verdict == "new"} == {one.pk for one in desk.practices().values()}


@pytest.mark.skipif(not HEADERS.is_file(), reason="the real proposals are not here")
def test_real_proposals_that_were_agreed_on_come_in_and_no_other(desk: Desk) -> None:
    for header in proposals():
        desk.put(f"pep-{int(header['PEP']):04}.md", as_markdown(header))
    batch = desk.brought(called="PEPs")
    numbers = batches.counts(batch)
    assert (numbers.new, numbers.set_aside) == (423, 313)
    assert set(Bringing.objects.everywhere("test").values_list("authority", flat=True)) == {"agreed_elsewhere"}
    aside = {row.file: row.values["status"] for row in batch.rows.set_aside()}
    in_force = ("Final", "Active", "Accepted")
    meant = {f"pep-{int(one['PEP']):04}.md": one.get("Status", "Draft") for one in proposals()}
    assert aside == {file: status for file, status in meant.items() if status not in in_force}
    before = Act.objects.everywhere("test").count()
    again = batches.counts(desk.brought(called="PEPs"))
    assert (again.new, again.changed, again.unchanged, again.set_aside) == (0, 0, 423, 313)
    assert Act.objects.everywhere("test").count() == before
    assert list(findings()) == []


def test_from_the_first_row_on_a_batch_is_not_thrown_away_nor_judged_anew(desk: Desk) -> None:
    """The command line confirms it without a page."""
    for name in ("a", "b"):
        desk.put(f"{name}.md", "---\nstatus: final\n---\nSlowly.")
    batch = desk.laid()
    stale = Batch.objects.everywhere("test").get(pk=batch.pk)
    ends: list[Any] = []

    def meanwhile(count: int) -> None:
        ends.append(batches.throw_away(stale))
        batches.rejudge(desk.crew.lea, stale, {"final": False})

    numbers = batches.confirm(desk.crew.lea, batch, seen=meanwhile)
    assert (ends, numbers.new, brought()) == ([False, False], 2, 2)


def test_what_was_thrown_away_before_the_first_row_does_not_come_in_and_that_is_said(desk: Desk) -> None:
    desk.put("a.md", WHOLE.format("a"))
    batch = desk.laid()
    assert batches.throw_away(Batch.objects.everywhere("test").get(pk=batch.pk))
    with pytest.raises(NotPossible, match="thrown away meanwhile"):
        batches.confirm(desk.crew.lea, batch)
    assert brought() == 0
