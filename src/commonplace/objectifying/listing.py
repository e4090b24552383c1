"""Brought practices that are put to consent together: which may be, and what is read of all of them at once."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, TypeVar

from django.db.models import Count, F
from django.http import QueryDict
from django.utils.translation import gettext_lazy, ngettext

from commonplace.communities.contributions import Panel
from commonplace.communities.models import Community
from commonplace.communities.paging import key
from commonplace.consenting.matter import Beneath, Lists
from commonplace.ledger.models import Act
from commonplace.ledger.once import once
from commonplace.objectifying.crediting import CREDITS, named_in
from commonplace.objectifying.deciding import decided_on
from commonplace.objectifying.minimum import demanded, heard
from commonplace.objectifying.models import Backing, Bringing, Practice, PracticeQuerySet, Version
from commonplace.objectifying.models.version import read_units
from commonplace.objectifying.reach import Reach
from commonplace.objectifying.reports import REPORTED
from commonplace.objectifying.status import Status

R = TypeVar("R")
WHY = "who reads a practice reads what would be asked of it"
IN_FORCE = (Status.BROUGHT, Status.CONTESTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class InListPanel(Panel):
    """From where a practice of the list was brought in."""

    template: ClassVar[str] = "objectifying/in_list.jinja"
    bringing: Bringing


def may_be(practice: Practice) -> bool:
    """In force by another authority, and not agreed on here."""
    return bool(practice.course.brought and not practice.course.last_agreed)


def not_agreed(course: str) -> dict[str, Any]:
    """Of what is in force by another authority, and neither agreed on here nor in a round; `course`: the way to it."""
    return {f"{course}__brought__gt": 0, f"{course}__last_agreed": 0, f"{course}__status__in": IN_FORCE}


def rows(person: Any, community: Community, asked: QueryDict) -> PracticeQuerySet:
    """`?practice=`, as often as one likes: these. `?batch=`: what came in together. Without, all that are in force and
    in no round."""
    ids = [pk.replace("\0", "") for pk in asked.getlist("practice")]
    here = Practice.objects.visible_to(person).select_related("community", "course", "bringing__by")
    if ids:
        return here.filter(community=community, pk__in=ids)
    here = here.filter(bringing__batch=batch) if (batch := key(asked, "batch")) else here
    return here.filter(course__community=community, **not_agreed("course"))


def read(practices: Sequence[Practice]) -> None:
    """What the guard would ask of each, one by one."""
    acts = _by_practice((act.subject, act) for act in _acts(practices))
    wrote = _by_practice((pk, pair) for pk, *pair in _versions(practices).values_list("practice", "number", "author"))
    newest = {one.practice_id: one for one in _versions(practices).filter(number=F("practice__course__latest"))}
    read_units(list(newest.values()))
    backers, decided = _backers(practices), decided_on(practices)
    here = _heard(practices, [act.actor for each in acts.values() for act in each])
    for one in practices:
        number = one.course.latest
        known = {
            ("subject", Practice, one.pk): one,
            ("version", one.pk, number): newest.get(one.pk),
            ("decided", one.pk, number): number in decided[one.pk],
            ("wrote", one.pk): wrote[one.pk],
            ("credited", one.pk): named_in(acts[one.pk], "authors", "contributors"),
            ("backers", one.pk): backers.get(one.pk, 0),
            ("here", one.pk): here,
        }
        for what, value in known.items():
            once(what, partial(_known, value))
        if one.course.brought:
            once(("demands", one.pk), partial(demanded, one, 0, acts[one.pk]))


def _for_whom(practice: Practice, number: int) -> Beneath:
    version = once(("version", practice.pk, number), lambda: practice.versions.filter(number=number).first())
    if version is None:
        return Beneath("", "")
    units = ",".join(sorted(unit.pk for unit in version.units))
    mark = hashlib.sha256(f"{version.audience} {units}".encode()).hexdigest()[:12]
    return Beneath(mark, Reach(version, practice.community).line)


def beside(practices: Sequence[Practice]) -> Mapping[str, Panel]:
    whences = Bringing.objects.filter(practice__in=practices).select_related("by").everywhere(WHY)
    return {one.practice_id: InListPanel(bringing=one) for one in whences}


def _acts(practices: Sequence[Practice]) -> Iterable[Act]:
    about = {"subject__in": [one.pk for one in practices], "verb__in": [REPORTED, *CREDITS]}
    return Act.objects.filter(**about).everywhere(WHY).order_by("id")


def _versions(practices: Sequence[Practice]) -> Any:
    return Version.objects.filter(practice__in=practices).everywhere(WHY)


def _backers(practices: Sequence[Practice]) -> Mapping[str, int]:
    backed = Backing.objects.filter(bringing__practice__in=practices).by_members().everywhere(WHY)
    return dict(backed.order_by().values_list("bringing__practice").annotate(n=Count("pk")))


def _heard(practices: Sequence[Practice], reporters: Sequence[str]) -> set[str]:
    brought = [one.bringing.by_id for one in practices if one.course.brought]
    return heard(practices[0].community, [*brought, *reporters]) if brought else set()


def _by_practice(pairs: Iterable[tuple[str, R]]) -> Mapping[str, list[R]]:
    each: dict[str, list[R]] = defaultdict(list)
    for practice, row in pairs:
        each[practice].append(row)
    return each


def _known(value: R) -> R:
    return value


def _title(n: int) -> str:
    return ngettext("%(n)s practice that is in force", "%(n)s practices that are in force", n) % {"n": n}


LISTS = Lists(
    may_be=may_be,
    rows=rows,
    read=read,
    beside=beside,
    title=_title,
    question=gettext_lazy("Good enough for now, safe enough to try?"),
    several=gettext_lazy("Put several that are in force to consent together"),
    beneath=_for_whom,
    by=("begun_at", "pk"),
)
