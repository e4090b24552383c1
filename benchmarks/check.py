"""`commonplace check` over a made-up ledger, beside merely reading and parsing it: `python benchmarks/check.py [ACTS]`.

In a folder of its own on SQLite; on PostgreSQL in an empty database: `.ci/with-postgresql python benchmarks/check.py`.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from serving import place

ACTS = 1_000_000
MOST_SECONDS, MOST_MB = 30, 500
SEED = 20260302
MAKE = "--make"
BEGAN = datetime(2020, 1, 6, tzinfo=UTC)
COMMUNITIES, MEMBERS = 100, 60
RULE = {"quorum": None, "round_days": 14, "refusal_days": 7, "review_days": 365}
WORDS = "It turns but moves no water, and the check valve has been bled twice since the last shift. " * 3


def main() -> None:
    acts = int(sys.argv[1]) if len(sys.argv) > 1 else ACTS
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COMMONPLACE_DATA"] = str(Path(folder, "data"))
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonplace.web.settings")
        place.clear()
        run("-m", "commonplace", "migrate")
        run(__file__, MAKE, str(acts))
        made, reading = read()
        seconds, busy, megabytes = run("-m", "commonplace", "check")
        print(f"{made:,} acts, {engine()}")
        print(f"{'read and parse':>16} {reading:>8.1f} s")
        ratio = f"{seconds / reading:>6.1f} x reading"
        print(f"{'check':>16} {seconds:>8.1f} s {ratio} {megabytes:>6.0f} MB at most, {busy:.1f} s CPU")
        if acts >= ACTS and (seconds > MOST_SECONDS or megabytes > MOST_MB):
            sys.exit(f"A whole check is to take {MOST_SECONDS} s and {MOST_MB} MB at most.")


def run(*words: str) -> tuple[float, float, float]:
    """Seconds, those of them on a processor, and the peak of its memory in MB: at least ours, who stay small."""
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, *words])
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(words)} failed.")
    return time.perf_counter() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def engine() -> str:
    from django.db import connection

    return "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"


def read() -> tuple[int, float]:
    """All acts once, the evidence of each parsed: how many, and in how many seconds."""
    import django
    from django.db import connection

    django.setup()
    count, begun = 0, time.perf_counter()
    with connection.chunked_cursor() as cursor:
        cursor.execute("SELECT id, verb, actor, object, subject, community, version, evidence FROM ledger_act")
        while rows := cursor.fetchmany(2_000):
            for row in rows:
                json.loads(row[-1])
            count += len(rows)
    connection.close()
    return count, time.perf_counter() - begun


def make(acts: int) -> None:
    import django

    django.setup()
    tale = Tale(random.Random(SEED))  # noqa: S311
    tale.tell(acts)
    tale.write()


class Tale:
    """Acts and their rows, as columns by table; written at the end, the acts in the order of time."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.number = chance, 0
        self.rows: dict[Any, list[dict[str, Any]]] = defaultdict(list)
        self.acts: list[tuple[Any, ...]] = []
        self.members: dict[str, list[str]] = {}
        self.evidence = Evidence()

    def tell(self, acts: int) -> None:
        for number in range(COMMUNITIES):
            self._community(number)
        while len(self.acts) < acts:
            exchange = self._exchange()
            if self.chance.random() < 0.06:
                self._practice(*exchange)

    def _id(self) -> str:
        """Of the length of ours, and in the order of making, as ours nearly are."""
        self.number += 1
        return f"01{self.number:08d}{self.chance.getrandbits(64):016x}"

    def _act(self, verb: str, actor: str, row: str, subject: str, community: str, at: datetime, **said: Any) -> None:
        self.acts.append((at, verb, actor, row, subject, community, self.evidence.json(verb, said)))

    def _row(self, model: str, **columns: Any) -> str:
        columns.setdefault("id", self._id())
        self.rows[model].append(columns)
        return str(columns["id"])

    def _community(self, number: int) -> None:
        people = [self._row("communities.Person", name=f"Person {number}-{n}") for n in range(MEMBERS)]
        here = self._row("communities.Community", slug=f"crew-{number}", title=f"Crew {number}")
        self._row("communities.Charter", community_id=here, set_by_id=people[0], set_at=BEGAN, **RULE)
        self.members[here] = people
        for person in people:
            row = self._row("communities.Membership", community_id=here, person_id=person)
            verb = "community.founded" if person == people[0] else "member.joined"
            self._act(verb, person, here if person == people[0] else row, here, here, BEGAN, traits=[], **RULE)
        founder = {"person_id": people[0], "granted_by_id": people[0]}
        self._row("communities.Role", community_id=here, kind="facilitator", **founder)

    def _exchange(self) -> tuple[str, str, str, datetime]:
        here = self.chance.choice(list(self.members))
        at = BEGAN + timedelta(seconds=self.chance.randrange(6 * 365 * 86_400))
        opener = self.chance.choice(self.members[here])
        about = self._row("externalizing.Exchange", community_id=here, opener_id=opener, title="Prime lost", body=WORDS)
        self._act("exchange.opened", opener, about, about, here, at)
        response = ""
        for _ in range(self.chance.choice((0, 1, 2, 3, 3, 4, 6, 9))):
            author, at = self.chance.choice(self.members[here]), self._later(at)
            response = self._row("externalizing.Response", exchange_id=about, author_id=author, body=WORDS)
            self._act("exchange.responded", author, response, about, here, at, by_opener=author == opener)
        if response and self.chance.random() < 0.7:
            self._helped(here, about, opener, response, self._later(at))
        return here, about, opener, at

    def _helped(self, here: str, about: str, opener: str, response: str, at: datetime) -> None:
        row = {"exchange_id": about, "response_id": response, "person_id": opener, "benefit": "solution"}
        confirmed = self._row("externalizing.Confirmation", **row)
        self._act("exchange.confirmed", opener, confirmed, about, here, at, response=response)

    def _practice(self, here: str, exchange: str, scribe: str, at: datetime) -> None:
        practice = self._row("objectifying.Practice", community_id=here, title="Priming", begun_by_id=scribe)
        self._version(practice, scribe, 1)
        self._row("objectifying.Source", practice_id=practice, exchange_id=exchange)
        self._row("objectifying.Credit", practice_id=practice, person_id=scribe, kind="author")
        credit = {"authors": [scribe], "contributors": [], "scribe": False, "quoted": 0}
        origin = {"complete": True, "exchanges": [exchange], **credit}
        self._act("practice.distilled", scribe, practice, practice, here, at, **origin)
        for number in range(2, self.chance.randint(2, 4)):
            at = self._later(at)
            version = self._version(practice, scribe, number)
            self._act("practice.version_added", scribe, version, practice, here, at, complete=True, number=number)
        for _ in range(self.chance.randint(0, 6)):
            self._application(practice, here, at)

    def _version(self, practice: str, author: str, number: int) -> str:
        text = dict.fromkeys(("context", "how", "why", "limits"), WORDS)
        self.last = self._row("objectifying.Version", practice_id=practice, author_id=author, number=number, **text)
        self.newest = number
        return self.last

    def _application(self, practice: str, here: str, at: datetime) -> None:
        person, outcome = self.chance.choice(self.members[here]), self.chance.choice(("worked", "adapted", "failed"))
        columns = {"practice_id": practice, "version_id": self.last, "person_id": person}
        row = self._row("internalizing.Application", outcome=outcome, where="Site 3", **columns)
        self._act(
            "application.reported",
            person,
            row,
            practice,
            here,
            self._later(at),
            outcome=outcome,
            number=self.newest,
            help="unsaid",
        )

    def _later(self, at: datetime) -> datetime:
        return at + timedelta(seconds=self.chance.randrange(7 * 86_400))

    def write(self) -> None:
        from django.apps import apps
        from django.db import transaction

        with transaction.atomic():
            for label, rows in self.rows.items():
                write(apps.get_model(label), tuple(rows[0]), (tuple(row.values()) for row in rows))
            write(apps.get_model("ledger.Act"), COLUMNS, self._in_order())

    def _in_order(self) -> Iterator[tuple[Any, ...]]:
        for at, verb, actor, row, subject, community, evidence in sorted(self.acts):
            yield verb, actor, actor, row, subject, community, evidence, at, at


