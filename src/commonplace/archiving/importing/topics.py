"""What an exchange of an archive is about: topics of the community, made when an archive first names them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from commonplace.archiving.records import ExchangeRecord, Incoming
from commonplace.communities.models import Community
from commonplace.externalizing.evidence import TopicNamed
from commonplace.externalizing.lengths import LONGEST_TOPIC
from commonplace.externalizing.models import Exchange, Topic, TopicAlias
from commonplace.untrusted.visible import folded, one_line

if TYPE_CHECKING:
    from commonplace.archiving.importing.batch import Batch

Filed: Any = Exchange.filed_under.through


class Name(NamedTuple):
    """The ids of an alias and of the topic that it leads to."""

    alias: str
    topic: str


def topics_of(record: ExchangeRecord) -> list[str]:
    names = (one_line(topic)[:LONGEST_TOPIC] for topic in record.topics)
    return list({folded(name): name for name in names if folded(name)}.values())


def known_topics(community: Community, records: Iterable[Incoming]) -> dict[str, Name]:
    """By folded name, of those that the records name and the community has."""
    wanted = {folded(name) for one in records if isinstance(one, ExchangeRecord) for name in topics_of(one)}
    here = TopicAlias.objects.filter(community=community, folded__in=wanted).everywhere("import")
    aliases = here.values_list("folded", "pk", "topic")
    return {name: Name(alias, topic) for name, alias, topic in aliases}


def file_under(batch: Batch, exchange: Exchange, names: Sequence[str], at: datetime) -> list[str]:
    """The ids of the topics, each once."""
    named = [batch.topics.get(folded(name)) or _new(batch, exchange, name, at) for name in names]
    for alias in dict.fromkeys(name.alias for name in named):
        batch.add(Filed(exchange_id=exchange.pk, topicalias_id=alias))
    return sorted({name.topic for name in named})


def file_anew(batch: Batch, exchange: Exchange, names: Sequence[str], at: datetime) -> bool:
    """Under these and no others; False if nothing changes."""
    before = {filed.topicalias.folded: filed for filed in _filed(exchange)}
    new, outdated = [name for name in names if folded(name) not in before], before.keys() - set(map(folded, names))
    file_under(batch, exchange, new, at)
    batch.removed += [before[name] for name in outdated]
    return bool(new or outdated)


def _filed(exchange: Exchange) -> Iterable[Any]:
    rows: Iterable[Any] = Filed.objects.filter(exchange=exchange).select_related("topicalias")
    return rows


def _new(batch: Batch, exchange: Exchange, name: str, at: datetime) -> Name:
    topic = Topic(community=batch.community, name=name)
    alias = TopicAlias(community=batch.community, topic_id=topic.pk, name=name, folded=folded(name))
    batch.add(topic)
    batch.add(alias)
    batch.act("topic.named", exchange.opener_id, topic, at, TopicNamed(), topic.pk)
    batch.topics[alias.folded] = Name(alias.pk, topic.pk)
    return batch.topics[alias.folded]
