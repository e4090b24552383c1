"""The operator names the installation, and opens or closes its door."""

import pytest

from commonplace.communities import acts
from commonplace.communities.models import Installation
from commonplace.ledger.errors import NotAllowed
from tests.communities.recorded import evidence_of, last
from tests.story import Story


def test_name_and_door(story: Story) -> None:
    acts.set_installation(story.operator, Installation.current(), name="Waterworks", open_signup=True)
    now = Installation.current()
    assert (now.name, now.open_signup) == ("Waterworks", True)
    assert evidence_of("installation.set").open_signup is True
    assert last("installation.set").object == Installation.ONLY


def test_only_the_operator(story: Story) -> None:
    with pytest.raises(NotAllowed):
        acts.set_installation(story.facilitator, Installation.current(), name="Mine", open_signup=True)
    assert story.browser(story.facilitator).post("/operator/update", {"name": "Mine"}).status_code == 403
    assert Installation.current().name == "Commonplace"
