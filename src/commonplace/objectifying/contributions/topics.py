"""What the page of a topic shows of the practices on it, and how many the list of topics says there are."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.communities.contributions import Panel
from commonplace.externalizing.models import Topic
from commonplace.objectifying.models import Practice
from commonplace.objectifying.models.practice import NEWEST_FIRST

MOST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTopic(Panel):
    """The newest; `more`: there are others."""

    template: ClassVar[str] = "objectifying/on_topic.jinja"
    topic: Topic
    practices: list[Practice]
    more: bool


def on_topic(person: Any, topic: Topic) -> OnTopic:
    ids = topic.filed(Practice, {}, MOST + 1)
    rows = Practice.objects.visible_to(person).filter(pk__in=ids).select_related("course", "community")
    practices = list(rows.order_by(*NEWEST_FIRST))
    return OnTopic(topic=topic, practices=practices[:MOST], more=len(practices) > MOST)


def counted(n: int, more: bool) -> str:
    if more:
        return _("%(n)s+ practices") % {"n": n}
    return ngettext("%(count)s practice", "%(count)s practices", n) % {"count": n}
