"""Who comes in: they ask, and are answered; they take an invitation, are added, join. Who is removed, or moved."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonplace.communities.evidence import Added, Answered, How, Invited, Joined, Removed
from commonplace.communities.models import Invitation, Membership
from commonplace.communities.occasions import Because, Concern, Named, Occasion, Told
from commonplace.communities.telling.thread import NAME
from commonplace.communities.telling.whom import FACILITATES, WELCOMES, WHY, YOU, community_of, tending, welcoming
from commonplace.ledger.models import Act

ASKED = {"asked": Because(_("you asked to join"), at_once=True, own=True)}
INVITED = {"invited": Because(_("you made the invitation"))}


def _as(because: str, kind: Any) -> Callable[[Act], Iterator[Concern]]:
    """The person whom evidence of this kind names."""
    return lambda act: iter([Concern(kind.of(act).person, because)])


def _inviter(act: Act) -> Iterator[Concern]:
    yield Concern(Invitation.objects.everywhere(WHY).get(pk=act.object).invited_by_id, "invited")


def _inviter_and_welcoming(act: Act) -> Iterator[Concern]:
    return chain(_inviter(act), welcoming(act))


def _tending_and_welcoming(act: Act) -> Iterator[Concern]:
    return chain(tending(act), welcoming(act))


def _whose_unit(act: Act) -> Iterator[Concern]:
    yield Concern(Membership.objects.everywhere(WHY).get(pk=act.object).person_id, "you")


def _by_oneself(act: Act) -> bool:
    """Not by an invitation, of which its acceptance tells."""
    return Joined.of(act).how == How.OPEN


def _admitted(act: Act) -> bool:
    return Answered.of(act).admitted


def _lets_in(act: Act) -> bool:
    return act.verb == "member.added" or _admitted(act)


def _refused(act: Act) -> bool:
    return not _admitted(act)


def _as_a_sponsor(act: Act) -> bool:
    return Invited.of(act).brings is not None


def _as_a_member(act: Act) -> bool:
    return not _as_a_sponsor(act)


def _at_roles(notice: Told, named: Named) -> str:
    return reverse("roles", args=[named.community.slug])


def _at_invitations(notice: Told, named: Named) -> str:
    return reverse("invitations", args=[named.community.slug])


OF_BELONGING = (
    Occasion(
        name="asked_to_join", verbs=("member.requested",), thread=NAME, what=_("%(who)s asks to join"),
        concerns=tending, because=FACILITATES, thread_of=community_of,
    ),
    Occasion(
        name="admitted", verbs=("member.answered",), thread=NAME, what=_("You are a member now"),
        is_one=_admitted, concerns=_as("asked", Answered), because=ASKED, thread_of=community_of,
    ),
    Occasion(
        name="not_admitted", verbs=("member.answered",), thread=NAME, what=_("You were not let in"),
        is_one=_refused, concerns=_as("asked", Answered), because=ASKED, thread_of=community_of,
    ),
    Occasion(
        name="came_by_invitation", verbs=("member.invitation_accepted",), thread=NAME,
        what=_("%(who)s came in by an invitation"), is_one=_as_a_member, concerns=_inviter_and_welcoming,
        because=INVITED | WELCOMES, thread_of=community_of,
    ),
    Occasion(
        name="came_to_sponsor", verbs=("member.invitation_accepted",), thread=NAME,
        what=_("%(who)s has taken up the invitation to sponsor"), is_one=_as_a_sponsor, concerns=_inviter,
        because=INVITED, thread_of=community_of, href=_at_roles,
    ),
    Occasion(
        name="invitation_withdrawn", verbs=("member.invitation_withdrawn",), thread=NAME,
        what=_("%(who)s withdrew an invitation"), concerns=_inviter, because=INVITED, thread_of=community_of,
        href=_at_invitations,
    ),
    Occasion(
        name="joined", verbs=("member.joined",), thread=NAME, what=_("%(who)s joined"), is_one=_by_oneself,
        concerns=_tending_and_welcoming, because=FACILITATES | WELCOMES, thread_of=community_of,
    ),
    Occasion(
        name="let_in", verbs=("member.answered", "member.added"), thread=NAME, what=_("Somebody new was let in"),
        is_one=_lets_in, concerns=welcoming, because=WELCOMES, thread_of=community_of,
    ),
    Occasion(
        name="added", verbs=("member.added",), thread=NAME, what=_("You were added as a member"),
        concerns=_as("you", Added), because=YOU, thread_of=community_of,
    ),
    Occasion(
        name="removed", verbs=("member.removed",), thread=NAME,
        what=_("You are no member any more: a round decided it"), concerns=_as("you", Removed), because=YOU,
        thread_of=community_of,
    ),
    Occasion(
        name="unit_changed", verbs=("member.unit_changed",), thread=NAME, what=_("Your unit was changed"),
        concerns=_whose_unit, because=YOU, thread_of=community_of,
    ),
)  # fmt: skip
