"""Nobody waits unseen: what happens among people is an occasion for somebody, or it is said here why for nobody."""

import pytest

from commonplace.corresponding.concerned import verbs
from commonplace.ledger.registry import ACTS

OURS = (
    "application.", "charter.set", "community.", "exchange.", "figures.", "installation.", "member.", "objective.",
    "person.", "role.", "topic.", "unit.",
)  # fmt: skip
ONE_S_OWN = "it is of one's own account, and belongs to no community"
CONCERNS_NOBODY = {
    "community.founded": "whoever founds it is alone there",
    "figures.opened": "it belongs to no community; figures stand on their page for whoever may read them",
    "installation.set": "it belongs to no community, and stands on every page",
    "member.invited": "a link is handed on by who made it",
    "member.left": "whoever leaves goes in peace; what they looked after stands on the desk as a need",
    "person.added": "who is added has a link before they have notices",
    "person.bot_set": ONE_S_OWN,
    "person.link_issued": "the link is handed on by who made it",
    "person.link_used": ONE_S_OWN,
    "person.profile_edited": "people do it themselves",
    "person.signed_up": ONE_S_OWN,
    "topic.aliased": "it is found by one more name, and what is filed under it stays",
    "topic.merged": "what was filed under it, and who follows it, go with it",
    "topic.named": "it comes with an exchange or a practice, which is told",
    "topic.renamed": "it is still found by its old name",
    "unit.merged": "it belongs to no community; the old name leads to the one that is kept",
    "unit.moved": "it belongs to no community; who works in it stays there",
    "unit.named": "nobody works in it yet",
    "unit.renamed": "it belongs to no community; who works in it stays there",
}


def of_people() -> set[str]:
    return {verb for verb in ACTS if verb.startswith(OURS)}


def test_each_verb_is_an_occasion_or_concerns_nobody_for_a_reason() -> None:
    assert sorted(of_people() - set(verbs()) - set(CONCERNS_NOBODY)) == []


@pytest.mark.parametrize("verb", CONCERNS_NOBODY)
def test_what_concerns_nobody_is_there_and_is_no_occasion(verb: str) -> None:
    assert verb in ACTS
    assert verb not in verbs()
