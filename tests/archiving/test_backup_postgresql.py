"""On PostgreSQL a backup is tried out in a database of its own."""

from pathlib import Path

import pytest
from django.db import connection

from commonplace.archiving.backing_up.postgresql import NAME, PostgreSQL
from commonplace.untrusted.refused import Refused
from tests.story import Story

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def database(transactional_db: None) -> PostgreSQL:
    Story()
    return PostgreSQL(connection.settings_dict)


def trials() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'commonplace_trial_%%'")
        return [name for (name,) in cursor.fetchall()]


def test_a_dump_that_loads_is_good_and_nothing_is_left_of_the_trial(database: PostgreSQL, tmp_path: Path) -> None:
    assert "ledger_act_no_change" in database.dump(tmp_path).read_text()
    database.try_out(tmp_path)
    assert trials() == []


def test_a_dump_that_does_not_load_is_refused(database: PostgreSQL, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("SELECT 1; SELECT nonsense;")
    with pytest.raises(Refused, match="psql failed"):
        database.try_out(tmp_path)
    assert trials() == []


def test_a_backup_of_another_database_is_refused(database: PostgreSQL, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="another kind"):
        database.try_out(tmp_path)


UNSEALED = {
    "gone": "DROP TRIGGER ledger_act_no_change ON ledger_act;",
    "of the same name, and harmless": "CREATE OR REPLACE FUNCTION public.ledger_refuse() RETURNS trigger "
    "LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;",
    "switched off": "ALTER TABLE public.ledger_act DISABLE TRIGGER ledger_act_no_change;",
}


@pytest.mark.parametrize("done", UNSEALED)
def test_a_ledger_that_could_be_changed_makes_no_backup(database: PostgreSQL, tmp_path: Path, done: str) -> None:
    with database.dump(tmp_path).open("a") as dump:
        dump.write(UNSEALED[done].replace("ON ledger_act", "ON public.ledger_act"))
    with pytest.raises(Refused, match="not sealed"):
        database.try_out(tmp_path)
    assert trials() == []
