"""What the ledger keeps of the acts on communities and people."""

from enum import StrEnum
from typing import Annotated

from django.conf import settings

from commonplace.communities import profile
from commonplace.communities.models.kinds import RoleKind, Stage, Visibility
from commonplace.ledger.evidence import Among, Day, Evidence, Id, evidence

Language = Annotated[str, Among(lambda: {code for code, _name in settings.LANGUAGES})]

Trait = Annotated[str, Among(profile.all_codes)]


class How(StrEnum):
    """How a member came in."""

    OPEN = "open"
    INVITED = "invited"
    ARCHIVE = "archive"


@evidence
class SignedUp(Evidence):
    """`operator`: nobody was here before."""

    operator: bool


@evidence
class BotSet(Evidence):
    """Whether the account is a program's: what it does is in no figure."""

    bot: bool


@evidence
class CharterSet(Evidence):
    """The rule: its words are typed text. `by_consent`: by the round `proposal`, "" where one person keeps it."""

    quorum: int | None
    round_days: int
    refusal_days: int
    review_days: int
    hidden_stances: bool
    letters_quote: bool
    by_consent: bool = False
    proposal: Id = ""


@evidence
class Founded(CharterSet):
    """With its first charter."""

    visibility: Visibility
    stage: Stage
    language: Language
    traits: list[Trait]


@evidence
class StageSet(Evidence):
    stage: Stage


@evidence
class ProfileSet(Evidence):
    visibility: Visibility
    language: Language
    traits: list[Trait]


@evidence
class Joined(Evidence):
    how: How


@evidence
class KnownForSet(Evidence):
    """Only how much somebody says of themselves: whether there are words, under how many topics, how many kinds of what
    they did are shown."""

    says: bool
    under: int
    shows: int


@evidence
class WelcomingSet(Evidence):
    """Whether the member who acts welcomes newcomers from now on."""

    welcomes: bool


@evidence
class Added(Evidence):
    person: Id


@evidence
class Invited(Evidence):
    """Whom the link is for: `brings` the role that it offers, None for members."""

    brings: RoleKind | None = None


@evidence
class RoleHeld(Evidence):
    role: RoleKind
    person: Id


@evidence
class RoleGranted(RoleHeld):
    """`asks_first`: it begins once they accept it."""

    asks_first: bool


@evidence
class Removed(Evidence):
    """`proposal`: the round by which."""

    person: Id
    proposal: Id


@evidence
class RoleHandedOver(Evidence):
    role: RoleKind
    person: Id
    successor: Id


@evidence
class AwaySet(Evidence):
    """`until` the end of that day, None for who is back; `successor`: who stands in, "" for nobody."""

    role: RoleKind
    person: Id
    successor: Id
    until: Day | None


@evidence
class Answered(Evidence):
    admitted: bool
    person: Id


@evidence
class InstallationSet(Evidence):
    open_signup: bool


@evidence
class UnitPlaced(Evidence):
    """`parent` "" for one that is no part of another."""

    parent: Id


@evidence
class UnitMerged(Evidence):
    """`people` moved `into` the one that is kept."""

    into: Id
    people: int


@evidence
class UnitChanged(Evidence):
    """Of the person concerned; the act's own `unit_id` is the actor's, as it was before. "" for none."""

    person_unit: Id
    unit_before: Id
