"""The biography of a practice, from the first question to the last application, by the ledger and in three colours."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.communities.models import Person
from commonplace.consenting.evidence import Decided, ObjectionRaised, ObjectionResolved, ProposalOpened
from commonplace.consenting.kinds import How, Kind, Outcome
from commonplace.consenting.models import OUTCOMES
from commonplace.externalizing.evidence import Opened
from commonplace.externalizing.models import Exchange, Purpose
from commonplace.ledger.models import Act, ActQuerySet
from commonplace.ledger.reading import Among, Reading
from commonplace.objectifying.evidence import AudienceSet, Brought, ChallengeSettled, ReviewDone, VersionAdded
from commonplace.objectifying.models import ENDS, REVIEWED, Practice
from commonplace.objectifying.reports import REPORTED, report
from commonplace.objectifying.status import AudienceKind, Settled

LONG, LONGEST = timedelta(days=14), 500
BEGINNINGS = ("practice.distilled", "practice.brought")


@dataclass(frozen=True, slots=True)
class Moment:
    """`phase` ext, obj or int; `proposal` the id of a round to look up. A wait has neither time nor phase."""

    phase: str
    what: str
    detail: str = ""
    at: datetime | None = None
    proposal: str = ""


def story(practice: Practice, exchanges: Sequence[Exchange]) -> list[Act]:
    """The last acts on the practice and on where it comes from, in order, each with its actor. One query.

    The actor's `name`, and whether it is a `bot`.
    """
    return STORY.rows(subjects=[one.pk for one in (practice, *exchanges)])[::-1]


def _story() -> ActQuerySet:
    who = Person.objects.filter(pk=OuterRef("actor"))
    actor = {name: Subquery(who.values(name)[:1]) for name in ("name", "namesake", "is_bot")}
    about = Act.objects.filter(subject__in=Among("subjects")).everywhere("who asks holds what they are about")
    shown = about.filter(verb__in=[*SHOWN, REPORTED]).annotate(**actor)
    return shown.order_by("-happened_at", "-id")[:LONGEST]


STORY: Reading[Act] = Reading(_story)


def moments(acts: Iterable[Act]) -> list[Moment]:
    acts = list(acts)
    by_object = {act.object: act for act in acts if act.verb in ("challenge.raised", "proposal.decided")}
    known = _without_beginnings(acts)
    shown = [_answering(act, by_object) or SHOWN[act.verb](act) for act in known if act.verb in SHOWN]
    return list(_with_waits([*shown, *_applications([act for act in acts if act.verb == REPORTED])]))


def _without_beginnings(acts: Iterable[Act]) -> Iterator[Act]:
    """Whom it is for is told of each practice as it begins, and changed by nobody then."""
    begins = False
    for act in acts:
        if act.verb == "practice.audience_set" and begins:
            begins = False
            continue
        begins = begins or act.verb in BEGINNINGS
        yield act


def _with_waits(shown: list[Moment]) -> Iterator[Moment]:
    before: datetime | None = None
    for moment in sorted(shown, key=lambda moment: moment.at.timestamp() if moment.at else 0):
        if before and moment.at and moment.at - before > LONG:
            days = (moment.at - before).days
            yield Moment("wait", ngettext("%(n)s day", "%(n)s days", days) % {"n": days})
        before = moment.at
        yield moment


def _applications(acts: list[Act]) -> Iterator[Moment]:
    """Nobody is named: the first by somebody who had no part in it, and how many since."""
    reports = [(act.happened_at, report(act)) for act in acts]
    first = next((each for each in reports if not each[1].originator), None)
    if first:
        what = _("First used by somebody who had no part in it")
        yield Moment("int", what, APPLIED[first[1].outcome](), first[0])
    if len(reports) > 1:
        counts = Counter(each.outcome for _at, each in reports)
        detail = ", ".join(f"{count} {APPLIED[outcome]()}" for outcome, count in counts.most_common())
        yield Moment("int", _("Used %(n)s times so far") % {"n": len(reports)}, detail, reports[-1][0])


APPLIED: dict[str, Callable[[], str]] = {
    "worked": lambda: _("worked"),
    "adapted": lambda: _("adapted"),
    "failed": lambda: _("failed"),
}


def _of_practice(act: Act, what: str) -> Moment:
    return Moment("obj", what % {"name": _name(act)}, at=act.happened_at)


def _of_round(act: Act, what: str, detail: str = "") -> Moment:
    return Moment("obj", what, detail, act.happened_at, act.object)


def _name(act: Act) -> str:
    known = {name: value for name in ("namesake", "is_bot") if (value := getattr(act, name, None)) is not None}
    return Person(name=getattr(act, "name", None) or _("a former member"), **known).called


def _began(act: Act) -> Moment:
    purpose = _("for creation") if Opened.of(act).purpose == Purpose.CREATION else _("for re-use")
    return Moment("ext", _("%(name)s began an exchange") % {"name": _name(act)}, purpose, act.happened_at)


def _confirmed(act: Act) -> Moment:
    return Moment("ext", _("%(name)s: that helped") % {"name": _name(act)}, "", act.happened_at)


def _version(act: Act) -> Moment:
    written = {"name": _name(act), "number": VersionAdded.of(act).number}
    return Moment("obj", _("%(name)s wrote version %(number)s") % written, "", act.happened_at)


def _for_others(act: Act) -> Moment:
    named = AudienceSet.of(act)
    what = _("%(name)s changed for whom version %(number)s is") % {"name": _name(act), "number": named.number}
    return Moment("obj", what, FOR[named.audience_kind](len(named.unit_ids)), act.happened_at)


FOR: dict[AudienceKind, Callable[[int], str]] = {
    AudienceKind.EVERYONE: lambda units: _("For everyone here"),
    AudienceKind.NEWCOMERS: lambda units: _("For newcomers"),
    AudienceKind.UNITS: lambda units: ngettext("For %(n)s unit", "For %(n)s units", units) % {"n": units},
}


def _proposed(act: Act) -> Moment:
    opened = ProposalOpened.of(act)
    if opened.matter == Kind.SETTLEMENT:
        return _of_round(act, _("%(name)s proposed to settle the challenge") % {"name": _name(act)})
    if opened.matter == Kind.RETIREMENT:
        return _of_round(act, _("%(name)s proposed to retire it") % {"name": _name(act)})
    return _of_round(act, _("%(name)s proposed version %(number)s") % {"name": _name(act), "number": opened.number})


def _answering(act: Act, by_object: Mapping[str, Act]) -> Moment | None:
    """Which version answered whose challenge, where that is told among the acts that are shown."""
    if act.verb != "challenge.settled":
        return None
    settled = ChallengeSettled.of(act)
    raised, ended = by_object.get(settled.challenge), by_object.get(settled.proposal)
    if settled.outcome != Settled.ANSWERED or raised is None or ended is None:
        return None
    decided = Decided.of(ended)
    if decided.matter != Kind.ACCEPTANCE:
        return None
    words = _("Version %(number)s answered the challenge by %(name)s")
    return Moment("obj", words % {"number": decided.number, "name": _name(raised)}, "", act.happened_at)


def _objected(act: Act) -> Moment:
    """What stood against a round that was withdrawn stands in the next one: nobody raised it anew."""
    if ObjectionRaised.of(act).taken_from:
        return Moment("obj", _("An objection goes on from the round before"), "", act.happened_at)
    return _of_practice(act, _("%(name)s objected"))


def _answered(act: Act) -> Moment:
    resolved = ObjectionResolved.of(act)
    if resolved.how != How.CHANGE:
        return Moment("obj", SETTLED[resolved.how](), "", act.happened_at)
    met = _("An objection was met by version %(number)s") % {"number": resolved.number}
    return Moment("obj", met, "", act.happened_at)


def _brought(act: Act) -> Moment:
    brought = Brought.of(act)
    if not brought.from_practice:
        return _of_practice(act, _("%(name)s brought it in"))
    words = _("%(name)s took it over, in other words than theirs") if brought.adapted else _("%(name)s took it over")
    return _of_practice(act, words)


SETTLED: dict[How, Callable[[], str]] = {
    How.WITHDRAWN: lambda: _("An objection was withdrawn"),
    How.DISSENT: lambda: _("An objection is kept as dissent"),
    How.TAKEN_UP: lambda: _("An objection was taken up by somebody else"),
}


def _reviewed(act: Act) -> Moment:
    done = ReviewDone.of(act)
    return Moment("obj", _("Looked at again: %(how)s") % {"how": REVIEWED[done.outcome]}, "", act.happened_at)


def _decided(act: Act) -> Moment:
    decided = Decided.of(act)
    kept = ngettext("%(n)s concern kept for the review", "%(n)s concerns kept for the review", decided.concerns)
    detail = kept % {"n": decided.concerns} if decided.concerns else ""
    if decided.outcome == Outcome.ACCEPTED:
        counts = {"consents": decided.consents, "eligible": decided.eligible}
        return _of_round(act, _("Accepted by consent of %(consents)s of %(eligible)s") % counts, detail)
    return _of_round(act, _("Decided: %(outcome)s") % {"outcome": OUTCOMES[decided.outcome]}, detail)


SHOWN: dict[str, Callable[[Act], Moment]] = {
    "exchange.opened": _began,
    "exchange.confirmed": _confirmed,
    "practice.distilled": lambda act: _of_practice(act, _("%(name)s wrote it down")),
    "practice.credited": lambda act: _of_practice(act, _("%(name)s corrected whom it credits")),
    "practice.brought": _brought,
    "practice.filed": lambda act: _of_practice(act, _("%(name)s corrected its topics")),
    "practice.backed": lambda act: _of_practice(act, _("%(name)s: it is in use")),
    "practice.version_added": _version,
    "practice.audience_set": _for_others,
    "proposal.opened": _proposed,
    "proposal.objection_raised": _objected,
    "proposal.objection_resolved": _answered,
    "proposal.decided": _decided,
    "proposal.withdrawn": lambda act: _of_round(act, _("%(name)s withdrew the proposal") % {"name": _name(act)}),
    "challenge.raised": lambda act: _of_practice(act, _("Challenged by %(name)s")),
    "challenge.taken_back": lambda act: _of_practice(act, _("%(name)s took the challenge back")),
    "challenge.settled": lambda act: Moment("obj", str(ENDS[ChallengeSettled.of(act).outcome]), "", act.happened_at),
    "review.done": _reviewed,
    "practice.set_aside": lambda act: _of_practice(act, _("%(name)s set it aside")),
    "practice.replaced": lambda act: Moment("obj", _("Another practice stands in for it"), "", act.happened_at),
    "practice.retired": lambda act: Moment("obj", _("It is retired"), "", act.happened_at),
}
