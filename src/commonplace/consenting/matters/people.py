"""A facilitator is recalled, a member removed: by a round in which the person concerned is heard, and not asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonplace.communities.acts.away import covered_no_more
from commonplace.communities.acts.joining import ended_by_removal
from commonplace.communities.contributions import Panel
from commonplace.communities.evidence import Removed, RoleGranted, RoleHeld
from commonplace.communities.models import Community, Membership, Person, Role, RoleKind
from commonplace.communities.models.membership import RoleQuerySet
from commonplace.communities.speaking import speakers
from commonplace.communities.ways import Way
from commonplace.consenting.about import rounds_about, somebody_goes_between
from commonplace.consenting.kinds import Kind, PartIn
from commonplace.consenting.matter import Matter, Text
from commonplace.consenting.models import Proposal
from commonplace.consenting.phrases import Phrases
from commonplace.ledger import clock
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.recording import Also

WHY = "a round is about them"
REMOVED = {"who": gettext_lazy("Whom it is about"), "then": gettext_lazy("What it does")}
RECALLED = {**REMOVED, "after": gettext_lazy("Who takes the role")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard(Panel):
    """`person`: whom it is about. `goes_between`: may anybody object for somebody unnamed?"""

    person: Person
    goes_between: bool
    template: ClassVar[str] = "consenting/heard.jinja"


def _named(rows: Any, proposal: Proposal) -> Any:
    """What the round was opened on, whether it has ended since or not."""
    return rows.filter(pk=proposal.about).everywhere(WHY).select_related("person").first()


def _roles_here(community: Community) -> RoleQuerySet:
    return Role.objects.filter(community=community, kind=RoleKind.FACILITATOR)


def _role(community: Community, proposal: Proposal) -> Role:
    role: Role | None = _named(_roles_here(community).current(), proposal)
    if role is None:
        raise NotPossible(_("This person does not facilitate here any more."))
    return role


def _membership(community: Community, proposal: Proposal) -> Membership:
    membership: Membership | None = _named(Membership.objects.filter(community=community).current(), proposal)
    if membership is None:
        raise NotPossible(_("This person does not belong here any more."))
    return membership


def _serves(actor: Person, community: Community, proposal: Proposal) -> None:
    role = _role(community, proposal)
    if role.person_id == actor.pk:
        raise NotPossible(_("You can hand your role over, or end it, yourself."))
    _must_be_one_round(community, role.person, proposal)
    if not _others_tend(community, role.person_id) and not _can_tend(actor, community):
        raise NotPossible(
            _("Nobody else tends this community, and you cannot while you sponsor it. Let another member propose it.")
        )


def _belongs(actor: Person, community: Community, proposal: Proposal) -> None:
    membership = _membership(community, proposal)
    if membership.person_id == actor.pk:
        raise NotPossible(_("You can leave by yourself."))
    _must_be_one_round(community, membership.person, proposal)
    if _tends_alone(community, membership.person_id):
        raise NotPossible(_("Nobody else tends this community. Recall them from that role first."), way=Way.RECALL)


def _must_be_one_round(community: Community, person: Person, proposal: Proposal) -> None:
    """It is about the person: whoever left and came back is still whom it is about. On the same, it waits in line."""
    others = rounds_about(person, community, Kind(proposal.matter)).open().exclude(about=proposal.about)
    if others.everywhere(WHY).exists():
        raise NotPossible(_("Another round on this is open. One is decided before the next."))


def _recalled(community: Community, proposal: Proposal) -> Text:
    """A role that was ended meanwhile is not read again: the text of a round is frozen."""
    role = _role(community, proposal)
    alone = not _others_tend(community, role.person_id)
    with translation.override(community.language):
        then = _("Their role as facilitator ends; nobody hands it to them again, only a facilitator may give it anew.")
        after = _("Whoever opened this round: nobody else tends the community. If they cannot by then, it is returned.")
        if not alone:
            then += " " + _("If nobody else tends the community by then, the round is returned.")
        parts = {"who": role.person.called, "then": then, "after": after if alone else ""}
        title = _("Recall %(name)s as facilitator") % {"name": role.person.called}
        return Text(title=title, parts=parts, concerned=frozenset({role.person_id}))


def _removed(community: Community, proposal: Proposal) -> Text:
    person = _membership(community, proposal).person
    with translation.override(community.language):
        then = _("Membership and roles end; what was shared stays, with credit. Coming back takes a facilitator.")
        title = _("Remove %(name)s from the community") % {"name": person.called}
        return Text(title=title, parts={"who": person.called, "then": then}, concerned=frozenset({person.pk}))


def _recall(actor: Any, proposal: Proposal) -> Sequence[Also]:
    """Whatever role they hold by now, whichever they held when it opened; and standing in for another."""
    person, also = _concerned(proposal), []
    takes_over = not _others_tend(proposal.community, person)
    for role in _roles_here(proposal.community).filter(person=person).current().everywhere(WHY):
        role.ended_at = clock.now()
        role.save(update_fields=["ended_at"])
        also.append(Also("role.ended", role, RoleHeld(role=RoleKind.FACILITATOR, person=person)))
    also += covered_no_more(proposal.community, person)
    return [*also, _granted(proposal)] if takes_over else also


def _granted(proposal: Proposal) -> Also:
    opener = proposal.opened_by
    row = Role.objects.create(community=proposal.community, person=opener, kind=RoleKind.FACILITATOR, granted_by=opener)
    return Also("role.granted", row, RoleGranted(role=RoleKind.FACILITATOR, person=opener.pk, asks_first=False))


def _remove(actor: Any, proposal: Proposal) -> Sequence[Also]:
    """Who left before the end, and is not back, comes back through a facilitator like everybody who was removed."""
    here = Membership.objects.filter(community=proposal.community_id, person=_concerned(proposal)).everywhere(WHY)
    membership = here.latest("joined_at")
    ended_by_removal(membership)
    return [Also("member.removed", membership, Removed(person=membership.person_id, proposal=proposal.pk))]


def _concerned(proposal: Proposal) -> str:
    """The id of whom it is about, fixed when it opened."""
    return proposal.parties.filter(part=PartIn.CONCERNED).values_list("person", flat=True)[0]


def _others_tend(community: Community, person: str) -> bool:
    return _roles_here(community).able().exclude(person=person).everywhere(WHY).exists()


def _tends_alone(community: Community, person: str) -> bool:
    serves_here = _roles_here(community).filter(person=person).current().everywhere(WHY).exists()
    return serves_here and not _others_tend(community, person)


def _can_tend(person: Person, community: Community) -> bool:
    """A member with a way in, no bot, no sponsor."""
    return speakers(community).filter(person=person.pk).exists()


def _leaves_nobody(proposal: Proposal) -> bool:
    """Nobody else tends the community by now, and the text names nobody who takes the role, or they cannot."""
    if _others_tend(proposal.community, _concerned(proposal)):
        return False
    return not proposal.texts.get("after") or not _can_tend(proposal.opened_by, proposal.community)


def _is_needed(proposal: Proposal) -> bool:
    """They tend the community alone by now."""
    return _tends_alone(proposal.community, _concerned(proposal))


def _facilitator(proposal: Proposal) -> Sequence[str]:
    role = _named(Role.objects.filter(kind=RoleKind.FACILITATOR), proposal)
    return [role.person_id] if role else []


def _member(proposal: Proposal) -> Sequence[str]:
    membership = _named(Membership.objects.all(), proposal)
    return [membership.person_id] if membership else []


def _heard(rows: Any) -> Callable[[Proposal], Panel | None]:
    def panel(proposal: Proposal) -> Panel | None:
        row = _named(rows.objects.filter(community=proposal.community), proposal)
        if row is None:
            return None
        return Heard(person=row.person, goes_between=somebody_goes_between(proposal.community, row.person_id))

    return panel


def _roles(proposal: Proposal) -> str:
    return reverse("roles", args=[proposal.community.slug])


def _members(proposal: Proposal) -> str:
    return reverse("members", args=[proposal.community.slug])


def _recall_whom(proposal: Proposal) -> str:
    name = _name(proposal)
    return _("Recall %(name)s as facilitator?") % {"name": name} if name else _("Recall them?")


def _remove_whom(proposal: Proposal) -> str:
    name = _name(proposal)
    return _("Remove %(name)s from the community?") % {"name": name} if name else _("Remove them?")


def _name(proposal: Proposal) -> str:
    """As it was when the round opened."""
    if not proposal.opened_by_id:
        return ""
    return proposal.texts.get("who", "")


OF_RECALL = Phrases(
    asks=lambda proposal: _("Recall them?"),
    question=_recall_whom,
    agreed=lambda proposal: _("recalled"),
    text=gettext_lazy("What it does"),
    consent=gettext_lazy("their role may end"),
    object=gettext_lazy("recalling them would do harm: stops it while it stands"),
)
OF_REMOVAL = Phrases(
    asks=lambda proposal: _("Remove them?"),
    question=_remove_whom,
    agreed=lambda proposal: _("removed"),
    text=gettext_lazy("What it does"),
    consent=gettext_lazy("their membership may end"),
    object=gettext_lazy("removing them would do harm: stops it while it stands"),
)
RECALL = Matter(
    kind=Kind.RECALL, on=Community, words=gettext_lazy("the recall of a facilitator"),
    accept=gettext_lazy("Recall them"), parts=RECALLED, must_be_ready=_serves, text=_recalled, accepted=_recall,
    overtaken=_leaves_nobody, not_asked=_facilitator, address=_roles, has_about=True, apart=True,
    one_at_a_time=False, for_members=True, panel=_heard(Role), phrases=OF_RECALL,
)  # fmt: skip
REMOVAL = Matter(
    kind=Kind.REMOVAL, on=Community, words=gettext_lazy("the removal of a member"),
    accept=gettext_lazy("Remove them"), parts=REMOVED, must_be_ready=_belongs, text=_removed, accepted=_remove,
    overtaken=_is_needed, not_asked=_member, address=_members, has_about=True, apart=True,
    one_at_a_time=False, for_members=True, panel=_heard(Membership), phrases=OF_REMOVAL,
)  # fmt: skip
