"""What is shown is what happened: a row without its act, an act without its row, a status that is another."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import CheckConstraint

from commonplace.communities.models import (
    AskedAbout,
    Charter,
    Community,
    Experience,
    Installation,
    Invitation,
    JoinRequest,
    KnownFor,
    Membership,
    Person,
    Role,
    Stage,
    Unit,
    Visibility,
    Welcoming,
)
from commonplace.consenting.kinds import Outcome
from commonplace.consenting.models import Answer, Draft, Eligible, InLine, Objection, Proposal, Question, Remedy, Stance
from commonplace.externalizing.models import (
    Closing,
    Confirmation,
    Exchange,
    ExchangeCourse,
    ExchangeLink,
    Purpose,
    Response,
    Thanks,
    Topic,
)
from commonplace.internalizing.models import Application
from commonplace.ledger import clock, replay
from commonplace.ledger.act import writing
from commonplace.ledger.ids import new_id
from commonplace.ledger.models import Act
from commonplace.ledger.situation import EXPERIENCES
from commonplace.measuring.models import Opening
from commonplace.objectifying.models import (
    Agreement,
    Backing,
    Bringing,
    Challenge,
    Credit,
    Excerpt,
    MinorEdit,
    Practice,
    PracticeCourse,
    PutAway,
    Review,
    ReviewVoice,
    Settlement,
    Share,
    Source,
    Version,
)
from commonplace.objectifying.models import (
    Answer as Named,
)
from commonplace.objectifying.status import Settled
from commonplace.steering.models import Card, Judgement, Objective, Signature
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
        values = {name: value() if callable(value) else value for name, value in columns.items()}
        assert _all(model).filter(**which).update(**values)

    return change


def _silencing(models: Iterable[Any]) -> Iterator[str]:
    if connection.vendor == "sqlite":
        yield "PRAGMA ignore_check_constraints = ON"
        return
    connection.check_constraints()
    for model in models:
        checks = [each for each in model._meta.constraints if isinstance(each, CheckConstraint)]
        yield from (f"ALTER TABLE {model._meta.db_table} DROP CONSTRAINT {each.name}" for each in checks)


def _unchecked(change: Callable[[], None], *models: Any) -> Callable[[], None]:
    """The same where the database, too, has been brought to hold its tongue."""

    def changed() -> None:
        with connection.cursor() as cursor:
            for statement in _silencing(models):
                cursor.execute(statement)
            change()
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA ignore_check_constraints = OFF")

    return changed


def _id(model: Any, **which: Any) -> str:
    return str(_all(model).filter(**which).first().pk)


def _elsewhere() -> str:
    """A version of another practice, on which nobody has agreed."""
    return _id(Version, practice__agreements=None)


DAY = datetime(2026, 3, 3, tzinfo=clock.wall().tzinfo)
CHANGES: dict[str, list[Callable[[], None]]] = {
    "members": [
        _delete(Membership, left_at=None, person__name="Ida"),
        _set(Membership, {"left_at": None, "person__name": "Ida"}, left_at=DAY),
        _set(Membership, {"left_at__isnull": False}, left_at=None),
        _again(Membership, {"person_id": lambda: _id(Person, name="Olga Operator")}, left_at=None),
    ],
    "roles": [
        _set(Role, {"kind": "sponsor"}, ended_at=DAY),
        _set(Role, {"kind": "sponsor"}, kind="steward"),
        _again(Role, {"kind": "steward"}, kind="sponsor"),
    ],
    "away": [
        _set(Role, {"away_until__isnull": False}, away_until=None),
        _set(Role, {"away_until__isnull": False}, away_until=DAY.date()),
        _set(Role, {"away_until__isnull": False}, stand_in=lambda: _id(Person, name="Lea")),
        _set(Role, {"kind": "sponsor", "ended_at": None}, away_until=DAY.date()),
    ],
    "welcoming newcomers": [
        _delete(Welcoming),
        _set(Welcoming, {}, membership=lambda: _id(Membership, person__name="Lea", left_at=None)),
        _again(Welcoming, {"membership_id": lambda: _id(Membership, person__name="Lea", left_at=None)}),
    ],
    "known for": [
        _delete(KnownFor),
        _delete(AskedAbout),
        _set(KnownFor, {}, words=""),
        _set(KnownFor, {}, shows=[]),
        _again(KnownFor, {"person_id": lambda: _id(Person, name="Omar")}),
    ],
    "invitation": [
        _delete(Invitation, withdrawn_at=None),
        _again(Invitation, {"digest": "unheard of"}),
        _set(Invitation, {"withdrawn_at": None}, withdrawn_at=DAY),
        _set(Invitation, {"withdrawn_at__isnull": False}, withdrawn_at=None),
        _set(Invitation, {}, invited_by=lambda: _id(Person, name="Ida")),
    ],
    "request to join": [
        _delete(JoinRequest, admitted=True),
        _delete(JoinRequest, admitted=None),
        _again(JoinRequest, admitted=True),
        _set(JoinRequest, {"admitted": True}, admitted=False),
        _set(JoinRequest, {"admitted": True}, person=lambda: _id(Person, name="Lea")),
    ],
    "who waits to join": [
        _delete(JoinRequest, answered_at=None),
        _set(JoinRequest, {"answered_at": None}, answered_at=DAY),
        _set(JoinRequest, {"person__name": "Uma"}, answered_at=None),
        _again(JoinRequest, {"person_id": lambda: _id(Person, name="Ida"), "answered_at": None}, admitted=True),
    ],
    "account": [
        _delete(Person, name="Never Here"),
        _again(Person, {"email": "nobody@example.org"}),
        _set(Person, {"name": "Lea"}, is_operator=True),
        _set(Person, {"is_operator": True}, is_operator=False),
        _delete(Installation),
    ],
    "bot": [_set(Person, {"name": "Digest"}, is_bot=False), _set(Person, {"name": "Lea"}, is_bot=True)],
    "open sign-up": [_delete(Installation), _set(Installation, {}, open_signup=False)],
    "community": [
        _again(Community, {"slug": "unheard-of"}),
        _set(Community, {"slug": "closed"}, visibility=Visibility.OPEN),
        _set(Community, {"slug": "pump-crews"}, stage=Stage.MATURING),
        _set(Community, {"slug": "pump-crews"}, language="fr"),
        _set(Community, {"slug": "pump-crews"}, profile={"size": "large"}),
    ],
    "charters": [
        _delete(Charter, quorum=2),
        _again(Charter, {"quorum": 1}),
        _set(Charter, {"quorum": 2}, quorum=1),
        _set(Charter, {}, round_days=1),
        _set(Charter, {}, refusal_days=1),
        _set(Charter, {}, review_days=1),
        _set(Charter, {}, set_by=lambda: _id(Person, name="Ida")),
    ],
    "units": [
        _again(Unit, {"name": "Nowhere", "folded": "nowhere", "parent": None, "merged_into": None}),
        _set(Unit, {"merged_into__isnull": False}, merged_into=None),
        _set(Unit, {"parent__isnull": False}, parent=None),
    ],
    "course of exchange": [
        _delete(ExchangeCourse, status="answered"),
        _set(ExchangeCourse, {"status": "answered"}, status="open"),
        _set(ExchangeCourse, {"status": "resolved"}, over=False),
        _set(ExchangeCourse, {}, opener=lambda: _id(Person, name="Ida")),
        _set(ExchangeCourse, {}, answers=9),
        _set(ExchangeCourse, {}, comments=9),
        _set(ExchangeCourse, {}, community=lambda: _id(Community, slug="closed")),
    ],
    "purpose of exchange": [_set(Exchange, {"purpose": Purpose.CREATION}, purpose=Purpose.REUSE)],
    "opening of exchange": [
        _delete(Exchange, closing=None),
        _again(Exchange),
        _set(Exchange, {}, opener=lambda: _id(Person, name="Ida")),
        _set(Exchange, {}, kind="story"),
        _set(Exchange, {}, community=lambda: _id(Community, slug="closed")),
    ],
    "response": [
        _delete(Response, kind="comment"),
        _again(Response),
        _set(Response, {}, author=lambda: _id(Person, name="Ida")),
        _set(Response, {}, kind="comment"),
        _set(Response, {"kind": "comment"}, exchange=lambda: _id(Exchange, closing=None)),
    ],
    "confirmation": [
        _delete(Confirmation),
        _again(Confirmation, {"person_id": lambda: _id(Person, name="Ida")}),
        _set(Confirmation, {}, response=None),
        _set(Confirmation, {}, person=lambda: _id(Person, name="Ida")),
        _set(Confirmation, {}, benefit="unknown"),
    ],
    "closing": [
        _delete(Closing),
        _again(Closing, {"exchange_id": lambda: _id(Exchange, closing=None)}),
        _set(Closing, {}, person=lambda: _id(Person, name="Ida")),
        _set(Closing, {"why_unresolved": ""}, purpose="reuse"),
        _set(Closing, {}, why_unresolved=""),
    ],
    "link": [
        _delete(ExchangeLink),
        _again(ExchangeLink, {"kind": "duplicate"}),
        _set(ExchangeLink, {}, kind="duplicate"),
        _set(ExchangeLink, {}, other=lambda: _id(Exchange, closing=None)),
        _set(ExchangeLink, {}, person=None),
    ],
    "thanks for response": [
        _delete(Thanks),
        _again(Thanks, {"person_id": lambda: _id(Person, name="Ida")}),
        _set(Thanks, {}, person=lambda: _id(Person, name="Ida")),
    ],
    "topic": [_again(Topic, {"name": "nothing"}), _set(Topic, {"merged_into__isnull": False}, merged_into=None)],
    "course of practice": [
        _delete(PracticeCourse, agreed=0),
        _set(PracticeCourse, {}, status="candidate"),
        _set(PracticeCourse, {}, latest=9),
        _set(PracticeCourse, {}, complete=False),
        _set(PracticeCourse, {}, rounds=9),
        _set(PracticeCourse, {}, on=9),
        _set(PracticeCourse, {}, agreed=9),
        _set(PracticeCourse, {}, last_agreed=9),
        _set(PracticeCourse, {}, brought=9),
        _set(PracticeCourse, {}, refused=9),
        _set(PracticeCourse, {}, challenges=9),
        _set(PracticeCourse, {}, retired=True),
        _set(PracticeCourse, {}, community=lambda: _id(Community, slug="closed")),
    ],
    "origin of practice": [
        _delete(Practice),
        _again(Practice),
        _set(Practice, {}, begun_by=lambda: _id(Person, name="Ida")),
        _set(Practice, {}, purpose="reuse"),
        _set(Practice, {}, community=lambda: _id(Community, slug="closed")),
        _delete(Excerpt),
        _again(Excerpt, {"response_id": lambda: _id(Response, kind="comment")}),
    ],
    "sources of practice": [
        _delete(Source),
        _again(Source, {"exchange_id": lambda: _id(Exchange, closing=None)}),
        _set(Source, {}, exchange=lambda: _id(Exchange, closing=None)),
    ],
    "credits of practice": [
        _delete(Credit, kind="author"),
        _again(Credit, {"person_id": lambda: _id(Person, name="Ida")}),
        _set(Credit, {"kind": "author"}, kind="scribe"),
        _set(Credit, {"kind": "author"}, person=lambda: _id(Person, name="Ida")),
    ],
    "where a practice was brought in from": [
        _delete(Bringing, source_kind="habit"),
        _set(Bringing, {"source_kind": "habit"}, authority="imposed"),
        _set(Bringing, {"source_kind": "habit"}, since_on=None),
        _set(Bringing, {"source_kind": "habit"}, by=lambda: _id(Person, name="Ida")),
        _set(Bringing, {"source_kind": "habit"}, batch=lambda: _id(Person, name="Ida")),
        _set(Bringing, {"source_kind": "community"}, original=None),
        _set(Bringing, {"source_kind": "community"}, original_number=2),
        _set(Bringing, {"source_kind": "community"}, adapted=False),
    ],
    "who says that a practice is in use": [
        _delete(Backing),
        _set(Backing, {}, person=lambda: _id(Person, name="Ida")),
    ],
    "versions of practice": [
        _set(Version, {}, limits=""),
        _delete(Version, number=2),
        _again(Version, {"number": 9}),
        _set(Version, {"number": 1}, author=lambda: _id(Person, name="Ida")),
        _set(Version, {"number": 2}, author=lambda: _id(Person, name="Ida")),
    ],
    "whom versions are for": [
        _set(Version, {"number": 1}, audience="newcomers"),
        _set(Version, {"audience": "units", "number": 2}, audience="everyone"),
        _delete(Version.audience_units.through),
    ],
    "steward of practice": [
        _set(Practice, {}, steward=None),
        _set(Practice, {}, steward=lambda: _id(Person, name="Ida")),
    ],
    "refused words": [
        _delete(Excerpt),
        _again(Excerpt, {"response_id": lambda: _id(Response, kind="comment")}),
        _set(Excerpt, {}, refused_at=None),
        _set(Excerpt, {}, response=lambda: _id(Response, kind="comment")),
    ],
    "challenge": [
        _delete(Challenge, settlement=None),
        _again(Challenge),
        _set(Challenge, {}, raised_by=lambda: _id(Person, name="Ida")),
        _set(Challenge, {}, number=9),
        _set(Challenge, {}, application=lambda: _id(Application, outcome="failed")),
    ],
    "settlement": [
        _delete(Settlement),
        _again(Settlement, {"challenge_id": lambda: _id(Challenge, settlement=None)}, outcome="practice_upheld"),
        _set(Settlement, {"outcome": "practice_upheld"}, outcome=Settled.RETIRED),
        _set(Settlement, {"outcome": "practice_upheld"}, challenge=lambda: _id(Challenge, settlement=None)),
        _set(Settlement, {"outcome": "practice_upheld"}, proposal=lambda: _id(Proposal, matter="acceptance")),
    ],
    "shared challenge": [
        _delete(Share),
        _again(Share, {"person_id": lambda: _id(Person, name="Ida")}),
        _set(Share, {}, person=lambda: _id(Person, name="Ida")),
        _set(Share, {}, challenge=lambda: _id(Challenge, settlement=None)),
    ],
    "named challenges": [
        _delete(Named),
        _again(Named, {"challenge_id": lambda: _id(Challenge, settlement=None, answers=None)}),
        _set(Named, {}, challenge=lambda: _id(Challenge, settlement=None, answers=None)),
        _set(Named, {}, version=_elsewhere),
    ],
    "put away": [
        _delete(PutAway),
        _set(PutAway, {"how": "replaced"}, replacement=None),
        _set(PutAway, {"how": "set_aside"}, how="retired"),
        _set(PutAway, {"how": "set_aside"}, by=lambda: _id(Person, name="Ida")),
    ],
    "minor edits of practice": [
        _delete(MinorEdit),
        _set(MinorEdit, {}, outcome="agreed"),
        _set(MinorEdit, {"fine_by__isnull": False}, fine_by=lambda: _id(Person, name="Ida")),
    ],
    "review": [
        _delete(Review),
        _set(Review, {}, why="silence"),
        _set(Review, {}, outcome=""),
    ],
    "voice in a review": [
        _delete(ReviewVoice),
        _set(ReviewVoice, {"person__name": "Ida"}, person=lambda: _id(Person, name="Lea")),
        _set(ReviewVoice, {"by_author": False}, by_author=True),
    ],
    "draft": [
        _delete(Draft),
        _again(Draft, {"number": 9}),
        _set(Draft, {}, quorum=9),
        _set(Draft, {}, visibility=Visibility.CLOSED),
        _set(Draft, {}, drafted_by=lambda: _id(Person, name="Ida")),
    ],
    "line on": [
        _delete(InLine, end="lost"),
        _again(InLine, end="opened"),
        _set(InLine, {"end": ""}, number=9),
        _set(InLine, {"end": ""}, matter="settlement"),
        _set(InLine, {"end": ""}, about="nothing"),
        _set(InLine, {"end": ""}, choice="retired"),
        _set(InLine, {"end": ""}, end="lost", ended_at=DAY),
        _set(InLine, {"end": "lost"}, end="", ended_at=None),
        _set(InLine, {"end": "lost"}, end="taken_back"),
        _set(InLine, {"end": "opened"}, proposal=lambda: _id(Proposal, matter="settlement")),
        _set(InLine, {"end": "lost"}, proposed_by=lambda: _id(Person, name="Lea")),
        _set(InLine, {}, subject_id=lambda: _id(Community, slug="closed")),
        _set(InLine, {}, community=lambda: _id(Community, slug="closed")),
    ],
    "round": [
        _delete(Proposal, matter="settlement"),
        _again(Proposal, outcome="accepted"),
        _set(Proposal, {"outcome": "accepted"}, outcome=Outcome.RETURNED),
        _set(Proposal, {"outcome": "accepted"}, outcome="", decided_at=None, decided_by=None),
        _set(Proposal, {"outcome": "withdrawn"}, outcome=Outcome.RETURNED),
        _set(Proposal, {}, number=9),
        _set(Proposal, {"amended": 2}, amended=1),
        _set(Proposal, {"outcome": "accepted"}, decided_by=lambda: _id(Person, name="Ida")),
        _set(Proposal, {"outcome": "returned"}, decided_by=None),
        _set(Proposal, {"outcome": "accepted"}, subject_id=lambda: _id(Practice, agreements=None)),
        _unchecked(_set(Proposal, {"outcome": "accepted"}, decided_at=None), Proposal),
        _unchecked(_set(Proposal, {"decided_at": None}, decided_at=DAY), Proposal),
    ],
    "rule of round": [
        _delete(Proposal, matter="settlement"),
        _again(Proposal, outcome="accepted"),
        _delete(Eligible),
        _set(Proposal, {}, quorum=9),
        _set(Proposal, {}, eligible=40),
        _set(Proposal, {}, units_needed=9),
        _set(Proposal, {}, days=1),
        _set(Proposal, {}, hidden=True),
        _set(Proposal, {}, closes_at=DAY),
        _set(Proposal, {}, review_on=DAY),
        _set(Proposal, {}, opened_by=lambda: _id(Person, name="Ida")),
        _set(Proposal, {"matter": "settlement"}, matter="retirement"),
        _set(Proposal, {"matter": "settlement"}, choice=Settled.RETIRED),
        _set(Proposal, {"matter": "settlement"}, about=lambda: _id(Challenge, settlement=None)),
    ],
    "question": [
        _delete(Question),
        _again(Question),
        _set(Question, {}, number=9),
        _set(Question, {}, for_another=True),
        _set(Question, {}, asked_by=lambda: _id(Person, name="Lea")),
        _set(Question, {}, proposal=lambda: _id(Proposal, matter="settlement")),
    ],
    "answer": [
        _delete(Answer),
        _again(Answer),
        _set(Answer, {}, person=lambda: _id(Person, name="Ida")),
    ],
    "agreements of practice": [
        _delete(Agreement, version__number=3),
        _again(Agreement, {"version_id": _elsewhere, "proposal_id": lambda: _id(Proposal, matter="settlement"),
                           "ended_at": DAY}),
        _set(Agreement, {"version__number": 3}, version=_elsewhere),
        _set(Agreement, {"version__number": 3},
             version=lambda: _id(Version, number=1, practice__agreements__version__number=3)),
        _set(Agreement, {"version__number": 3}, proposal=lambda: _id(Proposal, matter="settlement")),
        _set(Agreement, {"version__number": 3}, ended_at=DAY),
    ],
    "stance": [
        _delete(Stance, stance="object"),
        _again(Stance, {"replaced_at": DAY}),
        _set(Stance, {"stance": "object"}, stance="consent"),
        _set(Stance, {"replaced_at__isnull": False}, person=lambda: _id(Person, name="Ida")),
        _set(Stance, {"number": 1}, number=2),
        _set(Stance, {"replaced_at__isnull": False}, proposal=lambda: _id(Proposal, matter="settlement")),
        _set(Stance, {"entered_by__isnull": False}, entered_by=None),
        _set(Stance, {"stance": "object"}, entered_by=lambda: _id(Person, name="Fay Facilitator")),
    ],
    "current stances": [
        _delete(Stance, replaced_at=None),
        _again(Stance, {"replaced_at": None, "person_id": lambda: _id(Person, name="Olga Operator")},
               proposal__outcome="accepted"),
        _set(Stance, {"replaced_at": None}, replaced_at=DAY),
        _set(Stance, {"replaced_at__isnull": False, "person__name": "Ida", "proposal__amended": 2}, replaced_at=None),
    ],
    "objection": [
        _delete(Objection, taken_from__isnull=False),
        _again(Objection, settled_at__isnull=False),
        _unchecked(_set(Objection, {}, how=""), Objection),
        _unchecked(_set(Objection, {}, settled_at=None), Objection),
        _unchecked(_set(Objection, {"settled_at": None}, settled_at=DAY), Objection),
        _set(Objection, {"settled_at": None}, how="withdrawn", settled_at=DAY),
        _set(Objection, {"how": "change"}, how="", settled_at=None),
        _set(Objection, {"how": "withdrawn"}, how="dissent"),
        _set(Objection, {"for_another": True}, for_another=False),
        _set(Objection, {}, ground="unclear"),
        _set(Objection, {}, repeated=True),
        _set(Objection, {"taken_from__isnull": False}, taken_from=None),
        _set(Objection, {"how": "change"}, proposal=lambda: _id(Proposal, matter="settlement")),
        _set(Objection, {"how": "change"}, raised_by=lambda: _id(Person, name="Lea")),
        _set(Objection, {}, raised_on=9),
        _set(Objection, {"how": "change"}, number=9),
        _set(Objection, {"how": "change"}, heard_by=lambda: _id(Person, name="Lea")),
        _set(Objection, {"how": "change"}, understood_at=DAY),
        _set(Objection, {"how": "change"}, heard_at=None),
        _set(Objection, {"taken_from__isnull": False}, understood_at=None),
        _set(Objection, {"taken_from__isnull": False}, heard_by=None),
    ],
    "remedy": [
        _delete(Remedy),
        _again(Remedy, refused_at__isnull=False),
        _set(Remedy, {}, number=9),
        _set(Remedy, {}, offered_by=lambda: _id(Person, name="Lea")),
    ],
    "application": [
        _delete(Application, outcome="failed"),
        _again(Application),
        _set(Application, {}, outcome="failed"),
        _set(Application, {}, help="nobody"),
        _set(Application, {}, person=lambda: _id(Person, name="Lea")),
        _set(Application, {}, version=lambda: _id(Version, number=2)),
        _set(Application, {"version__number": 1}, version=_elsewhere),
    ],
    "objective": [
        _delete(Objective),
        _again(Objective),
        _set(Objective, {}, stated_by=lambda: _id(Person, name="Ida")),
        _set(Objective, {}, community=lambda: _id(Community, slug="closed")),
    ],
    "cards of objective": [
        _delete(Card, number=2),
        _again(Card, {"number": 9}),
        _set(Card, {"number": 1}, written_by=lambda: _id(Person, name="Ida")),
        _set(Card, {"number": 1}, horizon=DAY),
        _set(Card, {"number": 1}, metrics=[]),
    ],
    "signature": [
        _delete(Signature, side="sponsor"),
        _again(Signature, {"card_id": lambda: _id(Card, number=1)}),
        _set(Signature, {"side": "sponsor"}, card=lambda: _id(Card, number=1)),
        _set(Signature, {"side": "community"}, proposal=""),
        _set(Signature, {"side": "sponsor"}, person=lambda: _id(Person, name="Ida")),
    ],
    "judgement": [
        _delete(Judgement),
        _again(Judgement),
        _set(Judgement, {}, level=-2),
        _set(Judgement, {}, side="community"),
        _set(Judgement, {}, card=lambda: _id(Card, number=1)),
        _set(Judgement, {}, person=lambda: _id(Person, name="Ida")),
    ],
    "opening": [
        _delete(Opening, days=90),
        _again(Opening, {"days": 84}),
        _set(Opening, {"days": 0}, until=DAY.date()),
        _set(Opening, {"days": 90}, days=7),
        _set(Opening, {}, person=lambda: _id(Person, name="Lea")),
        _set(Opening, {}, community=lambda: _id(Community, slug="closed")),
    ],
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
        if not any(_about(line) == name for line in _after(change))
    ]
    assert unnoticed == []
    assert _lines() == []


def _about(line: str) -> str:
    """Which status: the last word before the colon is an id."""
    return line.partition(": the ledger says")[0].rpartition(" ")[0]


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


CONFIRMED = {
    "benefit": "solution", "response": "", "own_response": False, "purpose": "reuse", "days_after": 0
}  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"response": "It would flood the pit."}, {"response": None}, {"response": ["01"]}, {"own_response": 1},
        {"days_after": "3"}, {"days_after": -1}, {"days_after": True}, {"benefit": None},
    ],
    ids=str,
)  # fmt: skip
def test_evidence_that_no_act_could_have_recorded_is_named_and_not_repeated(story: Story, wrong: Any) -> None:
    act = _happened(verb="exchange.confirmed", subject=story.community.pk, evidence=CONFIRMED | wrong)
    [line] = [line for line in _lines() if line.startswith(f"act {act.pk}:")]
    assert f"Confirmed.{next(iter(wrong))} may not be" in line
    assert "flood" not in line


@pytest.mark.parametrize("name", ["actor", "recorded_by", "unit_id", "community", "experience"])
def test_a_column_that_no_act_could_have_filled_so_is_named_and_not_repeated(story: Story, name: str) -> None:
    act = _happened(verb="member.left", subject=story.community.pk, **{name: "it floods"})
    assert [line for line in _lines() if line.startswith(f"act {act.pk}: {name} may not be")]
    assert not any("floods" in line for line in _lines() if line.startswith("act "))


def test_the_codes_of_experience_are_those_that_people_choose_from() -> None:
    assert set(Experience.values) == EXPERIENCES


@pytest.mark.parametrize("wrong", [{"benefit": "great"}, {"purpose": "?"}])
def test_a_word_that_is_in_no_enumeration_is_named(story: Story, wrong: Any) -> None:
    act = _happened(verb="exchange.confirmed", subject=story.community.pk, evidence=CONFIRMED | wrong)
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
    spans = list(replay.all_spans())
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
