"""What a large community has agreed on, is asked, challenges and looks at again: plain rows, as acts leave them."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import cycle, islice
from typing import Any

from commonplace.communities.models import Community, Person
from commonplace.consenting.kinds import Kind, PartIn
from commonplace.consenting.models import Eligible, Party, Proposal, Stance, Wording
from commonplace.ledger import clock
from commonplace.ledger.models import Act
from commonplace.objectifying.course import Course
from commonplace.objectifying.models import Agreement, Challenge, Practice, Review, Version
from commonplace.objectifying.reducers.practices import course as practice_courses
from tests.story import PARTS

HELD, OPEN, CHALLENGED, REVIEWED, REPORTED_EACH = 800, 80, 120, 240, 12
LIST = "0" * 26
FIXED = {"matter": Kind.ACCEPTANCE, "eligible": 9, "quorum": 3, "units_needed": 0, "days": 14}


class Agreed:
    """HELD practices are agreed on, of these the first OPEN under a round again, the next challenged, then reviewed."""

    def __init__(self, here: Community, people: Sequence[Person], reports: Act) -> None:
        self.here, self.people, self.report = here, people, reports
        self.practices = Practice.objects.bulk_create(self._practice(number) for number in range(HELD))
        texts = (
            Version(practice=row, number=n, author=row.begun_by, **PARTS) for row in self.practices for n in (1, 2)
        )
        self.versions = {(one.practice_id, one.number): one for one in Version.objects.bulk_create(texts)}
        self.decided = Proposal.objects.bulk_create(map(self._decided, range(HELD)))
        self.open = Proposal.objects.bulk_create(map(self._open, range(OPEN)))
        self._asked_and_spoken()
        self._held()
        practice_courses.write({row.pk: self._course(row, number) for number, row in enumerate(self.practices)})

    def _practice(self, number: int) -> Practice:
        with clock.at(clock.now() - timedelta(days=300, minutes=-number)):
            by = self.people[number % len(self.people)]
            title = f"Held {number}"
            steward = None if number >= HELD - 20 else by
            return Practice(community=self.here, title=title, purpose="reuse", begun_by=by, steward=steward)

    def _round(self, of: int, at: Any, **more: Any) -> Proposal:
        row = self.practices[of]
        with clock.at(at):
            about = {"community": self.here, "subject_id": row.pk, "title": row.title, "opened_by": row.begun_by}
            return Proposal(opened_at=at, closes_at=at + timedelta(days=14), **about, **FIXED, **more)

    def _decided(self, number: int) -> Proposal:
        at = clock.now() - timedelta(days=250, minutes=-number)
        return self._round(number, at, number=1, decided_at=at + timedelta(days=14), outcome="accepted")

    def _open(self, number: int) -> Proposal:
        """Half of them closed, and not ended; of the others twenty in a list."""
        days, listed = (15, "") if number % 2 else (3, LIST if number < 40 else "")
        return self._round(number, clock.now() - timedelta(days=days, minutes=-number), number=2, list=listed)

    def _asked_and_spoken(self) -> None:
        each = [(one, person) for one in (*self.open, *self.decided[:OPEN]) for person in self.people]
        Eligible.objects.bulk_create(Eligible(proposal=one, person=person) for one, person in each)
        Party.objects.bulk_create(
            Party(proposal=one, person=one.opened_by, part=PartIn.OPENED, number=one.number) for one in self.open
        )
        Wording.objects.bulk_create(
            Wording(proposal=one, number=one.number, part=part, position=position, text=text)
            for one in (*self.open, *self.decided[:OPEN])
            for position, (part, text) in enumerate(PARTS.items())
        )
        Stance.objects.bulk_create(
            Stance(proposal=one, person=person, number=one.number, stance="consent")
            for one, person in each
            if person != self.people[0]
        )

    def _held(self) -> None:
        later = (clock.now() + timedelta(days=200)).date()
        pairs = zip(self.practices, self.decided, strict=True)
        rows = Agreement.objects.bulk_create(
            Agreement(practice=row, version=self.versions[row.pk, 1], proposal=one, review_on=later)
            for row, one in pairs
        )
        by, at = cycle(self.people), clock.now() - timedelta(days=9)
        Challenge.objects.bulk_create(
            Challenge(practice=row, raised_by=next(by), ground="failed", reason="It failed", number=1, raised_at=at)
            for row in self.practices[OPEN : OPEN + CHALLENGED]
        )
        looked_at = slice(OPEN + CHALLENGED, OPEN + CHALLENGED + REVIEWED)
        self.reviewed = self.practices[looked_at]
        Review.objects.bulk_create(
            Review(practice=row.practice, agreement=row, due_on=at.date(), why="day") for row in rows[looked_at]
        )
        known = {"verb": self.report.verb, "evidence": self.report.evidence, "version": self.report.version}
        about = (row for row in self.reviewed for _ in range(REPORTED_EACH))
        Act.objects.bulk_create(
            Act(object=f"r{n}", subject=row.pk, community=self.here.pk, actor=self.people[0].pk, happened_at=at,
                recorded_at=at, **known)
            for n, row in enumerate(islice(about, None))
        )  # fmt: skip

    def _course(self, practice: Practice, number: int) -> Any:
        held = {"latest": 2, "agreed": 1, "last_agreed": 1, "complete": True, "moved_at": practice.begun_at}
        more = {"rounds": 1, "on": 2} if number < OPEN else {"challenges": 1} if number < OPEN + CHALLENGED else {}
        return Course(community=self.here.pk, **held, **more).with_status()
