"""Which topics there are, and into which others were merged."""

from commonplace.externalizing.evidence import TopicMerged
from commonplace.externalizing.models import Topic
from commonplace.ledger.evidence import Evidence
from commonplace.ledger.replay import Recorded, Row, of_each

topics = of_each("topic", Topic, "pk", "community", "merged_into")


@topics.on("topic.named")
def _named(before: Row, act: Recorded, evidence: Evidence) -> Row:
    return act.community, None


@topics.on("topic.merged")
def _merged(before: Row, act: Recorded, evidence: TopicMerged) -> Row:
    return act.community, evidence.into
