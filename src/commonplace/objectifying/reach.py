"""How many people an audience is now, and how that is said; and whom a version is for, in words.

Everyone is counted for whoever reads. Of units the members in them are, for members, who read in the list of members
who works where. Of newcomers nobody is: what somebody said on joining is theirs.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, QuerySet, SmallIntegerField
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.communities.models import Community, Membership, Person, Role, RoleKind, Unit, Visibility, footing
from commonplace.communities.models.membership import is_newcomer
from commonplace.communities.paging import Counted, in_figures
from commonplace.communities.units import Placed, tree, with_parts
from commonplace.ledger import clock
from commonplace.ledger.once import once
from commonplace.ledger.reading import Place, Reading
from commonplace.objectifying.audience import EVERYONE, NEWCOMERS, Audience
from commonplace.objectifying.models import AUDIENCES, Version
from commonplace.objectifying.status import AudienceKind

WHY = "how many people an audience is"
MOST = 1_000
"""No more are counted for a page."""


def readers(community: Community) -> QuerySet[Person]:
    """Accounts that may read here (`Footing.may_read`), no bots."""
    return _readers(community, community.visibility == Visibility.OPEN)


def _readers(community: Community | Place, is_open: bool) -> QuerySet[Person]:
    people = Person.objects.accounts().filter(is_active=True, is_bot=False)
    here = {"community": community, "person": OuterRef("pk")}
    belongs = Exists(Membership.objects.filter(**here).current().everywhere(WHY))
    if not is_open:
        return people.filter(belongs)
    sponsors = Role.objects.filter(**here, kind=RoleKind.SPONSOR).current().everywhere(WHY)
    return people.filter(belongs | ~Exists(sponsors))


def members(community: Community) -> QuerySet[Membership]:
    """Whom the list of members shows, no bots: so that a count of them tells a member nothing that it does not."""
    return Membership.objects.filter(community=community, person__is_bot=False).current().everywhere(WHY)


def counted(audience: Audience, community: Community) -> QuerySet[Any] | None:
    """None of newcomers."""
    if audience.kind == AudienceKind.NEWCOMERS:
        return None
    if audience.kind == AudienceKind.UNITS:
        return members(community).filter(person__unit__in=with_parts(audience.units))
    return readers(community)


def for_whom_now(version: Version) -> list[str]:
    """Ids of the members whom it is for, by one query."""
    community = version.practice.community
    rows = members(community).order_by()
    if version.audience == AudienceKind.UNITS:
        rows = rows.filter(person__unit__in=with_parts(version.for_whom.units))
    if version.audience != AudienceKind.NEWCOMERS:
        return list(rows.values_list("person", flat=True))
    now, columns = clock.now(), ("person", "joined_at", "experience")
    lately = rows.filter(joined_at__gt=now - timedelta(days=settings.NEWCOMER_DAYS)).values_list(*columns)
    return [pk for pk, at, experience in lately if is_newcomer(now, at, community.founded_at, experience)]


def how_many(audience: Audience, community: Community) -> int | None:
    rows = counted(audience, community)
    return None if rows is None else rows.count()


def _some(is_open: bool) -> Any:
    return _readers(Place("community"), is_open).order_by().values_list("pk", flat=True)[:MOST]


EVERYBODY: dict[bool, Reading[str]] = {one: Reading(partial(_some, one), shape=str) for one in (True, False)}
"""No more than whom a page counts, by whether the community is open."""


def _put(is_open: bool) -> Any:
    rows = Version.objects.filter(practice=Place("practice"), number=Place("number", SmallIntegerField()))
    everybody = Counted(_readers(Place("community"), is_open), "pk", MOST)
    return rows.everywhere("who reads a round reads what is put").annotate(everybody=everybody)


PUT: dict[bool, Reading[Any]] = {one: Reading(partial(_put, one)) for one in (True, False)}
"""A version that a round is on, and how many everybody is, in one statement."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Of one version, for a page. `everybody`: how many may read, where that was read with it."""

    version: Version
    community: Community
    everybody: int | None = None

    @property
    def line(self) -> str:
        if self.version.audience == AudienceKind.EVERYONE:
            return _("For everyone here")
        if self.version.audience == AudienceKind.NEWCOMERS:
            return _("For newcomers")
        return _("For %(names)s") % {"names": ", ".join(unit.name for unit in self.version.units)}

    def people_for(self, reader: Any) -> str:
        """How many that is, where the reader may know; of newcomers, who that is."""
        audience = self.version.for_whom
        if audience == EVERYONE and self.everybody is not None:
            return in_words(self.everybody)
        key = ("audience", self.community.pk, audience, reader.pk)
        return once(key, lambda: said_to(reader, audience, self.community))


