"""A list of rounds as one person reads it: each round with its text, its counts and where the reader stands in it.

All of it is read at once, however many they are; each is counted as on its own page.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db.models import Count, F, Q

from commonplace.communities.contributions import Panel
from commonplace.communities.models import footing
from commonplace.consenting import policy
from commonplace.consenting.acts.deciding import lacking
from commonplace.consenting.counting import as_round
from commonplace.consenting.kinds import How, Stand
from commonplace.consenting.models import Objection, Proposal, Question, Stance, Wording
from commonplace.consenting.presenting.state import Fact, end_of, state_of, state_of_list
from commonplace.consenting.presenting.texts import Part
from commonplace.consenting.rows import Rows, rows_of_all
from commonplace.consenting.rule import Round, Tally, tally
from commonplace.ledger import clock

WHY = "who reads a list of rounds reads what is said in them"


@dataclass(frozen=True, slots=True)
class Entry:
    """One round. `panel`: what its matter shows with it; `questions`: how many; `has_asked`: one of them is theirs.
    `stance`: the reader's own word, of whatever text; `entered`: what somebody wrote down for them; `asks`: what it
    asks them by name."""

    proposal: Proposal
    rows: Rows
    round: Round
    tally: Tally
    parts: Sequence[Part]
    panel: Panel | None
    questions: int
    has_asked: bool
    person: Any
    speaks: bool
    asks: str

    @property
    def in_time(self) -> bool:
        return self.proposal.is_open and clock.now() < self.round.closes_at

    @property
    def is_veiled(self) -> bool:
        return self.proposal.is_veiled(self.in_time)

    @property
    def lacks(self) -> str:
        return lacking(self.tally.missing)

    @property
    def line(self) -> list[Fact]:
        """In one line. Of one that is open, when it closes and what the reader said is said apart."""
        about: dict[str, Any] = {"is_veiled": self.is_veiled, "reader": footing(self.person, self.proposal.community)}
        if not self.proposal.is_open:
            dissent = sum(one.how == How.DISSENT for one in self.rows.objections)
            return end_of(self.tally, eligible=self.proposal.eligible, dissent=dissent, mine=None, **about)
        facts = state_of(self.proposal, self.tally, closes_at=self.round.closes_at, mine=None, **about)
        return [one for one in facts if not one.at]

    @property
    def objections(self) -> list[Objection]:
        return [one for one in self.rows.objections if one.is_standing]

    @property
    def objects(self) -> bool:
        """An objection of theirs stands: consenting would settle it."""
        return any(one.raised_by_id == self.person.pk and not one.for_another for one in self.objections)

    @property
    def is_doubted(self) -> bool:
        """They asked about it, or objected to it once: to consent to it is said by hand."""
        mine = (one.raised_by_id == self.person.pk and not one.for_another for one in self.rows.objections)
        return self.has_asked or any(mine)

    @property
    def stance(self) -> Stance | None:
        return self._last(is_own=True)

    @property
    def entered(self) -> Stance | None:
        return self._last(is_own=False)

    @property
    def has_spoken(self) -> bool:
        """By their own word, of whatever text, replaced since or not."""
        own = (one for one in (*self.rows.stances, *self.rows.earlier) if one.entered_by_id is None)
        return any(one.person_id == self.person.pk for one in own)

    def _last(self, is_own: bool) -> Stance | None:
        mine = (one for one in self.rows.stances if one.person_id == self.person.pk)
        return next((one for one in mine if (one.entered_by_id is None) == is_own), None)

    @property
    def may_speak(self) -> bool:
        return self.speaks and self.in_time and any(one.person_id == self.person.pk for one in self.rows.asked)

    @property
    def is_kept(self) -> bool:
        """Said of a text before this one; nothing that binds has changed."""
        return self.stance is not None and self.stance.number < self.proposal.number

    @property
    def is_left(self) -> bool:
        """They have said nothing yet of the text as it is."""
        return self.may_speak and (self.stance is None or self.is_kept)

    @property
    def may_tick(self) -> bool:
        """Where one press says all that there is to say: nothing else is asked of them, or was said by or for them."""
        before = self.stance or self.entered
        nothing_else = before is None or before.stance == Stand.CONSENT
        return self.is_left and nothing_else and not self.objects and not self.asks


@dataclass(frozen=True, slots=True)
class Listed:
    """`closes_at`: when those close that were not moved to a newer text."""

    entries: Sequence[Entry]
    person: Any
    is_member: bool

    @property
    def first(self) -> Proposal:
        return self.entries[0].proposal

    @property
    def title(self) -> str:
        lists = self.first.kind.lists
        return lists.title(len(self.entries)) if lists else self.first.title

    @property
    def closes_at(self) -> datetime:
        return min(entry.proposal.closes_at for entry in self.entries)

    @property
    def line(self) -> list[Fact]:
        """On all that are open, in one line."""
        open_ones = [one for one in self.entries if one.proposal.is_open]
        if not open_ones:
            return []
        return state_of_list(
            len(open_ones),
            met=None if any(one.is_veiled for one in open_ones) else sum(not one.lacks for one in open_ones),
            against=sum(bool(one.objections) for one in open_ones),
            closes_at=self.closes_at,
            mine=(len(self.spoken_on), len(self.left)),
        )

    @property
    def in_time(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.in_time]

    @property
    def spoken_on(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.may_speak and not entry.is_left]

    @property
    def left(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.is_left]

    @property
    def to_tick(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.may_tick]

    @property
    def has_spoken(self) -> bool:
        return any(entry.has_spoken for entry in self.entries)

    @property
    def ticked(self) -> list[Entry]:
        """By itself: all, until they say a first word in this list. What they left out then is left out: only a
        consent of theirs that was kept is. Nothing that they asked about or objected to."""
        fine = [entry for entry in self.to_tick if not entry.is_doubted]
        return [entry for entry in fine if entry.is_kept or not self.has_spoken]

    @property
    def to_take_back(self) -> list[Entry]:
        return [entry for entry in self.in_time if entry.speaks and entry.proposal.opened_by_id == self.person.pk]

    @property
    def is_over(self) -> bool:
        return not any(entry.proposal.is_open for entry in self.entries)

    @property
    def ends(self) -> list[tuple[str, int]]:
        """How many ended how; the most first."""
        return Counter(one.proposal.ended for one in self.entries if not one.proposal.is_open).most_common()


def listed(person: Any, proposals: Sequence[Proposal]) -> Listed:
    """`proposals`: of one list, in one community; shown in the order of what they are on."""
    first = proposals[0]
    subjects = first.kind.read_rows([one.subject_id for one in proposals])
    rows, parts, questions = rows_of_all(proposals), _parts(proposals), _questions(person, proposals)
    lists = first.kind.lists
    place = attrgetter(*lists.by) if lists else attrgetter("pk")
    panels = lists.beside(list(subjects.values())) if lists else {}
    in_order = sorted(proposals, key=lambda one: place(subjects[one.subject_id]))
    entries = [_entry(person, one, rows[one.pk], parts, panels, questions) for one in in_order]
    return Listed(entries, person, footing(person, first.community).is_member)


def _entry(
    person: Any,
    proposal: Proposal,
    rows: Rows,
    parts: Mapping[str, Sequence[Part]],
    panels: Mapping[str, Panel],
    questions: Mapping[str, tuple[int, int]],
) -> Entry:
    asked, speaks = as_round(proposal, rows), policy.speaker.allows(person, proposal)
    many, mine = questions.get(proposal.pk, (0, 0))
    return Entry(
        proposal=proposal,
        rows=rows,
        round=asked,
        tally=tally(asked),
        parts=parts.get(proposal.pk, ()),
        panel=panels.get(proposal.subject_id),
        questions=many,
        has_asked=mine > 0,
        person=person,
        speaks=speaks,
        asks=proposal.kind.asks(person, proposal) if speaks and proposal.is_open else "",
    )


def _parts(proposals: Sequence[Proposal]) -> dict[str, list[Part]]:
    """Of each round the text that it is on."""
    rows = Wording.objects.filter(proposal__in=proposals, number=F("proposal__number")).everywhere(WHY)
    headings, parts = proposals[0].kind.parts, dict[str, list[Part]]()
    for row in rows.order_by("proposal", "position"):
        if row.text:
            parts.setdefault(row.proposal_id, []).append(Part(str(headings[row.part]), row.html))
    return parts


def _questions(person: Any, proposals: Sequence[Proposal]) -> dict[str, tuple[int, int]]:
    """Of each round: how many, and how many of them are this person's."""
    rows = Question.objects.filter(proposal__in=proposals).everywhere(WHY).order_by().values_list("proposal")
    mine = Count("pk", filter=Q(asked_by=person.pk, for_another=False))
    return {pk: (many, own) for pk, many, own in rows.annotate(many=Count("pk"), own=mine)}
