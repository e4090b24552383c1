"""Roles: offered, taken up or refused, handed over, ended."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonplace.communities.evidence import RoleGranted, RoleHandedOver, RoleHeld
from commonplace.communities.models import Role
from commonplace.communities.occasions import Because, Concern, Named, Occasion, Told
from commonplace.communities.telling.thread import NAME
from commonplace.communities.telling.whom import FACILITATES, WHY, YOU_AT_ONCE, community_of, tending
from commonplace.ledger.models import Act

OFFERED = {"offered": Because(_("you asked them to serve"))}
HANDED = {**YOU_AT_ONCE, "follows": Because(_("you follow in it"), at_once=True, own=True), **FACILITATES}


def _role(act: Act) -> Role:
    return Role.objects.everywhere(WHY).get(pk=act.object)


def _holder(act: Act) -> Iterator[Concern]:
    yield Concern(RoleHeld.of(act).person, "you")


def _holder_and_facilitators(act: Act) -> Iterator[Concern]:
    yield from _holder(act)
    yield from tending(act)


def _who_offered(act: Act) -> Iterator[Concern]:
    yield Concern(_role(act).granted_by_id, "offered")


def _passed_on(act: Act) -> Iterator[Concern]:
    passed = RoleHandedOver.of(act)
    yield Concern(passed.successor, "follows")
    yield Concern(passed.person, "you")
    yield from tending(act)


def _asks_first(act: Act) -> bool:
    """A sponsor; not whoever takes it up themselves."""
    return RoleGranted.of(act).asks_first


def _begins_at_once(act: Act) -> bool:
    return not _asks_first(act)


def _is_refused(act: Act) -> bool:
    return RoleHeld.of(act).person == act.actor and _role(act).accepted_at is None


def _is_over(act: Act) -> bool:
    return not _is_refused(act)


def _at_offer(notice: Told, named: Named) -> str:
    return reverse("role_offer", args=[named.community.slug, notice.object])


def _at_roles(notice: Told, named: Named) -> str:
    """Who serves is seen by who belongs or serves; whose own role is over may be neither."""
    return named.href if notice.because == "you" else reverse("roles", args=[named.community.slug])


OF_SERVING = (
    Occasion(
        name="role_offered", verbs=("role.granted",), thread=NAME, what=_("%(who)s asks you to serve"),
        is_one=_asks_first, concerns=_holder, because=YOU_AT_ONCE, thread_of=community_of, href=_at_offer,
    ),
    Occasion(
        name="role_given", verbs=("role.granted",), thread=NAME, what=_("You have a role here now"),
        is_one=_begins_at_once, concerns=_holder, because=YOU_AT_ONCE, thread_of=community_of,
    ),
    Occasion(
        name="role_accepted", verbs=("role.accepted",), thread=NAME, what=_("%(who)s serves now"),
        concerns=_who_offered, because=OFFERED, thread_of=community_of, href=_at_roles,
    ),
    Occasion(
        name="role_refused", verbs=("role.ended",), thread=NAME, what=_("%(who)s has said no to a role"),
        is_one=_is_refused, concerns=_who_offered, because=OFFERED, thread_of=community_of, href=_at_roles,
    ),
    Occasion(
        name="role_ended", verbs=("role.ended",), thread=NAME, what=_("A role here has ended"),
        is_one=_is_over, concerns=_holder_and_facilitators, because={**YOU_AT_ONCE, **FACILITATES},
        thread_of=community_of, href=_at_roles,
    ),
    Occasion(
        name="role_handed_over", verbs=("role.handed_over",), thread=NAME, what=_("A role here was handed over"),
        concerns=_passed_on, because=HANDED, thread_of=community_of, href=_at_roles,
    ),
)  # fmt: skip
