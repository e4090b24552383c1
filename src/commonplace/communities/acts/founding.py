"""A community begins, and says what it is."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from commonplace.communities import policy, profile, zones
from commonplace.communities.evidence import CharterSet, Founded, InstallationSet, ProfileSet, StageSet
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
from commonplace.communities.models.charter import BOUNDS, RULE, TERMS, WORDS
from commonplace.communities.models.kinds import WIDTH
from commonplace.communities.naming import must_be_called
from commonplace.communities.speaking import speakers
from commonplace.communities.ways import Way
from commonplace.communities.wording import must_fit
from commonplace.ledger import clock
from commonplace.ledger.act import ANYTHING, Written, act
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.ids import new_id
from commonplace.untrusted.visible import is_blank


def _are_terms(charter: dict[str, Any]) -> None:
    if not charter.keys() <= set(TERMS):
        raise NotAllowed(_("This is not part of a charter."))
    if is_blank(charter.get("domain", "?")):
        raise NotPossible(_("Say what the community is about."), "domain")
    must_fit(Charter(**charter), *WORDS)
    for name in BOUNDS.keys() & charter.keys():
        _is_within_bounds(name, charter[name])


def _is_within_bounds(name: str, number: int | None) -> None:
    least, most = BOUNDS[name]
    if number is None and name == "quorum":
        return
    if number is None or not least <= number <= most:
        raise NotPossible(_("This number is from %(least)s to %(most)s.") % {"least": least, "most": most})


def _is_known(time_zone: str) -> None:
    if time_zone not in zones.names():
        raise NotPossible(str(zones.UNKNOWN))


def _is_spoken(language: str) -> None:
    if language not in dict(settings.LANGUAGES):
        raise NotPossible(_("Choose one of the languages in the list."), "language")


def _has_a_title(community: Community) -> None:
    must_be_called(community.title, Community, _("A community needs a title of at most %(most)s letters."), "title")


def _has_an_address(community: Community) -> None:
    try:
        community._meta.get_field("slug").clean(community.slug, community)
    except ValidationError as wrong:
        raise NotPossible(" ".join(wrong.messages)) from wrong


def _may_be_founded(actor: Person, nothing: None, /, *, community: Community, **charter: Any) -> None:
    if actor.is_bot:
        raise NotPossible(_("Who founds a community facilitates it: that is for people."))
    _are_terms({"domain": ""} | charter)
    _has_a_title(community)
    _is_known(community.time_zone)
    _is_spoken(community.language)
    _has_an_address(community)
    if community.founded_at > clock.now():
        raise NotPossible(_("A community is not founded in the future."))
    if Community.objects.filter(slug=community.slug).everywhere("a slug is unique").exists():
        raise NotPossible(_("There is already a community at this address. Choose another."))


def _any_community(actor: Person, nothing: None) -> dict[str, Any]:
    return {"community": Community(slug=f"c-{new_id()}", title=ANYTHING), "domain": ANYTHING}


@act(
    "community.founded",
    who=policy.anyone,
    evidence=Founded,
    guard=_may_be_founded,
    supposing=_any_community,
    brought_by=policy.anyone,
)
def found(actor: Person, nothing: None, /, *, community: Community, **charter: Any) -> Written[Community]:
    """Who: anyone signed in. Guard: no bot; the address is one, and free; a title, a domain, terms of
    a charter, a known time zone and language.
    Effect: a community with a charter; the founder facilitates it.
    """
    community.save(force_insert=True)
    first = Charter.objects.create(community=community, set_by=actor, **charter)
    Membership.objects.create(community=community, person=actor)
    Role.objects.create(community=community, person=actor, kind=RoleKind.FACILITATOR, granted_by=actor)
    return Written(community, _founded(community, first))


def must_be_terms(charter: dict[str, Any]) -> None:
    """For whoever writes one, at once or as a draft."""
    _are_terms(charter)


def is_shared(community: Community) -> bool:
    """Two people or more could agree: what binds them changes by a round."""
    return speakers(community).count() > 1


def _may_be_set(actor: Person, community: Community, /, **charter: Any) -> None:
    _are_terms(charter)
    before = community.charter.rule()
    if any(charter.get(name, before[name]) != before[name] for name in RULE) and is_shared(community):
        raise NotPossible(_("The rule belongs to the community: it changes by a round."), way=Way.RULE)


@act("charter.set", who=policy.facilitator, evidence=CharterSet, guard=_may_be_set, of=("proposal.decided",))
def set_charter(actor: Person, community: Community, /, **charter: Any) -> Written[Charter]:
    """Who: a facilitator. Guard: terms of a charter and nothing else, within bounds; of the rule only while one person
    keeps it, else by a round.
    Effect: a new charter, what is not said stays; open rounds keep their rule.
    """
    row = charter_after(community, actor, charter)
    return Written(row, CharterSet(**row.rule()))


def charter_after(community: Community, by: Person | None, charter: dict[str, Any]) -> Charter:
    """What is not said stays as it is in the charter in force."""
    before = community.charter
    at = max(clock.now(), before.set_at + timedelta(microseconds=1))  # in order even while the clock stands still
    return Charter.objects.create(community=community, set_by=by, set_at=at, **(before.terms() | charter))


@act("community.stage_set", who=policy.facilitator, evidence=StageSet)
def set_stage(actor: Person, community: Community, *, stage: Stage) -> Written[Community]:
    """Who: a facilitator. Guard: none. Effect: the community is at another stage."""
    community.stage = stage
    community.save(update_fields=["stage"])
    return Written(community, StageSet(stage=stage))


CHANGEABLE = {"title", "visibility", "profile", "language", "time_zone"}


def _may_change(actor: Person, community: Community, /, **changed: Any) -> None:
    if not changed.keys() <= CHANGEABLE:
        raise NotAllowed(_("A community keeps its address and its origin."))
    if "title" in changed:
        _has_a_title(Community(title=changed["title"]))
    _is_known(changed.get("time_zone", community.time_zone))
    _is_spoken(changed.get("language", community.language))
    wider = WIDTH.index(Visibility(changed.get("visibility", community.visibility)))
    if wider > WIDTH.index(Visibility(community.visibility)) and is_shared(community):
        raise NotPossible(_("Who may read here grows by a round only."), "visibility", way=Way.RULE)


@act(
    "community.profile_set",
    who=policy.facilitator,
    evidence=ProfileSet,
    guard=_may_change,
    of=("proposal.decided",),
)
def set_profile(actor: Person, community: Community, /, **changed: Any) -> Written[Community]:
    """Who: a facilitator. Guard: not address or origin; a title, a known time zone and language; wider visibility only
    while one person keeps the community, else by a round.
    Effect: title, profile, visibility, language or time zone change.
    """
    for name, value in changed.items():
        setattr(community, name, value)
    community.save(update_fields=list(changed))
    return Written(community, profiled(community))


def _has_a_name(actor: Person, installation: Installation, *, name: str, open_signup: bool) -> None:
    must_be_called(name, Installation, _("An installation needs a name of at most %(most)s letters."))


@act("installation.set", who=policy.operator, evidence=InstallationSet, guard=_has_a_name)
def set_installation(
    actor: Person, installation: Installation, *, name: str, open_signup: bool
) -> Written[Installation]:
    """Who: the operator. Guard: a name. Effect: the platform's name, and whether anyone may sign up."""
    installation.name, installation.open_signup = name, open_signup
    installation.save()
    return Written(installation, InstallationSet(open_signup=open_signup))


def _founded(community: Community, charter: Charter) -> Founded:
    return Founded(
        visibility=Visibility(community.visibility),
        stage=Stage(community.stage),
        language=community.language,
        traits=profile.codes(community.profile),
        **charter.rule(),
    )


def profiled(community: Community) -> ProfileSet:
    return ProfileSet(
        visibility=Visibility(community.visibility),
        language=community.language,
        traits=profile.codes(community.profile),
    )
