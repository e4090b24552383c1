"""Coming to belong, and leaving."""

from datetime import UTC, datetime

from django.utils.translation import gettext as _

from commonplace.communities import policy
from commonplace.communities.acts.known_for import is_known_no_more
from commonplace.communities.evidence import Added, Answered, How, Joined, Removed
from commonplace.communities.models import (
    Community,
    Experience,
    JoinRequest,
    Membership,
    Person,
    Role,
    Visibility,
    Welcoming,
)
from commonplace.communities.ways import Way
from commonplace.communities.wording import must_fit
from commonplace.ledger import clock
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.evidence import Nothing
from commonplace.ledger.registry import consequence

ENDS = "roles end with membership"


def is_not_yet_in(actor: Person, community: Community) -> None:
    if policy.is_member(actor, community):
        raise NotPossible(_("You are already a member."))


def was_removed(person: Person, community: Community) -> bool:
    """And has not been let in again since."""
    last = community.memberships.filter(person=person.pk).order_by("-joined_at").first()
    return last is not None and last.removed


def last_left(person: Person, community: Community) -> datetime:
    """When who was here last ceased to be; long ago, if they never were."""
    last = community.memberships.filter(person=person.pk).order_by("-joined_at").first()
    return last.left_at if last and last.left_at else datetime.min.replace(tzinfo=UTC)


def must_not_be_removed(person: Person, community: Community) -> None:
    if was_removed(person, community):
        raise NotPossible(_("A round removed you from this community. Ask to join again: a facilitator answers."))


def _door_is_open(actor: Person, community: Community, *, experience: Experience = Experience.UNSAID) -> None:
    is_not_yet_in(actor, community)
    if community.visibility != Visibility.OPEN:
        raise NotPossible(_("Joining this community is on request."))
    must_not_be_removed(actor, community)


@act(
    "member.joined",
    who=policy.readers,
    evidence=Joined,
    guard=_door_is_open,
    of=("member.invitation_accepted",),
    brought_by=policy.archivist,
)
def join(actor: Person, community: Community, *, experience: Experience = Experience.UNSAID) -> Written[Membership]:
    """Who: those who may see the community. Guard: it is open; not in yet; no round
    removed them. Effect: membership, at once."""
    return Written(belong(actor, community, experience), Joined(how=How.OPEN))


def _may_ask(actor: Person, community: Community, *, words: str, experience: Experience = Experience.UNSAID) -> None:
    is_not_yet_in(actor, community)
    must_fit(JoinRequest(words=words), "words")
    if community.visibility == Visibility.OPEN and not was_removed(actor, community):
        raise NotPossible(_("This community is open: you can join at once."))
    if community.join_requests.filter(person=actor).waiting().exists():
        raise NotPossible(_("Your request is waiting for a facilitator."))


def _no_words(actor: Person, community: Community) -> dict[str, str]:
    return {"words": ""}


@act("member.requested", who=policy.readers, evidence=Nothing, guard=_may_ask, supposing=_no_words)
def ask_to_join(
    actor: Person, community: Community, *, words: str, experience: Experience = Experience.UNSAID
) -> Written[JoinRequest]:
    """Who: those who may see the community. Guard: it is not open; not in, not waiting already.
    Effect: facilitators are asked.
    """
    row = JoinRequest.objects.create(community=community, person=actor, words=words, experience=experience)
    return Written(row, Nothing())


def _waits(actor: Person, request: JoinRequest, *, admitted: bool) -> None:
    if request.answered_at:
        raise NotPossible(_("Somebody has answered this request already."))
    if admitted and not request.person.is_active:
        raise NotPossible(_("%(name)s cannot come in any more.") % {"name": request.person.known_as})


def _admitted(actor: Person, request: JoinRequest) -> dict[str, bool]:
    return {"admitted": True}


@act("member.answered", who=policy.facilitator, evidence=Answered, guard=_waits, supposing=_admitted)
def answer_request(actor: Person, request: JoinRequest, *, admitted: bool) -> Written[JoinRequest]:
    """Who: a facilitator. Guard: the request waits; who is admitted can come in.
    Effect: the person is a member, or is not.
    """
    request.answered_at, request.admitted = clock.now(), admitted
    request.save(update_fields=["answered_at", "admitted"])
    if admitted and not policy.is_member(request.person, request.community):
        belong(request.person, request.community, request.experience)
    return Written(request, Answered(admitted=admitted, person=request.person_id))


def _has_not_come_in_yet(actor: Person, community: Community, *, person: Person) -> None:
    if policy.is_member(person, community):
        raise NotPossible(_("%(name)s is already a member.") % {"name": person.known_as})
    if person.last_login or person.has_usable_password() or person.is_unclaimed or not person.is_active:
        raise NotPossible(_("%(name)s is here already: send an invitation instead.") % {"name": person.known_as})


@act("member.added", who=policy.facilitator, evidence=Added, guard=_has_not_come_in_yet)
def add_member(actor: Person, community: Community, *, person: Person) -> Written[Membership]:
    """Who: a facilitator. Guard: a person who was added and has never come in; others join themselves.
    Effect: membership.
    """
    return Written(belong(person, community, Experience.UNSAID), Added(person=person.pk))


def _may_leave(actor: Person, community: Community) -> None:
    alone = Role.objects.tending_alone(actor).filter(community=community)
    if alone.everywhere("a community is not left without a facilitator").exists():
        raise NotPossible(
            _("You are the only facilitator who is here. Hand the role over first, then leave."), way=Way.HAND_OVER
        )


@act("member.left", who=policy.member, evidence=Nothing, guard=_may_leave)
def leave(actor: Person, community: Community) -> Written[Membership]:
    """Who: a member. Guard: not the only facilitator.
    Effect: membership, roles and welcoming others end; what was shared stays, with credit.
    """
    membership = community.memberships.get(person=actor, left_at=None)
    membership.left_at = clock.now()
    membership.save(update_fields=["left_at"])
    _serves_no_more(membership)
    return Written(membership, Nothing())


def _serves_no_more(membership: Membership) -> None:
    """Roles end with membership, and so do standing in, welcoming others, and what they said of themselves."""
    here = Role.objects.filter(community=membership.community_id, ended_at=None)
    here.filter(person=membership.person_id).everywhere(ENDS).update(ended_at=clock.now())
    here.filter(stand_in=membership.person_id).everywhere(ENDS).update(stand_in=None)
    Welcoming.objects.filter(membership=membership).everywhere(ENDS).delete()
    is_known_no_more(membership.community_id, membership.person_id)


consequence(
    "member.removed",
    of=("proposal.decided",),
    evidence=Removed,
    effect="Who: nobody alone. Guard: a round on it is accepted; the person concerned was heard, and not asked. "
    "Effect: membership and roles end; what was shared stays, with credit.",
)


def ended_by_removal(membership: Membership) -> None:
    """What is left of `leave` when others decided it; of who left before that, only that they were removed."""
    membership.left_at, membership.removed = membership.left_at or clock.now(), True
    membership.save(update_fields=["left_at", "removed"])
    _serves_no_more(membership)


def belong(person: Person, community: Community, experience: str) -> Membership:
    """From now on; whoever had asked waits no longer."""
    community.join_requests.filter(person=person, answered_at=None).update(answered_at=clock.now())
    return Membership.objects.create(community=community, person=person, experience=experience)
