"""Append-only, enforced by the database: nobody edits what happened, not even this program."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connections, transaction

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
BODY = f"BEGIN RAISE EXCEPTION '{WORDS}'; END"
REFUSE = f"CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ {BODY} $$"
REPAIR = "run `commonplace migrate` to put it back, and find out who changed it"
READ = {
    "sqlite": "SELECT 'trigger ' || name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_act'",
    # Of triggers how they are enabled, too; and rules, which could turn a change, or a new row, into nothing.
    "postgresql": "SELECT 'trigger ' || tgname,"
    " pg_get_triggerdef(oid) || CASE WHEN tgenabled IN ('O', 'A') THEN '' ELSE ' OFF' END"
    " FROM pg_trigger WHERE tgrelid = 'ledger_act'::regclass AND NOT tgisinternal"
    " UNION ALL SELECT 'rule ' || rulename, pg_get_ruledef(oid) FROM pg_rewrite WHERE ev_class = 'ledger_act'::regclass"
    " UNION ALL SELECT 'function ledger_refuse()', prosrc FROM pg_proc WHERE oid = to_regproc('ledger_refuse')",
}


def triggers(vendor: str) -> dict[str, str]:
    return POSTGRESQL if vendor == "postgresql" else SQLITE


def close(using: str = "default") -> None:
    """Install the triggers; harmless when they stand. Run after every migrate: rebuilding a table drops them."""
    connection = connections[using]
    with transaction.atomic(using), connection.cursor() as cursor:
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


def findings(using: str = "default") -> list[str]:
    """One line for each part of the seal that is gone, disabled, another than it should be, or not ours."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(READ[connection.vendor])
        return differences(connection.vendor, cursor.fetchall())


def differences(vendor: str, parts: Iterable[tuple[str, str]]) -> list[str]:
    """The same of what `READ[vendor]` gives in any database: a backup's, for instance."""
    there, right = {name: _plain(does) for name, does in parts}, dict(_right(vendor))
    lines = [f"{name} is missing or reads otherwise: {REPAIR}" for name in right if there.get(name) != right[name]]
    lines += [f"{name} on the ledger is not ours: remove it, and find out who made it" for name in there.keys() - right]
    return sorted(lines)


def _right(vendor: str) -> Iterator[tuple[str, str]]:
    for name, does in triggers(vendor).items():
        yield f"trigger {name}", _plain(f"{name} {does}")
    if vendor == "postgresql":
        yield "function ledger_refuse()", _plain(BODY)


def _plain(does: str) -> str:
    """Without what each engine writes in its own way."""
    words = does.replace("CREATE TRIGGER ", "").replace("DELETE OR UPDATE", "UPDATE OR DELETE").replace("public.", "")
    return " ".join(words.split())


def after_migrate(using: str, **_: Any) -> None:
    connection = connections[using]
    if "ledger_act" in connection.introspection.table_names():
        close(using)


def _drop(cursor: Any, vendor: str, name: str) -> None:
    cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + (" ON ledger_act" if vendor == "postgresql" else ""))
