"""What practices bring to home and to the page of an exchange."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from commonplace.communities import contributions
from commonplace.communities.contributions import MOST_ALIKE, Need
from commonplace.consenting.kinds import Outcome
from commonplace.externalizing.models import Exchange
from commonplace.ledger import clock
from commonplace.objectifying import acts, jobs
from commonplace.objectifying.contributions.needs import to_look_after, to_review, waiting
from commonplace.objectifying.contributions.news import moved
from commonplace.objectifying.contributions.panel import on_exchange
from commonplace.objectifying.models import Excerpt, Practice, PracticeCourse
from commonplace.objectifying.status import Settled
from tests.objectifying.conftest import Crew

Later = Callable[[timedelta], Any]


def unsettled(person: Any) -> list[Need]:
    return [need for need in waiting(person) if need.kind == "unsettled"]


def quoting(crew: Crew) -> Practice:
    exchange = crew.story.resolved(crew.lea, crew.omar)
    return crew.story.distil(crew.lea, exchange, quoted=list(exchange.responses.all()))


def test_quoted_words_wait_until_they_can_no_longer_be_refused(crew: Crew) -> None:
    practice = quoting(crew)
    [need] = waiting(crew.omar)
    assert (need.what, need.title) == ("Your words are quoted", practice.title)
    assert crew.story.browser(crew.omar).get(need.href).status_code == 200
    with clock.at(Excerpt.objects.of(crew.omar).get().refusable_until + timedelta(hours=1)):
        assert list(waiting(crew.omar)) == []


def test_a_challenge_waits_for_the_steward(crew: Crew) -> None:
    practice = crew.accepted()
    acts.set_steward(crew.fay, practice, steward=crew.omar)
    crew.challenged(practice)
    [need] = waiting(crew.omar)
    assert (need.phase, need.what) == ("red", "Challenged")
    assert crew.story.browser(crew.omar).get(need.href).status_code == 200
    assert list(waiting(crew.lea)) == []


def test_a_challenge_waits_for_facilitators_until_somebody_proposes_how_to_settle_it(crew: Crew) -> None:
    challenge = crew.challenged()
    [need] = unsettled(crew.fay)
    assert need.href in crew.story.browser(crew.fay).get("/").content.decode()
    assert list(unsettled(crew.lea)) == []
    crew.settlement(Settled.UPHELD, challenge)
    assert list(unsettled(crew.fay)) == []


def test_an_exchange_names_what_came_of_it_instead_of_offering_to_write_it_down(crew: Crew) -> None:
    exchange = crew.story.resolved(crew.lea, crew.omar)
    offer, lea = "Write it down as a practice", crew.story.browser(crew.lea)
    assert offer in lea.get(exchange.get_absolute_url()).content.decode()
    practice = crew.story.distil(crew.lea, exchange, authors=[crew.omar], title="Bleeding first")
    page = lea.get(exchange.get_absolute_url()).content.decode()
    assert "Bleeding first" in page
    assert offer not in page
    assert "The text of version" not in page
    crew.used(practice)
    crew.accepted(practice)
    page = lea.get(exchange.get_absolute_url()).content.decode()
    assert page.index("The text of version 1") < page.index("Not near chlorine lines.") < page.index('class="thread"')
    form = lea.get(f"/c/pump-crews/practices/new?exchange={exchange.pk}").content.decode()
    assert "Written down already:" in form


def test_what_was_refused_or_retired_may_be_written_down_anew(crew: Crew) -> None:
    practice = crew.refused()
    exchange = practice.sources.get().exchange
    way_on = on_exchange(crew.lea, exchange).way_on
    assert way_on
    assert way_on.steps[0].label == "Write it down as a practice"


def test_who_has_waited_longest_comes_first_and_not_too_many(crew: Crew) -> None:
    for days in range(MOST_ALIKE + 2):
        with clock.at(crew.moment + timedelta(days=days)):
            quoting(crew)
    *shown, last = waiting(crew.omar)
    assert [need.since for need in shown] == [crew.moment + timedelta(days=days) for days in range(MOST_ALIKE)]
    assert last.since == crew.moment + timedelta(days=MOST_ALIKE), "it waits since then, not since one looked"
    assert last.of_place
    assert (last.what, last.title, last.href) == (
        "2 more answers of yours are quoted",
        crew.community.title,
        "/c/pump-crews/practices/words",
    )


def test_how_much_more_is_to_be_looked_at_or_after_or_settled_is_said_with_a_list(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing that waits is cut in silence."""
    monkeypatch.setattr(contributions, "MOST_ALIKE", 1)
    practices = [crew.accepted(crew.candidate(title=f"Practice {number}")) for number in range(3)]
    for practice in practices:
        crew.challenged(practice)
    here = "/c/pump-crews/practices/"
    assert [(one.what, one.href) for one in unsettled(crew.fay)][1:] == [
        ("2 more practices are challenged", f"{here}?status=contested")
    ]
    assert [(one.what, one.href) for one in to_look_after(crew.lea)][1:] == [
        ("2 more practices have nobody who looks after them", f"{here}?steward=none")
    ]
    with clock.at(clock.now() + timedelta(days=400)):
        jobs.let_time_pass()
        assert [(one.what, one.href) for one in to_review(crew.fay)] == [
            ("3 practices are to be looked at again", f"{here}reviews")
        ]
        home = crew.story.browser(crew.fay).get("/").content.decode()
        assert ">3 practices are to be looked at again</a>" in home, "the link says what waits, not where"


