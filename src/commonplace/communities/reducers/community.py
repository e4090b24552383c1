"""What a community is, and the rules that its charters gave it, one after the other."""

from collections import defaultdict

from commonplace.communities import profile
from commonplace.communities.evidence import CharterSet, Founded, ProfileSet, StageSet
from commonplace.communities.models import Charter, Community
from commonplace.communities.models.charter import RULE
from commonplace.ledger.replay import Recorded, Reducer, Row, Span

Charters = list[Row]


def _communities(span: Span) -> dict[str, Row]:
    rows = Community.objects.filter(span.within("pk")).everywhere("check")
    shown = rows.values_list("pk", "stage", "visibility", "language", "profile")
    return {pk: (stage, seen, language, profile.codes(chosen)) for pk, stage, seen, language, chosen in shown}


def _charters(span: Span) -> dict[str, Charters]:
    rows = Charter.objects.filter(span.within("community")).everywhere("check").order_by("set_at")
    by_community: dict[str, Charters] = defaultdict(list)
    for community, *charter in rows.values_list("community", "set_by", *RULE):
        by_community[community].append(tuple(charter))
    return dict(by_community)


communities: Reducer[Row] = Reducer("community", tuple, _communities)
charters: Reducer[Charters] = Reducer("charters", list, _charters)


@communities.on("community.founded")
def _founded(before: Row, act: Recorded, evidence: Founded) -> Row:
    return evidence.stage.value, evidence.visibility.value, evidence.language, evidence.traits


@communities.on("community.stage_set")
def _moved(before: Row, act: Recorded, evidence: StageSet) -> Row:
    return (evidence.stage.value, *before[1:])


@communities.on("community.profile_set")
def _described(before: Row, act: Recorded, evidence: ProfileSet) -> Row:
    return (*before[:1], evidence.visibility.value, evidence.language, evidence.traits)


@charters.on("community.founded", "charter.set")
def _set(before: Charters, act: Recorded, evidence: CharterSet) -> Charters:
    before.append((None if evidence.by_consent else act.actor, *(getattr(evidence, name) for name in RULE)))
    return before
