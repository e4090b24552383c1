"""A facilitator is recalled, a member removed: by a round in which the person concerned is heard, and not asked."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonplace.communities.acts.joining import ended_by_removal
from commonplace.communities.evidence import Removed, RoleHeld
from commonplace.communities.models import Community, Membership, Person, Role, RoleKind
from commonplace.communities.policy import is_member
from commonplace.consenting.kinds import Kind
from commonplace.consenting.matter import Matter, Text
from commonplace.consenting.models import Proposal
from commonplace.consenting.phrases import Phrases
from commonplace.ledger import clock
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.recording import Also

WHY = "a round is about them"
PARTS = {"who": gettext_lazy("Whom it is about"), "then": gettext_lazy("What it does")}


def _role(proposal: Proposal) -> Role | None:
    kept = Role.objects.filter(pk=proposal.about, kind=RoleKind.FACILITATOR).current().everywhere(WHY)
    return kept.select_related("person").first()


def _membership(proposal: Proposal) -> Membership | None:
    kept = Membership.objects.filter(pk=proposal.about).current().everywhere(WHY)
    return kept.select_related("person").first()


def _serves(actor: Person, community: Community, proposal: Proposal) -> None:
    role = _role(proposal)
    if role is None or role.community_id != community.pk:
        raise NotPossible(_("This person does not facilitate here any more."))
    if role.person_id == actor.pk:
        raise NotPossible(_("You can hand your role over, or end it, yourself."))


def _belongs(actor: Person, community: Community, proposal: Proposal) -> None:
    membership = _membership(proposal)
    if membership is None or membership.community_id != community.pk:
        raise NotPossible(_("This person does not belong here any more."))
    if membership.person_id == actor.pk:
        raise NotPossible(_("You can leave by yourself."))
    if Role.objects.tending_alone(membership.person).filter(community=community).everywhere(WHY).exists():
        raise NotPossible(_("Nobody else tends this community. Recall them from that role first."))


def _recalled(community: Community, proposal: Proposal) -> Text:
    role = _role(proposal)
    if role is None:
        raise NotPossible(_("This person does not facilitate here any more."))
    with translation.override(community.language):
        then = _("Their role as facilitator ends.")
        if _is_alone(role):
            then += " " + _("Nobody else tends the community: whoever opened this round takes the role.")
        parts = {"who": role.person.called, "then": then}
        title = _("Recall %(name)s as facilitator") % {"name": role.person.called}
        return Text(title=title, parts=parts, concerned=frozenset({role.person_id}))


def _removed(community: Community, proposal: Proposal) -> Text:
    membership = _membership(proposal)
    if membership is None:
        raise NotPossible(_("This person does not belong here any more."))
    with translation.override(community.language):
        then = _("Membership and roles end; what was shared stays, with credit. Coming back takes a facilitator.")
        title = _("Remove %(name)s from the community") % {"name": membership.person.called}
        parts = {"who": membership.person.called, "then": then}
        return Text(title=title, parts=parts, concerned=frozenset({membership.person_id}))


def _recall(actor: Any, proposal: Proposal) -> Sequence[Also]:
    role = _role(proposal)
    assert role is not None
    alone = _is_alone(role)
    role.ended_at = clock.now()
    role.save(update_fields=["ended_at"])
    ended = Also("role.ended", role, RoleHeld(role=RoleKind.FACILITATOR, person=role.person_id))
    return [ended, _granted(proposal)] if alone else [ended]


def _granted(proposal: Proposal) -> Also:
    opener = proposal.opened_by
    row = Role.objects.create(community=proposal.community, person=opener, kind=RoleKind.FACILITATOR, granted_by=opener)
    return Also("role.granted", row, RoleHeld(role=RoleKind.FACILITATOR, person=opener.pk))


def _remove(actor: Any, proposal: Proposal) -> Sequence[Also]:
    membership = _membership(proposal)
    assert membership is not None
    ended_by_removal(membership)
    return [Also("member.removed", membership, Removed(person=membership.person_id, proposal=proposal.pk))]


def _is_alone(role: Role) -> bool:
    return Role.objects.tending_alone(role.person).filter(pk=role.pk).everywhere(WHY).exists()


def _is_over(proposal: Proposal) -> bool:
    """The role has ended; or it would leave nobody to tend the community."""
    role = _role(proposal)
    return role is None or (_is_alone(role) and not is_member(proposal.opened_by, proposal.community))


def _is_gone(proposal: Proposal) -> bool:
    """They have left; or they tend the community alone by now."""
    membership = _membership(proposal)
    if membership is None:
        return True
    alone = Role.objects.tending_alone(membership.person).filter(community=proposal.community_id)
    return alone.everywhere(WHY).exists()


def _facilitator(proposal: Proposal) -> Sequence[str]:
    role = _role(proposal)
    return [role.person_id] if role else []


def _member(proposal: Proposal) -> Sequence[str]:
    membership = _membership(proposal)
    return [membership.person_id] if membership else []


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
    accept=gettext_lazy("Recall them"), parts=PARTS, must_be_ready=_serves, text=_recalled, accepted=_recall,
    overtaken=_is_over, not_asked=_facilitator, address=_roles, one_at_a_time=False, for_members=True,
    phrases=OF_RECALL,
)  # fmt: skip
REMOVAL = Matter(
    kind=Kind.REMOVAL, on=Community, words=gettext_lazy("the removal of a member"),
    accept=gettext_lazy("Remove them"), parts=PARTS, must_be_ready=_belongs, text=_removed, accepted=_remove,
    overtaken=_is_gone, not_asked=_member, address=_members, one_at_a_time=False, for_members=True,
    phrases=OF_REMOVAL,
)  # fmt: skip
