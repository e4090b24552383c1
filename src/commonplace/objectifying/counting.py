"""How a round stands: who has spoken, who consents, what stands against it. What a bot says does not count."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from django.db.models import Q

from commonplace.communities.evidence import BotSet
from commonplace.communities.models import Community, Membership, RoleKind, Unit
from commonplace.communities.reducers.belonging import serving
from commonplace.ledger import clock
from commonplace.ledger.models import Act
from commonplace.ledger.once import once
from commonplace.objectifying.consent import Tally
from commonplace.objectifying.models import Proposal
from commonplace.objectifying.models.voice import Voice

WHY = "the eligible are counted"


class Round(Protocol):
    """The rule as it was fixed when a round opened, and when that was."""

    eligible: int
    quorum: int
    units_needed: int
    opened_at: datetime
    decided_at: datetime | None

    @property
    def community(self) -> Community: ...


def tally(proposal: Proposal) -> Tally:
    return once(("tally", proposal.pk), lambda: _tally(proposal))


def _tally(proposal: Proposal) -> Tally:
    against = proposal.objections.standing().values_list("raised_by", flat=True)
    return counted(proposal, list(proposal.stances.current()), against)


def counted(fixed: Round, stances: Sequence[Voice], against: Iterable[str | None]) -> Tally:
    """From the current stances and from whose objections stand. Units merged meanwhile are one."""
    bots = bots_since(fixed)
    heard = [stance for stance in stances if stance.person_id not in bots]
    consents = [stance for stance in heard if stance.counts]
    return Tally(
        eligible=fixed.eligible - _eligible(bots, fixed),
        quorum=fixed.quorum,
        units_needed=fixed.units_needed,
        spoken=len(heard),
        consents=len(consents),
        units=len(Unit.objects.kept(stance.unit for stance in consents)),
        standing=sum(person not in bots for person in against),
        unheard=len(stances) - len(heard),
    )


def bots_since(fixed: Round) -> set[str]:
    """Ids of whoever became a bot after this round opened; of one decided, before that: it stays as it was decided."""
    then, there = fixed.opened_at, Q(left_at=None) | Q(left_at__gt=fixed.opened_at)
    members = Membership.objects.filter(there, community=fixed.community, joined_at__lte=then).everywhere(WHY)
    about = {"verb": "person.bot_set", "subject__in": members.values("person")}
    until = fixed.decided_at or clock.now()
    acts = Act.objects.filter(happened_at__gt=then, happened_at__lte=until, **about).everywhere(WHY)
    last = {act.subject: BotSet.of(act).bot for act in acts.order_by("happened_at", "id")}
    return {person for person, bot in last.items() if bot}


def _eligible(bots: set[str], fixed: Round) -> int:
    """How many of these were: all but who sponsored the community."""
    served = serving.at(fixed.community.pk, fixed.opened_at) if bots else set()
    return len(bots - {person for person, kind in served if kind == RoleKind.SPONSOR})
