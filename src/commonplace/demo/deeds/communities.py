"""A community begins, and changes."""

from dataclasses import dataclass

from commonplace.communities import acts
from commonplace.communities.models import Community, Stage, Visibility
from commonplace.demo.world import World


@dataclass(frozen=True, slots=True)
class Charter:
    domain: str
    purpose: str
    norms: str
    quorum: int
    round_days: int
    refusal_days: int
    review_days: int


@dataclass(frozen=True, slots=True)
class Found:
    by: str
    id: str
    title: str
    visibility: Visibility
    stage: Stage
    time_zone: str
    charter: Charter

    def perform(self, world: World) -> None:
        community = Community(
            slug=self.id, title=self.title, visibility=self.visibility, stage=self.stage, time_zone=self.time_zone
        )
        terms = {name: getattr(self.charter, name) for name in Charter.__dataclass_fields__}
        world.keep(self.id, acts.found(world.person(self.by), None, community=community, **terms))


@dataclass(frozen=True, slots=True)
class ChangeStage:
    by: str
    community: str
    stage: Stage

    def perform(self, world: World) -> None:
        acts.set_stage(world.person(self.by), world.community(self.community), stage=self.stage)
