"""A community begins, and says what it is."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities import policy
from commonplace.communities.evidence import CharterSet, Founded, InstallationSet, StageSet
from commonplace.communities.models import (
    Charter,
    Community,
    Installation,
    Membership,
    Person,
    Role,
    RoleKind,
    Stage,
    Visibility,
)
from commonplace.ledger import clock
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotAllowed, NotPossible


def _slug_is_free(actor: Person, nothing: None, /, *, community: Community, **_charter: Any) -> None:
    if Community.objects.filter(slug=community.slug).everywhere("a slug is unique").exists():
        raise NotPossible(_("There is already a community at this address. Choose another."))


@act("community.founded", who=policy.anyone, evidence=Founded, guard=_slug_is_free, brought_by=policy.anyone)
def found(actor: Person, nothing: None, /, *, community: Community, **charter: Any) -> Written[Community]:
    """Who: anyone signed in. Guard: the address is free.
    Effect: a community with a charter; the founder facilitates it.
    """
    community.save(force_insert=True)
    Charter.objects.create(community=community, set_by=actor, **charter)
    Membership.objects.create(community=community, person=actor)
    Role.objects.create(community=community, person=actor, kind=RoleKind.FACILITATOR, granted_by=actor)
    return Written(community, _founded(community))


@act("charter.set", who=policy.facilitator, evidence=CharterSet)
def set_charter(actor: Person, community: Community, /, **charter: Any) -> Written[Charter]:
    """Who: a facilitator. Guard: none. Effect: a new charter, what is not said stays; open rounds keep their rule."""
    before = community.charter
    at = max(clock.now(), before.set_at + timedelta(microseconds=1))  # in order even while the clock stands still
    row = Charter.objects.create(community=community, set_by=actor, set_at=at, **(before.terms() | charter))
    return Written(row, _set(row))


CHANGEABLE = {"title", "visibility", "stage", "profile", "language", "time_zone"}


def _may_change(actor: Person, community: Community, /, **changed: Any) -> None:
    if not changed.keys() <= CHANGEABLE:
        raise NotAllowed(_("A community keeps its address and its origin."))


@act("community.stage_set", who=policy.facilitator, evidence=StageSet, guard=_may_change)
def set_stage(actor: Person, community: Community, /, **changed: Any) -> Written[Community]:
    """Who: a facilitator. Guard: not address or origin.
    Effect: title, stage, profile, visibility, language or time zone change.
    """
    for name, value in changed.items():
        setattr(community, name, value)
    community.save(update_fields=list(changed))
    return Written(community, StageSet(stage=Stage(community.stage), visibility=Visibility(community.visibility)))


@act("installation.set", who=policy.operator, evidence=InstallationSet)
def set_installation(
    actor: Person, installation: Installation, *, name: str, open_signup: bool
) -> Written[Installation]:
    """Who: the operator. Guard: none. Effect: the platform's name, and whether anyone may sign up."""
    installation.name, installation.open_signup = name, open_signup
    installation.save()
    return Written(installation, InstallationSet(open_signup=open_signup))


def _founded(community: Community) -> Founded:
    return Founded(
        visibility=Visibility(community.visibility), stage=Stage(community.stage), language=community.language
    )


def _set(charter: Charter) -> CharterSet:
    return CharterSet(
        quorum=charter.quorum,
        round_days=charter.round_days,
        refusal_days=charter.refusal_days,
        review_days=charter.review_days,
    )
