"""The PostgreSQL that a benchmark fills: empty, or filled by a benchmark before. Anything else stays as it is."""

import sys

MARK = "filled by a benchmark of Commonplace, and emptied by the next"
COMMENT = "SELECT obj_description(to_regnamespace('public'), 'pg_namespace')"
TABLES = """SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'"""
ANEW = "DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public"


def clear() -> None:
    """Before anything is written. SQLite's is in a folder of the benchmark's own."""
    import django
    from django.db import connection, transaction

    django.setup()
    if connection.vendor != "postgresql":
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(COMMENT)
        if cursor.fetchone() == (MARK,):
            cursor.execute(ANEW)
        cursor.execute(TABLES)
        if cursor.fetchone() != (0,):
            sys.exit("The database that COMMONPLACE_DATABASE names is not empty, and no benchmark has filled it.")
        cursor.execute(f"COMMENT ON SCHEMA public IS '{MARK}'")
    connection.close()
