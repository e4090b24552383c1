"""What a guard would refuse whatever somebody typed is said before they type: by the page, in place of form or button.

A new act with a guard needs a scene here, or stands among those whose guard minds only what is typed or chosen.
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Person, RoleKind, Visibility
from commonplace.externalizing import acts as exchange
from commonplace.externalizing.models import Purpose
from commonplace.ledger import clock
from commonplace.ledger.act import why_not
from commonplace.ledger.locking import current
from commonplace.ledger.registry import ACTS, doors
from commonplace.objectifying.status import Outcome
from commonplace.steering import acts as steering
from commonplace.steering.models import Card
from tests.objectifying.conftest import Crew
from tests.steering.conftest import WORDS
from tests.story import Story
from tests.web.untrue import OF_HOW_MANY

PRACTICES = "/c/pump-crews/practices"
MINDS_WHAT_IS_TYPED = {
    *("unit.named", "person.added", "charter.set", "community.profile_set", "installation.set", "member.added"),
    *("person.profile_edited", "role.granted", "role.handed_over", "exchange.opened", "exchange.edited"),
    *("exchange.linked", "exchange.responded", "objective.stated", "objective.card_written"),
    # Buttons without a form, in lists of many people: nothing typed is lost, and the list comes back with the reason.
    *("person.bot_set", "person.link_issued"),
    # Doors of whoever is not in yet: test_start.py, test_sign_up.py, test_take_sign_in_link.py, test_see.py.
    *("person.signed_up", "person.link_used", "member.invitation_accepted", "member.invitation_withdrawn"),
    # Merged: test_topics.py and test_merge_unit.py; no longer refusable: test_refuse_words.py.
    *("topic.renamed", "topic.aliased", "topic.merged", "unit.renamed", "unit.moved", "unit.merged"),
    "practice.words_refused",
}


@dataclass(frozen=True, slots=True)
class Case:
    """At `address` this person finds no form to `action`. `words`: what they read instead of the guard's own."""

    verb: str
    who: Person
    target: Any
    address: str
    action: str
    known: dict[str, Any] = field(default_factory=dict)
    words: str = ""


Scene = Callable[[Crew], Iterator[Case]]
SCENES: dict[tuple[str, ...], Scene] = {}


def scene(*verbs: str) -> Callable[[Scene], Scene]:
    def take(play: Scene) -> Scene:
        SCENES[verbs] = play
        return play

    return take


@scene("proposal.opened")
def _too_few(crew: Crew) -> Iterator[Case]:
    practice = crew.candidate()
    crew.story.serving("Dee", RoleKind.FACILITATOR)
    social.set_charter(crew.fay, crew.community, quorum=9)
    for address in (f"{PRACTICES}/{practice.pk}/proposals/new", practice.get_absolute_url()):
        yield Case("proposal.opened", crew.lea, practice, address, "/proposals")
        yield Case("proposal.opened", crew.lea, practice, address, "/proposals/new")
        yield Case("proposal.opened", crew.fay, practice, address, "/proposals", words="/c/pump-crews/edit")


@scene("practice.version_added", "practice.steward_set", "application.reported")
def _retired(crew: Crew) -> Iterator[Case]:
    practice = crew.settled(Outcome.RETIRED)
    at = f"{PRACTICES}/{practice.pk}"
    yield Case("practice.version_added", crew.lea, practice, f"{at}/versions/new", "/versions")
    yield Case("practice.steward_set", crew.fay, practice, f"{at}/steward", "/steward/update")
    yield Case("application.reported", crew.lea, practice, f"{at}/applications/new", "/applications")


@scene("challenge.raised", "proposal.opened")
def _challenged(crew: Crew) -> Iterator[Case]:
    challenge = crew.challenged()
    practice, at = challenge.practice, f"{PRACTICES}/{challenge.practice_id}"
    yield Case("challenge.raised", crew.ines, practice, f"{at}/challenges/new", "/challenges")
    yield Case("challenge.raised", crew.ines, practice, at + "/", "/challenges/new", words="Challenged by Ines")


@scene("proposal.amended", "proposal.objection_resolved", "proposal.decided", "proposal.stance")
def _in_a_round(crew: Crew) -> Iterator[Case]:
    proposal = crew.proposed()
    objection = crew.objected(proposal)
    second = crew.story.revise(crew.fay, proposal.practice, limits="Call first.")
    at = proposal.get_absolute_url()
    yield Case("proposal.amended", crew.lea, proposal, at, "/amend")
    met = {"version": second}
    yield Case("proposal.objection_resolved", crew.fay, objection, at, 'name="how" value="change"', met)
    yield Case("proposal.decided", crew.fay, proposal, at, "/decision")
    with clock.at(clock.now() + timedelta(hours=1)):
        yield Case("proposal.stance", crew.story.member("Late"), proposal, at, "/stances")


