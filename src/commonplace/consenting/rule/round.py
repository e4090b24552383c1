"""A round as the rule sees it: who was asked at the opening, what each said, what stands against it."""

from dataclasses import dataclass
from datetime import datetime

from commonplace.consenting.kinds import COUNTING, Stand


@dataclass(frozen=True, slots=True)
class Voice:
    """One of the eligible, as fixed at the opening: `unit` is of that day.

    `has_part`: opened the round, or wrote the text decided or one that it grew from in this round: where others retype
    it, who wrote it stays no outsider to it. `is_gone`: left by themselves since, or became a bot.
    `stance`: what they said themselves; what somebody entered for them is none until they confirm it.
    `is_carried`: said of an earlier text, of which nothing that binds has changed.
    """

    person: str
    unit: str = ""
    has_part: bool = False
    is_gone: bool = False
    stance: Stand | None = None
    is_carried: bool = False

    @property
    def consents(self) -> bool:
        return not self.is_gone and self.stance in COUNTING


@dataclass(frozen=True, slots=True)
class Against:
    """An objection that nobody has settled. Of who was removed it stands like any other.

    `is_left`: its raiser left by themselves, or became a bot; `is_repeated`: the same person's on the same ground, of a
    text that was changed to meet it, and nobody shares it. `is_answered`: a facilitator said that a version meets it,
    and its raiser, told and able to say no, said nothing else in time.
    """

    raiser: str
    is_left: bool = False
    is_repeated: bool = False
    is_answered: bool = False

    @property
    def waits(self) -> bool:
        """It does not stop by itself: any of the eligible may take it up until the close, else it is dissent."""
        return self.is_left or self.is_repeated

    @property
    def stops(self) -> bool:
        return not (self.waits or self.is_answered)


@dataclass(frozen=True, slots=True)
class Round:
    """As it stands now; after the close as it stood then: who leaves later changes nothing, on neither side.

    `quorum`, `units_needed`: fixed at the opening, like `voices`; who leaves makes neither smaller. `overtaken`: what
    it is about has changed under it, so that it can only be returned. `moved`: to another text, so that it ends at the
    close, and not before.
    """

    quorum: int
    units_needed: int
    closes_at: datetime
    voices: tuple[Voice, ...]
    against: tuple[Against, ...] = ()
    hidden: bool = False
    moved: bool = False
    overtaken: bool = False

    @property
    def present(self) -> tuple[Voice, ...]:
        """Who leaves by themselves counts neither for the quorum nor among all."""
        return tuple(voice for voice in self.voices if not voice.is_gone)
