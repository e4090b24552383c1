"""What is shown is what happened: a row without its act, an act without its row, a status that is another."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from commonplace.communities.models import Membership, Role, Unit
from commonplace.externalizing.models import Closing, Confirmation, Exchange, ExchangeLink, Purpose, Response, Topic
from commonplace.internalizing.models import Application
from commonplace.ledger import clock, replay
from commonplace.ledger.act import writing
from commonplace.ledger.ids import new_id
from commonplace.ledger.models import Act
from commonplace.objectifying.models import (
    Agreement,
    Challenge,
    Objection,
    Practice,
    Proposal,
    Settlement,
    Version,
)
from commonplace.objectifying.status import Outcome
from commonplace.steering.models import Card, CardRound, Judgement, Objective, Signature
from tests.ledger.tale import Tale
from tests.story import Story

pytestmark = pytest.mark.breaks_ledger


def _all(model: Any) -> Any:
    return model._base_manager.all()


def _delete(model: Any, **which: Any) -> Callable[[], None]:
    """An act without its row."""

    def change() -> None:
        rows = _all(model).filter(**which)
        assert rows.exists()
        with connection.constraint_checks_disabled():
            rows._raw_delete(rows.db)

    return change


def _again(model: Any, columns: dict[str, Any] | None = None, **which: Any) -> Callable[[], None]:
    """A row without its act: one that is there, once more."""

    def change() -> None:
        row = _all(model).filter(**which).first()
        row.pk = new_id()
        for name, value in (columns or {}).items():
            setattr(row, name, value() if callable(value) else value)
        row._state.adding = True
        model.save_base(row, raw=True, force_insert=True)

    return change


def _set(model: Any, which: dict[str, Any], **columns: Any) -> Callable[[], None]:
    """A status that is another."""

    def change() -> None:
        assert _all(model).filter(**which).update(**columns)

    return change


DAY = datetime(2026, 3, 3, tzinfo=clock.wall().tzinfo)
CHANGES: dict[str, list[Callable[[], None]]] = {
    "members": [
        _delete(Membership, left_at=None, person__name="Ida"),
        _set(Membership, {"left_at": None, "person__name": "Ida"}, left_at=DAY),
        _set(Membership, {"left_at__isnull": False}, left_at=None),
    ],
    "roles": [
        _set(Role, {"kind": "sponsor"}, ended_at=DAY),
        _set(Role, {"kind": "sponsor"}, kind="steward"),
        _again(Role, {"kind": "steward"}, kind="sponsor"),
    ],
    "units": [
        _again(Unit, {"name": "Nowhere", "parent": None, "merged_into": None}),
        _set(Unit, {"merged_into__isnull": False}, merged_into=None),
        _set(Unit, {"parent__isnull": False}, parent=None),
    ],
    "exchange": [
        _again(Exchange),
        _delete(Confirmation),
        _delete(Closing),
        _delete(Response, author__name="Lea", kind="answer"),
    ],
    "purpose of exchange": [_set(Exchange, {"purpose": Purpose.CREATION}, purpose=Purpose.REUSE)],
    "what helped in exchange": [_delete(Confirmation), _set(Confirmation, {}, response=None)],
    "topic": [_again(Topic, {"name": "nothing"}), _set(Topic, {"merged_into__isnull": False}, merged_into=None)],
    "responses in exchange": [_delete(Response, kind="comment"), _again(Response)],
    "closings of exchange": [_delete(Closing)],
    "links from exchange": [_delete(ExchangeLink), _again(ExchangeLink, {"kind": "duplicate"})],
    "practice": [
        _again(Practice, {"title": "Unheard of"}),
        _delete(Version, number=2),
        _again(Version, {"number": 9}),
        _set(Version, {}, limits=""),
        _set(Agreement, {"ended_at": None}, ended_at=DAY),
        _delete(Challenge, settlement=None),
        _delete(Settlement),
        _set(Settlement, {}, outcome=Outcome.RETIRED),
    ],
    "round": [
        _delete(Proposal, matter="settlement"),
        _set(Proposal, {"matter": "acceptance"}, outcome=Outcome.RETURNED),
        _set(Proposal, {"matter": "acceptance"}, outcome="", decided_at=None, decided_by=None),
    ],
    "objection": [_delete(Objection), _again(Objection), _set(Objection, {}, how="")],
    "applications": [
        _delete(Application, outcome="failed"),
        _again(Application),
        _set(Application, {}, outcome="failed"),
    ],
    "objective's card": [_again(Objective), _delete(Card, number=2), _again(Card, {"number": 9})],
    "objective's signatures": [
        _delete(Signature, side="sponsor"),
        _again(Signature, {"card_id": lambda: _all(Card).get(number=1).pk}),
    ],
    "objective's level": [_delete(Judgement), _set(Judgement, {}, level=-2), _again(Judgement, {"side": "community"})],
    "round on a card": [_delete(CardRound), _set(CardRound, {}, outcome=Outcome.RETURNED)],
}  # fmt: skip


def _lines() -> list[str]:
    return list(replay.differences())


@pytest.fixture
def tale(now: datetime, db: None) -> Tale:
    return Tale()


def test_every_status_that_is_derived_is_tampered_with() -> None:
    assert {reducer.name for reducer in replay.REDUCERS} ^ CHANGES.keys() == set()


def test_whatever_is_changed_past_the_acts_is_found(tale: Tale) -> None:
    assert _lines() == []
    unnoticed = [
        f"{name}: {number}"
        for name, changes in CHANGES.items()
        for number, change in enumerate(changes)
        if not any(line.startswith(f"{name} ") for line in _after(change))
    ]
    assert unnoticed == []
    assert _lines() == []


def _after(change: Callable[[], None]) -> list[str]:
    with transaction.atomic(), writing():
        change()
        lines = _lines()
        transaction.set_rollback(True)
    return lines


def _happened(**columns: Any) -> Act:
    """A row in the ledger that no act of this program wrote."""
    usual = {"verb": "exchange.closed", "happened_at": clock.now(), "recorded_at": clock.wall(), "evidence": {}}
    return Act.objects.create(**{**usual, **columns})


def test_an_act_of_an_unknown_verb_is_named_by_its_number(story: Story) -> None:
    act = _happened(verb="never.heard_of", subject=story.community.pk)
    assert [line for line in _lines() if line.startswith(f"act {act.pk}: never.heard_of")]


@pytest.mark.parametrize(
    "columns", [{"evidence": {"why": "words"}}, {"version": 7}, {"evidence": []}, {"evidence": "words"}]
)
def test_evidence_that_cannot_be_read_is_named_by_its_number(story: Story, columns: Any) -> None:
    act = _happened(subject=story.community.pk, **columns)
    assert [line for line in _lines() if line.startswith(f"act {act.pk}: evidence of version")]


def test_an_act_about_nothing_is_read_too(story: Story) -> None:
    act = _happened(verb="never.heard_of", subject="")
    assert [line for line in _lines() if line.startswith(f"act {act.pk}:")]


def test_one_that_cannot_be_read_hides_no_other_difference(story: Story) -> None:
    lea = story.member("Lea")
    exchange = story.ask(lea)
    _happened(verb="never.heard_of", subject=exchange.pk)
    with writing():
        _set(Exchange, {"pk": exchange.pk}, purpose=Purpose.CREATION)()
    assert {line.split()[0] for line in _lines()} == {"act", "purpose"}


# In parts


@pytest.mark.parametrize("at_once", [1, 2, 7, 1000])
def test_however_small_the_parts_all_is_read_once(tale: Tale, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    """More subjects than one part holds, and one subject with more acts than that."""
    monkeypatch.setattr(replay, "AT_ONCE", at_once)
    seen: list[int] = []
    acts = replay._acts

    def noticed(span: replay.Span) -> Iterator[Any]:
        for row in acts(span):
            seen.append(row[0])
            yield row

    monkeypatch.setattr(replay, "_acts", noticed)
    assert _lines() == []
    every = Act.objects.everywhere("test").values_list("id", flat=True)
    assert sorted(seen) == sorted(every)
    spans = list(replay._all_spans())
    assert (len(spans) > 3) == (at_once < 100)
    assert [span.after for span in spans] == ["", *(span.upto for span in spans[:-1])]


@pytest.mark.parametrize("at_once", [1, 1000])
def test_in_whatever_part_a_difference_is_found_once(tale: Tale, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(replay, "AT_ONCE", at_once)
    with writing():
        _all(Exchange).update(purpose="")
    assert len(_lines()) == len([line for line in _lines() if line.startswith("purpose of exchange")])
    assert len(_lines()) == _all(Exchange).count()


# Since


def test_since_an_act_only_what_came_after_is_looked_at(now: datetime, story: Story) -> None:
    lea = story.member("Lea")
    old, newer = story.ask(lea), story.ask(lea)
    last = Act.objects.everywhere("test").latest("id").pk
    with clock.at(now + timedelta(days=1)):
        story.respond(lea, newer)
    with writing():
        _all(Exchange).update(purpose="")
    assert {line.split()[3] for line in replay.differences(last)} == {f"{newer.pk}:"}
    assert {line.split()[3] for line in replay.differences(0)} == {f"{old.pk}:", f"{newer.pk}:"}
    assert list(replay.differences(last + 1)) == []


def test_a_subject_touched_again_is_folded_from_its_beginning(story: Story) -> None:
    lea, omar = story.member("Lea"), story.member("Omar")
    exchange = story.resolved(lea, omar)
    last = Act.objects.everywhere("test").latest("id").pk
    story.respond(lea, exchange)
    assert list(replay.differences(last)) == []


def test_many_that_were_touched_are_taken_in_parts(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "FEW", 2)
    lea = story.member("Lea")
    asked = [story.ask(lea).pk for _ in range(5)]
    spans = list(replay._spans_since(0))
    assert all(len(span.ids) <= 2 for span in spans)
    assert set(asked) <= {pk for span in spans for pk in span.ids}
