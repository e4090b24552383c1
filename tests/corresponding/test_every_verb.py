"""Nobody waits unseen: each act is an occasion for somebody, or it is said here why it concerns nobody."""

from collections.abc import Iterator
from operator import attrgetter
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from commonplace.communities.contributions import contributed, of_name
from commonplace.communities.occasions import Named, Occasion, Reminder, Seen, Thread
from commonplace.corresponding.concerned import verbs
from commonplace.ledger.ids import LENGTH
from commonplace.ledger.registry import ACTS

PUT_AWAY_BY_HAND = {"line": "what has lost its turn has no page yet"}
LEADS_ON = "response"  # To its place in the exchange.
ONE_S_OWN = "it is of one's own account, and belongs to no community"
CONCERNS_NOBODY = {
    "charter.drafted": "a draft is its writer's until it is put to consent, which is told",
    "proposal.lined_up": "whoever lined it up did it themselves; when its turn comes, the round is told",
    "practice.filed": "under which topics it stands binds nobody, and is read where it is looked for",
    "community.founded": "whoever founds it is alone there",
    "figures.opened": "it belongs to no community; figures stand on their page for whoever may read them",
    "installation.set": "it belongs to no community, and stands on every page",
    "member.invited": "a link is handed on by who made it",
    "member.welcoming_set": "people do it themselves, and newcomers read it where they begin",
    "person.added": "who is added has a link before they have notices",
    "person.bot_set": ONE_S_OWN,
    "person.known_for_set": "it stands on their page, and waits for nobody",
    "person.link_issued": "the link is handed on by who made it",
    "person.link_used": ONE_S_OWN,
    "person.profile_edited": "people do it themselves",
    "person.signed_up": ONE_S_OWN,
    "response.thanks_withdrawn": "nobody needs to hear of it; who has not read of the thanks yet never does",
    "topic.aliased": "it is found by one more name, and what is filed under it stays",
    "topic.merged": "what was filed under it, and who follows it, go with it",
    "topic.named": "it comes with an exchange or a practice, which is told",
    "topic.renamed": "it is still found by its old name",
    "unit.merged": "it belongs to no community; the old name leads to the one that is kept",
    "unit.moved": "it belongs to no community; who works in it stays there",
    "unit.named": "nobody works in it yet",
    "unit.renamed": "it belongs to no community; who works in it stays there",
}


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


def leads_to(occasion: Occasion, thread: Thread) -> Iterator[str]:
    """Names of the addresses."""
    here = Seen(thread.name, "1" * LENGTH, "Seals", "a/b/c", "2" * LENGTH, "pump-crews", "Pump crews", "en", "open")
    named = Named("Seals", thread.href(here), here.here)
    for because in occasion.because or [""]:
        notice: Any = SimpleNamespace(actor=None, thread=here.thread, object="3" * LENGTH, because=because, about="4")
        yield str(resolve(urlsplit(occasion.href(notice, named)).path).url_name)


@pytest.mark.parametrize("occasion", contributed(Occasion), ids=attrgetter("name"))
def test_the_page_to_which_it_leads_puts_it_away(occasion: Occasion) -> None:
    thread = of_name(Thread, occasion.thread)
    if thread and thread.name not in PUT_AWAY_BY_HAND:
        assert {"exchange" if name == LEADS_ON else name for name in leads_to(occasion, thread)} <= set(thread.pages)


def test_what_no_act_brings_is_brought_by_a_reminder() -> None:
    without = {one.name for one in contributed(Occasion) if not one.verbs}
    assert without == {one.name for one in contributed(Reminder)}
