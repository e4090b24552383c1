"""Facilitators keep the topics of their community: renamed, merged, found by other names. Ids stay."""

from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.communities.naming import must_be_called
from commonplace.communities.policy import facilitator
from commonplace.externalizing.acts.naming import tidied
from commonplace.externalizing.evidence import TopicMerged
from commonplace.externalizing.models import Topic, TopicAlias
from commonplace.ledger.act import Also, Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.evidence import Nothing
from commonplace.untrusted.visible import folded


def _is_one_of_its_own(topic: Topic) -> None:
    if topic.merged_into:
        now = {"name": topic.name, "kept": topic.merged_into.name}
        raise NotPossible(_("“%(name)s” was merged into “%(kept)s”.") % now)


def _is_nobody_elses(topic: Topic, name: str) -> None:
    must_be_called(name, Topic, _("A topic needs a name of at most %(most)s characters."))
    namesakes = TopicAlias.objects.filter(community=topic.community, folded=folded(name)).exclude(topic=topic)
    if namesakes.everywhere("guard").exists():
        raise NotPossible(_("Another topic has this name. If the two are one, merge them."))


def _can_be_renamed(actor: Person, topic: Topic, *, name: str) -> None:
    _is_one_of_its_own(topic)
    _is_nobody_elses(topic, name)
    if tidied(name) == topic.name:
        raise NotPossible(_("This is its name already."))


@act("topic.renamed", who=facilitator, evidence=Nothing, guard=_can_be_renamed)
def rename_topic(actor: Person, topic: Topic, *, name: str) -> Written[Topic]:
    """Who: facilitators. Guard: not merged; another name, which no other topic has.
    Effect: shown by this name, still found by the old one.
    """
    topic.name = tidied(name)
    topic.save(update_fields=["name"])
    if not topic.aliases.filter(folded=folded(name)).exists():
        _lead(topic, name)
    return Written(topic, Nothing())


def _can_be_aliased(actor: Person, topic: Topic, *, name: str) -> None:
    _is_one_of_its_own(topic)
    _is_nobody_elses(topic, name)
    if topic.aliases.filter(folded=folded(name)).exists():
        raise NotPossible(_("It is found by this name already."))


@act("topic.aliased", who=facilitator, evidence=Nothing, guard=_can_be_aliased)
def alias_topic(actor: Person, topic: Topic, *, name: str) -> Written[TopicAlias]:
    """Who: facilitators. Guard: not merged; a name that leads nowhere yet. Effect: found by this name too."""
    return Written(_lead(topic, name), Nothing())


def _can_be_merged(actor: Person, topic: Topic, *, into: Topic) -> None:
    _is_one_of_its_own(topic)
    _is_one_of_its_own(into)
    if into.pk == topic.pk or into.community_id != topic.community_id:
        raise NotPossible(_("Choose another topic of this community."))


def _both(actor: Person, topic: Topic, *, into: Topic) -> tuple[Topic, Topic]:
    return topic, into


@act(
    "topic.merged",
    who=facilitator,
    evidence=TopicMerged,
    guard=_can_be_merged,
    locks=_both,
    of=("topic.merged",),
)
def merge_topic(actor: Person, topic: Topic, *, into: Topic) -> Written[Topic]:
    """Who: facilitators. Guard: two topics of one community, neither merged yet.
    Effect: its names, its exchanges and practices and what was merged into it go to the one that is kept.
    """
    topic.aliases.update(topic=into)
    earlier = list(topic.merged.all())
    for one in (topic, *earlier):
        one.merged_into = into
        one.save(update_fields=["merged_into"])
    evidence = TopicMerged(into=into.pk)
    return Written(topic, evidence, also=[Also("topic.merged", one, evidence) for one in earlier])


def _lead(topic: Topic, name: str) -> TopicAlias:
    return TopicAlias.objects.create(community=topic.community, topic=topic, name=tidied(name), folded=folded(name))
