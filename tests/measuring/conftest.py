"""A small lake written out by hand: who did what on which day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest

from commonplace.ledger.evidence import columns
from commonplace.ledger.registry import ACTS, evidence_columns
from commonplace.measuring.cohorts import Cohort
from commonplace.measuring.lake.columns import schema
from commonplace.measuring.measure import cohort_of
from commonplace.measuring.metrics import DECLARED
from commonplace.measuring.readings import Reading
from commonplace.measuring.rules import Rules
from commonplace.measuring.sources import SOURCES
from commonplace.measuring.windows import Period, Window
from tests.measuring.raw import measure

RULES = Rules()
FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)
READ = {name for source in SOURCES for name in source.names}
TYPES = {name: kind for name, kind in evidence_columns().items() if name in READ}
SCHEMA = schema(TYPES)


def day(number: float) -> datetime:
    return FIRST_DAY + timedelta(days=number)


class History:
    """Acts in the order told; days count from 1 January 2026, and fractions of a day are fine."""

    def __init__(self, connection: Any) -> None:
        self.connection, self.rows = connection, list[dict[str, Any]]()

    def act(self, verb: str, actor: str, subject: str, on: float, origin: str = "here", **evidence: Any) -> None:
        assert evidence.keys() <= columns(ACTS[verb].evidence).keys()
        row = {"act": len(self.rows) + 1, "verb": verb, "actor": actor, "subject": subject, "origin": origin}
        self.rows.append(row | {"object": subject, "community": "c", "happened_at": day(on)} | evidence)

    def asks(self, who: str, exchange: str, on: float, **evidence: Any) -> None:
        self.act("exchange.opened", who, exchange, on, **{"kind": "request"} | evidence)

    def answers(self, who: str, exchange: str, on: float, kind: str = "answer", origin: str = "here") -> None:
        self.act("exchange.responded", who, exchange, on, origin, kind=kind)

    def confirms(self, who: str, exchange: str, on: float, origin: str = "here") -> None:
        self.act("exchange.confirmed", who, exchange, on, origin)

    def distils(self, who: str, practice: str, on: float, *exchanges: str) -> None:
        self.act("practice.distilled", who, practice, on, exchanges=list(exchanges))

    def proposes(self, who: str, practice: str, on: float, matter: str = "acceptance") -> None:
        self.act("proposal.opened", who, practice, on, matter=matter)

    def stands(self, who: str, practice: str, on: float, stance: str = "consent", number: int = 1) -> None:
        """In the practice's one round, which has its name."""
        words = {"stance": stance, "number": number}
        self.act("proposal.stance", who, practice, on, proposal=practice, person=who, entered_by_other=False, **words)

    def entered(self, by: str, who: str, practice: str, on: float, stance: str = "consent") -> None:
        """Somebody wrote down what another said."""
        words = {"person": who, "stance": stance, "number": 1, "entered_by_other": True}
        self.act("proposal.stance", by, practice, on, proposal=practice, **words)

    def amends(self, practice: str, on: float, number: int = 2, asked_again: bool = True) -> None:
        self.act("proposal.amended", "opener", practice, on, number=number, asked_again=asked_again)

    def decides(self, practice: str, on: float, outcome: str = "accepted", matter: str = "acceptance") -> None:
        self.act("proposal.decided", "facilitator", practice, on, matter=matter, outcome=outcome, number=1)

    def applies(
        self, who: str, practice: str, on: float, by_author: bool = False, originator: bool = False,
        outcome: str = "worked",
    ) -> None:  # fmt: skip
        evidence = {"outcome": outcome, "by_author": by_author, "originator": originator}
        self.act("application.reported", who, practice, on, **evidence)

    def brings(self, who: str, practice: str, on: float) -> None:
        self.act("practice.brought", who, practice, on)

    def sets_aside(self, who: str, practice: str, on: float) -> None:
        self.act("practice.set_aside", who, practice, on)

    def founds(self, who: str, on: float) -> None:
        self.act("community.founded", who, "c", on)

    def joins(self, who: str, on: float) -> None:
        self.act("member.joined", who, "c", on)

    def adds(self, by: str, who: str, on: float) -> None:
        self.act("member.added", by, "c", on, person=who)

    def admits(self, by: str, who: str, on: float, admitted: bool = True) -> None:
        self.act("member.answered", by, "c", on, person=who, admitted=admitted)

    def names_bot(self, who: str, on: float, bot: bool = True) -> None:
        self.act("person.bot_set", "", who, on, bot=bot)

    def table(self) -> ir.Table:
        rows = [{name: row.get(name) for name in SCHEMA.names} for row in self.rows]
        return self.connection.create_table(
            ibis.util.gen_name("acts"), ibis.memtable(pa.Table.from_pylist(rows, SCHEMA)), temp=True
        )

    def read(
        self, metric: str, until: float = 365, window: str = "all", rules: Rules = RULES, followed: float = 0
    ) -> Reading:
        period = replace(Window.parse(window).until(day(until)), followed=timedelta(days=followed))
        (reading,) = measure(self.table(), period, rules, [DECLARED[metric]])
        return reading

    def cohort(self, metric: str, until: float = 365, followed: float = 0) -> Cohort:
        period = Period(None, day(until), timedelta(days=followed))
        cohort = cohort_of(DECLARED[metric], self.table(), period, RULES)
        assert cohort
        return cohort

    def cases(self, metric: str, until: float = 365, followed: float = 0) -> dict[str, dict[str, Any]]:
        """Each case's row, before any disclosure control."""
        table = self.cohort(metric, until, followed).cases
        return {row["case"]: row for row in table.to_pyarrow().to_pylist()}

    def doers(self, metric: str, until: float = 365, followed: float = 0) -> set[tuple[str, str]]:
        rows = self.cohort(metric, until, followed).doers.to_pyarrow().to_pylist()
        pairs = {(row["case"], row["person"]) for row in rows}
        assert len(pairs) == len(rows), "each once"
        return pairs


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Ibis 12 still calls DuckDB's older spelling of the same method."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning"))


@pytest.fixture(scope="session")
def engine() -> Iterator[Any]:
    connection = ibis.duckdb.connect(threads=1)
    yield connection
    connection.disconnect()


@pytest.fixture
def history(engine: Any) -> History:
    return History(engine)
