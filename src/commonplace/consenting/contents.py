"""The lists of rounds: statements that are composed once. And what stands against the rounds on something."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, Q

from commonplace.communities.models import Community
from commonplace.communities.models.footing import where
from commonplace.communities.paging import Counted, Listing, in_figures
from commonplace.consenting.counting import returners
from commonplace.consenting.kinds import Kind, Outcome
from commonplace.consenting.models import Eligible, InLine, Objection, Party, Proposal, Stance
from commonplace.consenting.models.proposal import ProposalQuerySet
from commonplace.consenting.models.reading import readable_rounds, with_people
from commonplace.ledger.reading import READER, Place, Reading

MOST_OPEN, MANY = 40, 100
ENDINGS = ("", *(code.value for code in Outcome))
SOONEST_FIRST = ("closes_at", "pk")
WHY = "who reads a round sees whose turn it is"
WHY_COUNTED = "how many, on a page whose door asks"


def _here() -> ProposalQuerySet:
    """Whoever asks holds the community: joined, it would be what SQLite begins with, and the order is lost."""
    return Proposal.objects.visible_to(READER).filter(community=Place("community"))


def open_ones(person: Any, community: Any) -> ProposalQuerySet:
    return Proposal.objects.visible_to(person).filter(community=community).open().order_by(*SOONEST_FIRST)


def with_turns(person: Any, rows: ProposalQuerySet) -> ProposalQuerySet:
    """`mine`: it waits for the reader's own word; `opposed`: an objection stands."""
    about: dict[str, Any] = {"proposal": OuterRef("pk")}
    standing_ones = Objection.objects.filter(**about).standing().everywhere(WHY)
    mine = _is_asked(person, about) & ~_has_spoken(person, about)
    return rows.annotate(mine=mine, opposed=Exists(standing_ones))


def _is_asked(person: Any, about: dict[str, Any]) -> Q:
    return Q(Exists(Eligible.objects.filter(**about, person=person.pk).everywhere(WHY)))


def _has_spoken(person: Any, about: dict[str, Any]) -> Q:
    own = Stance.objects.filter(**about, person=person.pk, number=OuterRef("number")).current().own()
    return Q(Exists(own.everywhere(WHY)))


def _open() -> Any:
    """One too many says that there are more."""
    return with_turns(READER, open_ones(READER, Place("community")))[: MOST_OPEN + 1]


def _over(ended: str = "") -> Any:
    return _here().filter(decided_at__isnull=False, **({"outcome": ended} if ended else {}))


def ends(community: Any) -> dict[str, str]:
    """In figures, how many ended how; "" for all that are decided."""
    counted = ENDS.first(community=community.pk) or ()
    return {code: in_figures(n, MANY) for code, n in zip(ENDINGS, counted, strict=False)}


def _ends() -> Any:
    here = Community.objects.filter(pk=Place("community")).everywhere(WHY_COUNTED)
    over = Proposal.objects.filter(community=Place("community"), decided_at__isnull=False).everywhere(WHY_COUNTED)
    rows = [over.filter(outcome=code) if code else over for code in ENDINGS]
    each = {f"ended_{place}": Counted(one, "pk", MANY) for place, one in enumerate(rows)}
    return here.annotate(**each).values_list(*each)


def _in_line() -> Any:
    here = InLine.objects.visible_to(READER).filter(community=Place("community")).waiting()
    return with_people(here.select_related("community"), "proposed_by")[:MOST_OPEN]


def _one() -> Any:
    """By footings, that every page has read, where `visible_to` asks what else this person may read."""
    rows = Proposal.objects.filter(readable_rounds(READER, readers=_footed)).everywhere(WHY)
    part = Exists(Party.objects.filter(proposal=OuterRef("pk"), person=READER.pk).everywhere(WHY))
    one = rows.filter(community__slug=Place("slug"), pk=Place("proposal"))
    one = one.annotate(reader_has_part=part, has_returner=Exists(returners()))
    return one.select_related("community", "opened_by", "decided_by")


def _list() -> Any:
    """In any order that stays: what they are on has its own (`Lists.by`)."""
    rows = Proposal.objects.filter(readable_rounds(READER, readers=_footed)).everywhere(WHY)
    one = rows.filter(community__slug=Place("slug"), list=Place("list")).exclude(list="")
    return one.select_related("community", "opened_by").order_by("subject_id", "pk")


def _footed(person: Any, path: str) -> Q:
    return where(lambda one: one.may_read, person, path)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToMeet:
    """Beside a text that somebody writes: what it would have to meet."""

    template: ClassVar[str] = "consenting/to_meet.jinja"
    objections: Sequence[Objection]


def to_meet(person: Any, subject: Any, kind: Kind) -> ToMeet:
    """What stands against the open round on it, for whoever writes a text that would meet it."""
    about = {"proposal__subject_id": subject.pk, "proposal__matter": kind, "proposal__decided_at": None}
    rows = Objection.objects.visible_to(person).standing().filter(**about)
    return ToMeet(objections=list(with_people(rows, "raised_by", "heard_by").order_by("raised_at", "pk")))


IN_LINE: Reading[InLine] = Reading(_in_line)
LIST: Reading[Proposal] = Reading(_list)
ONE: Reading[Proposal] = Reading(_one)
OPEN: Reading[Proposal] = Reading(_open)
OVER: dict[str, Listing[Proposal]] = {code: Listing(partial(_over, code)) for code in ENDINGS}
ENDS: Reading[tuple[int, ...]] = Reading(_ends, shape=lambda *counted: counted)
