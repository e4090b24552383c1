"""Where people write from the right to the left, every page keeps their words and ours apart."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models.signals import post_init

from commonplace.ledger import clock
from commonplace.ledger.jobs import run_due
from tests.story import Story
from tests.web.test_what_pages_say import AGREED, Town
from tests.web.turning import HEBREW, THEIRS, turned
from tests.web.walking import walk

READERS = ("stranger", "operator", "newcomer", "facilitator")
STARTS = ("/", "/search?q=" + "pump".translate(HEBREW))
WRITTEN = {
    "name", "title", "domain", "purpose", "norms", "words", "aim", "scope", "reason", "harm", "heard_as",
    "text", "html", "body", "where", "adaptation", "context", "how", "why", "limits", "note", "source", "owner",
    "called", "statement", "beneficiary", "baseline", "much_less", "less", "expected", "more", "much_more",
    "case", "file", "sheet",
}  # fmt: skip
PEOPLE_WRITE_IN = {"communities", "consenting", "externalizing", "objectifying", "steering"}


def _as_if_written_from_the_right(sender: Any, instance: Any, **_: Any) -> None:
    if sender._meta.app_label not in PEOPLE_WRITE_IN:
        return
    for field in instance._meta.concrete_fields:
        written = instance.__dict__.get(field.attname)
        if (
            field.name in WRITTEN
            and isinstance(written, str)
            and not (field.choices or field.is_relation)
            and "<" not in written
        ):
            instance.__dict__[field.attname] = written.translate(HEBREW)


@pytest.fixture
def from_the_right(db: None) -> Iterator[None]:
    post_init.connect(_as_if_written_from_the_right)
    yield
    post_init.disconnect(_as_if_written_from_the_right)


def test_a_page_that_mixes_them_is_found() -> None:
    assert not [*turned("<p>by <bdi>לאה</bdi></p><h1 dir=auto>מה?</h1><svg><path d=''/></svg>")]
    assert [*turned("<p>by לאה</p>")]
    assert [*turned("<p dir=auto>לאה asked</p>")]


def test_nothing_turns_what_stands_beside_it(from_the_right: None, now: datetime, tmp_path: Path) -> None:
    town = Town(Story(), now, tmp_path / "dump")
    while run_due():
        pass
    wrong: dict[str, str] = {}
    walked = 0
    with clock.at(now + AGREED + timedelta(days=2)):
        for who in READERS:
            for page in walk(town.story.browser(town.readers[who]), STARTS):
                walked += bool(THEIRS.search(page.source))
                for fault in turned(page.source):
                    wrong.setdefault(fault, f"{who}, {page.path}")
    assert "\n".join(f"{where}: {fault}" for fault, where in wrong.items()) == ""
    assert walked > 200, "the walk ended early"
