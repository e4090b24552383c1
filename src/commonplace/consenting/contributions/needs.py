"""What waits in rounds: for one's word or confirmation, for whoever objected, for a facilitator to return it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import CharField, DateTimeField, Exists, F, OuterRef, Q, TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.communities.contributions import MOST_COUNTED, Need, first_of
from commonplace.communities.dates import localtime
from commonplace.communities.models import Community
from commonplace.communities.models.membership import reachable
from commonplace.communities.needs import tended_by
from commonplace.communities.urgency import Urgency
from commonplace.consenting.kinds import Kind, LineEnd, Outcome, PartIn
from commonplace.consenting.matter import matter_of
from commonplace.consenting.models import Eligible, InLine, Objection, Party, Proposal, Remedy, RemedySeen, Stance
from commonplace.consenting.policy import returner
from commonplace.consenting.presenting.grouped import in_rows, sizes, together
from commonplace.ledger import clock
from commonplace.ledger.reading import NOW, READER, Place, Reading

WORKER_WAS_HERE = timedelta(minutes=15)
A_MONTH_AGO = Place(NOW.name, DateTimeField(), settle=lambda now: now - timedelta(days=30))
NO_REASON = Value("", output_field=TextField())
ONE_S_WORD = ("round", "entered")
WHY = "who is asked something is shown that"


class Waiting(NamedTuple):
    rank: int
    need: str
    row: str
    proposal: str
    title: str
    slug: str
    community: str
    since: datetime
    until: datetime
    language: str
    reason: str
    matter: str
    number: int
    choice: str
    about: str
    zone: str
    list: str
    subject: str


def waiting(person: Any) -> Iterator[Need]:
    """Own objections, then what closes soonest, a list as one; how many more there are is said of each community."""
    rows = [row._replace(zone="") if person.time_zone else row for row in WAITING.rows(reader=person)]
    groups = together(rows, _spoken_in)
    size_of = sizes(_spoken_in(group[0]) for group in groups)

    def need(group: Sequence[Waiting]) -> Need:
        first = group[0]
        alone = not _spoken_in(first)
        if not alone:
            return _list(group, size_of[first.list])
        return replace(NEEDS[first.need](first), kind=first.need, about=first.subject)

    return first_of(groups, need, lambda group: (FURTHER[group[0].need], group[0].slug), _further)


def _spoken_in(row: Waiting) -> str:
    """The list on whose page it is said."""
    return row.list if row.need in ONE_S_WORD else ""


def _list(rows: Sequence[Waiting], size: int) -> Need:
    """Rounds that were opened together are spoken in together."""
    first, n = rows[0], len(rows)
    lists, at = matter_of(first.matter).lists, reverse("list", args=[first.slug, first.list])
    title = lists.title(size) if lists else first.title
    left = _("%(n)s still to speak on") % {"n": n}
    detail, due = f"{_closes(first)}, {left}", first.until
    return Need("obj", _("Where do you stand?"), title, at, first.since, detail, due=due, kind="list")


def _further(groups: Sequence[Sequence[Waiting]]) -> Need:
    first, n = groups[0][0], sum(map(len, groups))
    at = reverse("proposals", args=[first.slug])
    more, is_over = FURTHER[first.need], first.need == "lost"
    detail, due = ("", None) if is_over else (_closes(first), first.until)
    words = more(n) % {"n": n}
    since, kind = clock.now(), more.__name__
    return Need("obj", words, first.community, at, since, detail, first.language, due=due, kind=kind)


def _more_rounds(n: int) -> str:
    return ngettext("%(n)s more round waits for you", "%(n)s more rounds wait for you", n)


def _more_objections(n: int) -> str:
    return ngettext("%(n)s more objection of yours waits for you", "%(n)s more objections of yours wait for you", n)


def _more_lost(n: int) -> str:
    return ngettext("%(n)s more round of yours could not open", "%(n)s more rounds of yours could not open", n)


def _more_closed(rows: Sequence[Any]) -> Need:
    here, n = rows[0].first.community, len(rows)
    words = ngettext("%(n)s more is closed, its rule is not met", "%(n)s more are closed, their rule is not met", n)
    at = reverse("proposals", args=[here.slug])
    since = rows[0].first.closes_at
    return Need("obj", words % {"n": n}, here.title, at, since, language=here.language, due=_returns(since))


def _returns(closed_at: datetime) -> datetime:
    """When it returns by itself."""
    return closed_at + timedelta(days=settings.DECISION_DAYS)


def _waiting() -> Any:
    """One query for all kinds of need."""
    entered = _entered().filter(proposal__decided_at=None, proposal__closes_at__gt=NOW)
    rows = _columns(_unspoken(), "round", "", "opened_at").union(
        _columns(entered, "entered", "proposal__", "taken_at"),
        _columns(_answerable(), "objection", "proposal__", "raised_at", rank=0),
        _columns(_restated(), "restated", "proposal__", "heard_at", rank=0),
        _lost(),
        _columns(_about_me(), "about", "", "opened_at"),
        all=True,
    )
    return rows.order_by("rank", "until")[:MOST_COUNTED]


def _unspoken() -> Any:
    """Rounds that wait for the reader's own word, and for which nobody has written it down."""
    rounds = Proposal.objects.visible_to(READER).open().filter(closes_at__gt=NOW)
    about: dict[str, Any] = {"proposal": OuterRef("pk"), "person": READER.pk}
    asked = Eligible.objects.filter(**about).everywhere(WHY)
    own_or_entered = Q(entered_by=None, number=OuterRef("number")) | Q(entered_by__isnull=False)
    spoken = Stance.objects.filter(own_or_entered, **about).current().everywhere(WHY)
    return rounds.filter(Exists(asked)).exclude(Exists(spoken))


