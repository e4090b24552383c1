"""Before a command on the data folder: is there a database, is it up to date, and who acts?"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from commonplace.archiving.backing_up.databases import holds_something
from commonplace.communities import acts
from commonplace.communities.models import Installation, Person
from commonplace.ledger.alone import alone
from commonplace.ledger.models import Act
from commonplace.ledger.sqlite.pen import BESIDE
from commonplace.untrusted.refused import Refused

OWN_OPERATOR = "operator@localhost"


@contextmanager
def prepared(dry_run: bool = False) -> Iterator[None]:
    """An empty data folder gets its database, and loses it again if nothing has come in when what follows fails."""
    if dry_run and not _has_database():
        _in_memory()
    if _has_database() and not _lags_behind():
        yield
    else:
        with alone():
            yield from _made()


def acting(email: str) -> Person:
    """The person of that address, else the operator; in an empty data folder one is made."""
    if email:
        return _person(email)
    if not Person.objects.accounts().exists():
        return acts.sign_up(_own_operator(), Installation.current(), first=True)
    operator = Person.objects.filter(is_operator=True, is_active=True).order_by("created_at").first()
    if operator is None:
        raise Refused("there is no operator here; say who brings it in with --as EMAIL")
    return operator


def _made() -> Iterator[None]:
    """Whoever has waited here while somebody else made it makes none, and takes none away."""
    if _has_database():
        _require_up_to_date()
        yield
        return
    try:
        call_command("migrate", verbosity=0, interactive=False)
        yield
    except BaseException:
        if not holds_something():
            _remove()
        raise


def _is_in_memory() -> bool:
    return ":memory:" in str(connection.settings_dict["NAME"]) or "mode=memory" in str(connection.settings_dict["NAME"])


def _has_database() -> bool:
    """To ask an SQLite file that is not there would make one."""
    if connection.vendor == "sqlite" and not _is_in_memory() and not _file().exists():
        return False
    return Act._meta.db_table in connection.introspection.table_names()


def _person(email: str) -> Person:
    person = Person.objects.of_address(email)
    if person is None or not person.is_active:
        raise Refused(f"nobody here has the address {email}; check --as EMAIL")
    return person


def _own_operator() -> Person:
    person = Person(name="Operator", email=OWN_OPERATOR)
    person.set_unusable_password()
    return person


def _require_up_to_date() -> None:
    if _lags_behind():
        raise Refused("the database is of an older release; run `commonplace migrate` first")


def _lags_behind() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _in_memory() -> None:
    if connection.vendor == "sqlite":
        connection.close()
        connection.settings_dict["NAME"] = ":memory:"


def _remove() -> None:
    if connection.vendor == "sqlite":
        connection.close()
        for suffix in ("", *BESIDE):
            Path(f"{_file()}{suffix}").unlink(missing_ok=True)


def _file() -> Path:
    return Path(connection.settings_dict["NAME"])
