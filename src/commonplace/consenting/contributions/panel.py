"""What the page of a community shows of its rounds: those that are open, and where all of them are read."""

from dataclasses import dataclass
from typing import Any, ClassVar

from commonplace.communities.contributions import Panel
from commonplace.communities.models import Community
from commonplace.communities.models.footing import footing
from commonplace.consenting import contents
from commonplace.consenting.presenting.grouped import Row, in_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundsPanel(Panel):
    """`rounds`: the open ones, those that close first; `reads`: may this person see what was decided?"""

    template: ClassVar[str] = "consenting/on_community.jinja"
    community: Community
    rounds: list[Row]
    reads: bool


def on_community(person: Any, community: Community) -> RoundsPanel:
    rounds = contents.OPEN.rows(reader=person, community=community.pk)
    for one in rounds:
        one.community = community
    return RoundsPanel(community=community, rounds=in_rows(rounds), reads=footing(person, community).may_read)
