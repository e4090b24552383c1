"""T15: writing a practice anew."""

from datetime import timedelta

import pytest

from commonplace.ledger import clock
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.objectifying import acts
from commonplace.objectifying.models import Practice, Version
from commonplace.objectifying.status import Settled
from tests.objectifying.conftest import Crew
from tests.story import PARTS


def test_a_version_changes_something_and_the_ledger_says_what(crew: Crew) -> None:
    practice = crew.candidate()
    version = crew.story.revise(crew.ines, practice, how="Bleed *before* it.", why="Air.")
    assert (version.number, version.author) == (2, crew.ines)
    assert "<em>before</em>" in version.how_html
    act = crew.last("practice.version_added")
    assert (act.object, act.subject) == (version.pk, practice.pk)
    assert act.evidence == {
        "number": 2,
        "base": 1,
        "complete": True,
        "parts": ["how", "why"],
        "meets": "",
        "from_applications": [],
        "answers": [],
        "extent": "major",
    }
    with pytest.raises(NotPossible, match="Nothing has changed"):
        crew.story.revise(crew.lea, practice)


def test_what_was_complete_stays_complete(crew: Crew) -> None:
    practice = crew.candidate()
    for empty in ("", " "):
        with pytest.raises(NotPossible, match="may change, but not be missing"):
            crew.story.revise(crew.lea, practice, limits=empty)


def test_part_by_part_it_becomes_a_candidate(crew: Crew) -> None:
    practice = crew.written(limits="", why="")
    with pytest.raises(NotPossible, match="at least one"):
        crew.story.revise(crew.ines, practice, context="", how="")
    crew.story.revise(crew.ines, practice, why="Air comes back.")
    assert crew.status(practice) == "externalized"
    crew.story.revise(crew.ines, practice, limits="Not near chlorine.")
    assert crew.status(practice) == "candidate"


def test_what_was_written_meanwhile_is_not_written_over(crew: Crew) -> None:
    practice = crew.candidate()
    base = practice.versions.get()
    crew.story.revise(crew.omar, practice, how="Omar's words.")
    text = Version(**{**PARTS, "limits": "Mine."})
    with pytest.raises(NotPossible, match="Meanwhile version 2"):
        acts.revise(crew.lea, practice, version=text, base=base)
    assert acts.revise(crew.lea, practice, version=text, base=practice.newest_version).number == 3


def test_what_is_agreed_stays_agreed(crew: Crew) -> None:
    practice = crew.accepted()
    crew.story.revise(crew.lea, practice, how="Bleed slowly.")
    assert crew.status(practice) == "accepted"
    assert practice.agreements.in_force().get().version.number == 1


def test_nobody_rewrites_what_is_retired(crew: Crew) -> None:
    practice = crew.settled(Settled.RETIRED)
    with pytest.raises(NotPossible, match="is retired"):
        crew.story.revise(crew.lea, practice, how="Otherwise.")
    assert Practice.objects.visible_to(crew.lea).get(pk=practice.pk) == practice, "and it stays readable"


def test_only_members_write(crew: Crew) -> None:
    with pytest.raises(NotAllowed):
        crew.story.revise(crew.story.person("Stranger"), crew.candidate(), how="Otherwise.")


def test_author_number_and_time_are_not_the_callers_to_say(crew: Crew) -> None:
    practice, text = crew.candidate(), Version(**{**PARTS, "how": "So."}, number=9, author=crew.omar)
    text.made_at = clock.now() - timedelta(days=9)
    version = acts.revise(crew.lea, practice, version=text, base=practice.newest_version)
    assert (version.number, version.author, version.made_at) == (2, crew.lea, clock.now())