COLUMNS = (
    *("verb", "actor", "recorded_by", "object", "subject", "community"),
    *("evidence", "happened_at", "recorded_at"),
)


class Evidence:
    """Of each verb what it declares, with what is said here and otherwise the first value that fits."""

    def __init__(self) -> None:
        self.usual: dict[str, dict[str, Any]] = {}

    def json(self, verb: str, said: dict[str, Any]) -> str:
        if verb not in self.usual:
            self.usual[verb] = self._of(verb)
        return json.dumps({name: said.get(name, value) for name, value in self.usual[verb].items()})

    def _of(self, verb: str) -> dict[str, Any]:
        from commonplace.ledger.registry import ACTS
        from commonplace.ledger.samples import samples

        return samples(ACTS[verb].evidence)[0]


def write(model: Any, named: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> None:
    """Rows of some columns; in all others stands what the model says."""
    from django.db import connection

    unnamed = [f for f in model._meta.concrete_fields if f.attname not in named and not f.primary_key]
    usual = tuple(field.get_db_prep_save(field.get_default() or _empty(field), connection) for field in unnamed)
    columns = ", ".join(f'"{name}"' for name in (*named, *(field.column for field in unnamed)))
    values = (tuple(row) + usual for row in rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * (len(named) + len(unnamed)))
        cursor.executemany(f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({places})", map(_plain, values))


def _empty(field: Any) -> Any:
    """What a column without a default holds: nothing, or the first of its choices."""
    if field.null:
        return None
    return field.choices[0][0] if field.choices else field.get_default()


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(f"{value:%Y-%m-%d %H:%M:%S}" if isinstance(value, datetime) else value for value in row)


if __name__ == "__main__":
    make(int(sys.argv[2])) if MAKE in sys.argv else main()