def test_many_without_a_steward_are_one_need_that_leads_to_just_these(crew: Crew) -> None:
    """Up to three are each told by name; a challenged one has nobody either, one that ended needs nobody."""
    practices = [crew.accepted(crew.candidate(title=f"Practice {number}")) for number in range(MOST_ALIKE)]
    assert {one.title for one in to_look_after(crew.fay)} == {one.title for one in practices}
    crew.challenged(practices[0])
    practices += [crew.accepted(crew.candidate(title=f"Practice {number}")) for number in range(3, 6)]
    crew.candidate(title="Not agreed on")
    acts.set_steward(crew.fay, crew.accepted(crew.candidate(title="Looked after")), steward=crew.omar)
    [need] = to_look_after(crew.fay)
    assert need.what == "6 practices have nobody who looks after them"
    page = crew.story.browser(crew.fay).get(need.href).content.decode()
    assert page.count("nobody looks after it") == page.count('<li class="row">') == 6
    home = crew.story.browser(crew.fay).get("/").content.decode()
    assert "Who looks after it?" not in home
    assert need.what in home


def news(crew: Crew) -> list[str]:
    with clock.at(clock.now() + timedelta(days=400)):
        return [piece.title for piece in moved(crew.lea, [crew.community.pk], clock.now())]


def test_news_are_what_was_written_down_or_decided_and_nothing_else(crew: Crew, later: Later) -> None:
    with later(timedelta(days=1)):
        first = crew.candidate(title="First")
    with later(timedelta(days=2)):
        crew.candidate(title="Second")
    assert news(crew) == ["Second", "First"]
    with later(timedelta(days=3)):
        proposal = crew.consented(crew.proposed(first))
        assert news(crew) == ["Second", "First"], "a round is open"
        crew.decided(proposal)
    assert news(crew) == ["First", "Second"]
    with later(timedelta(days=60)):
        third = crew.accepted(crew.candidate(title="Third"))
    with later(timedelta(days=90)):
        crew.challenged(first)
        crew.story.revise(crew.omar, first, how="Otherwise.")
        crew.used(first, where="Pump 5")
    assert news(crew) == [third.title, "First", "Second"]


def test_a_decision_that_is_recorded_afterwards_moves_nothing_back(crew: Crew, later: Later) -> None:
    practice = crew.candidate()
    with later(timedelta(days=90)):
        crew.refused(practice)
    last = crew.last("proposal.decided").happened_at
    with later(timedelta(days=30)):
        crew.story.revise(crew.omar, practice, how="Otherwise.")
        proposal = crew.proposed(practice)
        crew.objected(proposal, by=crew.omar)
        crew.decided(proposal, Outcome.NOT_ACCEPTED)
    assert crew.last("proposal.decided").happened_at < last
    assert PracticeCourse.objects.everywhere("test").get(pk=practice.pk).moved_at == last


def shown(crew: Crew, exchange: Exchange) -> str:
    return crew.story.browser(crew.lea).get(exchange.get_absolute_url()).content.decode()


def test_an_exchange_that_helped_can_be_written_down(crew: Crew) -> None:
    exchange = crew.story.ask(crew.lea)
    step = f'href="/c/pump-crews/practices/new?exchange={exchange.pk}"'
    assert step not in shown(crew, exchange)
    crew.story.confirm(crew.lea, crew.story.respond(crew.omar, exchange))
    assert step in shown(crew, exchange)
    stranger = crew.story.browser(crew.story.person("Stranger")).get(exchange.get_absolute_url())
    assert step not in stranger.content.decode()


def test_an_exchange_says_what_came_of_it(crew: Crew) -> None:
    practice = crew.written()
    source = practice.sources.get().exchange
    assert practice.get_absolute_url() in shown(crew, source)
    other = crew.story.resolved(crew.lea, crew.omar)
    assert practice.get_absolute_url() not in shown(crew, other)
    read = Exchange.objects.visible_to(crew.lea).get(pk=source.pk)
    assert [one.title for one in on_exchange(crew.lea, read).practices] == [practice.title]


def test_a_community_s_page_shows_rounds_and_challenges_that_end_soon(crew: Crew, later: Later) -> None:
    challenge = crew.challenged()
    community, members_page = challenge.practice.community, crew.story.browser(crew.lea)
    assert "not settled yet" not in members_page.get(community.get_absolute_url()).content.decode()
    with later(timedelta(days=settings.CHALLENGE_DAYS - 13)):
        page = members_page.get(community.get_absolute_url()).content.decode()
        assert "Challenged, and not settled yet" in page
        assert "Being decided" not in page
        crew.settlement(Settled.UPHELD, challenge)
        page = members_page.get(community.get_absolute_url()).content.decode()
    assert "Being decided" in page
    assert "your turn" in page
    assert f"/c/{community.slug}/proposals/" in page
