"""Many at once: a draft is changed until it comes in, by whom it belongs to; and who is asked what they know of it."""

from datetime import timedelta
from pathlib import Path

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Person, RoleKind
from commonplace.ledger import clock, forgetting
from commonplace.ledger.errors import NotAllowed
from commonplace.objectifying import acts, batches
from commonplace.objectifying.models import Batch, BatchRow
from tests.objectifying.batching import Desk
from tests.objectifying.conftest import Crew
from tests.objectifying.test_batch import WHOLE

TABLE = "Title\tHow\tAblauf\tZustand\nOpen\tSlowly\tAir\tGilt\nShut\tFast\tGas\tfinal"
STATUS = {"Zustand": "status"}


@pytest.fixture
def desk(crew: Crew, tmp_path: Path) -> Desk:
    return Desk(crew, tmp_path / "given")


def pasted(crew: Crew, columns: dict[str, str] = STATUS) -> Batch:
    return batches.lay_before(crew.lea, crew.community, batches.arrived([], TABLE), columns=columns, called="Handbook")


def rows(batch: Batch) -> dict[str, BatchRow]:
    return {row.title: row for row in batch.rows.all()}


def begun(batch: Batch) -> bool:
    """By a job, an hour from now."""
    taken = list(batch.rows.waiting().values_list("pk", flat=True))
    return batches.begin(batch, taken, clock.now() + timedelta(hours=1))


def kept() -> list[str]:
    return list(Batch.objects.everywhere("test").values_list("pk", flat=True))


@pytest.mark.parametrize("is_in", [False, True])
def test_what_comes_in_is_changed_by_nobody_any_more(crew: Crew, is_in: bool) -> None:
    batch = pasted(crew)
    assert begun(batch)
    if is_in:
        batches.confirm(crew.lea, batch)
    before = list(batch.rows.values())
    assert batches.read_again(crew.lea, batch, {"Ablauf": "why"}) == batch
    batches.rejudge(crew.lea, batch, {"gilt": True})
    assert not batches.throw_away(batch)
    assert (kept(), list(batch.rows.values())) == ([batch.pk], before)
    assert Batch.objects.everywhere("test").get().meanings == {}


@pytest.mark.parametrize("is_asked", [False, True])
def test_what_was_confirmed_is_no_draft_whether_or_not_a_job_was_asked_for(crew: Crew, is_asked: bool) -> None:
    batch = pasted(crew)
    if is_asked:
        assert begun(batch)
    batches.confirm(crew.lea, batch)
    assert not begun(batch)
    assert not batches.throw_away(batch)
    batches.rejudge(crew.lea, batch, {"gilt": True})
    assert (kept(), rows(batch)["Open"].verdict) == ([batch.pk], "set_aside")


def test_what_was_taken_out_stays_out_whatever_is_pressed_next(crew: Crew) -> None:
    batch = pasted(crew, {})
    one, other = (row.pk for row in batch.rows.all())
    later = clock.now() + timedelta(hours=1)
    assert batches.begin(batch, [one], later)
    assert not batches.begin(batch, [other], later)
    assert [row.became for row in batch.rows.all()] == ["", "left_out"]


def test_only_whose_it_is_has_it_read_anew(crew: Crew) -> None:
    batch = pasted(crew)
    with pytest.raises(NotAllowed):
        batches.read_again(crew.fay, batch, {"Ablauf": "why"})
    assert kept() == [batch.pk]


def test_read_anew_it_keeps_what_was_said_before(crew: Crew) -> None:
    batch = batches.rejudge(crew.lea, pasted(crew), {"gilt": True})
    again = batches.read_again(crew.lea, batch, {"Ablauf": "why"})
    row = rows(again)["Open"]
    assert kept() == [again.pk]
    assert (row.status, row.verdict, row.why) == ("Gilt", "new", "Air")
    assert (again.meanings, again.columns) == ({"gilt": True}, {"Zustand": "status", "Ablauf": "why"})


