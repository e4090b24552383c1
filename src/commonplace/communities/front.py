"""What the front page of a community shows beside its charter: its people, as far as one may know them, what the reader
is among them, and what is alive."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists

from commonplace.communities import decision_rule, policy
from commonplace.communities.alive import Alive, columns
from commonplace.communities.contributions import MOST_COUNTED, contributed
from commonplace.communities.levels import done_by
from commonplace.communities.models import Community, Footing, JoinRequest, Membership, Role, Visibility
from commonplace.communities.models.membership import is_newcomer
from commonplace.communities.paging import Counted, in_figures
from commonplace.communities.speaking import speakers
from commonplace.communities.stages import emphasis
from commonplace.communities.way_on import of_a_newcomer
from commonplace.communities.welcoming import facilitating, turned_to, welcomers
from commonplace.ledger import clock
from commonplace.ledger.reading import READER, Place, Reading

HERE = Place("community")
MOST_REQUESTS, FEW = 50, 5
WHY = "how many they are, and since when the reader is one of them, for members"


@dataclass(frozen=True, slots=True)
class People:
    """Of a community, for a member. `units`: of how many, if that says something; `speaking`: up to two."""

    size: int
    units: int
    speaking: int
    joined_at: datetime
    experience: str
    has_begun: bool

    @property
    def in_figures(self) -> str:
        return in_figures(self.size, MOST_COUNTED)

    @property
    def told_units(self) -> int:
        """Of few people everybody knows."""
        return self.units if self.size >= FEW and self.units > 1 else 0

    def is_to_begin(self, community: Community) -> bool:
        """New here, and nothing done yet."""
        return not self.has_begun and is_newcomer(clock.now(), self.joined_at, community.founded_at, self.experience)


def _people() -> Any:
    here = Membership.objects.filter(community=HERE).current().everywhere(WHY)
    with_unit = here.exclude(person__unit=None)
    counted = {
        "size": Counted(here, "pk", MOST_COUNTED),
        "units": Counted(with_unit, "person__unit", MOST_COUNTED),
        "speaking": Counted(speakers(HERE), "pk", 2),
    }
    mine = here.filter(person=READER.pk).annotate(**counted, has_begun=Exists(done_by(READER.pk)))
    return mine.values_list(*counted, "joined_at", "experience", "has_begun")


PEOPLE: Reading[People] = Reading(_people, shape=People)


def people(person: Any, community: Community, mine: Footing) -> dict[str, Any]:
    """`serving`: of a sponsor from outside, what they serve as themselves."""
    rows = Role.objects.visible_to(person).filter(community=community).current()
    serving = list(rows.select_related("person", "stand_in").order_by("granted_at")) if mine.is_within else []
    ours = PEOPLE.first(reader=person, community=community.pk) if mine.is_member else None
    if ours is None:
        return {"people": None, "serving": serving}
    welcoming = welcomers(person, community)
    return {
        "people": ours,
        "serving": serving,
        "is_tended": bool(facilitating(serving)),
        "faces": turned_to(person, community, welcoming, serving),
        "welcomes": person.pk in {one.pk for one in welcoming},
        "may_welcome": policy.speaker.allows(person, community),
        "first_steps": of_a_newcomer(community) if ours.is_to_begin(community) else [],
        "kept_by_one": decision_rule.kept_by_one(ours.speaking),
    }


def requests(person: Any, community: Community) -> list[JoinRequest]:
    """Who asks to join, for whoever answers; else one's own."""
    rows = JoinRequest.objects.visible_to(person).filter(community=community).waiting()
    return list(rows.select_related("person__unit").order_by("asked_at")[:MOST_REQUESTS])


def asks_first(mine: Footing, page: dict[str, Any]) -> bool:
    """Whether the reader comes in by asking to, and has not: no member, no sponsor, nobody who can just join."""
    at_once = mine.visibility == Visibility.OPEN and not page["was_removed"]
    return not (mine.is_within or at_once or page["requests"])


def alive(person: Any, community: Community, mine: Footing) -> dict[str, Any]:
    shown = emphasis(community)
    of_phases = columns(contributed(Alive), person, community, shown.alive) if mine.may_oversee else []
    return {"emphasis": shown, "alive": of_phases}
