"""Somebody makes a minor edit a round at the moment at which it comes to hold: it is the one or the other."""

import threading
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from commonplace.consenting import acts as rounds
from commonplace.consenting.acts.opening import _can_be_opened
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock
from commonplace.ledger.nobody import WORKER
from commonplace.objectifying import acts
from commonplace.objectifying.acts.minor_edits import _has_waited
from commonplace.objectifying.models import MinorEdit, Version
from tests.story import PARTS
from tests.trust.colliding import ROUNDS, collide
from tests.trust.test_races_practice import BOTH, ONE, Table, past, table

__all__ = ["table"]

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
WEEK = timedelta(days=7, hours=1)


def edited(table: Table) -> MinorEdit:
    """Of another practice each time, agreed on before; Omar finds it fine."""
    table.practice = table.story.distil(table.lea, table.story.resolved(table.omar, table.lea))
    table.story.apply(table.omar, table.practice)
    table.accepted(table.consented(), table.fay)
    version = Version(**{**PARTS, "why": "Air above it always comes back."})
    base = table.practice.newest_version
    row = acts.revise(table.lea, table.practice, version=version, base=base, minor=True)
    return acts.find_fine(table.omar, row.minor_edit)


def opens(table: Table, edit: MinorEdit, propose: Any = rounds.propose) -> None:
    with clock.at(edit.begun_at + WEEK):
        propose(table.nour, edit.practice, proposal=Proposal(number=edit.version.number))


def agrees(edit: MinorEdit, agree: Any = acts.agree_on_edit) -> None:
    with clock.at(edit.begun_at + WEEK):
        agree(WORKER, edit)


def came_of(edit: MinorEdit) -> tuple[bool, bool]:
    """Does it hold? Is there a round on it?"""
    row = MinorEdit.objects.everywhere("test").get(pk=edit.pk)
    return row.outcome == "agreed", Proposal.objects.on(edit.practice).open().everywhere("test").exists()


def test_a_minor_edit_holds_or_becomes_a_round(table: Table) -> None:
    for _ in range(ROUNDS):
        edit = edited(table)
        assert collide(partial(opens, table, edit), partial(agrees, edit)) == ONE
        assert came_of(edit) in ((True, False), (False, True))


@pytest.mark.breaks_ledger
def test_without_the_lock_it_would_hold_while_a_round_on_it_is_open(table: Table) -> None:
    edit, passed = edited(table), threading.Barrier(2)
    came_of_it = collide(
        partial(opens, table, edit, partial(past, "proposal.opened", _can_be_opened, passed)),
        partial(agrees, edit, partial(past, "practice.minor_agreed", _has_waited, passed)),
    )
    assert came_of_it == BOTH
    assert came_of(edit) == (True, True)
