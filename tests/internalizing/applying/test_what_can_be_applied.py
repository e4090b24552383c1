"""The guard on the status: a candidate or later, still standing at the moment of the report."""

import pytest

from commonplace.communities.models import Person
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying import acts as objectifying
from commonplace.objectifying.models import Challenge, Practice
from commonplace.objectifying.status import Outcome, Status
from tests.internalizing.conftest import accept, kept, report
from tests.story import Story


def test_what_is_only_half_written_cannot_be_applied(story: Story, lea: Person, omar: Person, ines: Person) -> None:
    half = story.distil(lea, story.resolved(lea, omar), why="", limits="")
    with pytest.raises(NotPossible, match="candidate or later"):
        report(ines, half)


def test_a_practice_retired_while_one_typed_takes_no_report(
    story: Story, practice: Practice, lea: Person, omar: Person, ines: Person
) -> None:
    report(ines, practice)
    accept(story, practice, lea, omar, ines)
    read_before = Practice.objects.visible_to(ines).select_related("course").get(pk=practice.pk)
    challenge = objectifying.challenge(ines, practice, challenge=Challenge(reason="It failed twice."))
    retired = {"challenge": challenge, "proposed_outcome": Outcome.RETIRED}
    settled = story.propose(lea, practice, version=practice.versions.get(), **retired)
    for person in (lea, omar, ines, story.facilitator):
        story.stand(person, settled)
    story.decide(story.facilitator, settled)
    assert read_before.status == Status.ACCEPTED
    with pytest.raises(NotPossible, match="not retired"):
        report(omar, read_before)


@pytest.mark.parametrize("status", [Status.RETIRED, Status.NOT_ACCEPTED, Status.EXTERNALIZED])
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
