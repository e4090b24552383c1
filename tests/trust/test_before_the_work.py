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
from django.contrib.auth.models import AnonymousUser
from django.template.loader import get_template
from django.test import RequestFactory

from commonplace.communities import acts as social
from commonplace.communities.decision_rule import out_of_reach
from commonplace.communities.models import Community, Person, RoleKind, Visibility
from commonplace.communities.ways import Way
from commonplace.externalizing import acts as exchange
from commonplace.externalizing.models import Benefit, Purpose
from commonplace.ledger import clock
from commonplace.ledger.act import may, why_not
from commonplace.ledger.errors import Reason
from commonplace.ledger.locking import current
from commonplace.ledger.registry import ACTS, doors
from commonplace.objectifying import acts as practices
from commonplace.objectifying.consent import Stand
from commonplace.objectifying.models import Proposal
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
    """At `address` this person finds no `action`, as its page spells it. `words`: what they read instead of the
    guard's own; `known`: what is settled before they type."""

    verb: str
    who: Person
    target: Any
    address: str
    action: str
    known: dict[str, Any] = field(default_factory=dict)
    words: str = ""


@dataclass(frozen=True, slots=True)
class Hidden:
    """It is not for this person: at `address` they find neither `action` nor what may hinder others."""

    verb: str
    who: Person
    target: Any
    address: str
    action: str


@dataclass(frozen=True, slots=True)
class Offered:
    """Nothing hinders yet: at `address` this person finds `action`."""

    who: Person
    address: str
    action: str


Step = Case | Hidden | Offered
Scene = Callable[[Crew], Iterator[Step]]
CHANGE_CHARTER = '/c/pump-crews/edit">Change the charter'
WHO_FACILITATES = '/c/pump-crews/roles">Who facilitates here'
HAND_OVER = '/c/pump-crews/roles#hand-over">Hand a role over'
SCENES: dict[tuple[str, ...], Scene] = {}


def scene(*verbs: str) -> Callable[[Scene], Scene]:
    def take(play: Scene) -> Scene:
        SCENES[verbs] = play
        return play

    return take


@scene("proposal.opened")
def _too_few(crew: Crew) -> Iterator[Step]:
    practice = crew.candidate()
    crew.story.serving("Dee", RoleKind.FACILITATOR)
    form, page = f"{PRACTICES}/{practice.pk}/proposals/new", practice.get_absolute_url()
    to_send, to_open = '/proposals"', '/proposals/new"'
    yield Offered(crew.lea, form, to_send)
    yield Offered(crew.lea, page, to_open)
    social.set_charter(crew.fay, crew.community, quorum=9)
    for address, action in ((form, to_send), (page, to_open)):
        yield Case("proposal.opened", crew.lea, practice, address, action)
        yield Case("proposal.opened", crew.lea, practice, address, CHANGE_CHARTER, words=WHO_FACILITATES)
        yield Offered(crew.fay, address, CHANGE_CHARTER)


@scene("practice.version_added", "practice.steward_set", "application.reported")
def _retired(crew: Crew) -> Iterator[Step]:
    challenge = crew.challenged()
    at = f"{PRACTICES}/{challenge.practice_id}"
    version = (crew.lea, f"{at}/versions/new", '/versions"')
    steward = (crew.fay, f"{at}/steward", '/steward/update"')
    used = (crew.lea, f"{at}/applications/new", '/applications/create"')
    yield from (Offered(*one) for one in (version, steward, used))
    practice = crew.settled(Outcome.RETIRED, challenge)
    for verb, (who, address, action) in {
        "practice.version_added": version,
        "practice.steward_set": steward,
        "application.reported": used,
    }.items():
        yield Case(verb, who, practice, address, action)


@scene("challenge.raised", "proposal.opened")
def _challenged(crew: Crew) -> Iterator[Step]:
    practice = crew.accepted()
    at = f"{PRACTICES}/{practice.pk}"
    yield Offered(crew.ines, f"{at}/challenges/new", '/challenges"')
    yield Offered(crew.ines, f"{at}/", '/challenges/new"')
    crew.challenged(practice)
    yield Case("challenge.raised", crew.ines, practice, f"{at}/challenges/new", '/challenges"')
    yield Case("challenge.raised", crew.ines, practice, f"{at}/", '/challenges/new"', words="Challenged by Ines")


