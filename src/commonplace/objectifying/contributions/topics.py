"""What the page of a topic shows of the practices on it, and how many the list of topics says there are."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Case, Value, When
from django.utils.translation import ngettext

from commonplace.communities.contributions import Panel
from commonplace.communities.paging import in_figures
from commonplace.externalizing.models import Topic
from commonplace.objectifying.models import Practice
from commonplace.objectifying.models.practice import NEWEST_FIRST
from commonplace.objectifying.status import PUT_AWAY, Status

MOST, WALK = 5, 50
AGREED = (Status.ACCEPTED, Status.CONTESTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTopic(Panel):
    """Agreed ones first, else the newest; `more`: there are others."""

    above: ClassVar[str] = "objectifying/on_topic.jinja"
    topic: Topic
    practices: list[Practice]
    more: bool


def on_topic(person: Any, topic: Topic) -> OnTopic:
    ids = topic.filed(Practice, {}, WALK)
    rows = Practice.objects.visible_to(person).filter(pk__in=ids).exclude(course__status__in=PUT_AWAY)
    is_agreed = Case(When(course__status__in=AGREED, then=Value(0)), default=Value(1))
    shown = rows.select_related("course", "community").order_by(is_agreed, *NEWEST_FIRST)
    practices = list(shown[: MOST + 1])
    return OnTopic(topic=topic, practices=practices[:MOST], more=len(practices) > MOST)


def counted(n: int, most: int) -> str:
    return ngettext("%(count)s practice", "%(count)s practices", n) % {"count": in_figures(n, most)}
