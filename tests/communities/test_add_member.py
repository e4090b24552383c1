"""A facilitator puts somebody who was just added into a community; all others join themselves."""

import pytest

from commonplace.communities import acts
from commonplace.communities.models import Membership, Person
from commonplace.ledger import clock
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.communities.recorded import evidence_of
from tests.story import Story


def test_somebody_just_added_belongs(story: Story, nina: Person) -> None:
    acts.add_member(story.facilitator, story.community, person=nina)
    assert Membership.objects.visible_to(story.facilitator).count() == 2
    assert evidence_of("member.added").person == nina.pk


def test_only_facilitators_add(story: Story, nina: Person) -> None:
    with pytest.raises(NotAllowed):
        acts.add_member(story.operator, story.community, person=nina)


@pytest.mark.parametrize("fields", [{"last_login": clock.wall()}, {"password": "md5$x$y"}, {"is_active": False}])
def test_whoever_has_come_in_or_cannot_is_not_put_anywhere(
    story: Story, nina: Person, fields: dict[str, object]
) -> None:
    Person.objects.filter(pk=nina.pk).update(**fields)
    with pytest.raises(NotPossible, match="send an invitation"):
        acts.add_member(story.facilitator, story.community, person=nina)


def test_nor_is_a_name_out_of_an_archive(story: Story) -> None:
    unclaimed = Person.objects.create(name="From an archive", password="!")
    with pytest.raises(NotPossible, match="send an invitation"):
        acts.add_member(story.facilitator, story.community, person=unclaimed)


def test_nobody_is_added_twice(story: Story, nina: Person) -> None:
    acts.add_member(story.facilitator, story.community, person=nina)
    with pytest.raises(NotPossible, match="already a member"):
        acts.add_member(story.facilitator, story.community, person=nina)
