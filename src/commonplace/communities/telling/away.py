"""Who is away, and back; who stands in, and does so no more."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonplace.communities.evidence import AwaySet, Removed, RoleHeld
from commonplace.communities.models import Role
from commonplace.communities.occasions import Because, Concern, Due, Named, Occasion, Reminder, Told
from commonplace.communities.telling.thread import NAME
from commonplace.communities.telling.whom import FACILITATES, WHY, YOU_AT_ONCE, community_of, tending
from commonplace.communities.zones import today
from commonplace.ledger.ids import LENGTH
from commonplace.ledger.models import Act

COVERS = {"covers": Because(_("you stand in for them"), at_once=True, own=True)}
COVERED = {"covered": Because(_("you stood in for them"), own=True)}


def _is_away(act: Act) -> bool:
    return AwaySet.of(act).until is not None and not _stood_down(act)


def _is_back(act: Act) -> bool:
    return AwaySet.of(act).until is None


def _stood_down(act: Act) -> bool:
    return act.actor != AwaySet.of(act).person


def _before(act: Act) -> str:
    """Who stood in until then, "" for nobody."""
    before = Act.objects.filter(verb=act.verb, object=act.object, pk__lt=act.pk).everywhere(WHY).order_by("pk").last()
    return AwaySet.of(before).successor if before else ""


def _away(act: Act) -> Iterator[Concern]:
    covers, before = AwaySet.of(act).successor, _before(act)
    if covers:
        yield Concern(covers, "covers")
    if before:
        yield Concern(before, "covered")
    yield from tending(act)


def _back(act: Act) -> Iterator[Concern]:
    if before := _before(act):
        yield Concern(before, "covered")
    yield from tending(act)


def _alone(act: Act) -> Iterator[Concern]:
    yield Concern(AwaySet.of(act).person, "you")
    yield from tending(act)


def _gone(act: Act) -> Iterator[Concern]:
    """Whoever is away, and had named who is no member any more."""
    gone = Removed.of(act).person if act.verb == "member.removed" else act.actor
    for role in Role.objects.filter(community=act.community, stand_in=None).away(today()).everywhere(WHY):
        named = Act.objects.filter(verb="role.away_set", object=role.pk).everywhere(WHY).order_by("pk").last()
        if named and AwaySet.of(named).successor == gone:
            yield Concern(role.person_id, "you")


def _uncovered(act: Act) -> Iterator[Concern]:
    yield Concern(RoleHeld.of(act).person, "you")
    yield from tending(act)


def _at_desk(notice: Told, named: Named) -> str:
    """Who stands in no more has none."""
    return reverse("roles" if notice.because == "covered" else "desk", args=[named.community.slug])


def _over(now: datetime) -> Iterator[Due]:
    """Since yesterday is over."""
    rows = Role.objects.filter(away_until=today() - timedelta(days=1)).current().everywhere(WHY)
    for pk, here, person, until in rows.values_list("pk", "community", "person", "away_until"):
        once = sha256(f"{pk} {until}".encode()).hexdigest()[:LENGTH]
        yield Due(here, here, once, [Concern(person, "you")])


OF_BEING_AWAY = (
    Occasion(
        name="away", verbs=("role.away_set",), thread=NAME, what=_("%(who)s is away, and has said until when"),
        is_one=_is_away, concerns=_away, because={**COVERS, **COVERED, **FACILITATES}, thread_of=community_of,
        href=_at_desk,
    ),
    Occasion(
        name="back", verbs=("role.away_set",), thread=NAME, what=_("%(who)s is back"), is_one=_is_back,
        concerns=_back, because={**COVERED, **FACILITATES}, thread_of=community_of, href=_at_desk,
    ),
    Occasion(
        name="stands_in_no_more", verbs=("role.away_set",), thread=NAME, what=_("%(who)s stands in no more"),
        is_one=_stood_down, concerns=_alone, because={**YOU_AT_ONCE, **FACILITATES}, thread_of=community_of,
        href=_at_desk,
    ),
    Occasion(
        name="covered_no_more", verbs=("role.covered_no_more",), thread=NAME,
        what=_("Nobody stands in any more: a round recalled who did"), concerns=_uncovered,
        because={**YOU_AT_ONCE, **FACILITATES}, thread_of=community_of, href=_at_desk,
    ),
    Occasion(
        name="covered_by_nobody", verbs=("member.left", "member.removed"), thread=NAME,
        what=_("Nobody stands in any more: who did is no member now"), concerns=_gone,
        because={"you": YOU_AT_ONCE["you"]}, thread_of=community_of, href=_at_desk,
    ),
    Occasion(
        name="away_is_over", thread=NAME, what=_("You were away until yesterday: your desk is yours again"),
        because={"you": YOU_AT_ONCE["you"]}, href=_at_desk,
    ),
    Reminder("away_is_over", _over),
)  # fmt: skip
