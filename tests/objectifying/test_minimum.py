"""T5, T6: the minimum evidence before a practice is put to consent."""

from typing import Any

import pytest

from commonplace.externalizing.models import Purpose
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying.models import Practice
from tests.objectifying.conftest import Crew


def unused(crew: Crew, **fields: Any) -> Practice:
    exchange = crew.story.resolved(crew.lea, crew.omar, **fields)
    return crew.story.distil(crew.lea, exchange, authors=[crew.omar])


def test_reuse_needs_somebody_else_to_have_used_it(crew: Crew) -> None:
    practice = unused(crew)
    crew.used(practice, by=crew.omar)
    with pytest.raises(NotPossible, match="Too early"):
        crew.story.propose(crew.lea, practice)
    crew.used(practice, outcome="failed")
    with pytest.raises(NotPossible, match="Too early"):
        crew.story.propose(crew.lea, practice)
    crew.used(practice, outcome="adapted")
    assert crew.story.propose(crew.lea, practice)


def test_creation_needs_trials_in_different_settings(crew: Crew) -> None:
    practice = unused(crew, purpose=Purpose.CREATION)
    crew.used(practice, by=crew.fay)
    crew.used(practice, by=crew.ines)
    with pytest.raises(NotPossible, match="settings"):
        crew.story.propose(crew.lea, practice)
    crew.used(practice, where="Pump 9", by=crew.omar, outcome="failed")
    assert crew.story.propose(crew.lea, practice)


def test_creation_needs_several_who_contributed(crew: Crew) -> None:
    exchange = crew.story.ask(crew.lea, purpose=Purpose.CREATION)
    crew.story.confirm(crew.lea, crew.story.respond(crew.lea, exchange))
    practice = crew.story.distil(crew.ines, exchange, authors=[crew.lea])
    crew.used(practice)
    crew.used(practice, where="Pump 9")
    with pytest.raises(NotPossible, match="contributed"):
        crew.story.propose(crew.lea, practice)
