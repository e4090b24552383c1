"""Offering to welcome newcomers, and taking that back."""

from django.utils.translation import gettext as _

from commonplace.communities import policy
from commonplace.communities.evidence import WelcomingSet
from commonplace.communities.models import Community, Membership, Person, Welcoming
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible

WHY = "whether somebody welcomes newcomers is settled of their own membership"


def _changes_it(actor: Person, community: Community, *, welcomes: bool) -> None:
    here = {"membership__community": community, "membership__person": actor.pk, "membership__left_at": None}
    if Welcoming.objects.filter(**here).everywhere(WHY).exists() == welcomes:
        raise NotPossible(_("You welcome newcomers already.") if welcomes else _("You do not welcome newcomers."))


@act("member.welcoming_set", who=policy.speaker, evidence=WelcomingSet, guard=_changes_it)
def set_welcoming(actor: Person, community: Community, *, welcomes: bool) -> Written[Membership]:
    """Who: a member, no bot, of their own membership. Guard: it is not so already.
    Effect: members read who welcomes newcomers, and who does is told of each; until somebody does, whoever facilitates.
    """
    membership = community.memberships.get(person=actor, left_at=None)
    if welcomes:
        Welcoming.objects.create(membership=membership)
    else:
        Welcoming.objects.filter(membership=membership).everywhere(WHY).delete()
    return Written(membership, WelcomingSet(welcomes=welcomes))
