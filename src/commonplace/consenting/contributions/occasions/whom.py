"""Whom a round concerns, as plain ids, and why: who is asked, who has a part in it, who has spoken, who facilitates."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from commonplace.communities.covering import who_tends
from commonplace.communities.occasions import Because, Concern
from commonplace.consenting.kinds import Kind, PartIn, Stand
from commonplace.consenting.models import Eligible, Objection, Party, Proposal, Stance
from commonplace.ledger.models import Act

WHY = "whom a round concerns is told; what it says is read by whoever reads it"
ON_A_PERSON = (Kind.RECALL, Kind.REMOVAL)
ABOUT_YOU = Because(_("it is about you"), at_once=True)
WORD = Because(_("you are asked for your word"), at_once=True)
FACILITATES = Because(_("you facilitate here"))
PARTS = {
    "about_you": ABOUT_YOU,
    "opened": Because(_("you opened the round")),
    "wrote": Because(_("you wrote the text")),
    "credited": Because(_("the text credits you")),
    "challenged": Because(_("you challenged it")),
}
STANDS = {
    Stand.CONSENT: Because(_("you consented")),
    Stand.CONCERN: Because(_("you consented, with a concern")),
    Stand.ASIDE: Because(_("you stood aside")),
    Stand.OBJECT: Because(_("you objected")),
}
AGAINST, AGAINST_IT = _("you objected to version %(about)s"), _("you objected")
MAKES = (PartIn.CONCERNED, PartIn.OPENED, PartIn.WROTE)
ORDER = (PartIn.CONCERNED, PartIn.OPENED, PartIn.WROTE, PartIn.CREDITED)


def against(at_once: bool = False) -> dict[str, Because]:
    """Of what is on no text that is written anew, nobody says which version."""
    return {"objected": Because(AGAINST, at_once), "objected_to_it": Because(AGAINST_IT, at_once)}


def round_of(act: Act) -> Proposal:
    return Proposal.objects.everywhere(WHY).get(pk=act.object)


def is_alone(act: Act) -> bool:
    """In no list."""
    return not list_of(act)


def is_listed(act: Act) -> bool:
    return bool(list_of(act))


def list_of(act: Act) -> str:
    return str(Proposal.objects.everywhere(WHY).values_list("list", flat=True).get(pk=act.object))


def asked(proposal: Proposal) -> Iterator[Concern]:
    rows = Eligible.objects.filter(proposal=proposal.pk).everywhere(WHY)
    return (Concern(person, "asked") for person in rows.values_list("person", flat=True))


def parties(proposal: Proposal, parts: Iterable[PartIn] = ORDER, **rounds: Any) -> list[Concern]:
    """The weightiest part of each first. `rounds`: of which, if not of this one."""
    rows = Party.objects.filter(part__in=list(parts), **(rounds or {"proposal": proposal.pk})).everywhere(WHY)
    known = sorted(rows.values_list("person", "part"), key=lambda one: ORDER.index(PartIn(one[1])))
    return [Concern(person, _part(proposal, part)) for person, part in known]


def makers(proposal: Proposal) -> list[Concern]:
    """Who can answer for what is proposed, and whom it is about."""
    return parties(proposal, MAKES)


def spoke(**rounds: Any) -> Iterator[Concern]:
    """Where each stood last."""
    rows = Stance.objects.filter(**rounds).current().everywhere(WHY)
    return (Concern(person, stance) for person, stance in rows.values_list("person", "stance"))


def spoke_before(proposal: Proposal, number: int) -> Iterator[Concern]:
    """On a text before this one, and on which."""
    rows = Stance.objects.filter(proposal=proposal.pk, number__lt=number).everywhere(WHY).order_by()
    last = rows.values("person").annotate(last=Max("number")).values_list("person", "last")
    return (Concern(person, "spoke", str(at)) for person, at in last)


def objectors(proposal: Proposal) -> Iterator[Concern]:
    """Whose objections stand."""
    rows = Objection.objects.filter(proposal=proposal.pk).standing().everywhere(WHY).select_related("proposal")
    return map(raiser, rows)


def raiser(objection: Objection) -> Concern:
    if objection.proposal.kind.newest is None:
        return Concern(objection.raised_by_id, "objected_to_it")
    return Concern(objection.raised_by_id, "objected", str(objection.raised_on))


def facilitators(community: str) -> Iterator[Concern]:
    return (Concern(person, "facilitates") for person in who_tends(community))


def _part(proposal: Proposal, part: str) -> str:
    if part == PartIn.CONCERNED:
        return "about_you" if proposal.matter in ON_A_PERSON else "challenged"
    return part
