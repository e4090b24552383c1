"""What happened cannot be changed afterwards: not by a statement, a trick of one engine, or a disabled trigger."""

import pytest
from django.db import DatabaseError, connection, transaction

from commonplace.ledger import seal
from commonplace.ledger.check import findings
from commonplace.ledger.models import Act
from tests.story import Story

COLUMNS = "actor, recorded_by, object, subject, community, evidence, version, happened_at, recorded_at, origin"
ROW = f"SELECT id, 'other', {COLUMNS} FROM ledger_act"
TRICKS = {
    "update": "UPDATE ledger_act SET verb = 'other'",
    "delete": "DELETE FROM ledger_act WHERE id > 0",
    "replace": f"INSERT OR REPLACE INTO ledger_act {ROW} LIMIT 1",
    "upsert": f"INSERT INTO ledger_act {ROW} WHERE true ON CONFLICT (id) DO UPDATE SET verb = 'other'",
    "truncate": "TRUNCATE ledger_act",
    "truncate with all that refers": "TRUNCATE ledger_act CASCADE",
}
ONLY = {"replace": "sqlite", "truncate": "postgresql", "truncate with all that refers": "postgresql"}


def _happened() -> list[tuple[int, str]]:
    return list(Act.objects.everywhere("test").order_by("id").values_list("id", "verb"))


@pytest.mark.parametrize("trick", TRICKS)
def test_no_trick_changes_what_happened(story: Story, trick: str) -> None:
    if ONLY.get(trick, connection.vendor) != connection.vendor:
        pytest.skip(f"{trick} is a trick of {ONLY[trick]}")
    before = _happened()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TRICKS[trick])
    assert _happened() == before
    assert len(before) > 1


def test_a_trigger_that_is_switched_off_counts_as_missing(story: Story) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite cannot switch a trigger off")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_act DISABLE TRIGGER ledger_act_no_change")
    assert [line.split()[1] for line in seal.findings()] == ["ledger_act_no_change"]
    seal.close()
    assert seal.findings() == []


@pytest.mark.parametrize("trigger", sorted(seal.SQLITE | seal.POSTGRESQL))
def test_check_names_every_trigger_that_is_gone(story: Story, trigger: str) -> None:
    if trigger not in seal.triggers(connection.vendor):
        pytest.skip("a trigger of the other engine")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {trigger}" + (" ON ledger_act" if connection.vendor == "postgresql" else ""))
    assert [line for line in findings() if trigger in line]
    seal.close()
