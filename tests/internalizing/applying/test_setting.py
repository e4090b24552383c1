"""Where a practice was used: told apart, never named, and keyed with the installation's secret."""

from typing import Any

from commonplace.communities.models import Person
from commonplace.internalizing.setting import setting
from commonplace.objectifying.models import Practice
from tests.internalizing.conftest import kept, report
from tests.story import Story


def test_places_are_told_apart_however_they_are_written(
    practice: Practice, lea: Person, omar: Person, ines: Person
) -> None:
    where = {lea: "Pump 4, north", omar: "  PUMP 4 (north) ", ines: "Pump 5, north"}
    codes = [kept(report(person, practice, where=place)).setting for person, place in where.items()]
    assert codes[0] == codes[1] != codes[2]


def test_the_same_place_is_another_code_in_another_practice(
    story: Story, practice: Practice, lea: Person, omar: Person, ines: Person
) -> None:
    other = story.distil(lea, story.resolved(lea, omar))
    assert kept(report(ines, practice)).setting != kept(report(ines, other)).setting


def test_whoever_has_the_ledger_cannot_guess_the_place(settings: Any) -> None:
    """Only with the installation's secret, which a backup carries, is the code the same again."""
    here = setting("practice", "Pump 4")
    assert setting("practice", "Pump 4") == here
    settings.SECRET_KEY = "that of another installation"
    assert setting("practice", "Pump 4") != here
