"""The guard on the words: an outcome that there is, and a place; whoever calls."""

from typing import Any

import pytest

from commonplace.communities.models import Person
from commonplace.internalizing import acts
from commonplace.internalizing.models import Application
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying.models import Practice
from tests.story import Story

SAID = {"outcome": "worked", "where": "Pump 4"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": "splendid"},
        {"outcome": ""},
        {"where": ""},
        {"where": " "},
        {"where": "x" * 121},
        {"help": "everybody"},
    ],
    ids=lambda wrong: " ".join(wrong),
)
def test_what_says_nothing_is_refused(story: Story, practice: Practice, ines: Person, wrong: dict[str, Any]) -> None:
    with pytest.raises(NotPossible, match="Say how it went"):
        acts.apply(ines, practice, application=Application(**(SAID | wrong)))
    assert practice.applications.count() == 0


def test_what_nobody_reads_to_the_end_is_refused(story: Story, practice: Practice, ines: Person) -> None:
    with pytest.raises(NotPossible, match="more than 4000"):
        acts.apply(ines, practice, application=Application(**SAID, adaptation="x" * 4_001))
