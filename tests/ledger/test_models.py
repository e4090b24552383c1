"""Who reads what happened; and that tables are what the models say."""

from datetime import datetime, timedelta

import pytest
from django.core.management import call_command

from commonplace.ledger import clock
from commonplace.ledger.models import Act, Job
from tests.story import Story


@pytest.mark.breaks_ledger
def test_everybody_sees_what_they_did_and_what_they_brought_and_nothing_else(story: Story) -> None:
    lea, omar = story.member("Lea"), story.member("Omar")
    story.ask(lea)
    moment = clock.wall()
    columns = {"verb": "member.left", "actor": omar.pk, "recorded_by": lea.pk}
    brought = Act.objects.create(**columns, happened_at=moment, recorded_at=moment)
    seen = list(Act.objects.visible_to(lea))
    assert {act.actor for act in seen if act != brought} == {lea.pk}
    assert brought in seen
    assert "exchange.opened" in {act.verb for act in seen}
    assert "exchange.opened" not in {act.verb for act in Act.objects.visible_to(omar)}


@pytest.mark.django_db
def test_a_job_is_due_from_its_moment_on(now: datetime, nobody_works: None) -> None:
    later = Job.objects.create(name="note", due_at=now + timedelta(hours=1))
    assert list(Job.objects.due()) == []
    assert list(Job.objects.waiting()) == [later]
    with clock.at(later.due_at):
        assert list(Job.objects.due()) == [later]


@pytest.mark.django_db
def test_tables_are_what_the_models_say() -> None:
    """Else a change of a model waits for whoever runs `makemigrations` next."""
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
