"""Which practices are being taken up, and what a person reported."""

from datetime import datetime, timedelta

from commonplace.communities.models import Person
from commonplace.internalizing.models import Application
from commonplace.internalizing.taking_up import being_taken_up, reported_by
from commonplace.ledger import clock
from commonplace.objectifying.models import Practice
from tests.internalizing.conftest import report
from tests.story import Story


def test_taken_up_is_what_somebody_used_lately(
    story: Story, practice: Practice, lea: Person, omar: Person, ines: Person, now: datetime
) -> None:
    story.distil(lea, story.resolved(lea, omar), title="Never used")
    assert list(being_taken_up(lea)) == []
    report(ines, practice)
    assert [(one.title, one.status) for one in being_taken_up(lea)] == [(practice.title, "candidate")]
    with clock.at(now + timedelta(days=181)):
        assert list(being_taken_up(lea)) == []


def test_taken_up_and_my_own_reports_stay_within_what_i_may_read(
    story: Story, practice: Practice, ines: Person
) -> None:
    secret = story.found("secret", "Secret", by=story.facilitator, visibility="private")
    mia = story.member("Mia", of=secret)
    hidden = story.distil(mia, story.resolved(mia, story.facilitator, of=secret), title="Canary")
    mine = report(mia, hidden)
    report(ines, practice)
    assert [one.title for one in being_taken_up(ines)] == [practice.title]
    assert {one.title for one in being_taken_up(mia)} == {practice.title, "Canary"}
    assert list(reported_by(mia)) == [mine]
    assert not Application.objects.visible_to(ines).filter(practice=hidden).exists()
