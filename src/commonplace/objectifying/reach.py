"""How many people an audience is now, and how that is said; and whom a version is for, in words.

Everyone is counted; of units and newcomers no exact number is told, since nobody may open the list behind it: who works
where beyond one's own communities, and who said that the work is new to them, is theirs.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.communities.models import Community, Membership, Person, Role, RoleKind, Unit, Visibility
from commonplace.communities.units import Placed, tree, with_parts
from commonplace.ledger import clock
from commonplace.ledger.once import once
from commonplace.objectifying.audience import EVERYONE, NEWCOMERS, Audience
from commonplace.objectifying.models import AUDIENCES, Version
from commonplace.objectifying.status import AudienceKind

WHY = "how many people an audience is"
MOST = 1_000
"""No more are counted for a page."""


def readers(community: Community) -> QuerySet[Person]:
    """Accounts that may read here (`Footing.may_read`), no bots."""
    people = Person.objects.accounts().filter(is_active=True, is_bot=False)
    here = {"community": community, "person": OuterRef("pk")}
    belongs = Exists(Membership.objects.filter(**here).current().everywhere(WHY))
    if community.visibility != Visibility.OPEN:
        return people.filter(belongs)
    sponsors = Role.objects.filter(**here, kind=RoleKind.SPONSOR).current().everywhere(WHY)
    return people.filter(belongs | ~Exists(sponsors))


def people_in(audience: Audience, community: Community) -> QuerySet[Person]:
    rows = readers(community)
    if audience.kind == AudienceKind.UNITS:
        return rows.filter(unit__in=with_parts(audience.units))
    if audience.kind == AudienceKind.NEWCOMERS:
        new = Membership.objects.filter(community=community, person=OuterRef("pk")).current()
        return rows.filter(Exists(new.of_newcomers(clock.now()).everywhere(WHY)))
    return rows


@dataclass(frozen=True, slots=True)
class Reach:
    """Of one version, for a page: `line`, and how many `people` that is now."""

    version: Version
    community: Community

    @property
    def line(self) -> str:
        if self.version.audience == AudienceKind.EVERYONE:
            return _("For everyone here")
        if self.version.audience == AudienceKind.NEWCOMERS:
            return _("For newcomers")
        return _("For %(names)s") % {"names": ", ".join(unit.name for unit in self.version.units)}

    @property
    def is_told(self) -> bool:
        """To whoever reads it: who does not belong is not told how many newcomers do."""
        return self.version.audience != AudienceKind.NEWCOMERS or self.community.visibility != Visibility.OPEN

    @property
    def people(self) -> str:
        audience = self.version.for_whom
        key = ("audience", self.community.pk, audience)
        return once(key, lambda: said_of(audience.kind, people_in(audience, self.community)[:MOST].count()))


def said_of(kind: AudienceKind, people: int) -> str:
    if people >= MOST:
        return _("%(n)s people or more") % {"n": MOST}
    if kind == AudienceKind.EVERYONE:
        return ngettext("%(n)s person", "%(n)s people", people) % {"n": people}
    least = settings.K_ANONYMITY
    if people < least:
        return _("fewer than %(n)s people") % {"n": least}
    return _("%(n)s people or more") % {"n": people - people % least}


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
    """Of whom a practice could be for: words, and how many that is now."""

    code: str
    words: str
    people: str


@dataclass(frozen=True, slots=True)
class Choices:
    kinds: Sequence[Choice]
    units: Sequence[Choice]


def choices(community: Community) -> Choices:
    """Four queries, however many units there are; without units nothing is for some."""
    placed = tree()
    kinds = [_choice(EVERYONE, community), _choice(NEWCOMERS, community)]
    if placed:
        kinds.insert(1, Choice(AudienceKind.UNITS, str(_("Who works in some units")), ""))
    return Choices(kinds, list(_of_units(placed, community)) if placed else [])


def _choice(audience: Audience, community: Community) -> Choice:
    people = people_in(audience, community)[:MOST].count()
    return Choice(audience.kind, str(AUDIENCES[audience.kind]), said_of(audience.kind, people))


def _of_units(placed: Sequence[Placed], community: Community) -> list[Choice]:
    """Each with its parts."""
    chosen = readers(community).exclude(unit=None).order_by().values_list("unit")
    own = dict(chosen.annotate(people=Count("pk")))
    units = {one.unit.pk: one.unit for one in placed}
    total: Counter[str] = Counter()
    for pk, people in own.items():
        unit = units.get(str(pk))
        while unit is not None:
            total[unit.pk] += people
            unit = units.get(unit.parent_id or "")
    return [Choice(one.unit.pk, one.path, said_of(AudienceKind.UNITS, total[one.unit.pk])) for one in placed]
