"""Who reads a round: how they stand to it, told by what was read of it."""

from dataclasses import dataclass
from typing import Any

from commonplace.communities.models import footing
from commonplace.consenting import policy
from commonplace.consenting.models import Eligible, Proposal, Stance
from commonplace.consenting.rows import Rows, has_part


@dataclass(frozen=True, slots=True)
class Reader:
    """`sees_people`: a sponsor from outside sees nobody. `speaks`: a member and no bot; `asks`: a sponsor, too, of
    objectives. `is_asked`: among the eligible; `is_concerned`: it is about them. `stance`: their own word, of whatever
    text; `entered`: what somebody else wrote down for them. `facilitates`; `goes_between`, for somebody unnamed;
    `is_neutral`: and has no part in it. `in_time`: the round takes words still. `silent`: whom it asked and who has
    said nothing, for whoever writes down for them.
    """

    person: Any
    sees_people: bool
    speaks: bool
    asks: bool
    is_member: bool
    is_asked: bool
    is_concerned: bool
    opened: bool
    facilitates: bool
    goes_between: bool
    is_neutral: bool
    in_time: bool
    stance: Stance | None
    entered: Stance | None
    silent: list[Eligible]

    @property
    def may_speak(self) -> bool:
        return self.speaks and self.is_asked and self.in_time

    @property
    def is_due(self) -> bool:
        """It is their turn to say where they stand."""
        return self.may_speak and self.stance is None

    @property
    def counts(self) -> bool:
        """May record what the rule says."""
        return (self.is_member and self.is_asked) or self.is_neutral


def reader_of(person: Any, proposal: Proposal, rows: Rows, in_time: bool) -> Reader:
    spoken = {one.person_id: one for one in rows.stances}
    mine, stands = spoken.get(person.pk), footing(person, proposal.community)
    return Reader(
        person=person,
        sees_people=stands.may_read,
        speaks=policy.speaker.allows(person, proposal),
        asks=policy.asker.allows(person, proposal),
        is_member=stands.is_member,
        is_asked=any(one.person_id == person.pk for one in rows.asked),
        is_concerned=proposal.kind.for_members and person.pk in proposal.kind.not_asked(proposal),
        opened=proposal.opened_by_id == person.pk,
        facilitates=policy.by_role.allows(person, proposal),
        goes_between=in_time and policy.go_between.allows(person, proposal),
        is_neutral=policy.neutral.allows(person, proposal) and not has_part(proposal, person.pk),
        in_time=in_time,
        stance=mine if mine and mine.entered_by_id is None else None,
        entered=mine if mine and mine.entered_by_id is not None else None,
        silent=[one for one in rows.asked if one.person_id not in spoken and one.person_id != person.pk],
    )
