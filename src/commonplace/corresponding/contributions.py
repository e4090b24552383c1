"""What correspondence brings to the pages of exchanges, practices and topics: follow, mute, and what one is told."""

from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonplace.communities import policy
from commonplace.communities.contributions import Aside, Panel, Panels
from commonplace.corresponding.letters.panel import LETTERS
from commonplace.corresponding.models import TOPIC
from commonplace.corresponding.not_now import marks
from commonplace.corresponding.unread import following
from commonplace.externalizing.models import Exchange, Topic
from commonplace.objectifying.models import Practice

WHAT_COMES: dict[str, Promise] = {
    "exchange": _("You are told of what is said here."),
    "practice": _("You are told of new versions, rounds and challenges."),
    TOPIC: _("You are told of what begins under this topic, and how it goes on."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowPanel(Panel):
    """`now`: followed, muted or nothing; `what_comes`: what is told to whoever follows. Not for who is no member."""

    template: ClassVar[str] = "corresponding/follow.jinja"
    kind: str
    of: str
    slug: str
    now: str
    what_comes: Promise
    is_there: bool


def _panel(kind: str, person: Any, row: Any) -> FollowPanel:
    here = row.community
    is_member = policy.is_member(person, here)
    now = following(person, row.pk) if is_member else ""
    return FollowPanel(kind=kind, of=row.pk, slug=here.slug, now=now, what_comes=WHAT_COMES[kind], is_there=is_member)


CONTRIBUTIONS = (
    Aside("not_now", marks),
    Panels("follow.exchange", Exchange, partial(_panel, "exchange")),
    Panels("follow.practice", Practice, partial(_panel, "practice")),
    Panels("follow.topic", Topic, partial(_panel, TOPIC)),
    LETTERS,
)
