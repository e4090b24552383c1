"""Many at once in the browser: laid out, looked through, brought in, known to be in use by another, thrown away."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from commonplace.communities import acts as social
from commonplace.ledger import clock
from commonplace.ledger.jobs import run_due
from commonplace.objectifying import acts, batches, jobs
from commonplace.objectifying.batches import arriving, comparing
from commonplace.objectifying.models import Batch, BatchFile, BatchRow, Practice
from commonplace.objectifying.views import batches as views
from tests.objectifying.conftest import Crew
from tests.objectifying.test_pages import HERE, shown
from tests.untrusted.documents.making import zipped

HEADINGS = "Title\tWhen\tHow\tWhy\tLimits\tSource\tAuthority\tSince"
CALLED = {"called": "Works handbook", "source_kind": "handbook"}


def table(count: int, headings: str = HEADINGS) -> str:
    rows = (f"Step {n}\tIt stops\tTurn valve {n}\tAir\tNo gas\tWorks\timposed\t2021" for n in range(1, count + 1))
    return "\n".join([headings, *rows])


def laid_out(browser: Client, **typed: object) -> str:
    """The page of the batch."""
    answer = browser.post(f"{HERE}batches", {**CALLED, **typed}, follow=True)
    assert answer.redirect_chain, answer.content.decode()
    return answer.redirect_chain[-1][0]


def named(page: str, name: str = "taken") -> list[str]:
    return [part.split('"')[0] for part in page.split(f'name="{name}" value="')[1:]]


def ticked(page: str, leave: int = 0) -> dict[str, list[str]]:
    """As the form of that page is sent, with the first ones taken out."""
    taken = re.findall(r'name="taken" value="([^"]+)" checked', page)
    return {"seen": named(page, "seen"), "taken": taken[leave:]}


def confirmed(browser: Client, at: str, leave: int = 0) -> str:
    return browser.post(f"{at}/confirm", ticked(shown(browser, at), leave), follow=True).content.decode()


def everything() -> list[Practice]:
    return list(Practice.objects.everywhere("test").order_by("title"))


def test_a_pasted_table_is_looked_through_and_comes_in(crew: Crew) -> None:
    lea, omar = crew.story.browser(crew.lea), crew.story.browser(crew.omar)
    assert "Many at once" in shown(lea, f"{HERE}bring")
    at = laid_out(lea, pasted=table(12))
    page = shown(lea, at)
    assert "12 come in as new" in page
    assert "row 2" in page
    assert "Turn valve 7" in page
    assert everything() == []
    assert omar.get(at).status_code == 404
    page = confirmed(lea, at, leave=2)
    assert "10 practices are here now" in page
    assert "2 were left out" in page
    assert "Step 3" in page
    assert len(everything()) == 10
    assert "I know all 10 to be in use" not in page
    assert BatchFile.objects.everywhere("test").count() == 0


def test_another_says_of_those_that_they_know_and_of_all(crew: Crew) -> None:
    lea, omar, ines = map(crew.story.browser, (crew.lea, crew.omar, crew.ines))
    at = laid_out(lea, pasted=table(4))
    confirmed(lea, at)
    page = shown(omar, at)
    assert "imposed" not in page or "Step 1" in page
    one = everything()[0]
    page = omar.post(f"{at}/backings", {"practice": [one.pk]}, follow=True).content.decode()
    assert "1 says that it is in use" in page
    assert "I know all 3 to be in use" in page
    page = ines.post(f"{at}/backings", {"all": "all"}, follow=True).content.decode()
    assert "2 say that it is in use" in page
    assert "Propose version 1" in shown(omar, one.get_absolute_url())
    page = ines.post(f"{at}/backings", {}, follow=True).content.decode()
    assert "Tick those" in page


def test_laid_out_again_it_is_here_already_and_a_change_is_offered(crew: Crew) -> None:
    lea = crew.story.browser(crew.lea)
    confirmed(lea, laid_out(lea, pasted=table(3)))
    at = laid_out(lea, pasted=table(3).replace("Turn valve 2", "Open valve 2"))
    page = shown(lea, at)
    assert "2 are here already, unchanged" in page
    assert "<ins>Open</ins>" in page
    confirmed(lea, at)
    assert everything()[1].versions.everywhere("test").count() == 2


def test_a_heading_that_nobody_knows_is_explained_by_hand(crew: Crew) -> None:
    lea = crew.story.browser(crew.lea)
    at = laid_out(lea, pasted=table(2, HEADINGS.replace("How", "Ablauf")))
    page = shown(lea, at)
    assert "Ablauf: Turn valve 1" in page
    answer = lea.post(f"{at}/columns", {"column_0": "how"}, follow=True)
    at, page = answer.redirect_chain[-1][0], answer.content.decode()
    assert "Ablauf: Turn" not in page
    confirmed(lea, at)
    assert everything()[0].versions.everywhere("test").get().how == "Turn valve 1"


def test_without_a_title_it_asks_which_column_that_is_and_nothing_is_lost(crew: Crew) -> None:
    lea = crew.story.browser(crew.lea)
    sheet = openpyxl.Workbook()
    for row in (("Vorgang", "How"), ("Prime it", "Fill it")):
        sheet.active.append(row)
    data = io.BytesIO()
    sheet.save(data)
    at = laid_out(lea, documents=[SimpleUploadedFile("handbook.xlsx", data.getvalue())])
    page = shown(lea, at)
    assert "No column is known as the title" in page
    assert "1 is set aside" in page
    page = lea.post(f"{at}/columns", {"column_0": "title"}, follow=True).content.decode()
    assert "1 comes in as new" in page
    assert "Prime it" in page


def test_a_status_word_is_explained_by_hand(crew: Crew) -> None:
    lea = crew.story.browser(crew.lea)
    texts = [("a", "Final"), ("b", "Gilt")]
    files = [SimpleUploadedFile(f"{n}.md", f"---\ntitle: {n}\nstatus: {s}\n---\nDo {n}.".encode()) for n, s in texts]
    at = laid_out(lea, documents=files)
    page = shown(lea, at)
    assert "1 comes in as new" in page
    assert "“Gilt”" in page
    page = lea.post(f"{at}/meanings", {"in_force": ["0", "1"]}, follow=True).content.decode()
    assert "2 come in as new" in page


@pytest.mark.parametrize(
    ("wrong", "says"),
    [({"pasted": ""}, "Paste a table, or choose files"), ({"called": ""}, "required"), ({"since_on": "once"}, "date")],
)
def test_what_was_typed_is_still_there(crew: Crew, wrong: dict[str, str], says: str) -> None:
    typed = {**CALLED, "pasted": table(1), "owner": "Maintenance", **wrong}
    answer = crew.story.browser(crew.lea).post(f"{HERE}batches", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert "Maintenance" in page
    assert wrong.get("pasted") == "" or "Turn valve 1" in page


def test_thrown_away_nothing_of_it_is_left(crew: Crew) -> None:
    lea = crew.story.browser(crew.lea)
    at = laid_out(lea, pasted=table(3))
    assert "Works handbook" in shown(lea, f"{HERE}batches/new")
    assert "thrown away" in lea.post(f"{at}/end", follow=True).content.decode()
    assert lea.get(at).status_code == 404
    assert Batch.objects.everywhere("test").count() == BatchFile.objects.everywhere("test").count() == 0


@pytest.mark.django_db(transaction=True)
def test_many_come_in_by_a_job_and_the_page_says_how_far_it_is(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "AT_ONCE", 3)
    lea = crew.story.browser(crew.lea)
    at = laid_out(lea, pasted=table(5))
    before = shown(lea, at)
    page = lea.post(f"{at}/confirm", ticked(before, leave=1), follow=True).content.decode()
    assert "It is coming in: 0 of 4" in page
    lea.post(f"{at}/confirm", ticked(before))
    lea.post(f"{at}/rows", ticked(before))
    lea.post(f"{at}/meanings", {})
    lea.post(f"{at}/end")
    run_due()
    assert len(everything()) == 4
    assert "brought this in" in shown(lea, at)


def test_a_file_arrives_with_its_words_however_the_form_was_read_before(crew: Crew) -> None:
    file = SimpleUploadedFile("a.md", b"---\ntitle: Simple\n---\nHello")
    page = shown(crew.story.browser(crew.lea), laid_out(crew.story.browser(crew.lea), documents=file, once="f" * 64))
    assert "1 comes in as new" in page
    assert "Simple" in page


def test_a_zip_chosen_together_with_other_files_comes_in_with_them(crew: Crew) -> None:
    lea = crew.story.browser(crew.lea)
    files = [SimpleUploadedFile("a.md", b"# A\nx"), SimpleUploadedFile("book.zip", zipped({"b.md": "# B\nx"}))]
    assert "2 come in as new" in shown(lea, laid_out(lea, documents=files))


def test_others_are_asked_and_find_what_came_in(crew: Crew) -> None:
    lea, omar = crew.story.browser(crew.lea), crew.story.browser(crew.omar)
    draft, at = laid_out(lea, pasted=table(2), called="Draft"), laid_out(lea, pasted=table(3))
    confirmed(lea, at)
    for page in (shown(omar, "/"), shown(omar, f"{HERE}batches/"), shown(omar, everything()[0].get_absolute_url())):
        assert at in page
        assert draft not in page
    assert draft in shown(lea, f"{HERE}batches/")
    assert "Which of it do you know" not in shown(lea, "/")
    omar.post(f"{at}/backings", {"practice": [everything()[0].pk]})
    assert "Which of it do you know" not in shown(omar, "/")


def test_what_a_heading_means_is_shown_and_can_be_said_otherwise(crew: Crew) -> None:
    lea = crew.story.browser(crew.lea)
    at = laid_out(lea, pasted="Vorgang\tHow\tAblauf\nPrime it\tFill it\tSlowly")
    page = shown(lea, at)
    assert '<option value="how" selected>' in page
    answer = lea.post(f"{at}/columns", {"column_0": "title", "column_1": "how", "column_2": "limits"}, follow=True)
    at, page = answer.redirect_chain[-1][0], answer.content.decode()
    assert '<option value="limits" selected>' in page
    page = lea.post(f"{at}/columns", {"column_0": "title", "column_1": "how", "column_2": "why"}, follow=True)
    assert "Slowly" in page.content.decode()
    assert '<option value="why" selected>' in page.content.decode()


def test_what_is_taken_out_on_one_page_of_a_draft_stays_out_on_all(crew: Crew) -> None:
    lea = crew.story.browser(crew.lea)
    at = laid_out(lea, pasted=table(60))
    first = shown(lea, at)
    assert len(named(first)) == 25
    on = {**ticked(first, leave=2), "before": named(first, "before")[0]}
    answer = lea.post(f"{at}/rows", on, follow=True)
    second = answer.content.decode()
    assert "58 come in as new" in second
    assert "2 stay out" in second
    assert not set(named(first)) & set(named(second))
    back = shown(lea, f"{at}?after={named(second, 'after')[0]}")
    assert back.partition("<main")[2].count(" checked>") == 23
    lea.post(f"{at}/confirm", ticked(second, leave=1))
    assert len(everything()) == 57
    assert not {"Step 1", "Step 2", "Step 26"} & {one.title for one in everything()}


def test_nothing_comes_in_by_a_press_that_saw_no_row_or_of_which_all_was_taken_out(crew: Crew) -> None:
    lea = crew.story.browser(crew.lea)
    at = laid_out(lea, pasted=table(5))
    for sent in ({}, ticked(shown(lea, at), leave=5)):
        assert "Tick what is to come in" in lea.post(f"{at}/confirm", sent, follow=True).content.decode()
    assert everything() == []
    assert lea.post(f"{at}/confirm", {**ticked(shown(lea, at)), "taken": named(shown(lea, at))[:1]}).status_code == 302
    assert [one.title for one in everything()] == ["Step 1"]


def test_a_draft_of_long_changes_compares_none_until_somebody_asks_for_one(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    lea = crew.story.browser(crew.lea)
    long = table(30).replace("Turn valve", "word " * 400 + "Turn valve")
    confirmed(lea, laid_out(lea, pasted=long))
    at = laid_out(lea, pasted=long.replace("Turn", "Open").replace("No gas", "No gas at all"))
    compared: list[str] = []
    before = comparing.changes_in
    monkeypatch.setattr(comparing, "changes_in", lambda part, *both: compared.append(part) or before(part, *both))
    page = shown(lea, at)
    assert (len(named(page)), compared) == (25, [])
    one = re.search(rf'href="({at}/rows/[^"]+)"', page)
    assert one
    alone = shown(lea, one[1])
    assert "<ins>Open</ins>" in alone
    assert compared == ["how", "limits"]
    part = lea.get(one[1], headers={"HX-Request": "true"}).content.decode()
    assert "<ins>Open</ins>" in part
    assert "<html" not in part
    assert crew.story.browser(crew.omar).get(one[1]).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_who_leaves_while_it_comes_in_leaves_what_is_in(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "AT_ONCE", 0)
    lea = crew.story.browser(crew.lea)
    at = laid_out(lea, pasted=table(3))
    lea.post(f"{at}/confirm", ticked(shown(lea, at)))
    social.leave(crew.lea, crew.community)
    jobs.come_in(at.rstrip("/").rsplit("/", 1)[-1])
    assert crew.story.browser(crew.omar).get(at).status_code == 404
    assert everything() == []


def test_more_than_one_looks_through_is_refused_and_nothing_typed_is_lost(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "MOST", 3)
    answer = crew.story.browser(crew.lea).post(f"{HERE}batches", {**CALLED, "pasted": table(5)})
    assert answer.status_code == 422
    assert "3 rows" in answer.content.decode()
    assert "Turn valve 5" in answer.content.decode()
    assert Batch.objects.everywhere("test").count() == 0


def test_more_than_ten_megabytes_together_are_refused_and_kept_nowhere(crew: Crew) -> None:
    """A form with pictures may be larger; what is laid out lies in the database."""
    files = [SimpleUploadedFile(f"{n}.md", b"# A\n" + b"x" * (5 << 20)) for n in range(2)]
    answer = crew.story.browser(crew.lea).post(f"{HERE}batches", {**CALLED, "documents": files})
    assert answer.status_code == 422
    assert "These files are more than 10 MB together." in answer.content.decode()
    assert not BatchFile.objects.everywhere("test").exists()


def test_two_long_names_are_two_files(crew: Crew) -> None:
    names = [f"{n}{'x' * 240}.md" for n in "ab"]
    files = [SimpleUploadedFile(name, f"# {name[0]}\n\nDo it.".encode()) for name in names]
    answer = crew.story.browser(crew.lea).post(f"{HERE}batches", {**CALLED, "documents": files})
    assert answer.status_code == 422
    assert "Rename one" in answer.content.decode()


def test_hundreds_of_links_come_in_as_was_said(crew: Crew) -> None:
    lea = crew.story.browser(crew.lea)
    text = "# C\n\n" + " ".join(f"[x](b.md#{n})" for n in range(120)) + "\n\n[b](b.md) " + "w " * 4200
    files = [SimpleUploadedFile("b.md", b"# B\n\nb"), SimpleUploadedFile("c.md", text.encode())]
    at = laid_out(lea, documents=files)
    assert "2 come in as new" in shown(lea, at)
    confirmed(lea, at)
    assert len(everything()) == 2


def test_what_was_broken_off_is_gone_on_with_by_a_job(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    lea = crew.story.browser(crew.lea)
    at = laid_out(lea, pasted=table(2))
    monkeypatch.setattr(views.batches, "confirm", broken)
    with pytest.raises(KeyboardInterrupt):
        confirmed(lea, at)
    monkeypatch.undo()
    assert "It is coming in: 0 of 2" in shown(lea, at)
    with clock.at(clock.now() + batches.BROKEN_OFF):
        run_due()
    assert len(everything()) == 2


def test_columns_said_so_that_it_is_too_much_are_refused_in_words(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    lea = crew.story.browser(crew.lea)
    at = laid_out(lea, pasted=table(2, HEADINGS.replace("How", "Ablauf")))
    monkeypatch.setattr(arriving, "MOST", 1)
    answer = lea.post(f"{at}/columns", {"column_0": "how"})
    assert answer.status_code == 422
    assert "more than comes in on this page" in answer.content.decode()


def test_a_draft_read_again_twice_stays_where_it_was_and_keeps_what_was_taken_out(crew: Crew) -> None:
    lea = crew.story.browser(crew.lea)
    at = laid_out(lea, pasted=table(3, HEADINGS.replace("How", "Ablauf")))
    lea.post(f"{at}/rows", ticked(shown(lea, at), leave=1))
    for _ in range(2):  # The second from a page that is stale by now.
        answer = lea.post(f"{at}/columns", {"column_0": "how"}, follow=True)
        assert (answer.status_code, answer.redirect_chain[-1][0]) == (200, at)
    page = answer.content.decode()
    assert "2 come in as new" in page
    assert "1 stays out" in page
    assert Batch.objects.everywhere("test").count() == 1
    confirmed(lea, at)
    assert [one.title for one in everything()] == ["Step 2", "Step 3"]
    assert everything()[0].versions.everywhere("test").get().how == "Turn valve 2"


def test_a_batch_of_which_nothing_came_in_is_told_nobody_else(crew: Crew) -> None:
    lea, omar = crew.story.browser(crew.lea), crew.story.browser(crew.omar)
    at = laid_out(lea, pasted=table(2), called="A quarrel with Omar")
    batch = Batch.objects.everywhere("test").get()
    batches.begin(batch, None, clock.now() + batches.BROKEN_OFF)
    social.leave(crew.lea, crew.community)
    jobs.come_in(batch.pk)
    assert omar.get(at).status_code == 404
    assert "A quarrel" not in shown(omar, f"{HERE}batches/") + shown(omar, "/")
    page = shown(lea, at)
    assert "Nothing of this came in" in page
    assert "brought this in" not in page


def test_when_it_came_in_stays_as_it_was_whatever_a_late_job_finds(crew: Crew) -> None:
    lea = crew.story.browser(crew.lea)
    confirmed(lea, at := laid_out(lea, pasted=table(1)))
    then = Batch.objects.everywhere("test").get().confirmed_at
    social.leave(crew.lea, crew.community)
    with clock.at(clock.now() + batches.BROKEN_OFF):
        run_due()
    assert Batch.objects.everywhere("test").get().confirmed_at == then
    assert "brought this in" in shown(lea, at)


@pytest.mark.django_db(transaction=True)
def test_few_rows_of_long_texts_come_in_by_a_job(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "AT_ONCE_LETTERS", 100)
    lea = crew.story.browser(crew.lea)
    assert "It is coming in: 0 of 9" in confirmed(lea, laid_out(lea, pasted=table(9)))
    run_due()
    assert len(everything()) == 9


def test_who_has_laid_out_much_is_told_what_to_throw_away(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    lea = crew.story.browser(crew.lea)
    monkeypatch.setattr(arriving, "MOST_DRAFTS", 2)
    at = [laid_out(lea, pasted=table(1), called=f"Part {n}") for n in (1, 2)]
    answer = lea.post(f"{HERE}batches", {**CALLED, "pasted": table(1)})
    assert answer.status_code == 422
    assert "Part 1, Part 2" in answer.content.decode()
    assert "Turn valve 1" in answer.content.decode()
    at[0] = laid_out(lea, pasted=table(1), instead=at[0].rsplit("/", 1)[1])
    assert Batch.objects.everywhere("test").count() == 2, "in place of another there is room"
    lea.post(f"{at[0]}/end")
    laid_out(lea, pasted=table(1))
    monkeypatch.setattr(arriving, "MOST_DRAFTS", 9)
    monkeypatch.setattr(arriving, "MOST_KEPT", 300)
    assert lea.post(f"{HERE}batches", {**CALLED, "pasted": table(9)}).status_code == 422


def test_of_files_that_are_never_read_only_the_name_is_kept(crew: Crew) -> None:
    lea = crew.story.browser(crew.lea)
    files = [SimpleUploadedFile("a.md", b"# A\n\n![x](a.png)"), SimpleUploadedFile("a.png", b"\x89PNG" * 900)]
    at = laid_out(lea, documents=files)
    kept = {one.name: bytes(one.data)[:4] for one in BatchFile.objects.everywhere("test")}
    assert kept == {"a.md": b"# A\n", "a.png": b""}
    before = shown(lea, at)
    assert "a.png" in before
    lea.post(f"{at}/columns", {})
    assert shown(lea, at).count("a.png") == before.count("a.png")


def test_the_page_of_a_batch_says_what_is_true_of_each(crew: Crew) -> None:
    """What is agreed on here is not asked about, and not called otherwise; of nothing there is no empty list."""
    lea, omar = crew.story.browser(crew.lea), crew.story.browser(crew.omar)
    at = laid_out(lea, pasted=table(2))
    confirmed(lea, at)
    assert "2 of it are in force already, and not agreed on here" in shown(omar, at)
    one, other = everything()
    acts.back(crew.ines, one)
    proposal = crew.story.propose(crew.lea, one)
    for person in (crew.lea, crew.omar, crew.ines):
        crew.story.stand(person, proposal)
    with clock.at(proposal.closes_at + timedelta(minutes=1)):
        crew.story.decide(crew.fay, proposal)
    page = shown(omar, at)
    assert "1 of it is in force already, and not agreed on here" in page
    assert page.count('name="practice"') == 1
    assert "Put several of them" in page
    assert "authority: imposed" in page
    acts.back(crew.omar, other)
    proposal = crew.story.propose(crew.lea, other)
    assert 'name="practice"' not in shown(crew.story.browser(crew.ines), at), "in a round it is asked there"
    assert "Which of it do you know" not in shown(crew.story.browser(crew.ines), "/")
    again = laid_out(lea, pasted=table(2).replace("Turn valve", "Open valve"))
    assert "2 come in as new versions" in shown(lea, again)
    confirmed(lea, again)
    page = shown(omar, again)
    assert "not agreed on here" not in page
    assert "Put several of them" not in page
    assert one.get_absolute_url() in page.partition("In a new version")[2]


def test_what_is_otherwise_there_is_told_after_it_came_in_too_and_nothing_else_is_asked(crew: Crew) -> None:
    lea = crew.story.browser(crew.lea)
    confirmed(lea, laid_out(lea, pasted="Title\tHow\tOwner\nOpen\tx\tWorks\nShut\tx\tWorks"))
    changed = "Title\tHow\tOwner\tAudience\nOpen\tx\tMaintenance\t\nShut\ty\tMaintenance\t\nTurn\tz\t\tNight crew"
    at = laid_out(lea, pasted=changed)
    assert "say it on the page" not in shown(lea, at)
    page = confirmed(lea, at).partition("More to know of it")[2]
    assert page.count("of Maintenance") == 2
    assert "“Night crew”: no unit here is called so" in page
    rows = BatchRow.objects.filter(batch=at.rsplit("/", 1)[1]).everywhere("test")
    assert {row.how for row in rows} == {""}, "its texts are practices"


def test_what_was_refused_meanwhile_shows_its_text_to_be_taken_over(crew: Crew) -> None:
    lea = crew.story.browser(crew.lea)
    confirmed(lea, laid_out(lea, pasted=table(1)))
    at = laid_out(lea, pasted=table(2).replace("Turn valve 1", "Open valve 1"))
    crew.story.revise(crew.omar, everything()[0], how="Do not turn it.")
    page = confirmed(lea, at)
    assert "Meanwhile version 2 was written" in page
    assert "Open valve 1" in page
    assert "Open valve 1" not in shown(crew.story.browser(crew.ines), at)


def test_what_would_keep_it_from_being_put_to_consent_is_said_before_it_comes_in(crew: Crew) -> None:
    lea = crew.story.browser(crew.lea)
    rows = "A\tw\th\ty\tl\t2020\nB\tw\th\ty\tl\t\nC\t\th\ty\t\t"
    page = " ".join(shown(lea, laid_out(lea, pasted=f"Title\tWhen\tHow\tWhy\tLimits\tSince\n{rows}")).split())
    assert "1 does not say all of when, how, why and limits yet" in page
    assert "Of 1 the first day is known. Needed: 1 reported use that did not fail, by somebody else, or 1 more" in page
    assert "Of 2 it is not known. Needed of each: 1 reported use that did not fail, by somebody else, or 2 more" in page
    assert page.count("first day not known") == 2


def test_what_is_here_with_the_same_text_under_another_name_is_said(crew: Crew) -> None:
    lea = crew.story.browser(crew.lea)
    confirmed(lea, laid_out(lea, pasted="Title\tHow\nOpen\tTurn it slowly."))
    [practice] = everything()
    page = shown(lea, laid_out(lea, pasted="Title\tHow\nOpen it\tTurn it slowly.\nShut\tTurn it back."))
    assert page.count("The same text is here already") == 1
    assert practice.pk in page.partition("The same text is here already")[2].partition("</a>")[0]


def test_a_heading_that_is_known_by_itself_is_shown_with_its_meaning_and_can_be_said_otherwise(crew: Crew) -> None:
    lea = crew.story.browser(crew.lea)
    at = laid_out(lea, pasted="Titre\tProcedure\tOrt\nOpen\tSlowly\tHall 3")
    page = " ".join(shown(lea, at).split())
    labels = re.findall(
        r"<label[^>]*>\s*(\w+)", page.partition("What do these columns mean")[2].partition("</details>")[0]
    )
    assert labels == ["Ort", "Titre", "Procedure"]
    assert re.findall(r'value="(\w+)" selected', page) == ["title", "how"]
    lea.post(f"{at}/columns", {"column_0": "", "column_1": "title", "column_2": "why"})
    assert everything() == []
    confirmed(lea, at)
    assert everything()[0].versions.everywhere("test").get().why == "Slowly"
