"""A round as one person reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F

from commonplace.communities.models import Person, footing
from commonplace.communities.models.person import SHOWN
from commonplace.consenting.acts.deciding import lacking
from commonplace.consenting.counting import ending_of, round_of
from commonplace.consenting.kinds import How, Outcome, Stand
from commonplace.consenting.matter import Beside
from commonplace.consenting.models import Answer, Eligible, Proposal, Question, Stance
from commonplace.consenting.models.reading import with_people
from commonplace.consenting.presenting.reader import Reader, reader_of
from commonplace.consenting.presenting.state import Fact, end_of, state_of, word_of
from commonplace.consenting.presenting.texts import Texts, texts
from commonplace.consenting.presenting.turns import Turn, Waits, turns
from commonplace.consenting.rows import Rows, rows_of
from commonplace.consenting.rule import Ending, Tally, tally
from commonplace.ledger import clock

ANSWERED = ("id", "text", "said_at", "person", *(f"person__{name}" for name in SHOWN))


@dataclass(frozen=True, slots=True)
class Presented:
    """`is_veiled`: until the close only who has spoken is told, and for ever where it was taken back. `closes_at`: as
    the rule has it, later than the round's where somebody may still say no. `returns_at`: when it returns by itself if
    the rule is not met. `somebody_returns`: there is a facilitator without a part in it, who may do it
    before. `beside`: by the id of an objection, newer texts that were written to meet it."""

    proposal: Proposal
    rows: Rows
    tally: Tally
    ending: Ending
    reader: Reader
    texts: Texts
    turns: Sequence[Turn]
    questions: Sequence[Question]
    closes_at: datetime
    somebody_returns: bool
    beside: Mapping[str, Sequence[Beside]]

    @property
    def is_veiled(self) -> bool:
        return self.proposal.is_veiled(self.in_time)

    @property
    def in_time(self) -> bool:
        return self.reader.in_time

    @property
    def returns_at(self) -> datetime:
        return self.ending.returns_at or self.closes_at + timedelta(days=settings.DECISION_DAYS)

    @property
    def lacks(self) -> str:
        """What keeps it from being accepted, in words; empty if nothing does."""
        return lacking(self.tally.missing)

    @property
    def line(self) -> list[Fact]:
        """In one line."""
        stands = footing(self.reader.person, self.proposal.community)
        about: dict[str, Any] = {"is_veiled": self.is_veiled, "reader": stands}
        mine = word_of(self.reader, self.proposal.number)
        if self.proposal.is_open:
            return state_of(self.proposal, self.tally, closes_at=self.closes_at, mine=mine, **about)
        eligible, dissent = self.proposal.eligible, len(self.dissent)
        return end_of(self.tally, eligible=eligible, dissent=dissent, mine=mine, **about)

    @property
    def knows_what_was(self) -> bool:
        """What changes says it all: the text before was agreed on, or they have spoken of it in this round."""
        spoken = (*self.rows.stances, *self.rows.earlier)
        return not self.texts.in_round or any(one.person_id == self.reader.person.pk for one in spoken)

    @property
    def standing_turns(self) -> list[Turn]:
        """What is asked of the reader first."""
        stand = [one for one in self.turns if one.objection.is_standing]
        return sorted(stand, key=lambda one: not (one.is_my_turn or one.may_confirm))

    @property
    def settled_turns(self) -> list[Turn]:
        return [one for one in self.turns if not one.objection.is_standing]

    @property
    def dissent(self) -> list[Turn]:
        return [one for one in self.turns if one.objection.how == How.DISSENT]

    @property
    def my_turns(self) -> list[Turn]:
        return [one for one in self.turns if one.is_my_turn]

    @property
    def to_be_met(self) -> list[Turn]:
        """By a text, which whoever opened it can move it to."""
        opened = self.reader.opened and self.reader.speaks and self.proposal.kind.newest
        return [one for one in self.turns if opened and one.waits in (Waits.WRITTEN, Waits.CARRIED) and not one.is_mine]

    @property
    def spoken(self) -> list[Stance]:
        """Of those who said it themselves."""
        return [one for one in self.rows.stances if one.entered_by_id is None]

    @property
    def concerns(self) -> list[Stance]:
        return [one for one in self.spoken if one.stance == Stand.CONCERN]

    @property
    def not_yet(self) -> list[Eligible]:
        """Who has not spoken, while they may; where stances are hidden only who has spoken is told."""
        may_be = self.in_time and self.reader.is_member and not self.is_veiled
        return self.silent if may_be else []

    @property
    def silent(self) -> list[Eligible]:
        spoken = {one.person_id for one in self.spoken}
        gone = self.rows.gone | self.rows.bots
        return [one for one in self.rows.asked if one.person_id not in spoken and one.person_id not in gone]

    @property
    def by_rule(self) -> Outcome | None:
        """What this reader may record, as the rule has it."""
        return self.ending.by_rule if self.proposal.is_open and self.reader.counts else None

    @property
    def by_facilitator(self) -> tuple[Outcome, ...]:
        return self.ending.by_facilitator if self.proposal.is_open and self.reader.is_neutral else ()


def presented(person: Any, proposal: Proposal) -> Presented:
    rows, asked = rows_of(proposal), round_of(proposal)
    reader = reader_of(person, proposal, rows, in_time=proposal.is_open and clock.now() < asked.closes_at)
    return Presented(
        proposal=proposal,
        rows=rows,
        tally=tally(asked),
        ending=ending_of(proposal) if proposal.is_open else Ending(),
        reader=reader,
        texts=texts(proposal),
        turns=turns(proposal, rows, reader),
        questions=_questions(proposal),
        closes_at=asked.closes_at,
        somebody_returns=getattr(proposal, "has_returner", True),
        beside=_beside(proposal, rows),
    )


def _beside(proposal: Proposal, rows: Rows) -> Mapping[str, Sequence[Beside]]:
    """What was written to meet an objection meets the one that goes on with it."""
    known = {one.pk: {one.pk, one.taken_from_id or one.pk} for one in rows.objections if one.is_standing}
    newest = proposal.kind.newest
    if not known or not proposal.is_open or newest is None or newest(proposal.subject) <= proposal.number:
        return {}
    laid = proposal.kind.beside(proposal, sorted(set().union(*known.values())))
    return {pk: [one for one in laid if one.objection in ids] for pk, ids in known.items()}


def _questions(proposal: Proposal) -> Sequence[Question]:
    """Each with its answers, in one statement: a row for each answer."""
    order = ("asked_at", "pk", "answers__said_at", "answers__pk")
    rows: Any = with_people(proposal.questions.order_by(*order), "asked_by")
    questions: dict[str, Question] = {}
    for row in rows.annotate(**{f"answer_{name}": F(f"answers__{name}") for name in ANSWERED}):
        question = questions.setdefault(row.pk, row)
        answers = vars(question).setdefault("_prefetched_objects_cache", {}).setdefault("answers", [])
        if row.answer_id:
            answers.append(_answer(row))
    return list(questions.values())


def _answer(row: Any) -> Answer:
    person = Person(id=row.answer_person, **{name: getattr(row, f"answer_person__{name}") for name in SHOWN})
    return Answer(id=row.answer_id, text=row.answer_text, said_at=row.answer_said_at, person=person)
