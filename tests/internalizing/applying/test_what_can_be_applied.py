"""The guard on the status: a candidate or later, not refused at the moment of the report."""

import pytest

from commonplace.communities.models import Person
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying.models import Practice
from commonplace.objectifying.status import Status
from tests.internalizing.conftest import kept, report
from tests.story import Story


def test_what_is_only_half_written_cannot_be_applied(story: Story, lea: Person, omar: Person, ines: Person) -> None:
    half = story.distil(lea, story.resolved(lea, omar), why="", limits="")
    with pytest.raises(NotPossible, match="candidate or later"):
        report(ines, half)


@pytest.mark.parametrize("status", [Status.NOT_ACCEPTED, Status.EXTERNALIZED])
def test_what_does_not_stand_cannot_be_applied(
    practice: Practice, ines: Person, status: Status, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Practice, "status", status)
    with pytest.raises(NotPossible, match="candidate or later"):
        report(ines, practice)


@pytest.mark.parametrize(
    "status", [Status.CANDIDATE, Status.PROPOSED, Status.ACCEPTED, Status.CONTESTED, Status.UNDER_REVISION]
)
def test_whatever_stands_can_be_applied(
    practice: Practice, ines: Person, status: Status, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Practice, "status", status)
    assert kept(report(ines, practice)).status == status
