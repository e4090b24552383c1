"""T4', T15: under which topics a practice is found is corrected at any time: they are no part of what is agreed on."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.communities.policy import member
from commonplace.externalizing.acts.naming import by_name, must_be_a_few
from commonplace.externalizing.evidence import TopicNamed
from commonplace.externalizing.models import TopicAlias
from commonplace.ledger.act import ANYTHING, Also, Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying.evidence import Filed
from commonplace.objectifying.models import Practice
from commonplace.objectifying.possible import must_be_possible
from commonplace.untrusted.visible import folded


def _can_be_filed(
    actor: Person, practice: Practice, *, topics: Sequence[str], seen: Sequence[str] | None = None
) -> None:
    must_be_possible("practice.filed", practice)
    must_be_a_few(topics)
    now = topic_ids(practice)
    if seen is not None and sorted(seen) != now:
        raise NotPossible(
            _("Meanwhile somebody else corrected them. Compare them with yours, then save again."), "topics"
        )
    if _named(practice, topics) == set(now):
        raise NotPossible(_("So it is already."), "topics")


def _another(actor: Person, practice: Practice) -> dict[str, Any]:
    """One that no topic is called."""
    return {"topics": [ANYTHING]}


@act("practice.filed", who=member, evidence=Filed, guard=_can_be_filed, supposing=_another)
def file_under(
    actor: Person, practice: Practice, *, topics: Sequence[str], seen: Sequence[str] | None = None
) -> Written[Practice]:
    """Who: any member. Guard: not retired, nor replaced; a few topics, or none; others than now.
    Effect: found under these topics and no others; nothing of what is agreed on changes.

    `seen`: the ids of the topics that the person had before them.
    """
    aliases, new = by_name(practice.community, topics)
    practice.filed_under.set(aliases)
    evidence = Filed(topic_ids=sorted({alias.topic_id for alias in aliases}))
    return Written(practice, evidence, also=[Also("topic.named", topic, TopicNamed()) for topic in new])


def topic_ids(practice: Practice) -> list[str]:
    return sorted({alias.topic_id for alias in practice.filed_under.all()})


def _named(practice: Practice, names: Sequence[str]) -> set[str]:
    """The topics that these names lead to; "" for each that is new."""
    wanted = {folded(name) for name in names} - {""}
    here = TopicAlias.objects.filter(community=practice.community, folded__in=wanted).everywhere("a community's names")
    known = dict(here.values_list("folded", "topic"))
    return {known.get(name, "") for name in wanted}
