"""What a table or a document says of whom a practice is for, in English or French."""

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Unit
from commonplace.objectifying.audience import EVERYONE, NEWCOMERS, Audience, understood
from commonplace.objectifying.status import AudienceKind
from tests.story import Story

NAMES = ("Night shift", "Works North", "Research and Development", "Santé, sécurité", "Élagage")


@pytest.fixture
def units(story: Story) -> list[Unit]:
    return [unit for name in NAMES if (unit := story.unit(name))]


@pytest.mark.parametrize("text", ["all", "All.", "Everyone", " tous ", "Tout le monde", "for all staff", "Pour tous"])
def test_everyone(units: list[Unit], text: str) -> None:
    assert understood(text, units) == EVERYONE


@pytest.mark.parametrize("text", ["newcomers", "New", "nouveaux", "Nouveaux arrivants", "Débutants", "for new hires"])
def test_newcomers(units: list[Unit], text: str) -> None:
    assert understood(text, units) == NEWCOMERS


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("night shift", {"Night shift"}),
        ("NIGHT  SHIFT, works north.", {"Night shift", "Works North"}),
        ("Units: Night shift, Works North", {"Night shift", "Works North"}),
        ("Unités : elagage", {"Élagage"}),
        ("Night shift and Works North", {"Night shift", "Works North"}),
        ("Night shift et Élagage", {"Night shift", "Élagage"}),
        ("Research and Development; Works North", {"Research and Development", "Works North"}),
        ("Research and Development", {"Research and Development"}),
        ("santé, sécurité", {"Santé, sécurité"}),
        ("Night shift\nWorks North", {"Night shift", "Works North"}),
    ],
)
def test_units_by_their_names(units: list[Unit], text: str, names: set[str]) -> None:
    ids = frozenset(unit.pk for unit in units if unit.name in names)
    assert understood(text, units) == Audience(AudienceKind.UNITS, ids)


@pytest.mark.parametrize("text", ["", "  ", "Whoever likes", "Night shift, Day shift", "all of Works North", ",;"])
def test_nothing_is_guessed(units: list[Unit], text: str) -> None:
    assert understood(text, units) is None


def test_a_unit_called_like_everyone_is_that_unit(story: Story) -> None:
    unit = story.unit("All")
    assert unit
    assert understood("all", [unit]) == Audience(AudienceKind.UNITS, frozenset([unit.pk]))


def test_a_name_leads_to_the_unit_that_is_kept(story: Story, units: list[Unit]) -> None:
    social.merge_unit(story.operator, units[0], into=units[1])
    assert understood("Night shift", Unit.objects.all()) == Audience(AudienceKind.UNITS, frozenset([units[1].pk]))
