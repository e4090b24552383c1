"""Nobody waits unseen: each act is an occasion for somebody, or it is said here why it concerns nobody."""

from commonplace.communities.contributions import contributed
from commonplace.communities.occasions import Occasion, Reminder, Thread
from commonplace.corresponding.concerned import verbs
from commonplace.ledger.registry import ACTS

ANOTHER = "told by another part"
CONCERNS_NOBODY = {
    "charter.drafted": "a draft is its writer's until it is put to consent, which is told",
    "proposal.lined_up": "whoever lined it up did it themselves; when its turn comes, the round is told",
    "practice.filed": "under which topics it stands binds nobody, and is read where it is looked for",
    "topic.named": "it comes with an exchange or a practice, which is told",
    **dict.fromkeys(
        (
            "application.reported", "charter.set", "community.founded", "community.profile_set", "community.stage_set",
            "exchange.closed", "exchange.edited", "exchange.linked", "figures.opened",
            "installation.set", "member.added", "member.answered", "member.invitation_accepted",
            "member.invitation_withdrawn", "member.invited", "member.joined", "member.left", "member.removed",
            "member.requested", "member.unit_changed", "objective.card_written", "objective.judged",
            "objective.signed", "objective.stated", "person.added", "person.bot_set", "person.link_issued",
            "person.link_used", "person.profile_edited", "person.signed_up", "role.accepted", "role.ended",
            "role.granted", "role.handed_over", "topic.aliased", "topic.merged", "topic.renamed", "unit.merged",
            "unit.moved", "unit.named", "unit.renamed",
        ),
        ANOTHER,
    ),
}  # fmt: skip


def test_each_verb_is_an_occasion_or_concerns_nobody_for_a_reason() -> None:
    assert sorted(set(ACTS) - set(verbs()) - set(CONCERNS_NOBODY)) == []


def test_what_concerns_nobody_is_there_and_is_no_occasion() -> None:
    assert sorted(set(CONCERNS_NOBODY) - set(ACTS)) == []
    assert sorted(verb for verb in set(CONCERNS_NOBODY) & set(verbs())) == []


def test_an_occasion_is_of_verbs_that_there_are_in_a_thread_that_there_is() -> None:
    threads = {one.name for one in contributed(Thread)}
    for one in contributed(Occasion):
        assert set(one.verbs) <= set(ACTS), one.name
        assert one.thread in threads, one.name


def test_what_no_act_brings_is_brought_by_a_reminder() -> None:
    without = {one.name for one in contributed(Occasion) if not one.verbs}
    assert without == {one.name for one in contributed(Reminder)}
