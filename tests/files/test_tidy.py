"""Once a day what no text names goes in time, and bytes with the last row that names them."""

import os
from datetime import timedelta
from typing import Any

import pytest

from commonplace.communities.models import Person
from commonplace.communities.my_data import my_data
from commonplace.externalizing import acts as externalizing
from commonplace.files import jobs, storing
from commonplace.files.models import File, Held
from commonplace.ledger import clock
from commonplace.ledger.act import writing
from commonplace.ledger.jobs.kinds import KINDS
from tests.files.sent import PDF, held, sent, shown, stored
from tests.story import Story


def rows() -> set[str]:
    return set(File.objects.everywhere("test").values_list("pk", flat=True))


def test_what_no_text_names_goes_after_a_week(story: Story, lea: Person) -> None:
    named, exchange = sent(lea), story.ask(lea)
    held(named, story.community, of=exchange.pk)
    forgotten = sent(lea, PDF)
    with clock.at(clock.now() + jobs.UNNAMED - timedelta(seconds=1)):
        jobs.tidy()
        assert rows() == {named.pk, forgotten.pk}
    with clock.at(clock.now() + jobs.UNNAMED + timedelta(seconds=1)):
        fresh = sent(lea, PDF + b"\n")
        jobs.tidy()
        assert rows() == {named.pk, fresh.pk}
    assert {file.name.removesuffix(storing.SMALL) for file in stored()} == {named.digest, fresh.digest}
    assert jobs.missing() == []


def test_what_a_text_named_until_now_has_a_week_from_now(story: Story, lea: Person) -> None:
    """Whoever takes a picture out of a text of last month, and wants it back tomorrow, has it."""
    file = sent(lea)
    exchange = story.ask(lea, body=file.in_markdown())
    month = clock.now() + timedelta(days=30)
    with clock.at(month):
        externalizing.edit(lea, exchange, title=exchange.title, body="Without.", seen=exchange.fingerprint)
        jobs.tidy()
        assert rows() == {file.pk}
    with clock.at(month + jobs.UNNAMED + timedelta(seconds=1)):
        jobs.tidy()
        assert rows() == set()


def test_so_has_what_a_text_named_that_is_gone(story: Story, lea: Person) -> None:
    file = sent(lea)
    held(file, story.community, of="gone")
    month = clock.now() + timedelta(days=30)
    with clock.at(month):
        jobs.tidy()
        assert rows() == {file.pk}
        assert not Held.objects.everywhere("test").exists()
    with clock.at(month + jobs.UNNAMED + timedelta(seconds=1)):
        jobs.tidy()
        assert rows() == set()


def test_many_go_in_parts(lea: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "AT_ONCE", 2)
    for number in range(5):
        sent(lea, PDF.replace(b"1.7", b"1.%d" % number))
    with clock.at(clock.now() + timedelta(days=8)):
        jobs.tidy()
    assert rows() == set()
    assert stored() == []


def test_a_text_that_is_gone_names_nothing(story: Story, lea: Person) -> None:
    exchange = story.ask(lea)
    stays, goes = sent(lea), sent(lea, PDF)
    held(stays, story.community, of=exchange.pk)
    held(goes, story.community, of="0" * 26)
    jobs.tidy()
    assert set(Held.objects.everywhere("test").values_list("file", flat=True)) == {stays.pk}
    assert shown(story.browser(story.member("Tom")), goes).status_code == 404


def test_texts_of_a_kind_that_nobody_knows_are_left(story: Story, lea: Person) -> None:
    Held.objects.create(file=sent(lea), community=story.community, holder="elsewhere.thing", of="x")
    jobs.tidy()
    assert Held.objects.everywhere("test").count() == 1


def test_bytes_stay_while_anybody_has_them(story: Story, lea: Person) -> None:
    own, theirs = sent(lea), sent(story.member("Tom"))
    assert own.digest == theirs.digest
    File.objects.filter(pk=own.pk).everywhere("test").delete()
    jobs.tidy()
    assert len(stored()) == 2
    File.objects.filter(pk=theirs.pk).everywhere("test").delete()
    jobs.tidy()
    assert stored() == []


def test_what_was_being_written_when_the_machine_stopped_goes_after_a_day(lea: Person) -> None:
    sent(lea, PDF)
    within = stored()[0].parent
    old, new = within / f"old{storing.ON_ITS_WAY}", within / f"new{storing.ON_ITS_WAY}"
    for part in (old, new):
        part.write_bytes(b"half")
    long_ago = (clock.wall() - timedelta(days=2)).timestamp()
    os.utime(old, (long_ago, long_ago))
    jobs.tidy()
    assert not old.exists()
    assert new.exists()


def test_it_is_done_every_day() -> None:
    assert KINDS["files.tidied"].when


def test_what_the_disk_has_lost_is_told(lea: Person) -> None:
    whole, cut, lost = sent(lea, PDF), sent(lea, PDF + b"\n"), sent(lea, PDF + b"\n\n")
    storing.place(cut.digest).write_bytes(b"%PDF")
    storing.remove(lost.digest)
    assert set(jobs.missing()) == {cut.digest, lost.digest} != {whole.digest}


@pytest.mark.breaks_ledger
def test_with_a_person_go_their_files(story: Story) -> None:
    sam = story.member("Sam")
    file = sent(sam)
    held(file, story.community)
    with writing():
        Person.objects.get(pk=sam.pk).delete()
    jobs.tidy()
    assert (rows(), stored()) == (set(), [])
    assert not Held.objects.everywhere("test").exists()
    assert shown(story.browser(story.member("Tom")), file).status_code == 404


def test_ones_own_data_names_them_and_ones_own_page_leads_to_each(story: Story, lea: Person) -> None:
    file, other = sent(lea, PDF, "Plan.pdf"), sent(story.member("Tom"), PDF + b"\n", "other.pdf")
    held(file, story.community)
    data: Any = my_data(lea)
    (row,) = data["files.File"]
    assert (row["id"], row["name"], row["owner"]) == (file.pk, "Plan.pdf", lea.pk)
    assert "digest" not in row
    browser = story.browser(lea)
    assert "/files/mine/" in browser.get("/me/").content.decode()
    page = browser.get("/files/mine/").content.decode()
    assert f'href="{file.get_absolute_url()}"' in page
    assert other.pk not in page
    assert "in no text" not in page


def test_the_operator_sees_how_much_room_they_take_and_no_name(story: Story, lea: Person) -> None:
    sent(lea, b"a" * (3 << 19), "secret-plan.txt")
    page = story.browser(story.operator).get("/operator/storage").content.decode()
    assert "1 file, 1.5 MB of 20 GB" in page
    assert "secret-plan" not in page
