"""The index of the search: names of the vocabulary, in which documents each stands, and how one mistypes them.

Terms and postings are kept by search/store.py. The newest documents of a name are read off an index, on both databases.
"""

from django.db import migrations

FORWARD = {
    "sqlite": [
        """CREATE TABLE internalizing_term (id INTEGER PRIMARY KEY, word TEXT NOT NULL, community TEXT NOT NULL,
            kind TEXT NOT NULL, documents INTEGER NOT NULL, written INTEGER NOT NULL,
            UNIQUE (community, kind, word))""",
        """CREATE TABLE internalizing_posting (term INTEGER NOT NULL, document INTEGER NOT NULL,
            thread INTEGER NOT NULL, impact INTEGER NOT NULL, PRIMARY KEY (term, document)) WITHOUT ROWID""",
        """CREATE TABLE internalizing_slip (slip TEXT NOT NULL, community TEXT NOT NULL, word TEXT NOT NULL,
            PRIMARY KEY (slip, community, word)) WITHOUT ROWID""",
    ],
    "postgresql": [
        """CREATE TABLE internalizing_term (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            word text COLLATE "C" NOT NULL, community text COLLATE "C" NOT NULL, kind text COLLATE "C" NOT NULL,
            documents integer NOT NULL, written smallint NOT NULL, UNIQUE (community, kind, word))
            WITH (fillfactor = 70)""",
        """CREATE TABLE internalizing_posting (term bigint NOT NULL, document bigint NOT NULL, thread bigint NOT NULL,
            impact smallint NOT NULL, PRIMARY KEY (term, document) INCLUDE (thread, impact))""",
        """CREATE TABLE internalizing_slip (slip text COLLATE "C" NOT NULL, community text COLLATE "C" NOT NULL,
            word text COLLATE "C" NOT NULL, PRIMARY KEY (slip, community, word))""",
    ],
}
TABLES = "internalizing_slip", "internalizing_posting", "internalizing_term"


def forward(apps, schema_editor):
    for statement in FORWARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def backward(apps, schema_editor):
    for table in TABLES:
        schema_editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):
    dependencies = [("internalizing", "0001_initial")]
    operations = [migrations.RunPython(forward, backward)]
