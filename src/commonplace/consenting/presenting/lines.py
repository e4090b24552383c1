"""Lists of rounds: each with its line, in as many statements as of one."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities.models.footing import footing
from commonplace.consenting.counting import as_round
from commonplace.consenting.models import Proposal
from commonplace.consenting.presenting.grouped import Row
from commonplace.consenting.presenting.state import Fact, opposed, state_of, time_left
from commonplace.consenting.rows import Rows, rows_of_all
from commonplace.consenting.rule import tally
from commonplace.ledger import clock

MOST_COUNTED, MOST_ASKED = 12, 1_000


def lines_of(person: Any, rows: Iterable[Row]) -> dict[str, list[Fact]]:
    """By the id of each row's first round. People are counted where few rounds are open, and ask few; of more, whether
    an objection stands is told, and the time that is left."""
    rows = list(rows)
    single = [row.first for row in rows if not row.is_list]
    is_little = len(single) <= MOST_COUNTED and sum(one.eligible for one in single) <= MOST_ASKED
    counted = single if is_little else []
    read = rows_of_all(counted) if counted else {}
    lines = {one.pk: _line(person, one, read[one.pk]) for one in counted}
    return {row.first.pk: _short(row) for row in rows} | lines


def _line(person: Any, proposal: Proposal, rows: Rows) -> list[Fact]:
    asked = as_round(proposal, rows, overtaken=False)
    is_veiled, reader = proposal.is_veiled(clock.now() < asked.closes_at), footing(person, proposal.community)
    mine, closes = _word(person, rows), asked.closes_at
    return state_of(proposal, tally(asked), closes_at=closes, is_veiled=is_veiled, reader=reader, mine=mine)


def _word(person: Any, rows: Rows) -> Fact | None:
    own = (one for one in rows.stances if one.person_id == person.pk and one.entered_by_id is None)
    stance = next(own, None)
    return Fact(_("you said: %(stance)s") % {"stance": stance.get_stance_display().lower()}) if stance else None


def _short(row: Row) -> list[Fact]:
    n = row.opposed
    return [*([Fact(opposed(n, row.is_list), "red")] if n else []), time_left(row.first.closes_at)]
