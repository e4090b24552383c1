"""What an exchange of an archive is about: topics of the community, made when an archive first names them."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from commonplace.archiving.records import ExchangeRecord, Incoming
from commonplace.communities.models import Community
from commonplace.externalizing.models import Exchange, Topic

if TYPE_CHECKING:
    from commonplace.archiving.importing.batch import Batch

LONGEST_TOPIC = 60
Filed = Exchange.topics.through


def topics_of(record: ExchangeRecord) -> list[str]:
    names = (" ".join(topic.lower().split())[:LONGEST_TOPIC] for topic in record.topics)
    return list(dict.fromkeys(name for name in names if name))


def known_topics(community: Community, records: Iterable[Incoming]) -> dict[str, str]:
    """Name -> id, of those that the records name and the community has."""
    names = {name for record in records if isinstance(record, ExchangeRecord) for name in topics_of(record)}
    return dict(community.topics.filter(name__in=names).values_list("name", "pk"))


def file_under(batch: "Batch", exchange: Exchange, names: Sequence[str]) -> list[str]:
    """The ids of the topics."""
    ids = [batch.topics.get(name) or _new(batch, name) for name in names]
    for topic in ids:
        batch.add(Filed(exchange_id=exchange.pk, topic_id=topic))
    return ids


def file_anew(batch: "Batch", exchange: Exchange, names: Sequence[str]) -> bool:
    """Under these and no others; False if nothing changes."""
    before = {filed.topic.name: filed for filed in Filed.objects.filter(exchange=exchange).select_related("topic")}
    new, outdated = [name for name in names if name not in before], before.keys() - set(names)
    file_under(batch, exchange, new)
    batch.removed += [before[name] for name in outdated]
    return bool(new or outdated)


def _new(batch: "Batch", name: str) -> str:
    topic = Topic(community=batch.community, name=name)
    batch.topics[name] = topic.pk
    batch.add(topic)
    return topic.pk
