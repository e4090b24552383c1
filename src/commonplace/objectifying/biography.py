"""The biography of a practice, from the first question to the last application: told by the ledger, in the three colours."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.communities.models import Person
from commonplace.externalizing.models import Exchange
from commonplace.ledger.models import Act
from commonplace.objectifying.minimum import REPORTED
from commonplace.objectifying.models import OUTCOMES, Practice
from commonplace.objectifying.status import Kind, Outcome

LONG = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Moment:
    """`phase` ext, obj or int; `proposal` the id of a round to look up. A wait has neither time nor phase."""

    phase: str
    what: str
    detail: str = ""
    at: datetime | None = None
    proposal: str = ""


def story(practice: Practice, exchanges: Sequence[Exchange]) -> list[Act]:
    """The acts on the practice and on where it comes from, in order, each with its actor's `name`. One query."""
    names = Person.objects.filter(pk=OuterRef("actor")).values("name")[:1]
    about = reduce(or_, (Act.objects.about(subject) for subject in (practice, *exchanges)))
    return list(about.filter(verb__in=[*TOLD, REPORTED]).annotate(name=Subquery(names)).order_by("happened_at", "id"))


def moments(acts: Iterable[Act]) -> list[Moment]:
    told = [moment for act in acts if act.verb in TOLD for moment in [TOLD[act.verb](act)] if moment]
    return list(_with_waits([*told, *_applications([act for act in acts if act.verb == REPORTED])]))


def _with_waits(told: list[Moment]) -> Iterator[Moment]:
    before: datetime | None = None
    for moment in sorted(told, key=lambda moment: moment.at.timestamp() if moment.at else 0):
        if before and moment.at and moment.at - before > LONG:
            days = (moment.at - before).days
            yield Moment("wait", ngettext("%(n)s day", "%(n)s days", days) % {"n": days})
        before = moment.at
        yield moment


def _applications(reported: list[Act]) -> Iterator[Moment]:
    """Nobody is named: the first by somebody who had no part in it, and how many since."""
    first = next((act for act in reported if not act.evidence.get("originator")), None)
    if first:
        what = _("First used by somebody who had no part in it")
        yield Moment("int", what, APPLIED[str(first.evidence["outcome"])](), first.happened_at)
    if len(reported) > 1:
        counts = Counter(str(act.evidence["outcome"]) for act in reported)
        detail = ", ".join(f"{count} {APPLIED[outcome]()}" for outcome, count in counts.most_common())
        yield Moment("int", _("Used %(n)s times so far") % {"n": len(reported)}, detail, reported[-1].happened_at)


APPLIED: dict[str, Callable[[], str]] = {
    "worked": lambda: _("worked"),
    "adapted": lambda: _("adapted"),
    "failed": lambda: _("failed"),
}


def _obj(what: str, act: Act, detail: str = "") -> Moment:
    proposal = act.object if act.verb.startswith("proposal.") and "objection" not in act.verb else ""
    return Moment("obj", what % {"name": _name(act), **act.evidence}, detail, act.happened_at, proposal)


def _name(act: Act) -> str:
    return str(getattr(act, "name", "") or _("a former member"))


def _opened(act: Act) -> Moment:
    purpose = _("for creation") if act.evidence["purpose"] == "creation" else _("for re-use")
    return Moment("ext", _("%(name)s began an exchange") % {"name": _name(act)}, purpose, act.happened_at)


def _confirmed(act: Act) -> Moment:
    return Moment("ext", _("%(name)s: that helped") % {"name": _name(act)}, "", act.happened_at)


def _version(act: Act) -> Moment:
    return _obj(_("%(name)s wrote version %(number)s"), act)


def _round(act: Act) -> Moment:
    words = _("%(name)s proposed to settle the challenge")
    if act.evidence["kind"] == Kind.ACCEPTANCE:
        words = _("%(name)s proposed version %(number)s")
    return _obj(words, act)


def _answered(act: Act) -> Moment:
    met = act.evidence["how"] == "change"
    return _obj(_("An objection was met by version %(number)s") if met else _("An objection was withdrawn"), act)


def _decided(act: Act) -> Moment:
    told = act.evidence
    detail = ngettext("%(n)s concern kept for the review", "%(n)s concerns kept for the review", told["concerns"])
    voices = detail % {"n": told["concerns"]} if told["concerns"] else ""
    if told["outcome"] == Outcome.ACCEPTED:
        return _obj(_("Accepted by consent of %(consents)s of %(eligible)s"), act, voices)
    return _obj(_("Decided: %(outcome)s") % {"outcome": OUTCOMES[Outcome(told["outcome"])]}, act, voices)


TOLD: dict[str, Callable[[Act], Moment | None]] = {
    "exchange.opened": _opened,
    "exchange.confirmed": _confirmed,
    "practice.distilled": lambda act: _obj(_("%(name)s wrote it down"), act),
    "practice.version_added": _version,
    "proposal.opened": _round,
    "proposal.objection_raised": lambda act: _obj(_("%(name)s objected"), act),
    "proposal.objection_resolved": _answered,
    "proposal.decided": _decided,
    "challenge.raised": lambda act: _obj(_("Challenged by %(name)s"), act),
}