def _entered(**about: Any) -> Any:
    """Written down by somebody else, and not confirmed."""
    rows = Stance.objects.visible_to(READER).current().filter(person=READER.pk, **about)
    return rows.exclude(entered_by=None)


def _answerable() -> Any:
    """One's own objections that somebody says are met, whose text has changed, unless one has said no to it; or that
    came out of a round that was withdrawn."""
    offered = Remedy.objects.filter(objection=OuterRef("pk")).everywhere(WHY)
    own = Objection.objects.visible_to(READER).standing().filter(raised_by=READER.pk, proposal__decided_at=None)
    asked = Q(Exists(offered.filter(refused_at=None))) | Q(proposal__number__gt=F("raised_on"))
    asked |= Q(taken_from__proposal__outcome=Outcome.WITHDRAWN)
    return own.filter(asked).exclude(kept_on=F("proposal__number"))


def _restated() -> Any:
    """One's own objections that somebody has said in their words, and oneself not whether that is meant."""
    own = Objection.objects.visible_to(READER).standing().filter(raised_by=READER.pk, understood_at=None)
    return own.exclude(heard_at=None).filter(proposal__decided_at=None, proposal__closes_at__gt=NOW)


def _about_me() -> Any:
    """A recall, a removal: who is concerned is heard, and not asked."""
    concerned = Party.objects.filter(proposal=OuterRef("pk"), person=READER.pk, part=PartIn.CONCERNED).everywhere(WHY)
    rounds = Proposal.objects.visible_to(READER).open().filter(matter__in=(Kind.RECALL, Kind.REMOVAL))
    return rounds.filter(Exists(concerned), closes_at__gt=NOW)


def _columns(rows: Any, need: str, to_round: str, since: str, rank: int = 1) -> Any:
    dated = rows.annotate(rank=Value(rank), need=Value(need), since=F(since), until=F(f"{to_round}closes_at"))
    about = (f"{to_round}pk", f"{to_round}title", f"{to_round}community__slug", f"{to_round}community__title")
    dated = dated.annotate(because=NO_REASON)
    asks = [f"{to_round}{column}" for column in ("matter", "number", "choice", "about")]
    here = (f"{to_round}community__language", "because", *asks, f"{to_round}community__time_zone")
    here = (*here, f"{to_round}list", f"{to_round}subject_id")
    return dated.values_list("rank", "need", "pk", *about, "since", "until", *here)


def _lost() -> Any:
    """One's own, whose turn came and which could not open; in place of a round it has what it is about."""
    rows = InLine.objects.visible_to(READER).filter(proposed_by=READER.pk, end=LineEnd.LOST, ended_at__gt=A_MONTH_AGO)
    about = Concat("matter", Value("/"), "subject_id", Value("/"), "about", output_field=CharField())
    dated = rows.annotate(rank=Value(0), need=Value("lost"), there=about, since=F("ended_at"), until=F("ended_at"))
    dated = dated.annotate(list=Value(""))
    where = ("title", "community__slug", "community__title", "since", "until", "community__language", "reason")
    asks = ("matter", "number", "choice", "about", "community__time_zone", "list", "subject_id")
    return dated.values_list("rank", "need", "pk", "there", *where, *asks)


