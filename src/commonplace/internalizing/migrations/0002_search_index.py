"""The engine's own index: an FTS5 table on SQLite, a tsvector column on PostgreSQL. No extension is needed."""

from django.db import migrations

FORWARD = {
    "sqlite": [
        "CREATE VIRTUAL TABLE internalizing_words USING fts5(title, text, stems,"
        " tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co M*'\", prefix='2 3')",
        "INSERT INTO internalizing_words (internalizing_words, rank) VALUES ('rank', 'bm25(8.0, 2.0, 1.0)')",
    ],
    "postgresql": [
        "ALTER TABLE internalizing_document ADD COLUMN words tsvector NOT NULL DEFAULT ''",
        "CREATE INDEX internalizing_document_words ON internalizing_document USING gin (words)",
    ],
}
BACKWARD = {
    "sqlite": ["DROP TABLE internalizing_words"],
    "postgresql": ["ALTER TABLE internalizing_document DROP COLUMN words"],
}


def forward(apps, schema_editor):
    for statement in FORWARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def backward(apps, schema_editor):
    for statement in BACKWARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("internalizing", "0001_initial")]
    operations = [migrations.RunPython(forward, backward)]
