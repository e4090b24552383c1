"""A large community, as plain rows past the acts: 20,000 of them within seconds, each as an act would have left it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import cycle
from typing import Any

from django.db import connection, transaction

from commonplace.communities.models import Community
from commonplace.externalizing.course import Course as ExchangeState
from commonplace.externalizing.models import Confirmation, Exchange, Response, ResponseKind, Topic, TopicAlias
from commonplace.externalizing.models.topic import filings
from commonplace.externalizing.reducers.exchanges import course as exchange_courses
from commonplace.internalizing.models import Application
from commonplace.ledger import clock
from commonplace.ledger.act import writing
from commonplace.ledger.models import Act
from commonplace.objectifying.course import Course as PracticeState
from commonplace.objectifying.models import Bringing, Practice, Version
from commonplace.objectifying.reducers.practices import course as practice_courses
from tests.story import PARTS, Story
from tests.trust.filling_rounds import Agreed

EXCHANGES, ELSEWHERE, ANSWERS, COMMENTS, PRACTICES, VERSIONS, REPORTS = 16_000, 4_000, 1_500, 600, 400, 60, 400
FAMILIES = 100
RESOLVED, UNFINISHED = (EXCHANGES - 3, 7), 40  # By their number from the first.
BEGAN = timedelta(days=400)


class Large:
    """`many`: an exchange with ANSWERS and comments; `agreed`: a practice with VERSIONS and REPORTS."""

    def __init__(self) -> None:
        self.story = Story()
        self.reader = self.story.member("Lea")
        self.here, self.there = self.story.community, self.story.found("valves", "Valves", by=self.story.operator)
        self.people = [self.story.member(f"Member {number}") for number in range(8)]
        self.exchanges = self._exchanges(self.here, EXCHANGES)
        self._exchanges(self.there, ELSEWHERE)
        self._answers()
        self.practices = self._practices()
        self.held = Agreed(self.here, [self.reader, *self.people, self.story.facilitator], self._report())
        self._taken_over()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            if connection.vendor == "postgresql":
                # So few rows it might as well read all: ten times as many it would not, and that is asked here.
                cursor.execute("SET LOCAL enable_seqscan = off")

    def _exchanges(self, community: Community, count: int) -> list[Exchange]:
        moments = (clock.now() - BEGAN + timedelta(minutes=number) for number in range(count))
        by, rows = cycle([self.reader, *self.people]), []
        for number, at in enumerate(moments):
            with clock.at(at):
                title = f"Question {number}"
                rows.append(
                    Exchange(community=community, opener=next(by), title=title, body="?", html="?", opened_at=at)
                )
        Exchange.objects.bulk_create(rows)
        exchange_courses.write({row.pk: _exchange_course(row, number) for number, row in enumerate(rows)})
        self._filed(community, rows)
        return rows

    def _filed(self, community: Community, rows: list[Exchange]) -> None:
        """Nearly all under one topic that has two names, and a topic for each twenty."""
        topics = Topic.objects.bulk_create(
            Topic(community=community, name=name)
            for name in ("pumps", *(f"topic {n:03}" for n in range(len(rows) // 20)))
        )
        names = [(topics[0], "pompes"), *((topic, topic.name) for topic in topics)]
        aliases = TopicAlias.objects.bulk_create(
            TopicAlias(community=community, topic=topic, name=name, folded=name) for topic, name in names
        )
        _file("exchange", rows, aliases)

    def _answers(self) -> None:
        self.many = self.exchanges[EXCHANGES // 2]
        self.answers = [self._response(self.many, number) for number in range(ANSWERS)]
        comments = [self._response(self.many, number, on=self.answers[0]) for number in range(COMMENTS)]
        whole = [self._response(self.many, number, on=None) for number in range(COMMENTS)]
        others = [self._response(row, number) for number, row in enumerate(self.exchanges[-500:])]
        Response.objects.bulk_create([*self.answers, *comments, *whole, *others])
        Confirmation.objects.create(
            exchange=self.many, response=self.answers[700], person=self.many.opener, benefit="solution"
        )
        counts = {"answers": ANSWERS, "comments": 2 * COMMENTS}
        jumps = {"newest": self.answers[-1].pk, "helped": self.answers[700].pk}
        people = {"community": self.here.pk, "opener": self.many.opener_id}
        exchange_courses.write({self.many.pk: ExchangeState(**people, status="resolved", over=True, **counts, **jumps)})

    def _response(self, exchange: Exchange, number: int, **on: Any) -> Response:
        kind, at = ResponseKind.COMMENT if on else ResponseKind.ANSWER, clock.now() - timedelta(days=9, minutes=-number)
        with clock.at(at):
            words = {"body": "Bleed it.", "html": "Bleed it.", "responded_at": at}
            author = self.people[number % len(self.people)]
            return Response(exchange=exchange, author=author, kind=kind, comments_on=on.get("on"), **words)

    def _report(self) -> Act:
        """As somebody makes one: those in masses are like it."""
        asked, knows = self.people[:2]
        practice = self.story.distil(asked, self.story.resolved(asked, knows))
        self.story.apply(self.reader, practice, outcome="worked", where="Pump 4")
        return Act.objects.filter(verb="application.reported").everywhere("test").get()

    def _practices(self) -> list[Practice]:
        rows = []
        for number in range(PRACTICES):
            with clock.at(clock.now() - BEGAN + timedelta(hours=number)):
                title, by = f"Practice {number}", self.people[number % len(self.people)]
                rows.append(Practice(community=self.here, title=title, purpose="reuse", begun_by=by))
        Practice.objects.bulk_create(rows)
        _file("practice", rows, list(TopicAlias.objects.filter(community=self.here).everywhere("test").order_by("pk")))
        self.agreed = rows[0]
        Version.objects.bulk_create(self._version(row, 1) for row in rows)
        Version.objects.bulk_create(self._version(self.agreed, number + 2) for number in range(VERSIONS))
        practice_courses.write({row.pk: _practice_course(row, VERSIONS + 1 if row is rows[0] else 1) for row in rows})
        version = self.agreed.versions.latest("number")
        reports = {"community": self.here, "practice": self.agreed, "version": version, "outcome": "worked"}
        Application.objects.bulk_create(
            Application(person=self.reader, where="Pump 4", **reports) for _ in range(REPORTS)
        )
        return rows

    def _taken_over(self) -> None:
        """Another community has most of it, each in another version by now; the reader looks after a few of these."""
        originals = [*self.practices, *self.held.practices[:FAMILIES]]
        by = self.story.operator
        known: dict[str, Any] = {"community": self.there, "purpose": "reuse", "begun_by": by, "steward": by}
        theirs = [Practice(title=row.title, **known) for row in originals]
        Practice.objects.bulk_create(theirs)
        Version.objects.bulk_create(self._version(row, 2) for row in theirs)
        pairs = zip(theirs, originals, strict=True)
        whence = {"source_kind": "community", "authority": "habit", "original_number": 1, "adapted": True}
        Bringing.objects.bulk_create(
            Bringing(practice=row, original=original, by=by, **whence) for row, original in pairs
        )
        numbers = {"latest": 2, "brought": 2}
        agreed_there = PracticeState(
            self.there.pk, "taken_over", complete=True, moved_at=clock.now() - BEGAN, **numbers
        )
        course = agreed_there.with_status()
        practice_courses.write({row.pk: course for row in theirs})

    def _version(self, practice: Practice, number: int) -> Version:
        return Version(practice=practice, number=number, author=practice.begun_by, **PARTS)


def _file(kind: str, rows: Sequence[Any], aliases: Sequence[TopicAlias]) -> None:
    """Each under one of the two names of the great topic, and under a small one."""
    filings(type(rows[0])).objects.bulk_create(
        filings(type(rows[0]))(topicalias=alias, **{kind: row})
        for number, row in enumerate(rows)
        for alias in (aliases[number % 2], aliases[2 + number // 20 % (len(aliases) - 2)])
    )


def _exchange_course(exchange: Exchange, number: int) -> ExchangeState:
    """Nearly all are over, the few that are not are the oldest: nobody comes upon them by going through the newest."""
    status = "resolved" if number in RESOLVED else "open" if number < UNFINISHED else "unresolved"
    return ExchangeState(exchange.community_id, exchange.opener_id, status, status != "open")


def _practice_course(practice: Practice, latest: int) -> PracticeState:
    known = {"community": practice.community_id, "moved_at": practice.begun_at}
    return PracticeState(latest=latest, complete=True, **known).with_status()


@contextmanager
def large() -> Iterator[Large]:
    """Until the end of this block."""
    with transaction.atomic():
        with writing():
            world = Large()
        yield world
        transaction.set_rollback(True)
