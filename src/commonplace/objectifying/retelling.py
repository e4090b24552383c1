"""How each act in the life of a practice is told: who did what, in words; what it led to stands with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.communities.models import Person
from commonplace.consenting.evidence import Decided, ObjectionRaised, ObjectionResolved, ProposalOpened
from commonplace.consenting.kinds import How, Kind, Outcome
from commonplace.consenting.models import OUTCOMES
from commonplace.externalizing.evidence import Confirmed, Opened
from commonplace.externalizing.models import Kind as Asked
from commonplace.externalizing.models import Response
from commonplace.ledger.models import Act
from commonplace.objectifying.contents import HELPER
from commonplace.objectifying.evidence import (
    AudienceSet,
    Brought,
    ChallengeRaised,
    ChallengeSettled,
    ReviewDone,
    VersionAdded,
)
from commonplace.objectifying.models import ENDS, GROUNDS, PARTS, REVIEWED, Version
from commonplace.objectifying.status import AudienceKind, Settled

RAISED, RESOLVED = "proposal.objection_raised", "proposal.objection_resolved"
DECIDED, CHALLENGED, SETTLED_BY = "proposal.decided", "challenge.raised", "challenge.settled"


@dataclass(frozen=True, slots=True)
class Moment:
    """`phase` ext, obj or int; `proposal` the id of a round to look up; else `href` may lead on. `quoted`: what people
    wrote. `who` is named in `what`, `by` in `detail`, as `called`. A wait has neither time nor phase."""

    phase: str
    what: str
    detail: str = ""
    at: datetime | None = None
    proposal: str = ""
    href: str = ""
    quoted: str = ""
    who: Person | None = None
    by: Person | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """What an act is told with: `resolved` by its objection, `settled` by the round that did, others by their id."""

    exchanges: Mapping[str, Any]
    versions: Mapping[int, Version]
    raised: Mapping[str, Act]
    resolved: Mapping[str, Act]
    settled: Mapping[str, ChallengeSettled]
    decided: Mapping[str, Decided]
    challenged: Mapping[str, Act]

    @staticmethod
    def of(acts: Iterable[Act], exchanges: Iterable[Any], versions: Iterable[Version]) -> Beside:
        by_object: dict[str, dict[str, Act]] = {verb: {} for verb in (RAISED, RESOLVED, DECIDED, CHALLENGED)}
        settled = {}
        for act in acts:
            if act.verb in by_object:
                by_object[act.verb][act.object] = act
            elif act.verb == SETTLED_BY and (end := ChallengeSettled.of(act)).proposal:
                settled[end.proposal] = end
        return Beside(
            exchanges={one.pk: one for one in exchanges},
            versions={one.number: one for one in versions},
            raised=by_object[RAISED],
            resolved=by_object[RESOLVED],
            settled=settled,
            decided={pk: Decided.of(act) for pk, act in by_object[DECIDED].items()},
            challenged=by_object[CHALLENGED],
        )

    def is_told_elsewhere(self, act: Act) -> bool:
        """With the objection that it is about; with the round that settled it."""
        if act.verb == RESOLVED:
            return act.object in self.raised
        if act.verb != SETTLED_BY:
            return False
        ended = self.decided.get(ChallengeSettled.of(act).proposal)
        return ended is not None and ended.matter == Kind.SETTLEMENT


def _of_practice(act: Act, what: str, detail: str = "") -> Moment:
    return Moment("obj", what % {"name": _name(act)}, detail, act.happened_at)


def _of_round(act: Act, what: str, detail: str = "") -> Moment:
    return Moment("obj", what, detail, act.happened_at, act.object)


def _name(act: Act) -> str:
    who = whose(act)
    return who.called if who else _("a former member")


ACTOR = {"actor": "id", "name": "name", "namesake": "namesake", "is_bot": "is_bot", "actor_origin": "origin"}
"""As an act is read with whoever did it."""


def whose(row: Any, names: Mapping[str, str] = ACTOR) -> Person | None:
    """Whoever was read beside a row under these names, while they have one."""
    known = {column: getattr(row, name, None) for name, column in names.items()}
    return Person(**{column: value for column, value in known.items() if value is not None}) if known["name"] else None


def _began(act: Act, beside: Beside) -> Moment:
    moment = Moment("ext", BEGAN[Opened.of(act).kind]() % {"name": _name(act)}, "", act.happened_at)
    exchange = beside.exchanges.get(act.subject)
    return replace(moment, quoted=exchange.title, href=exchange.get_absolute_url()) if exchange else moment


BEGAN: dict[Asked, Callable[[], str]] = {
    Asked.REQUEST: lambda: _("%(name)s asked"),
    Asked.PROBLEM: lambda: _("%(name)s had a problem"),
    Asked.OFFER: lambda: _("%(name)s offered"),
    Asked.STORY: lambda: _("%(name)s told"),
}


def _confirmed(act: Act, beside: Beside) -> Moment:
    """By whom the answer is, where it is the one that the exchange shows."""
    exchange, answer = beside.exchanges.get(act.subject), Confirmed.of(act).response
    thanks = _("%(name)s: that helped") % {"name": _name(act)}
    if not exchange or not answer or exchange.course.helped != answer or Confirmed.of(act).own_response:
        return Moment("ext", thanks, "", act.happened_at)
    who = whose(exchange, HELPER)
    href = Response(pk=answer, exchange=exchange).get_absolute_url()
    answered = _("%(name)s answered") % {"name": who.called if who else _("a former member")}
    return Moment("ext", answered, thanks, act.happened_at, href=href, who=who, by=whose(act))


def _version(act: Act, beside: Beside) -> Moment:
    """Which parts it changed, and what its author said of that."""
    added = VersionAdded.of(act)
    what = _("%(name)s wrote version %(number)s") % {"name": _name(act), "number": added.number}
    moment = Moment("obj", what, ", ".join(str(PARTS[part]) for part in added.parts), act.happened_at)
    version = beside.versions.get(added.number)
    return replace(moment, quoted=version.note, href=version.get_absolute_url()) if version else moment


def _for_others(act: Act, beside: Beside) -> Moment:
    named = AudienceSet.of(act)
    what = _("%(name)s changed for whom version %(number)s is") % {"name": _name(act), "number": named.number}
    return Moment("obj", what, FOR[named.audience_kind](len(named.unit_ids)), act.happened_at)


FOR: dict[AudienceKind, Callable[[int], str]] = {
    AudienceKind.EVERYONE: lambda units: _("For everyone here"),
    AudienceKind.NEWCOMERS: lambda units: _("For newcomers"),
    AudienceKind.UNITS: lambda units: ngettext("For %(n)s unit", "For %(n)s units", units) % {"n": units},
}


def _proposed(act: Act, beside: Beside) -> Moment:
    opened = ProposalOpened.of(act)
    if opened.matter == Kind.SETTLEMENT:
        return _of_round(act, _("%(name)s proposed to settle the challenge") % {"name": _name(act)})
    if opened.matter == Kind.RETIREMENT:
        return _of_round(act, _("%(name)s proposed to retire it") % {"name": _name(act)})
    return _of_round(act, _("%(name)s proposed version %(number)s") % {"name": _name(act), "number": opened.number})


def _objected(act: Act, beside: Beside) -> Moment:
    """What stood against a round that was withdrawn stands in the next one: nobody raised it anew."""
    resolved = beside.resolved.get(act.object)
    how = MET[(end := ObjectionResolved.of(resolved)).how](end.number) if resolved else ""
    if ObjectionRaised.of(act).taken_from:
        return Moment("obj", _("An objection goes on from the round before"), how, act.happened_at)
    return _of_practice(act, _("%(name)s objected"), how)


MET: dict[How, Callable[[int | None], str]] = {
    How.CHANGE: lambda number: _("met by version %(number)s") % {"number": number},
    How.WITHDRAWN: lambda number: _("withdrawn"),
    How.DISSENT: lambda number: _("kept as dissent"),
    How.TAKEN_UP: lambda number: _("taken up by somebody else"),
}


def _answered(act: Act, beside: Beside) -> Moment:
    resolved = ObjectionResolved.of(act)
    if resolved.how != How.CHANGE:
        return Moment("obj", SETTLED[resolved.how](), "", act.happened_at)
    met = _("An objection was met by version %(number)s") % {"number": resolved.number}
    return Moment("obj", met, "", act.happened_at)


SETTLED: dict[How, Callable[[], str]] = {
    How.WITHDRAWN: lambda: _("An objection was withdrawn"),
    How.DISSENT: lambda: _("An objection is kept as dissent"),
    How.TAKEN_UP: lambda: _("An objection was taken up by somebody else"),
}


def _challenged(act: Act, beside: Beside) -> Moment:
    return _of_practice(act, _("Challenged by %(name)s"), str(GROUNDS[ChallengeRaised.of(act).ground]))


def _challenge_ended(act: Act, beside: Beside) -> Moment:
    """Which version answered whose challenge, where that is told among the acts that are shown."""
    settled = ChallengeSettled.of(act)
    raised, decided = beside.challenged.get(settled.challenge), beside.decided.get(settled.proposal)
    if settled.outcome != Settled.ANSWERED or not raised or not decided or decided.matter != Kind.ACCEPTANCE:
        return Moment("obj", str(ENDS[settled.outcome]), "", act.happened_at)
    words = _("Version %(number)s answered the challenge by %(name)s")
    return Moment("obj", words % {"number": decided.number, "name": _name(raised)}, "", act.happened_at)


def _brought(act: Act, beside: Beside) -> Moment:
    brought = Brought.of(act)
    if not brought.from_practice:
        return _of_practice(act, _("%(name)s brought it in"))
    words = _("%(name)s took it over, in other words than theirs") if brought.adapted else _("%(name)s took it over")
    return _of_practice(act, words)


def _reviewed(act: Act, beside: Beside) -> Moment:
    done = ReviewDone.of(act)
    return Moment("obj", _("Looked at again: %(how)s") % {"how": REVIEWED[done.outcome]}, "", act.happened_at)


def _decided(act: Act, beside: Beside) -> Moment:
    decided, settled = Decided.of(act), beside.settled.get(act.object)
    kept = ngettext("%(n)s concern kept for the review", "%(n)s concerns kept for the review", decided.concerns)
    detail = kept % {"n": decided.concerns} if decided.concerns else ""
    if decided.outcome != Outcome.ACCEPTED:
        return _of_round(act, _("Decided: %(outcome)s") % {"outcome": OUTCOMES[decided.outcome]}, detail)
    counts = {"consents": decided.consents, "eligible": decided.eligible}
    if decided.matter == Kind.SETTLEMENT and settled:
        what = _("The challenge was settled by consent of %(consents)s of %(eligible)s")
        return _of_round(act, what % counts, str(ENDS[settled.outcome]))
    return _of_round(act, _("Accepted by consent of %(consents)s of %(eligible)s") % counts, detail)


Tell = Callable[[Act, Beside], Moment]
SHOWN: dict[str, Tell] = {
    "exchange.opened": _began,
    "exchange.confirmed": _confirmed,
    "practice.distilled": lambda act, beside: _of_practice(act, _("%(name)s wrote it down")),
    "practice.credited": lambda act, beside: _of_practice(act, _("%(name)s corrected whom it credits")),
    "practice.brought": _brought,
    "practice.filed": lambda act, beside: _of_practice(act, _("%(name)s corrected its topics")),
    "practice.backed": lambda act, beside: _of_practice(act, _("%(name)s: it is in use")),
    "practice.version_added": _version,
    "practice.audience_set": _for_others,
    "proposal.opened": _proposed,
    RAISED: _objected,
    RESOLVED: _answered,
    DECIDED: _decided,
    "proposal.withdrawn": lambda act, beside: _of_round(
        act, _("%(name)s withdrew the proposal") % {"name": _name(act)}
    ),
    CHALLENGED: _challenged,
    "challenge.taken_back": lambda act, beside: _of_practice(act, _("%(name)s took the challenge back")),
    SETTLED_BY: _challenge_ended,
    "review.done": _reviewed,
    "practice.set_aside": lambda act, beside: _of_practice(act, _("%(name)s set it aside")),
    "practice.replaced": lambda act, beside: Moment("obj", _("Another practice stands in for it"), "", act.happened_at),
    "practice.retired": lambda act, beside: Moment("obj", _("It is retired"), "", act.happened_at),
}
