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


OURS = {
    "postgresql": ("ledger_act_no_change", "ledger_act_no_truncate"),
    "sqlite": ("ledger_act_no_update", "ledger_act_no_delete", "ledger_act_no_replace"),
}
NOTHING = "CREATE FUNCTION allow_all() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
MOVES = "CREATE TRIGGER ledger_act_no_change BEFORE DELETE ON ledger_act FOR EACH ROW EXECUTE FUNCTION ledger_refuse()"
# What somebody might do -> engine, statements, what is named.
TAMPERED = {
    "switched off": (
        "postgresql", ["ALTER TABLE ledger_act DISABLE TRIGGER ledger_act_no_change"], "ledger_act_no_change",
    ),
    "all switched off": ("postgresql", ["ALTER TABLE ledger_act DISABLE TRIGGER ALL"], "ledger_act_no_truncate"),
    "only on a replica": (
        "postgresql", ["ALTER TABLE ledger_act ENABLE REPLICA TRIGGER ledger_act_no_change"], "ledger_act_no_change",
    ),
    "another function": (
        "postgresql",
        [NOTHING, "DROP TRIGGER ledger_act_no_change ON ledger_act",
         "CREATE TRIGGER ledger_act_no_change BEFORE UPDATE OR DELETE ON ledger_act FOR EACH ROW"
         " EXECUTE FUNCTION allow_all()"],
        "ledger_act_no_change",
    ),
    "fewer events": ("postgresql", ["DROP TRIGGER ledger_act_no_change ON ledger_act", MOVES], "ledger_act_no_change"),
    "another body of the function": (
        "postgresql",
        ["CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"],
        "ledger_refuse()",
    ),
    "a trigger more": (
        "postgresql",
        [NOTHING, "CREATE TRIGGER more BEFORE INSERT ON ledger_act FOR EACH ROW EXECUTE FUNCTION allow_all()"],
        "trigger more on the ledger is not ours",
    ),
    "a trigger more, switched off for now": (
        "postgresql",
        [NOTHING, "CREATE TRIGGER more BEFORE INSERT ON ledger_act FOR EACH ROW EXECUTE FUNCTION allow_all()",
         "ALTER TABLE ledger_act DISABLE TRIGGER more"],
        "trigger more on the ledger is not ours",
    ),
    "a rule": ("postgresql", ["CREATE RULE quietly AS ON DELETE TO ledger_act DO INSTEAD NOTHING"], "quietly"),
    "another body": (
        "sqlite",
        ["DROP TRIGGER ledger_act_no_update",
         "CREATE TRIGGER ledger_act_no_update BEFORE UPDATE ON ledger_act BEGIN SELECT 1; END"],
        "ledger_act_no_update",
    ),
    "only sometimes": (
        "sqlite",
        ["DROP TRIGGER ledger_act_no_delete",
         "CREATE TRIGGER ledger_act_no_delete BEFORE DELETE ON ledger_act WHEN OLD.id < 0"
         " BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"],
        "ledger_act_no_delete",
    ),
    "one more": (
        "sqlite",
        ["CREATE TRIGGER more AFTER INSERT ON ledger_act BEGIN DELETE FROM ledger_checkpoint; END"],
        "trigger more on the ledger is not ours",
    ),
}  # fmt: skip


def _do(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.mark.parametrize("how", TAMPERED)
def test_a_seal_that_is_not_as_it_was_is_named(story: Story, how: str) -> None:
    engine, statements, named = TAMPERED[how]
    if engine != connection.vendor:
        pytest.skip(f"only on {engine}")
    assert seal.findings() == []
    with transaction.atomic():
        _do(*statements)
        assert [line for line in seal.findings() if named in line]
        assert seal.findings()[0] in findings()
        transaction.set_rollback(True)


def test_it_is_put_back_whatever_was_done_to_it(story: Story) -> None:
    """As after every migration."""
    engine = connection.vendor
    for ours in ("switched off", "another body of the function", "another body", "only sometimes", "fewer events"):
        if TAMPERED[ours][0] == engine:
            _do(*TAMPERED[ours][1])
            assert seal.findings()
            seal.close()
            assert seal.findings() == []


@pytest.mark.parametrize("trigger", sorted(seal.SQLITE | seal.POSTGRESQL))
def test_check_names_every_trigger_that_is_gone(story: Story, trigger: str) -> None:
    if trigger not in seal.triggers(connection.vendor):
        pytest.skip("a trigger of the other engine")
    _do(f"DROP TRIGGER {trigger}" + (" ON ledger_act" if connection.vendor == "postgresql" else ""))
    assert [line for line in findings() if trigger in line]
    seal.close()


def test_all_that_seals_is_known(db: None) -> None:
    assert set(seal.triggers(connection.vendor)) == set(OURS[connection.vendor])
