"""Notices that differ only in whom they are for are one statement: a row by itself costs many times as much."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection

from commonplace.corresponding.models import Notice
from commonplace.ledger.reading import Among

EACH = {"postgresql": "unnest(%s::text[])", "sqlite": "value FROM json_each(%s) WHERE true"}
PEOPLE = Among("people")


def insert(notices: Iterable[Notice]) -> None:
    """Whoever is told already is passed over."""
    alike: dict[tuple[object, ...], list[str]] = defaultdict(list)
    fields = [one for one in Notice._meta.concrete_fields if not one.primary_key and one.attname != "person_id"]
    names = [one.attname for one in fields]
    for one in notices:
        alike[tuple(getattr(one, name) for name in names)].append(one.person_id)
    columns = ", ".join(f'"{one.column}"' for one in fields)
    values = ", ".join(["%s"] * len(fields))
    sql = f'INSERT INTO "{Notice._meta.db_table}" ({columns}, "person_id") SELECT {values}, {EACH[connection.vendor]}'
    with connection.cursor() as cursor:
        for common, people in alike.items():
            given = [one.get_db_prep_save(value, connection) for one, value in zip(fields, common, strict=True)]
            cursor.execute(f"{sql} ON CONFLICT DO NOTHING", [*given, PEOPLE.value(people)])
