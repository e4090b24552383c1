"""A batch begins to come in while its draft is changed; a list opens while somebody says whom one of it is for. The
negative controls: what would come of it without a lock."""

from collections.abc import Callable, Collection
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import connection

from commonplace.communities.models import Person
from commonplace.consenting import acts as rounds
from commonplace.consenting.kinds import Kind
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock, registry
from commonplace.ledger.act import writing
from commonplace.objectifying import acts, batches
from commonplace.objectifying.acts.audience import _can_be_set
from commonplace.objectifying.audience import NEWCOMERS
from commonplace.objectifying.batches import arriving, drafts, lay_before, rejudging
from commonplace.objectifying.models import AUDIENCES, Batch, Practice
from tests.story import Story
from tests.trust.colliding import ROUNDS, collide

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
one_writer = pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
TABLE = "Title\tHow\tStatus\nOpen\tSlowly\tGilt\nShut\tFast\tfinal"
CHANGES = ["read_again", "rejudge", "throw_away", "begin"]
CONTROLS = 40


def laid(story: Story, lea: Person, number: int) -> Batch:
    return lay_before(lea, story.community, batches.arrived([], TABLE), columns={}, called=f"Handbook {number}")


def copy_of(batch: Batch) -> Batch:
    return Batch.objects.everywhere("test").select_related("community", "by").get(pk=batch.pk)


def ids(batch: Batch) -> set[str]:
    return set(batch.rows.values_list("pk", flat=True))


def begun(batch: Batch, taken: Collection[str]) -> bool:
    return batches.begin(batch, taken, clock.now() + timedelta(days=1))


def changed(lea: Person, batch: Batch, what: str) -> bool:
    if what == "read_again":
        before = ids(batch)
        return bool(batches.read_again(lea, batch, {})) and ids(batch) != before
    if what == "rejudge":
        return bool(batches.rejudge(lea, batch, {"gilt": True}))
    return batches.throw_away(batch) if what == "throw_away" else begun(batch, [])


def at_once(**attempts: Callable[[], bool]) -> tuple[list[str], dict[str, bool]]:
    """What came of them, and what those that went through answered."""
    answers: dict[str, bool] = {}
    return collide(*(partial(lambda name, do: answers.update({name: do()}), *one) for one in attempts.items())), answers


def wrong(story: Story, lea: Person, number: int, what: str, patch: pytest.MonkeyPatch) -> list[str]:
    """Of a batch that began to come in, and was changed at the same moment. To read takes long, and was done before."""
    batch = laid(story, lea, number)
    taken, mine, theirs = set(batch.rows.waiting().values_list("pk", flat=True)), copy_of(batch), copy_of(batch)
    with patch.context() as read:
        if what == "read_again":
            other = laid(story, lea, number)
            read.setattr(arriving, "_read", lambda *args, **words: other)
        ends, answers = at_once(begun=lambda: begun(mine, taken), changed=lambda: changed(lea, theirs, what))
    here = list(Batch.objects.everywhere("test").filter(called=batch.called))
    anomalies = [] if ends == ["done", "done"] else [f"{ends}"]
    if what not in ("rejudge", "read_again") and all(answers.values()):  # These may come just before.
        anomalies.append("it comes in, and was changed")
    if len(here) != (what != "throw_away" or not answers.get("changed")):
        anomalies.append(f"{len(here)} batches")
    if answers.get("begun") and here and not set(here[0].rows.waiting().values_list("pk", flat=True)) <= taken:
        anomalies.append("more comes in than was taken")
    Batch.objects.everywhere("test").filter(called=batch.called).delete()
    return anomalies


@pytest.mark.parametrize("what", CHANGES)
def test_a_draft_comes_in_or_is_changed(story: Story, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lea = story.member("Lea")
    assert [wrong(story, lea, n, what, monkeypatch) for n in range(ROUNDS)] == [[]] * ROUNDS


@one_writer
@pytest.mark.parametrize("what", CHANGES)
def test_without_a_lock_it_would_be_both(story: Story, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def unlocked(batch: Batch) -> bool:
        drafts_now = Batch.objects.filter(pk=batch.pk, confirmed_at=None, asked_at=None)
        return drafts_now.everywhere("test").exists()

    for module in (drafts, arriving, rejudging):
        monkeypatch.setattr(module, "still_a_draft", unlocked)
    lea = story.member("Lea")
    assert any(wrong(story, lea, n, what, monkeypatch) for n in range(CONTROLS))


class Shelf:
    """Lea brings them in two by two; she and Omar may speak."""

    def __init__(self, story: Story) -> None:
        self.story, self.n = story, 0
        self.lea, self.omar = story.member("Lea"), story.member("Omar")

    def brought(self) -> Practice:
        self.n += 1
        practice = self.story.bring(self.lea, title=f"Procedure {self.n}", since_on=date(2021, 3, 3))
        acts.back(self.omar, practice)
        return practice

    def together(self, rows: list[Practice]) -> Proposal:
        put = [(row, Proposal(matter=Kind.ACCEPTANCE, number=1, aim="Sleep")) for row in rows]
        return rounds.open_list(self.lea, self.story.community, put=put)

    def met(self) -> tuple[list[str], set[str]]:
        """What came of both; and whom it is for, as the round puts it and as its version says."""
        rows = [self.brought(), self.brought()]
        set_audience = partial(acts.set_audience, self.lea, rows[1], number=1, audience=NEWCOMERS)
        ends = collide(partial(self.together, rows), set_audience)
        return ends, self.for_whom(rows[1])

    @staticmethod
    def for_whom(row: Practice) -> set[str]:
        put = Proposal.objects.everywhere("test").get(subject_id=row.pk).texts["audience"]
        return {put, str(AUDIENCES[row.versions.get(number=1).for_whom.kind])}


@pytest.fixture
def shelf(transactional_db: None, story: Story) -> Shelf:
    return Shelf(story)


def test_a_round_of_a_list_puts_whom_its_version_is_for(shelf: Shelf) -> None:
    for _ in range(ROUNDS):
        ends, for_whom = shelf.met()
        assert ends in (["NotPossible", "done"], ["done", "done"])
        assert len(for_whom) == 1


@pytest.mark.breaks_ledger
def test_without_the_act_the_round_would_put_somebody_else(shelf: Shelf) -> None:
    rows = [shelf.brought(), shelf.brought()]
    words = {"number": 1, "audience": NEWCOMERS}
    _can_be_set(shelf.lea, rows[1], **words)
    shelf.together(rows)
    write = registry.ACTS["practice.audience_set"].function
    assert write
    with writing():
        write(shelf.lea, rows[1], **words)
    assert len(shelf.for_whom(rows[1])) == 2
