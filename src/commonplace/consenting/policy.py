"""Who may do what in a round: members open and speak, who opened it moves it, who has no part in it returns it."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from commonplace.communities.models import Membership, RoleKind
from commonplace.communities.models.footing import on_footing
from commonplace.communities.policy import by_role, facilitator, is_in, member, no_bot, speaker, sponsor
from commonplace.consenting.kinds import PartIn
from commonplace.consenting.matter import kinds_for_sponsors
from commonplace.consenting.models import Eligible, InLine, Objection, Party, Proposal
from commonplace.consenting.rows import rows_of
from commonplace.ledger.nobody import by_the_worker
from commonplace.ledger.once import on_a_page
from commonplace.ledger.rules import Condition, Rule, among, names


def _asked(person: Any) -> QuerySet[Eligible, str]:
    mine = Eligible.objects.filter(person=person.pk).everywhere("who was asked")
    return mine.values_list("proposal", flat=True)


def _parties(person: Any) -> QuerySet[Party, str]:
    mine = Party.objects.filter(person=person.pk).everywhere("who has a part")
    return mine.values_list("proposal", flat=True)


def _made(person: Any) -> QuerySet[Party, str]:
    mine = Party.objects.filter(person=person.pk, part__in=(PartIn.WROTE, PartIn.OPENED)).everywhere("who has a part")
    return mine.values_list("proposal", flat=True)


def _objected(person: Any) -> QuerySet[Objection, str]:
    mine = Objection.objects.filter(raised_by=person.pk).everywhere("who has a part")
    return mine.values_list("proposal", flat=True)


def _concerning(person: Any) -> QuerySet[Party, str]:
    mine = Party.objects.filter(person=person.pk, part=PartIn.CONCERNED).everywhere("whom it is about")
    return mine.values_list("proposal", flat=True)


def _opener_left(person: Any, proposal: Proposal) -> bool:
    if on_a_page():
        rows = rows_of(proposal)  # They are read there anyway.
        if any(one.person_id == proposal.opened_by_id for one in rows.asked):
            return proposal.opened_by_id in rows.gone | rows.removed
    here = Membership.objects.filter(community=proposal.community_id, person=proposal.opened_by_id).current()
    return not here.everywhere("somebody must move a round").exists()


def _openers_left(person: Any, model: type[Any]) -> Q:
    there = Membership.objects.filter(community=OuterRef("community"), person=OuterRef("opened_by")).current()
    return Q(~Exists(there.everywhere("somebody must move a round")))


def without_a_part(to_round: str) -> Condition[Any, Any]:
    """`to_round`: the way to the round's key, "pk" or "proposal"."""
    return ~(among(to_round, _parties) | among(to_round, _objected))


_on_objectives: Condition[Any, Any] = Condition(
    lambda person, proposal: proposal.kind.for_sponsors, lambda person, model: Q(matter__in=kinds_for_sponsors())
)
neutral: Condition[Any, Any] = by_role.condition & on_footing(lambda one: not one.serves_as(RoleKind.SPONSOR))
_left_behind: Condition[Any, Any] = Condition(_opener_left, _openers_left)

asker: Rule[Any, Proposal] = Rule(
    "members of the community, no bots, and of objectives its sponsors",
    (speaker.condition | (sponsor.condition & no_bot & _on_objectives)),
)
opener: Rule[Any, Proposal] = Rule("who opened the round", is_in & names("opened_by"))
mover: Rule[Any, Proposal] = Rule(
    "who opened the round, or a facilitator if they left",
    is_in & (names("opened_by") | (by_role.condition & _left_behind)),
)
decider: Rule[Any, Proposal] = Rule(
    "who was asked in the round, a facilitator, no sponsor, without a part in it, or the rule itself",
    by_the_worker | (is_in & among("pk", _asked)) | (neutral & without_a_part("pk")),
)
settler: Rule[Any, Objection] = Rule(
    "who raised the objection, or was asked in the round", is_in & (names("raised_by") | among("proposal", _asked))
)
answerer: Rule[Any, Objection] = Rule(
    "a facilitator, no sponsor, without a part in the round", neutral & without_a_part("proposal")
)
hearer: Rule[Any, Objection] = Rule(
    "who opened the round, wrote its text or was asked in it, and did not raise the objection",
    is_in & no_bot & ~names("raised_by") & (among("proposal", _asked) | among("proposal", _made)),
)
go_between: Rule[Any, Proposal] = Rule(
    "facilitators of the community, no sponsors, whom the round is not about", neutral & ~among("pk", _concerning)
)
raiser: Rule[Any, Objection] = Rule("who raised the objection", is_in & names("raised_by"))
returner: Rule[Any, Proposal] = Rule("a facilitator, no sponsor, without a part in it", neutral & without_a_part("pk"))

waiter: Rule[Any, InLine] = Rule(
    "who put it in the line, or the rule itself", by_the_worker | (is_in & names("proposed_by"))
)

__all__ = [
    "answerer",
    "asker",
    "by_role",
    "decider",
    "facilitator",
    "go_between",
    "hearer",
    "member",
    "mover",
    "neutral",
    "opener",
    "raiser",
    "returner",
    "settler",
    "speaker",
    "waiter",
]