@scene("proposal.amended", "proposal.objection_resolved", "proposal.decided", "proposal.stance")
def _in_a_round(crew: Crew) -> Iterator[Step]:
    proposal = crew.proposed()
    objection, at = crew.objected(proposal), proposal.get_absolute_url()
    amend, settle, decide, speak = '/amendments"', 'name="how" value="change"', '/decision"', '/stances"'
    yield Offered(crew.omar, at, speak)
    with clock.at(proposal.closes_at + timedelta(hours=1)):
        yield Offered(crew.fay, at, decide)
    yield Case("proposal.decided", crew.fay, proposal, at, decide)
    yield Hidden("proposal.decided", crew.lea, proposal, at, decide)
    crew.story.revise(crew.omar, proposal.practice, limits="Not at night.")
    yield Offered(crew.lea, at, amend)
    yield Offered(crew.fay, at, settle)
    second = crew.story.revise(crew.fay, proposal.practice, limits="Call first.")
    met = {"version": second}
    for words in ("", WHO_FACILITATES):
        yield Case("proposal.amended", crew.lea, proposal, at, amend, words=words)
        yield Case("proposal.objection_resolved", crew.ines, objection, at, settle, met, words)
    yield Case("proposal.objection_resolved", crew.fay, objection, at, settle, met)
    yield Hidden("proposal.amended", crew.omar, proposal, at, amend)
    with clock.at(clock.now() + timedelta(hours=1)):
        yield Case("proposal.stance", crew.story.member("Late"), proposal, at, speak)
        protects = _protects(crew, "Paul")
        yield Hidden("proposal.stance", protects, proposal, at, speak)


@scene("exchange.closed", "exchange.confirmed", "practice.distilled")
def _in_an_exchange(crew: Crew) -> Iterator[Step]:
    open_one, helped = crew.story.ask(crew.lea), crew.story.resolved(crew.lea, crew.omar)
    answer, other = helped.responses.get(), crew.story.respond(crew.omar, helped)
    known: dict[str, Any] = {"exchanges": [open_one]}
    new, write, confirm, close = f"{PRACTICES}/new?exchange=", '/practices/create"', '/confirmations"', '/closing"'
    yield Offered(crew.lea, f"{new}{helped.pk}", write)
    yield Case("practice.distilled", crew.lea, crew.community, f"{new}{open_one.pk}", write, known)
    at, known = f"/c/pump-crews/exchanges/{helped.pk}", {"response": answer}
    yield Offered(crew.lea, f"{at}/confirmations/new?response={other.pk}", confirm)
    address = f"{at}/confirmations/new?response={answer.pk}"
    yield Case("exchange.confirmed", crew.lea, helped, address, confirm, known)
    offer, taken = crew.story.ask(crew.omar, kind="offer"), '/confirmations/new"'
    yield Offered(crew.lea, offer.get_absolute_url(), taken)
    exchange.confirm(crew.lea, offer, response=None, benefit=Benefit.SOLUTION)
    yield Case("exchange.confirmed", crew.lea, offer, offer.get_absolute_url(), taken)
    yield Offered(crew.lea, f"{at}/closing/new", close)
    yield Hidden("exchange.confirmed", crew.omar, offer, offer.get_absolute_url(), taken)
    exchange.close(crew.lea, helped, purpose=Purpose.REUSE)
    yield Case("exchange.closed", crew.lea, helped, f"{at}/closing/new", close)


