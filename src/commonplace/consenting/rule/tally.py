"""How a round stands: counts of people, and what is missing."""

from dataclasses import dataclass
from enum import StrEnum

from commonplace.consenting.kinds import Stand
from commonplace.consenting.rule.round import Round, Voice


class Lack(StrEnum):
    """What keeps a round from being accepted."""

    QUORUM = "quorum"
    OTHERS = "others"
    UNITS = "units"
    OBJECTION = "objection"
    OVERTAKEN = "overtaken"


@dataclass(frozen=True, slots=True)
class Tally:
    """People: `eligible` that are still here, `spoken` of these, `consents`, `others_consent` without a part in it.

    `units`: those that who consents was of at the opening. `standing`: objections that stop it; `pending`: those that
    stop it only if somebody takes them up. `all_have_spoken`: of the text that is decided, each by themselves.
    """

    eligible: int
    spoken: int
    consents: int
    others_consent: int
    concerns: int
    units: tuple[str, ...]
    standing: int
    pending: int
    all_have_spoken: bool
    missing: tuple[Lack, ...]


def tally(asked: Round) -> Tally:
    consents = [voice for voice in asked.voices if voice.consents]
    units = tuple(sorted({voice.unit for voice in consents} - {""}))
    return Tally(
        eligible=len(asked.present),
        spoken=sum(voice.stance is not None for voice in asked.present),
        consents=len(consents),
        others_consent=sum(not voice.has_part for voice in consents),
        concerns=sum(voice.stance == Stand.CONCERN for voice in consents),
        units=units,
        standing=sum(one.stops for one in asked.against),
        pending=sum(one.waits for one in asked.against),
        all_have_spoken=all(voice.stance is not None and not voice.is_carried for voice in asked.present),
        missing=_missing(asked, consents, len(units)),
    )


def _missing(asked: Round, consents: list[Voice], units: int) -> tuple[Lack, ...]:
    lacking = (
        (Lack.QUORUM, len(consents) < max(asked.quorum, 2)),
        (Lack.OTHERS, not _others_agree(asked, consents)),
        (Lack.UNITS, units < asked.units_needed),
        (Lack.OBJECTION, any(one.stops for one in asked.against)),
        (Lack.OVERTAKEN, asked.overtaken),
    )
    return tuple(lack for lack, lacks in lacking if lacks)


def _others_agree(asked: Round, consents: list[Voice]) -> bool:
    """One consents who neither wrote it nor opened the round. Where all of the eligible did, all who are here consent;
    who left still was one of them, so that nobody gets rid of others by seeing them off."""
    if all(voice.has_part for voice in asked.voices):
        return len(consents) == len(asked.present)
    return any(not voice.has_part for voice in consents)