def said_to(reader: Any, audience: Audience, community: Community) -> str:
    """Nothing of units to who may not open the list of members."""
    if audience.kind == AudienceKind.UNITS and not footing(reader, community).is_member:
        return ""
    if audience.kind == AudienceKind.EVERYONE:
        return in_words(len(EVERYBODY[community.visibility == Visibility.OPEN].rows(community=community.pk)))
    rows = counted(audience, community)
    return who_is_new() if rows is None else in_words(rows[:MOST].count())


def in_words(people: int) -> str:
    return ngettext("%(n)s person", "%(n)s people", people) % {"n": in_figures(people, MOST)}


def who_is_new() -> str:
    """As `is_newcomer` has it."""
    return _(
        "whoever joined within %(days)s days and said that this work is new to them, "
        "or joined when the community was %(founding)s days old or older"
    ) % {"days": settings.NEWCOMER_DAYS, "founding": settings.FOUNDING_DAYS}


def named(version: Version) -> str:
    """As a round puts it, and as a difference shows it."""
    return _named(AudienceKind(version.audience), version.units)


def spelled(audience: Audience) -> str:
    """The same, of whom no version is for yet."""
    return _named(audience.kind, Unit.objects.filter(pk__in=audience.units).order_by("folded", "pk"))


def _named(kind: AudienceKind, units: Iterable[Unit]) -> str:
    words = str(AUDIENCES[kind])
    if kind != AudienceKind.UNITS:
        return words
    return _("%(units)s: %(names)s") % {"units": words, "names": ", ".join(unit.name for unit in units)}


@dataclass(frozen=True, slots=True)
class Choice:
    """Of whom a practice could be for: words, and how many that is now, or who; nothing where it is not told."""

    code: str
    words: str
    people: str


@dataclass(frozen=True, slots=True)
class Choices:
    kinds: Sequence[Choice]
    units: Sequence[Choice]


def choices(community: Community, reader: Any) -> Choices:
    """Few queries, however many units there are; without units nothing is for some."""
    placed = tree()
    kinds = [_choice(reader, EVERYONE, community), _choice(reader, NEWCOMERS, community)]
    if placed:
        kinds.insert(1, Choice(AudienceKind.UNITS, str(_("Who works in some units")), ""))
    return Choices(kinds, _of_units(placed, reader, community) if placed else [])


def _choice(reader: Any, audience: Audience, community: Community) -> Choice:
    return Choice(audience.kind, str(AUDIENCES[audience.kind]), said_to(reader, audience, community))


def _of_units(placed: Sequence[Placed], reader: Any, community: Community) -> list[Choice]:
    """Each with its parts."""
    if not footing(reader, community).is_member:
        return [Choice(one.unit.pk, one.path, "") for one in placed]
    chosen = members(community).exclude(person__unit=None).order_by().values_list("person__unit")
    own = dict(chosen.annotate(people=Count("pk")))
    units = {one.unit.pk: one.unit for one in placed}
    total: Counter[str] = Counter()
    for pk, people in own.items():
        unit = units.get(str(pk))
        while unit is not None:
            total[unit.pk] += people
            unit = units.get(unit.parent_id or "")
    return [Choice(one.unit.pk, one.path, in_words(total[one.unit.pk])) for one in placed]
