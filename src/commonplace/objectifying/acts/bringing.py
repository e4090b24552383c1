"""T4', T9: what is in force already is brought in, with its source and authority; another says that it is in use."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from commonplace.communities.models import Community, Person
from commonplace.communities.naming import must_hide_nothing
from commonplace.communities.policy import member
from commonplace.communities.wording import must_fit
from commonplace.externalizing.acts.naming import by_name, must_be_a_few
from commonplace.externalizing.evidence import TopicNamed
from commonplace.externalizing.models import Purpose
from commonplace.ledger import clock
from commonplace.ledger.act import ANYTHING, Also, Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.haste import must_not_be_twice
from commonplace.objectifying import policy
from commonplace.objectifying.acts.audience import first_for, must_be_somebody
from commonplace.objectifying.acts.revising import must_be_a_text, written
from commonplace.objectifying.audience import EVERYONE, Audience
from commonplace.objectifying.evidence import Backed, Brought
from commonplace.objectifying.models import (
    AUTHORITIES,
    PARTS,
    SOURCE_KINDS,
    Backing,
    Bringing,
    Credit,
    CreditKind,
    Practice,
    Version,
)
from commonplace.objectifying.possible import must_be_possible
from commonplace.objectifying.status import PUT_AWAY, Authority, SourceKind
from commonplace.untrusted.documents import Exactness

TYPED = (
    "source_kind",
    "authority",
    "source",
    "owner",
    "link",
    "since_on",
    "exact_to",
    "batch",
    "whole",
    "key",
    "digest",
)
is_address = URLValidator(schemes=["http", "https"])


def _can_be_brought(
    actor: Person,
    community: Community,
    *,
    practice: Practice,
    version: Version,
    bringing: Bringing,
    topics: Sequence[str] = (),
    original: Version | None = None,
    audience: Audience = EVERYONE,
) -> None:
    _must_come_from_somewhere(bringing, original)
    if original:
        _must_be_anothers(actor, community, original, bringing)
    must_be_a_text(practice, version)
    must_fit(bringing, "source", "owner", "link")
    must_hide_nothing(bringing.source, "source")
    must_hide_nothing(bringing.owner, "owner")
    must_lead_somewhere(bringing.link)
    must_lie_behind(community, bringing.since_on)
    must_be_a_few(topics)
    must_be_somebody(audience)
    if bringing.key:
        _must_not_be_known(community, bringing)
        return
    same = {"community": community, "title": practice.title, "begun_by": actor, "course__brought__gt": 0}
    must_not_be_twice(_("You have just brought it in: it is in the list."), Practice.objects.filter(**same), "begun_at")


def _any_text(actor: Person, community: Community) -> dict[str, Any]:
    anything = Bringing(source_kind=SourceKind.HANDBOOK, authority=Authority.UNKNOWN)
    return {"practice": Practice(title=ANYTHING), "version": Version(how=ANYTHING), "bringing": anything}


@act("practice.brought", who=member, evidence=Brought, guard=_can_be_brought, supposing=_any_text)
def bring(
    actor: Person,
    community: Community,
    *,
    practice: Practice,
    version: Version,
    bringing: Bringing,
    topics: Sequence[str] = (),
    original: Version | None = None,
    audience: Audience = EVERYONE,
) -> Written[Practice]:
    """Who: any member. Guard: a title, one of the four parts at least; what it is from and by whose authority; its day
    not in the future; another community's practice is one that they may read, that goes on there, and once; *agreed
    elsewhere* only where it was; not the same twice, nor what is known here by the name of the whole and its key.
    Effect: a practice in force by another authority, not consented to here; who brought it in is its scribe.

    Of `practice` the id and the title, of `version` the parts and the note, of `bringing` source_kind, authority,
    source, owner, link, since_on and exact_to are taken, and with many at once batch, whole, key and digest.
    `original`: the version of another community's practice that is taken over. `audience`: whom it is for.
    """
    purpose = original.practice.purpose if original else Purpose.REUSE
    titled = {"pk": practice.pk, "title": practice.title}
    row = Practice.objects.create(community=community, purpose=purpose, begun_by=actor, **titled)
    text = Version(note=version.note, **{part: version.words(part) for part in PARTS})
    first = written(row, actor, 1, text, original, anew=not bringing.batch)
    Credit.objects.create(practice=row, person=actor, kind=CreditKind.SCRIBE)
    theirs = _taken_over(row, first, original) if original else {}
    typed = {name: getattr(bringing, name) for name in TYPED}
    whence = Bringing.objects.create(practice=row, by=actor, **typed, **theirs)
    aliases, new = by_name(community, topics)
    row.filed_under.set(aliases)
    evidence = _brought(whence, first, sorted({alias.topic_id for alias in aliases}))
    named = [Also("topic.named", topic, TopicNamed()) for topic in new]
    return Written(row, evidence, also=[*named, first_for(first, audience)])


def _can_be_backed(actor: Person, practice: Practice) -> None:
    must_be_possible("practice.backed", practice)
    whence = Bringing.objects.filter(practice=practice).everywhere("whose word it is").first()
    if whence is None:
        raise NotPossible(_("Nobody brought this practice in: it was written down here. Report a use of it instead."))
    if whence.by_id == actor.pk:
        raise NotPossible(_("You brought it in: it takes somebody else to say that it is in use."))
    if whence.backings.filter(person=actor).exists():
        raise NotPossible(_("You have said already that it is in use."))


@act("practice.backed", who=policy.reviewer, evidence=Backed, guard=_can_be_backed)
def back(actor: Person, practice: Practice) -> Written[Backing]:
    """Who: a member, no bot, no sponsor. Guard: brought in by somebody else; not over; once.
    Effect: two who say that it is in use are enough evidence to propose it."""
    whence = practice.bringing
    row = whence.backings.create(person=actor)
    return Written(row, Backed(backers=whence.backings.count()))


def must_lead_somewhere(link: str) -> None:
    try:
        if link:
            is_address(link)
    except ValidationError as wrong:
        raise NotPossible(_("Copy the whole address, with https:// in front."), "link") from wrong


def must_lie_behind(community: Community, since_on: date | None) -> None:
    if since_on and since_on > clock.now().astimezone(community.zone).date():
        raise NotPossible(_("What is in force already began by today. Leave it empty if nobody knows."), "since_on")


def _must_come_from_somewhere(bringing: Bringing, original: Version | None) -> None:
    if bringing.source_kind not in SOURCE_KINDS or (bringing.source_kind == SourceKind.COMMUNITY) != bool(original):
        raise NotPossible(_("Say what it is brought in from."), "source_kind")
    if bringing.authority not in AUTHORITIES:
        raise NotPossible(_("Say by whose authority it is in force; that nobody knows is an answer."), "authority")


def _must_not_be_known(community: Community, bringing: Bringing) -> None:
    same = Bringing.objects.filter(practice__community=community, whole=bringing.whole, key=bringing.key)
    if same.everywhere("it is brought in once").exists():
        raise NotPossible(_("It was brought in from there already, and is in the list. Write a new version of it."))


def _must_be_anothers(actor: Person, community: Community, original: Version, bringing: Bringing) -> None:
    theirs = original.practice
    if not Practice.objects.visible_to(actor).filter(pk=theirs.pk).exists():
        raise NotPossible(_("Take over a practice that you may read."))
    if theirs.community_id == community.pk:
        raise NotPossible(_("It is a practice of this community already. Write a new version of it."))
    if theirs.status in PUT_AWAY:
        raise NotPossible(_("It does not go on there: %(status)s.") % {"status": theirs.status_words})
    is_agreed = theirs.agreements.filter(version=original.pk).everywhere("whether it was agreed on there").exists()
    if bringing.authority == Authority.AGREED_ELSEWHERE and not is_agreed:
        raise NotPossible(_("This version was not agreed on there. Say by what else it is in force here."), "authority")
    again = Bringing.objects.filter(original=theirs, practice__community=community)
    again = again.exclude(practice__course__status__in=PUT_AWAY)
    if again.everywhere("a practice is taken over once").exists():
        raise NotPossible(_("It was taken over already, and is in the list. Write a new version of that one."))


def _taken_over(practice: Practice, first: Version, original: Version) -> dict[str, Any]:
    theirs = original.practice
    adapted = practice.title != theirs.title or bool(first.parts_changed_from(original))
    return {"original": theirs, "original_number": original.number, "adapted": adapted}


def _brought(whence: Bringing, first: Version, topic_ids: list[str]) -> Brought:
    original = whence.original
    return Brought(
        source_kind=SourceKind(whence.source_kind),
        authority=Authority(whence.authority),
        since_on=whence.since_on.isoformat() if whence.since_on else "",
        exact_to=Exactness(whence.exact_to),
        from_practice=original.pk if original else "",
        from_number=whence.original_number,
        from_community=original.community_id if original else "",
        adapted=whence.adapted,
        complete=first.is_complete,
        purpose=Purpose(whence.practice.purpose),
        topic_ids=topic_ids,
        batch=whence.batch,
    )
