"""What correspondence brings to the pages of exchanges, practices and topics: follow, mute, and what one is told."""

from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonplace.communities import policy
from commonplace.communities.contributions import Aside, Panel, Panels
from commonplace.communities.models import Membership
from commonplace.corresponding.letters.panel import LETTERS
from commonplace.corresponding.models import PERSON, TOPIC
from commonplace.corresponding.not_now import marks
from commonplace.corresponding.unread import followed, following
from commonplace.externalizing.models import Exchange, Topic
from commonplace.objectifying.models import Practice

WHAT_COMES: dict[str, Promise] = {
    "exchange": _("You are told of what is said here."),
    "practice": _("You are told of new versions, rounds and challenges."),
    PERSON: _("You are told of what they begin and say. Nobody learns that you follow them."),
    TOPIC: _("You are told of what begins under this topic, and how it goes on."),
}

MUTED = _("Muted: you are told nothing of it, but what is about you.")
FOLLOW_IT = _("You are told where you take part. Follow it to be told of the rest, too.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowPanel(Panel):
    """`now`: followed, muted or nothing; `what_comes`: what is told to whoever follows. Not for who is no member."""

    template: ClassVar[str] = "corresponding/follow.jinja"
    last: ClassVar[bool] = True
    kind: str
    of: str
    slug: str
    now: str
    what_comes: Promise
    is_there: bool
    if_followed: Promise = FOLLOW_IT
    if_muted: Promise = MUTED


def _panel(kind: str, person: Any, row: Any) -> FollowPanel:
    here = row.community
    is_member = policy.is_member(person, here)
    now = following(person, row.pk) if is_member else ""
    return FollowPanel(kind=kind, of=row.pk, slug=here.slug, now=now, what_comes=WHAT_COMES[kind], is_there=is_member)


def _on_person(person: Any, membership: Membership) -> Panel:
    """A program is not followed."""
    if membership.person.is_bot:
        return Panel()
    return FollowPanel(
        kind=PERSON, of=membership.person_id, slug=membership.community.slug, is_there=True,
        now=followed(person, membership.community, membership.person_id), what_comes=WHAT_COMES[PERSON],
        if_followed=_("Follow them to be told of what they begin and say. Nobody learns that you do."),
        if_muted=_("Muted: you are told nothing of what they do, but what is about you. Nobody learns that you do."),
    )  # fmt: skip


CONTRIBUTIONS = (
    Aside("not_now", marks),
    Panels("follow.exchange", Exchange, partial(_panel, "exchange")),
    Panels("follow.practice", Practice, partial(_panel, "practice")),
    Panels("follow.topic", Topic, partial(_panel, TOPIC)),
    Panels("follow.person", Membership, _on_person),
    LETTERS,
)
