"""How much members say of themselves: whether there are words, under how many topics, how many kinds are shown."""

from django.db.models import Count

from commonplace.communities.evidence import KnownForSet, Removed
from commonplace.communities.models import KnownFor
from commonplace.ledger.evidence import Evidence
from commonplace.ledger.replay import Recorded, Reducer, Span

Known = dict[str, tuple[bool, int, int]]


def _known(span: Span) -> dict[str, Known]:
    rows = KnownFor.objects.filter(span.within("community")).everywhere("check")
    each = rows.annotate(under=Count("topics")).values_list("community", "person", "words", "under", "shows")
    known: dict[str, Known] = {}
    for community, person, words, under, shows in each:
        known.setdefault(community, {})[person] = (bool(words), under, len(shows))
    return known


known_for: Reducer[Known] = Reducer("known for", dict, _known)


@known_for.on("person.known_for_set")
def _set(known: Known, act: Recorded, evidence: KnownForSet) -> Known:
    known[act.actor] = (evidence.says, evidence.under, evidence.shows)
    return known


@known_for.on("member.left")
def _left(known: Known, act: Recorded, evidence: Evidence) -> Known:
    known.pop(act.actor, None)
    return known


@known_for.on("member.removed")
def _was_removed(known: Known, act: Recorded, evidence: Removed) -> Known:
    known.pop(evidence.person, None)
    return known
