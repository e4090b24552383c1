"""Append-only, enforced by the database: nobody edits what happened, not even this program."""

from typing import Any

from django.db import connections

WORDS = "the ledger is append-only"

SQLITE = {
    "ledger_act_no_update": f"BEFORE UPDATE ON ledger_act BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
    "ledger_act_no_delete": f"BEFORE DELETE ON ledger_act BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
    # INSERT OR REPLACE fires no delete trigger.
    "ledger_act_no_replace": "BEFORE INSERT ON ledger_act WHEN EXISTS (SELECT 1 FROM ledger_act WHERE id = NEW.id)"
    f" BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
}
POSTGRESQL = {
    "ledger_act_no_change": "BEFORE UPDATE OR DELETE ON ledger_act FOR EACH ROW EXECUTE FUNCTION ledger_refuse()",
    "ledger_act_no_truncate": "BEFORE TRUNCATE ON ledger_act FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()",
}
REFUSE = f"""CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$"""


def triggers(vendor: str) -> dict[str, str]:
    return POSTGRESQL if vendor == "postgresql" else SQLITE


def close(using: str = "default") -> None:
    """Install the triggers; harmless when they stand. Run after every migrate: rebuilding a table drops them."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(REFUSE)
        for name in triggers(connection.vendor):
            _drop(cursor, connection.vendor, name)
            cursor.execute(f"CREATE TRIGGER {name} {triggers(connection.vendor)[name]}")


def lift(using: str = "default") -> None:
    """Remove the triggers. For the test runner's flush and for restore into an empty database only."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name in triggers(connection.vendor):
            _drop(cursor, connection.vendor, name)


def missing(using: str = "default") -> list[str]:
    """Triggers that do not stand, by name; disabled ones count as missing."""
    connection = connections[using]
    query = (
        "SELECT tgname FROM pg_trigger WHERE tgrelid = 'ledger_act'::regclass AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_act'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {name for (name,) in cursor.fetchall()}
    return sorted(set(triggers(connection.vendor)) - standing)


def after_migrate(using: str, **_: Any) -> None:
    connection = connections[using]
    if "ledger_act" in connection.introspection.table_names():
        close(using)


def _drop(cursor: Any, vendor: str, name: str) -> None:
    cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + (" ON ledger_act" if vendor == "postgresql" else ""))
