"""Topics by what people type: a name that is here leads to its topic, a new one makes a topic."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from commonplace.communities.models import Community
from commonplace.communities.naming import must_hide_nothing
from commonplace.communities.policy import archivist
from commonplace.externalizing.evidence import TopicNamed
from commonplace.externalizing.lengths import LONGEST_TOPIC, MOST_TOPICS
from commonplace.externalizing.models import Topic, TopicAlias
from commonplace.ledger import registry
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.ids import new_id
from commonplace.untrusted.visible import folded

registry.consequence(
    "topic.named",
    of=("exchange.opened", "practice.brought", "practice.filed"),
    evidence=TopicNamed,
    effect="Who: whoever opens an exchange, brings a practice in, or corrects its topics. "
    "Guard: no topic has this name. Effect: a topic of the community.",
    brought_by=archivist,
)


def must_be_a_few(names: Sequence[str]) -> None:
    if len(names) > MOST_TOPICS or any(len(name) > LONGEST_TOPIC for name in names):
        raise NotPossible(_("At most six topics, each of at most 60 characters, with commas between."))
    for name in names:
        must_hide_nothing(name, "topics")


def by_name(community: Community, names: Sequence[str]) -> tuple[list[TopicAlias], list[Topic]]:
    """The aliases that these names are, and the topics that are new with them.

    Nobody waits for anybody but the one who names the same new topic at this moment; then both have that one.
    """
    wanted = {folded(name): tidied(name) for name in reversed(names) if folded(name)}
    offered = {key: _alias(community, wanted[key], key) for key in sorted(wanted)}
    TopicAlias.objects.bulk_create(offered.values(), ignore_conflicts=True)
    here = TopicAlias.objects.filter(community=community, folded__in=wanted)
    aliases = list(here.everywhere("a community's names"))
    new = [Topic(id=one.topic_id, community=community, name=one.name) for one in aliases if one in offered.values()]
    return aliases, Topic.objects.bulk_create(new)


def tidied(name: str) -> str:
    return " ".join(name.split())


def _alias(community: Community, name: str, key: str) -> TopicAlias:
    return TopicAlias(community=community, topic_id=new_id(), name=name, folded=key)
