"""The guard on the version: whoever says which one they read reports on that one, or not."""

import pytest

from commonplace.communities.models import Person
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying.models import Practice
from tests.internalizing.conftest import report
from tests.story import Story


def test_what_holds_is_reported_on(story: Story, practice: Practice, ines: Person) -> None:
    assert report(ines, practice, version=practice.versions.get()).version.number == 1


def test_a_version_written_meanwhile_is_not_what_was_used(
    story: Story, practice: Practice, lea: Person, ines: Person
) -> None:
    read = practice.versions.get()
    story.revise(lea, practice, how="Slowly.")
    with pytest.raises(NotPossible, match="Meanwhile version 2 holds"):
        report(ines, practice, version=read)


def test_another_practice_s_version_is_none_of_this_one(
    story: Story, practice: Practice, lea: Person, omar: Person, ines: Person
) -> None:
    other = story.distil(lea, story.resolved(lea, omar))
    with pytest.raises(NotPossible, match="Meanwhile"):
        report(ines, practice, version=other.versions.get())


def test_who_typed_on_an_old_page_is_told_and_may_report_again(
    story: Story, practice: Practice, lea: Person, ines: Person
) -> None:
    browser, here = story.browser(ines), f"/c/pump-crews/practices/{practice.pk}/applications"
    typed = {"outcome": "worked", "where": "Pump 4", "version": practice.versions.get().pk}
    newer = story.revise(lea, practice, how="Slowly.")
    refused = browser.post(f"{here}/create", typed)
    shown = refused.content.decode()
    assert refused.status_code == 422
    assert "Meanwhile version 2 holds" in shown
    assert 'value="Pump 4"' in shown
    assert f'name="version" value="{newer.pk}"' in shown
    assert browser.post(f"{here}/create", typed | {"version": newer.pk}).status_code == 302
    assert practice.applications.get().version == newer