@scene("member.left", "role.ended", "member.joined", "member.requested", "member.answered", "community.founded")
def _at_the_doors(crew: Crew) -> Iterator[Step]:
    story, here = crew.story, "/c/pump-crews/"
    role = crew.community.roles.get(person=crew.fay)
    leave, join, ask, admit = '/membership/end"', '/membership"', '/requests"', 'name="admitted" value="yes"'
    end = f'/{role.pk}/end"'
    dee = story.serving("Dee", RoleKind.FACILITATOR)
    yield Offered(crew.fay, here, leave)
    yield Offered(crew.fay, f"{here}roles", end)
    social.leave(dee, crew.community)
    for words in ("", HAND_OVER):
        yield Case("member.left", crew.fay, crew.community, here, leave, words=words)
        yield Case("role.ended", crew.fay, role, f"{here}roles", end, words=words)
    yield Offered(story.person("Nora"), here, join)
    yield Case("member.joined", crew.lea, crew.community, here, join, words="You are a member")
    closed = story.found("valves", "Valves", by=crew.fay, visibility=Visibility.CLOSED)
    waits = story.person("Wanda Waits")
    yield Offered(waits, "/c/valves/", ask)
    request = social.ask_to_join(waits, closed, words="")
    yield Case("member.requested", waits, closed, "/c/valves/", ask, words="Your request is waiting")
    yield Offered(crew.fay, "/c/valves/", admit)
    Person.objects.filter(pk=waits.pk).update(is_active=False)
    yield Case("member.answered", crew.fay, request, "/c/valves/", admit)
    bot = story.person("Robot")
    yield Offered(bot, "/found", '/found/create"')
    social.set_bot(story.operator, bot, bot=True)
    yield Case("community.founded", bot, None, "/found", '/found/create"')


@scene("objective.round_opened", "objective.signed", "objective.judged", "objective.stance", "objective.round_decided")
def _steering(crew: Crew) -> Iterator[Step]:
    story, community = crew.story, crew.community
    sponsor = story.serving("Sam", RoleKind.SPONSOR)
    objective = steering.state(crew.fay, community, card=Card(**WORDS))
    card, at = objective.latest, objective.get_absolute_url()
    ask, sign, judge, decide, speak = '/rounds"', '/signatures"', '/judgements"', '/decision"', '/stances"'
    judged = {"side": "community", "level": 0, "words": "So."}
    yield Case("objective.judged", crew.fay, card, at, judge, judged, "not in force")
    for words in ("", WHO_FACILITATES):
        yield Case("objective.round_opened", crew.lea, card, at, ask, words=words)
    decider = story.serving("Dee", RoleKind.FACILITATOR)
    social.set_charter(crew.fay, community, quorum=9)
    yield Case("objective.round_opened", crew.lea, card, at, CHANGE_CHARTER, words=WHO_FACILITATES)
    yield Case("objective.round_opened", crew.lea, card, at, ask)
    yield Offered(crew.fay, at, CHANGE_CHARTER)
    yield Hidden("objective.round_opened", sponsor, card, at, ask)
    social.set_charter(crew.fay, community, quorum=2)
    yield Offered(crew.lea, at, ask)
    yield Offered(sponsor, at, sign)
    yield Hidden("objective.signed", decider, card, at, sign)
    steering.sign(sponsor, card)
    yield Case("objective.signed", sponsor, objective.latest, at, sign, words="has signed this card")
    card_round = steering.open_round(crew.lea, card)
    there = card_round.get_absolute_url()
    yield Offered(crew.omar, there, speak)
    yield Case("objective.round_decided", decider, card_round, there, decide)
    yield Hidden("objective.round_decided", crew.omar, card_round, there, decide)
    with clock.at(clock.now() + timedelta(hours=1)):
        yield Case("objective.stance", story.member("Late"), card_round, there, speak)
        yield Hidden("objective.stance", _protects(crew, "Paul"), card_round, there, speak)
    for person in (crew.lea, crew.omar):
        steering.speak(person, card_round, stance=Stand.CONSENT)
    with clock.at(card_round.closes_at + timedelta(hours=1)):
        yield Offered(decider, there, decide)
        steering.decide_round(decider, card_round, outcome=Outcome.ACCEPTED)
    yield Offered(crew.fay, at, judge)


def _protects(crew: Crew, name: str) -> Person:
    """A member who is a sponsor, too: no stance is theirs to take."""
    person = crew.story.member(name)
    social.grant_role(crew.fay, crew.community, person=person, kind=RoleKind.SPONSOR)
    return person


@pytest.mark.parametrize("verbs", SCENES, ids=lambda verbs: verbs[0])
def test_the_page_says_it_in_place_of_the_form(verbs: tuple[str, ...], story: Story, now: datetime) -> None:
    offered, missing = set(), set()
    for step in SCENES[verbs](Crew(story, now)):
        answer = story.browser(step.who).get(step.address)
        page = re.sub(r"\s+", " ", html.unescape(answer.content.decode()))
        assert answer.status_code == 200, step
        assert (step.action in page) is isinstance(step, Offered), step
        (offered if isinstance(step, Offered) else missing).add(step.action)
        if isinstance(step, Case):
            assert step.verb in verbs
            _says_why(step, page)
        elif isinstance(step, Hidden):
            act = _act(step.verb)
            assert not may(act, current(step.who), current(step.target)), step
            assert (why_not(act, current(step.who), current(step.target)) or step.action) not in page, step
    assert offered == missing, "what is never there is not missed"