def returnable(person: Any) -> Iterator[Need]:
    """Rounds that have closed, that the rule has not ended since, and that this person may return."""
    rows = in_rows(_returnable(person)) if tended_by(person) else []
    return first_of(rows, _closed, lambda row: row.first.community_id, _more_closed)


def _closed(row: Any) -> Need:
    what, first = _("Closed, its rule is not met: return it?"), row.first
    spoken, due = "" if row.is_list else first.community.language, _returns(first.closes_at)
    return Need("obj", what, row.title, row.href, first.closes_at, language=spoken, due=due, act=_("Return it"))


def _returnable(person: Any) -> Any:
    """The worker ends within minutes what the rule ends; what is held open for somebody waits."""
    held_since = clock.now() - timedelta(days=settings.REMEDY_DAYS)
    pending = RemedySeen.objects.filter(remedy__refused_at=None, remedy__objection__settled_at=None)
    held = pending.filter(
        reachable("remedy__objection__raised_by", "remedy__objection__proposal__community"),
        remedy__objection__proposal=OuterRef("pk"),
        at__gt=held_since,
        at__lt=OuterRef("closes_at"),
    ).everywhere(WHY)
    closed = Proposal.objects.visible_to(person).open().filter(closes_at__lte=clock.now() - WORKER_WAS_HERE)
    rows = closed.filter(returner.where(person, Proposal)).exclude(Exists(held))
    return rows.select_related("community").order_by("closes_at")[:MOST_COUNTED]


def _round(row: Waiting) -> Need:
    """Two rounds on one practice are told apart by what they ask."""
    meant = Proposal(matter=row.matter, number=row.number, choice=row.choice, about=row.about)
    return _need("obj", _("%(question)s Where do you stand?") % {"question": meant.asks}, row, _closes(row))


def _confirm(row: Waiting) -> Need:
    return _need("obj", _("Somebody wrote down where you stand: confirm it"), row, _closes(row))


def _closes(row: Waiting) -> str:
    """Day and hour, for whoever has chosen no time zone by the community's."""
    with timezone.override(ZoneInfo(row.zone) if row.zone else timezone.get_current_timezone()):
        return _("closes %(when)s") % {"when": localtime(row.until)}


def _objection(row: Waiting) -> Need:
    at = reverse("objection", args=[row.slug, row.proposal, row.row])
    stands = _("Does your objection still stand?")
    mine = Urgency.MINE
    if row.until <= clock.now():
        return Need("red", stands, row.title, at, row.since, language=row.language, urgency=mine)
    return Need("red", stands, row.title, at, row.since, _closes(row), row.language, row.until, mine)


def _is_meant(row: Waiting) -> Need:
    at = reverse("objection", args=[row.slug, row.proposal, row.row])
    what, mine = _("Your objection: is this what you mean?"), Urgency.MINE
    return Need("red", what, row.title, at, row.since, "", row.language, row.until, mine)


def _could_not_open(row: Waiting) -> Need:
    matter, subject, about = row.proposal.split("/")
    one = InLine(community=Community(slug=row.slug), matter=matter, subject_id=subject, about=about)
    what, at = _("Your proposal could not open"), one.get_absolute_url()
    return Need("red", what, row.title, at, row.since, row.reason, row.language)


def _about(row: Waiting) -> Need:
    need = _need("red", _("A round is about you: you are heard there"), row, _closes(row))
    return replace(need, urgency=Urgency.MINE)


def _need(phase: str, what: str, row: Waiting, detail: str) -> Need:
    at = reverse("proposal", args=[row.slug, row.proposal])
    return Need(phase, what, row.title, at, row.since, detail, row.language, row.until)


WAITING: Reading[Waiting] = Reading(_waiting, shape=Waiting)
NEEDS = {
    "round": _round, "entered": _confirm, "objection": _objection, "restated": _is_meant, "lost": _could_not_open,
    "about": _about,
}  # fmt: skip
FURTHER = {
    **dict.fromkeys(("round", "entered", "about"), _more_rounds),
    **dict.fromkeys(("objection", "restated"), _more_objections),
    "lost": _more_lost,
}
