"""Another rule is drafted: what will be put to consent. Where one person keeps a community, they set it at once."""

from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities.acts.founding import is_shared, must_be_terms
from commonplace.communities.models import Community, Person, Visibility
from commonplace.communities.models.charter import RULE
from commonplace.consenting import policy
from commonplace.consenting.charters import open_on_the_rule
from commonplace.consenting.evidence import Drafted
from commonplace.consenting.models import Draft
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotAllowed, NotPossible

TERMS = {*RULE, "visibility"}


def _can_be_drafted(actor: Person, community: Community, /, **terms: Any) -> None:
    if not terms.keys() <= TERMS:
        raise NotAllowed(_("This is not part of the rule."))
    if not is_shared(community):
        raise NotPossible(_("You keep this community alone: set its rule at once."))
    _must_have_a_say(actor, community)
    wanted = {**_as_it_is(community), **terms}
    must_be_terms({name: wanted[name] for name in RULE})
    if wanted["visibility"] not in Visibility.values:
        raise NotPossible(_("Say who may read here."), "visibility")
    if wanted == _as_it_is(community):
        raise NotPossible(_("This is the rule already. Change something of it first."))


def _must_have_a_say(actor: Person, community: Community) -> None:
    """Nobody's unrelated text comes between those who open a round and those who speak in it."""
    proposal = open_on_the_rule(community)
    if proposal is None or policy.mover.allows(actor, proposal):
        return
    if not proposal.objections.filter(raised_by=actor).exists():
        raise NotPossible(
            _("A round on the rule is open. Until it is decided, who opened it or objects there can write another.")
        )


def _another(actor: Person, community: Community) -> dict[str, Any]:
    return {"hidden_stances": not community.charter.hidden_stances}


@act("charter.drafted", who=policy.speaker, evidence=Drafted, guard=_can_be_drafted, supposing=_another)
def draft_rule(actor: Person, community: Community, /, **terms: Any) -> Written[Draft]:
    """Who: a member, no bot. Guard: two people at least could agree; terms of the rule within bounds; something
    changes; while a round on the rule is open, they opened it or object in it.
    Effect: a draft, which a round can be opened on; what is not said stays as it is."""
    number = Draft.objects.filter(community=community).everywhere("the next number").count() + 1
    row = Draft.objects.create(
        community=community,
        number=number,
        drafted_by=actor,
        base=community.charter,
        base_visibility=community.visibility,
        **{**_as_it_is(community), **terms},
    )
    return Written(row, Drafted(number=number, visibility=Visibility(row.visibility), **row.rule()))


def _as_it_is(community: Community) -> dict[str, Any]:
    return {**community.charter.rule(), "visibility": community.visibility}
