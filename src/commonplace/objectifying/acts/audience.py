"""T4', T6: whom a practice is for belongs to a version, and is set on it until it is put to consent."""

from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities.models import Person, Unit
from commonplace.consenting.kinds import Kind
from commonplace.consenting.models import InLine, Proposal
from commonplace.ledger.act import Also, Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying import policy
from commonplace.objectifying.audience import EVERYONE, NEWCOMERS, Audience
from commonplace.objectifying.evidence import AudienceSet
from commonplace.objectifying.models import Practice, Version
from commonplace.objectifying.possible import must_be_possible
from commonplace.objectifying.reach import how_many
from commonplace.objectifying.status import AudienceKind

WHY = "what was put to consent is fixed"
OF = ("practice.brought", "practice.distilled", "practice.version_added")


def _can_be_set(actor: Person, practice: Practice, *, number: int, audience: Audience) -> None:
    must_be_possible("practice.audience_set", practice)
    newest = practice.newest_version
    if number != newest.number:
        raise NotPossible(
            _("Meanwhile version %(number)s was written. Say whom that one is for.") % {"number": newest.number}
        )
    _must_not_be_put(newest)
    must_be_somebody(audience)
    if as_kept(audience) == newest.for_whom:
        raise NotPossible(_("It is for them already."), "audience")


def _other_people(actor: Person, practice: Practice) -> dict[str, Any]:
    newest = practice.newest_version
    return {"number": newest.number, "audience": EVERYONE if newest.for_whom == NEWCOMERS else NEWCOMERS}


@act(
    "practice.audience_set",
    who=policy.pursuer,
    evidence=AudienceSet,
    guard=_can_be_set,
    supposing=_other_people,
    of=OF,
)
def set_audience(actor: Person, practice: Practice, *, number: int, audience: Audience) -> Written[Version]:
    """Who: who wrote it, its steward, or a facilitator. Guard: of the newest version, which was never put to consent,
    does not wait for that and is no minor edit; units that there are; somebody else than now.
    Effect: the version is for them; a round on it puts that with the text."""
    version = practice.versions.get(number=number)
    make_for(version, as_kept(audience))
    return Written(version, told_of(version))


def must_be_somebody(audience: Audience) -> None:
    """A unit that was merged meanwhile leads to the one that was kept."""
    if audience.kind == AudienceKind.UNITS and not audience.units:
        raise NotPossible(_("Tick one unit at least, or choose another audience."), "units")
    if Unit.objects.filter(pk__in=audience.units).count() < len(audience.units):
        raise NotPossible(_("Choose units from the list."), "units")


def as_kept(audience: Audience) -> Audience:
    units = audience.units if audience.kind == AudienceKind.UNITS else ()
    return Audience(audience.kind, frozenset(Unit.objects.kept(units)))


def make_for(version: Version, audience: Audience) -> None:
    version.audience = audience.kind
    version.save(update_fields=["audience"])
    version.audience_units.set(Unit.objects.filter(pk__in=audience.units))
    version.__dict__.pop("units", None)


def told_of(version: Version) -> AudienceSet:
    audience = version.for_whom
    return AudienceSet(
        number=version.number,
        audience_kind=audience.kind,
        unit_ids=sorted(audience.units),
        people=how_many(audience, version.community),
    )


def first_for(version: Version, audience: Audience) -> Also:
    """Of a practice that begins: that it is for everyone is told, too."""
    if audience != EVERYONE:
        make_for(version, as_kept(audience))
    return _also(version)


def next_for(version: Version, base: Version, audience: Audience | None) -> list[Also]:
    """As the one before it, unless somebody else is named."""
    if audience is not None and as_kept(audience) != base.for_whom:
        make_for(version, as_kept(audience))
        return [_also(version)]
    if base.audience != AudienceKind.EVERYONE:
        units = frozenset(base.audience_units.values_list("pk", flat=True))
        make_for(version, Audience(AudienceKind(base.audience), units))
    return []


def _also(version: Version) -> Also:
    return Also("practice.audience_set", version, told_of(version))


def _must_not_be_put(version: Version) -> None:
    named = {"number": version.number}
    if Proposal.objects.on(version.practice).filter(number=version.number).everywhere(WHY).exists():
        raise NotPossible(
            _("Version %(number)s was put to consent, and whom it is for with it. Write a new version.") % named
        )
    waits = InLine.objects.filter(subject_id=version.practice_id, matter=Kind.ACCEPTANCE, number=version.number)
    if waits.waiting().everywhere(WHY).exists():
        raise NotPossible(
            _("Version %(number)s waits its turn to be put to consent, as it is. Write a new version.") % named
        )
    if version.practice.minor_edits.filter(version=version).exists():
        raise NotPossible(_("It is a minor edit: whom it is for binds, and stays. Write a new version."))