def test_what_the_command_line_read_is_read_from_nothing_else(desk: Desk) -> None:
    desk.put("a.csv", "Title,How\nOpen,Slowly\n")
    batch = desk.laid()
    assert batches.read_again(desk.crew.lea, batch, {"How": "why"}) == batch
    assert desk.verdicts(batch) == {"Open": "new"}


def test_whoever_has_left_confirms_not_even_what_was_here_already(desk: Desk) -> None:
    desk.put("a.csv", "Title,How\nOpen,Slowly\n")
    desk.brought()
    again = desk.laid()
    social.leave(desk.crew.lea, desk.crew.community)
    with pytest.raises(NotAllowed):
        batches.confirm(desk.crew.lea, again)
    assert not Batch.objects.everywhere("test").get(pk=again.pk).is_confirmed


def asked(desk: Desk, person: Person, batch: Batch) -> list[str]:
    return sorted(one.title for one in batches.to_back(person, batch.pk))


def test_of_what_came_in_those_that_go_on_and_that_one_has_not_spoken_of_are_asked(desk: Desk) -> None:
    desk.put("a.csv", "Title,How\na,x\nb,x\nc,x\nd,x\n")
    crew, batch, here = desk.crew, desk.brought(), desk.practices()
    crew.brought(title="alone")
    assert asked(desk, crew.omar, batch) == ["a", "b", "c", "d"]
    assert asked(desk, crew.lea, batch) == [], "she brought it in"
    acts.set_aside(crew.lea, here["a"], reason="The wrong folder.")
    acts.replace_practice(crew.lea, here["b"], replacement=here["c"], reason="The same.")
    acts.back(crew.omar, here["c"])
    assert asked(desk, crew.omar, batch) == ["d"]
    assert asked(desk, crew.ines, batch) == ["c", "d"]


def test_whose_word_would_not_count_is_not_asked(desk: Desk) -> None:
    desk.put("a.csv", "Title,How\na,x\n")
    crew, batch = desk.crew, desk.brought()
    stranger = crew.story.person("Sam")
    bot = social.set_bot(crew.story.operator, crew.story.member("Digest"), bot=True)
    crew.story.granted(crew.ines, RoleKind.SPONSOR)
    assert [one.title for one in batches.practices_of(stranger, batch.pk)] == ["a"], "who may read it"
    assert {one.name: asked(desk, one, batch) for one in (stranger, bot, crew.ines, crew.omar)} == {
        "Sam": [], "Digest": [], "Ines": [], "Omar": ["a"],
    }  # fmt: skip


def test_what_is_agreed_on_by_now_is_not_asked_for(desk: Desk) -> None:
    """Nobody is asked to say what the act would refuse."""
    for name in "ab":
        desk.put(f"{name}.md", WHOLE.format(name))
    batch, crew = desk.brought(), desk.crew
    assert batches.to_back(crew.ines, batch.pk).count() == 2
    for one in desk.practices().values():
        acts.back(crew.omar, one)
        acts.back(crew.fay, one)
        crew.accepted(one)
    assert not batches.to_back(crew.ines, batch.pk).exists()


def test_who_has_left_says_nothing_of_it_any_more(desk: Desk) -> None:
    desk.put("a.md", WHOLE.format("a"))
    batch, crew = desk.brought(), desk.crew
    practice = desk.practices()["a"]
    acts.back(crew.omar, practice)
    acts.back(crew.ines, practice)
    social.leave(crew.ines, crew.community)
    assert batches.backed(batches.practices_of(crew.fay, batch.pk)) == {practice.pk: 1}


def test_what_comes_in_just_now_is_not_forgotten(desk: Desk) -> None:
    desk.put("a.md", WHOLE.format("a"))
    batch = desk.laid()
    with clock.at(batch.at + timedelta(days=30) - timedelta(minutes=2)):
        assert begun(batch)
    with clock.at(batch.at + timedelta(days=30, minutes=1)):
        forgetting.forget()
    assert kept() == [batch.pk]