def _says_why(case: Case, page: str) -> None:
    reason = why_not(_act(case.verb), current(case.who), current(case.target), **case.known)
    assert reason, case
    assert (case.words or reason) in page, (case, reason)
    assert [pair for pair in OF_HOW_MANY.findall(page) if int(pair[0]) > int(pair[1])] == [], case
    assert "<a " in page.partition("<main")[2].partition("</main")[0], f"no way on from {case.address}"


def test_an_objection_names_the_way_out_as_the_round_does(story: Story, now: datetime) -> None:
    """Two hindrances on one page, each with its own."""
    crew = Crew(story, now)
    proposal = crew.proposed()
    crew.objected(proposal)
    crew.story.revise(crew.fay, proposal.practice, limits="Call first.")
    page = story.browser(crew.ines).get(proposal.get_absolute_url()).content.decode()
    assert page.count("Who facilitates here") == 2


def test_whoever_gave_any_reason_at_all_may_speak_again(story: Story, now: datetime) -> None:
    """What stands for words that are still to be typed is nothing that somebody can have typed."""
    crew = Crew(story, now)
    proposal = crew.proposed()
    for reason in ("…", "...", "?", ""):
        crew.story.stand(crew.ines, proposal, Stand.CONSENT, reason)
        assert why_not(practices.take_stance, crew.ines, proposal) == ""
        assert '/stances"' in story.browser(crew.ines).get(proposal.get_absolute_url()).content.decode()
    objective = steering.state(crew.fay, crew.community, card=Card(**WORDS))
    story.serving("Dee", RoleKind.FACILITATOR)
    card_round = steering.open_round(crew.lea, objective.latest)
    steering.speak(crew.ines, card_round, stance=Stand.CONSENT, reason="…")
    assert why_not(steering.speak, crew.ines, card_round) == ""


def test_too_few_people_is_one_rule_in_one_wording(story: Story, now: datetime) -> None:
    """Of a practice, of a card, and on the front page."""
    crew = Crew(story, now)
    practice = crew.candidate()
    objective = steering.state(crew.fay, crew.community, card=Card(**WORDS))
    story.serving("Dee", RoleKind.FACILITATOR)
    for quorum, eligible, is_enough in ((5, 5, True), (6, 5, False)):
        social.set_charter(crew.fay, crew.community, quorum=quorum)
        reasons = {
            why_not(practices.propose, crew.lea, current(practice)),
            why_not(steering.open_round, crew.lea, current(objective.latest)),
            out_of_reach(quorum, eligible),
        }
        assert len(reasons) == 1
        assert (reasons == {""}) is is_enough
    page = html.unescape(story.browser(crew.lea).get("/c/pump-crews/").content.decode())
    assert reasons.pop() in page
    assert WHO_FACILITATES in re.sub(r"\s+", " ", page)


def test_what_is_settled_is_not_supposed_as_well(story: Story, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    crew = Crew(story, now)
    practice = crew.candidate()
    monkeypatch.setattr(practices.propose, "supposing", lambda *_: pytest.fail("a query for nothing"))
    assert why_not(practices.propose, crew.lea, practice, proposal=Proposal(version=practice.newest_version)) == ""


@pytest.mark.parametrize("way", Way)
def test_each_way_out_is_a_link(way: Way, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    known = {"hindrance": Reason("No.", way), "community": Community(slug="pumps")}
    page = get_template("partials/hindrance.jinja").render(known, request)
    assert page.count('<a href="/c/pumps/') == 1


def test_every_guard_is_thought_of() -> None:
    guarded = {act.verb for act in doors() if act.guard}
    assert guarded == {verb for verbs in SCENES for verb in verbs} | MINDS_WHAT_IS_TYPED


def _act(verb: str) -> Any:
    declared = ACTS[verb]
    assert declared.function
    return getattr(import_module(declared.function.__module__), declared.name)
