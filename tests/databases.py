"""Which tests PostgreSQL runs, too (`--database-only`): those where one database may answer otherwise than another.

Every act is carried out on both by the tale (`ledger/test_tale.py`, `test_trying.py`, `test_replay.py`), each form sent
by `trust/test_once.py`, each address opened as each kind of reader by `trust/test_permissions.py`, each text stored at
its length by `trust/test_lengths.py`, and two who act at once by `trust/test_races_*.py`. Beyond those, what an act
refuses, what a page says and what a reader of an archive makes of it is decided in Python over rows that were read.
"""

from pathlib import PurePath

import pytest

ALL_OF = {
    "ledger": "acts and their evidence, locks, the seal, replay, jobs, what may be read without saying who reads",
    "trust": "races, permissions, lengths, what pages cost",
    "internalizing": "search: postings, ranks and words of every script",
    "measuring": "the ledger as it is read into the lake",
    "shape": "readings, as they are composed",
}
BUT_OF_THESE = {
    "trust/test_access.py": "what a page is made of; test_permissions.py opens the same addresses",
    "trust/test_before_the_work.py": "what a guard says, before and after",
    "trust/test_composed.py": "composing comes before any database",
    "trust/test_editions.py": "what the browser keeps",
    "trust/test_forging.py": "what a server makes of a request",
    "trust/test_headers.py": "the same",
    "trust/test_live_counts.py": "what a page says",
    "trust/test_spoken.py": "the same",
    "trust/test_unseen.py": "what a guard says of characters",
    "internalizing/applying/": "what its form says and its guard",
    "measuring/test_published.py": "figures come from the lake, which is the same",
    "measuring/test_publish_daily.py": "the same",
    "measuring/test_recomputed.py": "the same",
    "measuring/test_show_brought.py": "what a page says of them",
    "measuring/test_show_cycle.py": "the same",
}
ONLY_OF = {
    "archiving/test_backup_postgresql.py": "its own tools",
    "archiving/test_import.py": "many rows at once",
    "archiving/test_two_at_once.py": "a race",
    "corresponding/test_notices.py": "lists over many tables",
    "communities/test_find_by_name.py": "letters and their order",
    "communities/test_front.py": "lists over many tables",
    "communities/test_levels.py": "a fold and its rows",
    "communities/test_limits.py": "a cache in a table",
    "communities/test_merge_unit.py": "many rows changed at once",
    "communities/test_namesakes.py": "who is the same, whatever the letters",
    "communities/test_newcomer.py": "a count over many tables",
    "communities/test_paging.py": "where a page of a list begins",
    "communities/test_see.py": "who may read what",
    "communities/test_who_acts_now.py": "a session in a table",
    "consenting/test_count.py": "who counts, which rows say",
    "consenting/test_end_rounds.py": "which rounds are due",
    "consenting/test_needs.py": "lists over many tables",
    "files/test_races.py": "a race",
    "files/test_show.py": "who may read what",
    "files/test_tidy.py": "many rows removed at once",
    "externalizing/test_reducers.py": "a fold and its rows",
    "externalizing/test_thread.py": "where a page of a thread begins",
    "externalizing/test_topics.py": "many rows changed at once",
    "objectifying/test_audience.py": "who may read what",
    "objectifying/test_biography.py": "lists over many tables",
    "objectifying/test_contributions.py": "the same",
    "objectifying/test_family.py": "the same",
    "objectifying/test_minimum.py": "a count over many tables",
    "objectifying/test_shelf.py": "lists, sought and sifted",
    "objectifying/test_status.py": "a fold and its rows",
    "objectifying/test_table_of_life.py": "the same",
    "objectifying/test_two_at_once.py": "a race",
    "steering/test_needs.py": "lists over many tables",
    "steering/test_policy.py": "who may read what",
    "web/test_away.py": "a server that is away",
    "web/test_header.py": "the last of many tables, in one statement",
    "web/test_home.py": "lists over many tables",
    "web/test_search.py": "what search finds",
}


def databases_differ(item: pytest.Item) -> bool:
    """A mark `any_database` takes a single test out."""
    if item.get_closest_marker("any_database") or not _asks_a_database(item):
        return False
    path = PurePath(item.path).relative_to(PurePath(__file__).parent).as_posix()
    if path.partition("/")[0] in ALL_OF:
        return not path.startswith(tuple(BUT_OF_THESE))
    return path in ONLY_OF


def _asks_a_database(item: pytest.Item) -> bool:
    asked = {"db", "django_db_setup"} & set(getattr(item, "fixturenames", ()))
    return bool(asked) or item.get_closest_marker("django_db") is not None
