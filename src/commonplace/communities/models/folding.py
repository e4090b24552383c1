"""Names in lists are found as they are compared, however they are spelled: `name__folded__contains=folded(typed)`."""

from typing import Any

from django.db.models import CharField, Transform


@CharField.register_lookup
class Folded(Transform):
    """`untrusted.visible.folded` in the database; SQLite calls it, PostgreSQL has its own words for it."""

    lookup_name, function = "folded", "folded"

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        small = "translate(replace(lower(normalize(%(expressions)s, NFKD)), 'ß', 'ss'), 'ς', 'σ')"
        return self.as_sql(
            compiler, connection, template=f"regexp_replace(normalize({small}, NFKD), '[\u0300-\u036f]', '', 'g')"
        )
