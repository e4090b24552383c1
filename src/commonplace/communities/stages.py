"""What is fair to show of a community at its stage (theory §4.5), and what its profile changes of that: one table."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community, Stage


class About(StrEnum):
    """What can be alive in a community, whoever contributes it."""

    TOPICS = "topics"
    WAITING = "waiting"
    AGREEING = "agreeing"
    AGREED = "agreed"
    USED = "used"
    DUE = "due"
    HANDED_ON = "handed_on"


class Figure(StrEnum):
    """The counts of the small ring."""

    EXCHANGED = "exchanged"
    AGREEING = "agreeing"
    TAKEN_UP = "taken_up"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Emphasis:
    """`alive`: in this order; `counted`: the figures that are shown, and why the others are not, in a sentence.
    `units`: it is said of how many units its people are."""

    alive: tuple[About, ...]
    counted: frozenset[Figure] = frozenset(Figure)
    why_not: Promise | str = ""
    units: bool = True


EMPHASIS: Mapping[Stage, Emphasis] = {
    Stage.POTENTIAL: Emphasis(
        (About.TOPICS, About.WAITING, About.AGREEING),
        frozenset(),
        _("People are finding each other. How much is agreed and used matters later."),
    ),
    Stage.COALESCING: Emphasis(
        (About.WAITING, About.AGREEING, About.AGREED, About.USED),
        frozenset({Figure.EXCHANGED, Figure.TAKEN_UP}),
        _("How much is agreed is not counted here yet: trust comes first."),
    ),
    Stage.MATURING: Emphasis((About.WAITING, About.AGREEING, About.AGREED, About.USED, About.DUE)),
    Stage.STEWARDSHIP: Emphasis((About.DUE, About.AGREEING, About.AGREED, About.USED, About.WAITING)),
    Stage.TRANSFORMATION: Emphasis(
        (About.HANDED_ON, About.DUE, About.AGREEING, About.USED, About.WAITING),
        frozenset(),
        _("Nothing is counted here: a community that lets go does less of everything, and that is no failure."),
    ),
}


def emphasis(community: Community) -> Emphasis:
    """Within one unit nobody asks of how many; what lasts for a time hands on before it ends."""
    shown, profile = EMPHASIS[Stage(community.stage)], community.profile
    if profile.get("life_span") == "bounded" and community.stage == Stage.STEWARDSHIP:
        shown = replace(shown, alive=(About.HANDED_ON, *shown.alive))
    return replace(shown, units=False) if profile.get("boundaries") == "unit" else shown
