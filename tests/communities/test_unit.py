"""Units: kept by the operator, chosen by people; merged ones lead to the one that was kept."""

import pytest

from commonplace.communities import acts
from commonplace.communities.arrivals import unit_called
from commonplace.communities.models import Installation, Unit
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.models import Act
from tests.story import Story


def named(story: Story, name: str, parent: Unit | None = None) -> Unit:
    return acts.name_unit(story.operator, Installation.current(), name=name, parent=parent)


def test_people_and_parts_move_to_the_unit_that_is_kept(story: Story) -> None:
    north, south = named(story, "North"), named(story, "South")
    depot, lea = named(story, "Depot", north), story.member("Lea", unit="North")
    merged = acts.merge_unit(story.operator, north, into=south)
    lea.refresh_from_db()
    depot.refresh_from_db()
    assert (lea.unit, depot.parent, merged.merged_into) == (south, south, south)
    assert unit_called(story.operator, "north") == south, "the old name leads there"
    done = Act.objects.everywhere("test").filter(verb__in=("unit.merged", "unit.moved")).order_by("id")
    assert [(act.verb, act.subject, act.evidence) for act in done] == [
        ("unit.merged", north.pk, {"into": south.pk, "people": 1}),
        ("unit.moved", depot.pk, {"parent": south.pk}),
    ]


def test_no_loop(story: Story) -> None:
    north = named(story, "North")
    depot = named(story, "Depot", north)
    with pytest.raises(NotPossible, match="part of itself"):
        acts.move_unit(story.operator, north, parent=depot)


def test_another_unit_is_recorded_in_each_community(story: Story) -> None:
    lea, south = story.member("Lea", unit="North"), story.unit("South")
    before = lea.unit_id
    acts.edit_profile(lea, lea, unit=south)
    changed = Act.objects.everywhere("test").get(verb="member.unit_changed")
    assert (changed.actor, changed.community, changed.unit_id) == (lea.pk, story.community.pk, before)
    assert changed.evidence == {"person_unit": south.pk if south else "", "unit_before": before}
