"""The biography of a practice, from the first question to the last application, by the ledger and in three colours."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.communities.models import Person
from commonplace.externalizing.models import Exchange
from commonplace.ledger.models import Act, ActQuerySet
from commonplace.ledger.reading import Among, Reading
from commonplace.objectifying.models import Practice, Version
from commonplace.objectifying.reports import FAILED, REPORTED, report
from commonplace.objectifying.retelling import ACTOR, SHOWN, Beside, Moment, whose

LONG, LONGEST = timedelta(days=14), 500
FIRST, LAST, FEW = 3, 4, 2
BEGINNINGS = ("practice.distilled", "practice.brought")


def story(practice: Practice, exchanges: Sequence[Exchange]) -> list[Act]:
    """The last acts on the practice and on where it comes from, in order, each with its actor. One query.

    By what `ACTOR` names.
    """
    return STORY.rows(subjects=[one.pk for one in (practice, *exchanges)])[::-1]


def _story() -> ActQuerySet:
    who = Person.objects.filter(pk=OuterRef("actor"))
    actor = {name: Subquery(who.values(column)[:1]) for name, column in ACTOR.items() if name != "actor"}
    about = Act.objects.filter(subject__in=Among("subjects")).everywhere("who asks holds what they are about")
    shown = about.filter(verb__in=[*SHOWN, REPORTED]).annotate(**actor)
    return shown.order_by("-happened_at", "-id")[:LONGEST]


STORY: Reading[Act] = Reading(_story)


@dataclass(frozen=True)
class Told:
    """`before` and `after` are shown; what lies `between`, if it is much, is folded, with the waits around it."""

    moments: Sequence[Moment]

    @property
    def before(self) -> Sequence[Moment]:
        return self.moments[: self._fold.start]

    @property
    def between(self) -> Sequence[Moment]:
        return self.moments[self._fold]

    @property
    def after(self) -> Sequence[Moment]:
        return self.moments[self._fold.stop :]

    @property
    def steps_between(self) -> int:
        return len(_steps(self.between))

    @cached_property
    def _fold(self) -> slice:
        steps = _steps(self.moments)
        few = len(steps) <= FIRST + LAST + FEW
        return slice(len(self.moments), len(self.moments)) if few else slice(steps[FIRST - 1] + 1, steps[-LAST])


def _steps(moments: Sequence[Moment]) -> list[int]:
    """Where what is no wait stands."""
    return [place for place, moment in enumerate(moments) if moment.at]


def moments(
    acts: Iterable[Act], exchanges: Sequence[Any] = (), versions: Sequence[Version] = (), names_people: bool = False
) -> list[Moment]:
    """`exchanges` and `versions`: those that are told with what people wrote; `names_people`: whoever reads this may
    read who used it, and so how many did."""
    acts = list(acts)
    beside = Beside.of(acts, exchanges, versions)
    known = [act for act in _without_beginnings(acts) if act.verb in SHOWN and not beside.is_told_elsewhere(act)]
    moments_of = ((act, SHOWN[act.verb](act, beside)) for act in known)
    shown = [replace(moment, who=moment.who or whose(act)) for act, moment in moments_of]
    used = _applications([act for act in acts if act.verb == REPORTED], names_people)
    return list(_with_waits([*shown, *used]))


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
    before = None
    for moment in sorted(shown, key=lambda moment: moment.at.timestamp() if moment.at else 0):
        if before and moment.at and moment.at - before > LONG:
            days = (moment.at - before).days
            yield Moment("wait", ngettext("%(n)s day", "%(n)s days", days) % {"n": days})
        before = moment.at
        yield moment


def _applications(acts: list[Act], names_people: bool) -> Iterator[Moment]:
    """Nobody is named: the first by somebody who had no part in it, and how many since."""
    reports = [(act.happened_at, report(act)) for act in acts]
    first = next((each for each in reports if not each[1].originator), None)
    if first:
        what = _("First used by somebody who had no part in it")
        yield Moment("int", what, APPLIED[first[1].outcome](), first[0])
    if len(reports) > 1:
        counts = Counter(each.outcome for _at, each in reports)
        detail = ", ".join(f"{count} {APPLIED[outcome]()}" for outcome, count in counts.most_common())
        people = len({act.actor for act in acts}) if names_people else 0
        yield Moment("int", _how_often(len(reports), people), detail, reports[-1][0])


def _how_often(times: int, people: int) -> str:
    """`people`: 0 where that is not for the reader."""
    if people < 2:
        return _("Used %(n)s times so far") % {"n": times}
    return _("Used %(n)s times so far, by %(people)s people") % {"n": times, "people": people}


APPLIED: Mapping[str, Any] = {
    "worked": lambda: _("worked"),
    "adapted": lambda: _("adapted"),
    FAILED: lambda: _("failed"),
}