@scene("exchange.closed", "exchange.confirmed", "practice.distilled")
def _in_an_exchange(crew: Crew) -> Iterator[Case]:
    open_one, helped = crew.story.ask(crew.lea), crew.story.resolved(crew.lea, crew.omar)
    answer = helped.responses.get()
    known: dict[str, Any] = {"exchanges": [open_one]}
    address = f"{PRACTICES}/new?exchange={open_one.pk}"
    yield Case("practice.distilled", crew.lea, crew.community, address, "/practices/create", known)
    at, known = f"/c/pump-crews/exchanges/{helped.pk}", {"response": answer}
    address = f"{at}/confirmations/new?response={answer.pk}"
    yield Case("exchange.confirmed", crew.lea, helped, address, "/confirmations", known)
    exchange.close(crew.lea, helped, purpose=Purpose.REUSE)
    yield Case("exchange.closed", crew.lea, helped, f"{at}/closing/new", "/closing")


@scene("member.left", "role.ended", "member.joined", "member.requested", "member.answered", "community.founded")
def _at_the_doors(crew: Crew) -> Iterator[Case]:
    story, here = crew.story, "/c/pump-crews/"
    role = crew.community.roles.get(person=crew.fay)
    yield Case("member.left", crew.fay, crew.community, here, "/leave")
    yield Case("role.ended", crew.fay, role, f"{here}roles", f"/{role.pk}/end")
    yield Case("member.joined", crew.lea, crew.community, here, "/join", words="You are a member")
    closed = story.found("valves", "Valves", by=crew.fay, visibility=Visibility.CLOSED)
    waits = story.person("Wanda Waits")
    request = social.ask_to_join(waits, closed, words="")
    yield Case("member.requested", waits, closed, "/c/valves/", "/requests", words="Your request is waiting")
    Person.objects.filter(pk=waits.pk).update(is_active=False)
    yield Case("member.answered", crew.fay, request, "/c/valves/", 'value="yes"')
    bot = story.person("Robot")
    social.set_bot(story.operator, bot, bot=True)
    yield Case("community.founded", bot, None, "/found", "/found/create")


@scene("objective.round_opened", "objective.signed", "objective.judged", "objective.stance", "objective.round_decided")
def _steering(crew: Crew) -> Iterator[Case]:
    story = crew.story
    sponsor = story.serving("Sam", RoleKind.SPONSOR)
    objective = steering.state(crew.fay, crew.community, card=Card(**WORDS))
    card, at = objective.latest, objective.get_absolute_url()
    yield Case("objective.round_opened", crew.lea, card, at, "/rounds")
    judged = {"side": "community", "level": 0, "words": "So."}
    yield Case("objective.judged", crew.fay, card, at, "/judgements", judged, words="not in force")
    steering.sign(sponsor, card)
    yield Case("objective.signed", sponsor, objective.latest, at, "/signature", words="has signed this card")
    decider = story.serving("Dee", RoleKind.FACILITATOR)
    card_round = steering.open_round(crew.lea, card)
    there = card_round.get_absolute_url()
    yield Case("objective.round_decided", decider, card_round, there, "/decision")
    with clock.at(clock.now() + timedelta(hours=1)):
        yield Case("objective.stance", story.member("Late"), card_round, there, "/stances")


@pytest.mark.parametrize("verbs", SCENES, ids=lambda verbs: verbs[0])
def test_the_page_says_it_in_place_of_the_form(verbs: tuple[str, ...], story: Story, now: datetime) -> None:
    for case in SCENES[verbs](Crew(story, now)):
        assert case.verb in verbs
        reason = why_not(_act(case.verb), current(case.who), current(case.target), **case.known)
        assert reason, case
        answer = story.browser(case.who).get(case.address)
        page = html.unescape(answer.content.decode())
        assert answer.status_code == 200, case
        assert (case.words or reason) in re.sub(r"\s+", " ", page), (case, reason)
        assert f'{case.action}"' not in page, case
        assert [pair for pair in OF_HOW_MANY.findall(page) if int(pair[0]) > int(pair[1])] == [], case
        main = page.partition("<main")[2].partition("</main")[0]
        assert "<a " in main, f"no way on from {case.address}"


def test_every_guard_is_thought_of() -> None:
    guarded = {act.verb for act in doors() if act.guard}
    assert guarded == {verb for verbs in SCENES for verb in verbs} | MINDS_WHAT_IS_TYPED


def test_where_it_is_possible_the_form_is_there(story: Story, now: datetime) -> None:
    crew = Crew(story, now)
    practice = crew.candidate()
    browser = story.browser(crew.lea)
    assert f"{PRACTICES}/{practice.pk}/proposals/new" in browser.get(practice.get_absolute_url()).content.decode()
    proposal = story.propose(crew.lea, practice)
    assert "/stances" in browser.get(proposal.get_absolute_url()).content.decode()


def _act(verb: str) -> Any:
    declared = ACTS[verb]
    assert declared.function
    return getattr(import_module(declared.function.__module__), declared.name)
