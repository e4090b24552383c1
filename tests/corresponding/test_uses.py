"""Who looks after a practice, and whose it is, is told how it went where somebody used it; at once, where it failed."""

import pytest

from commonplace.communities.models import Person
from commonplace.corresponding.models import Notice
from commonplace.objectifying import acts
from commonplace.objectifying.models import Practice
from tests.corresponding.noticed import noticed, words
from tests.corresponding.test_people import forgotten
from tests.story import Story


@pytest.fixture
def practice(story: Story, lea: Person) -> Practice:
    practice = story.bring(lea)
    forgotten()
    return practice


def test_who_brought_it_is_told_that_it_worked(story: Story, lea: Person, practice: Practice) -> None:
    story.apply(story.member("Omar"), practice)
    assert noticed(lea)[-1] == ("used", "brought")
    assert "Omar used it, and it worked you brought it in" in words(story, lea)


def test_who_looks_after_it_is_told_at_once_that_it_failed(story: Story, lea: Person, practice: Practice) -> None:
    ida = story.member("Ida")
    acts.set_steward(ida, practice, steward=ida)
    forgotten()
    story.apply(story.member("Omar"), practice, outcome="failed")
    assert noticed(ida) == [("failed", "cares")]
    assert Notice.objects.everywhere("test").get(person=ida).at_once
    assert not Notice.objects.everywhere("test").get(person=lea).at_once
