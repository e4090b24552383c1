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
from commonplace.communities.models import Community, Person, RoleKind, Visibility
from commonplace.communities.ways import Way
from commonplace.consenting import acts as rounds
from commonplace.consenting.kinds import Ground, How, Kind, Outcome, Stand
from commonplace.consenting.models import Proposal, Question
from commonplace.externalizing import acts as exchange
from commonplace.externalizing.models import Benefit, Purpose
from commonplace.ledger import clock
from commonplace.ledger.act import may, why_not
from commonplace.ledger.errors import Reason
from commonplace.ledger.locking import current
from commonplace.ledger.nobody import WORKER
from commonplace.ledger.registry import ACTS, doors
from commonplace.objectifying import acts as practices
from commonplace.objectifying.models import PARTS, Bringing, Version
from commonplace.objectifying.status import ChallengeGround, Due, Settled
from commonplace.steering import acts as steering
from commonplace.steering.models import Card
from tests.objectifying.conftest import Crew
from tests.steering.conftest import WORDS
from tests.story import Story
from tests.trust.reading_html import unlinked
from tests.web.untrue import OF_HOW_MANY

PRACTICES, ROUNDS = "/c/pump-crews/practices", "/c/pump-crews/proposals"
MINDS_WHAT_IS_TYPED = {
    *("unit.named", "person.added", "charter.set", "community.profile_set", "installation.set", "member.added"),
    *("person.profile_edited", "role.granted", "role.handed_over", "exchange.opened", "exchange.edited"),
    *("person.known_for_set", "exchange.linked", "exchange.responded", "objective.stated", "objective.card_written"),
    "member.invited",
    # Buttons without a form, in lists of many people: nothing typed is lost, and the list comes back with the reason.
    *("person.bot_set", "person.link_issued"),
    # Buttons of one press: nothing typed is lost, and they come back as it is.
    *("response.thanked", "response.thanks_withdrawn", "member.welcoming_set"),
    # Doors of whoever is not in yet: test_start.py, test_sign_up.py, test_take_sign_in_link.py, test_see.py.
    *("person.signed_up", "person.link_used", "member.invitation_accepted", "member.invitation_withdrawn"),
    # Merged: test_topics.py and test_merge_unit.py; no longer refusable: test_refuse_words.py.
    *("topic.renamed", "topic.aliased", "topic.merged", "unit.renamed", "unit.moved", "unit.merged"),
    "practice.words_refused",
    # Done by the rule in time, by nobody: no page asks.
    *("challenge.settled", "practice.minor_agreed", "review.due"),
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
WHO_FACILITATES = '/c/pump-crews/roles">Who facilitates here'
HAND_OVER = '/c/pump-crews/roles#hand-over">Hand a role over'
SCENES: dict[tuple[str, ...], Scene] = {}


def scene(*verbs: str) -> Callable[[Scene], Scene]:
    def take(play: Scene) -> Scene:
        SCENES[verbs] = play
        return play

    return take


@scene("proposal.opened", "proposal.lined_up", "proposal.line_left")
def _put_to_consent(crew: Crew) -> Iterator[Step]:
    practice = crew.candidate()
    form, page = f"{ROUNDS}/new/acceptance/{practice.pk}/", practice.get_absolute_url()
    send, to_open = '/create"', "/new/acceptance/"
    known = {"proposal": Proposal(matter=Kind.ACCEPTANCE, number=1)}
    yield Offered(crew.lea, form, send)
    yield Offered(crew.lea, page, to_open)
    crew.proposed(practice)
    yield Case("proposal.opened", crew.lea, practice, form, send, known, words="Another round on this is open")
    yield Case("proposal.lined_up", crew.lea, practice, form, send, known)
    yield Case("proposal.opened", crew.lea, practice, page, to_open, known, words="is being agreed")
    crew.story.revise(crew.lea, practice, how="Otherwise.")
    yield Offered(crew.lea, page, to_open)
    yield Offered(crew.lea, form, send)
    put = {"proposal": Proposal(matter=Kind.ACCEPTANCE, number=2)}
    row, leave = rounds.line_up(crew.lea, practice, **put), '/leave"'
    yield Case("proposal.lined_up", crew.lea, practice, form, send, put, words="Yours waits its turn")
    yield Case("proposal.lined_up", crew.lea, practice, page, to_open, put)
    yield Offered(crew.lea, form, leave)
    yield Hidden("proposal.line_left", crew.omar, row, form, leave)
    rounds.step_out(crew.lea, row)
    yield Case("proposal.line_left", crew.lea, row, form, leave, words="waits its turn and opens when")


@scene("practice.version_added", "practice.steward_set")
def _retired(crew: Crew) -> Iterator[Step]:
    challenge = crew.challenged()
    at = f"{PRACTICES}/{challenge.practice_id}"
    version = (crew.lea, f"{at}/versions/new", '/versions"')
    steward = (crew.fay, f"{at}/steward", '/steward/update"')
    yield from (Offered(*one) for one in (version, steward))
    practice = crew.settled(Settled.RETIRED, challenge)
    for verb, (who, address, action) in {"practice.version_added": version, "practice.steward_set": steward}.items():
        yield Case(verb, who, practice, address, action)


@scene("application.reported")
def _used(crew: Crew) -> Iterator[Step]:
    """Also once retired: what it did is still evidence."""
    used, retired = '/applications/create"', crew.settled(Settled.RETIRED)
    yield Offered(crew.lea, f"{PRACTICES}/{retired.pk}/applications/new", used)
    for practice in (crew.written(limits=""), crew.refused()):
        yield Case("application.reported", crew.lea, practice, f"{PRACTICES}/{practice.pk}/applications/new", used)


@scene("challenge.raised")
def _challenged(crew: Crew) -> Iterator[Step]:
    practice, candidate = crew.accepted(), crew.candidate()
    at, form, to_write = f"{PRACTICES}/{practice.pk}/", "challenges/new", '/challenges/new"'
    yield Case("challenge.raised", crew.ines, candidate, f"{PRACTICES}/{candidate.pk}/{form}", '/challenges"')
    for ground in ChallengeGround:
        yield Offered(crew.ines, f"{at}{form}", '/challenges"')
        yield Offered(crew.ines, at, to_write)
        crew.challenged(practice, ground=ground)
    yield Case("challenge.raised", crew.ines, practice, f"{at}{form}", '/challenges"')
    yield Case("challenge.raised", crew.ines, practice, at, to_write, words="Challenged by Ines")


@scene("challenge.shared", "challenge.taken_back")
def _of_a_challenge(crew: Crew) -> Iterator[Step]:
    challenge = crew.challenged()
    at, share, back = f"{PRACTICES}/{challenge.practice_id}/", '/share"', f'/{challenge.pk}/end"'
    yield Offered(crew.omar, at, share)
    yield Case("challenge.shared", crew.ines, challenge, at, share, words="Challenged by Ines")
    yield Offered(crew.ines, at, back)
    yield Hidden("challenge.taken_back", crew.omar, challenge, at, back)
    practices.share(crew.omar, challenge)
    yield Case("challenge.shared", crew.omar, challenge, at, share, words="Seen too by")
    crew.settled(Settled.UNDER_REVISION, challenge)
    ended = str(current(challenge).settlement.get_outcome_display())
    yield Case("challenge.shared", crew.lea, challenge, f"{at}challenges/all", share, words=ended)
    yield Case("challenge.taken_back", crew.ines, challenge, f"{at}challenges/all", back, words=ended)


@scene("practice.minor_fine", "practice.minor_taken_back")
def _minor(crew: Crew) -> Iterator[Step]:
    practice = crew.accepted()
    base = practice.newest_version
    words = {part: getattr(base, part) for part in PARTS} | {"why": "Air comes back, and stays."}
    version = practices.revise(crew.lea, practice, version=Version(**words), base=base, minor=True)
    edit, at, fine, back = version.minor_edit, version.get_absolute_url(), '/fine"', '/2/end"'
    yield Offered(crew.ines, at, fine)
    yield Offered(crew.lea, at, back)
    yield Case("practice.minor_fine", crew.lea, edit, at, fine, words="Once somebody else finds it fine")
    yield Hidden("practice.minor_taken_back", crew.ines, edit, at, back)
    practices.find_fine(crew.ines, edit)
    yield Case("practice.minor_fine", crew.omar, edit, at, fine, words="finds it fine: it holds from")
    crew.story.propose(crew.omar, current(practice), number=2)
    yield Case("practice.minor_taken_back", crew.lea, edit, at, back, words="Version 2")


@scene("practice.credited")
def _credits(crew: Crew) -> Iterator[Step]:
    practice = crew.candidate()
    page, form, to_it = practice.get_absolute_url(), f"{PRACTICES}/{practice.pk}/credits", '/credits"'
    yield Offered(crew.lea, form, '/credits/update"')
    yield Offered(crew.lea, page, to_it)
    yield Hidden("practice.credited", crew.ines, practice, page, to_it)
    crew.proposed(practice)
    yield Case("practice.credited", crew.lea, practice, form, '/credits/update"')
    yield Case("practice.credited", crew.lea, practice, page, to_it, words="is being agreed")


@scene("practice.filed")
def _topics(crew: Crew) -> Iterator[Step]:
    practice = crew.candidate()
    page, form = practice.get_absolute_url(), f"{PRACTICES}/{practice.pk}/topics"
    to_it, send, nobody = '/topics"', '/topics/update"', crew.story.person("Nobody Here")
    yield Offered(crew.ines, form, send)
    yield Offered(crew.ines, page, to_it)
    yield Hidden("practice.filed", nobody, practice, page, to_it)
    practices.replace_practice(crew.fay, practice, replacement=crew.written(), reason="The same.")
    yield Case("practice.filed", crew.ines, practice, form, send)
    yield Case("practice.filed", crew.ines, practice, page, to_it, words="stands in")


@scene("practice.audience_set")
def _for_whom(crew: Crew) -> Iterator[Step]:
    practice = crew.candidate()
    opening, form = f"{ROUNDS}/new/acceptance/{practice.pk}/", f"{PRACTICES}/{practice.pk}/audience"
    version, to_it, send = practice.newest_version.get_absolute_url(), '/audience"', '/audience/update"'
    yield Offered(crew.lea, form, send)
    yield Offered(crew.lea, version, to_it)
    yield Offered(crew.lea, opening, "/audience?then=round")
    yield Hidden("practice.audience_set", crew.ines, practice, version, to_it)
    yield Hidden("practice.audience_set", crew.ines, practice, opening, "/audience?then=round")
    crew.proposed(practice)
    yield Case("practice.audience_set", crew.lea, practice, form, send)
    yield Case("practice.audience_set", crew.lea, practice, version, to_it, words="It is being agreed")


@scene("practice.set_aside", "practice.replaced")
def _put_away(crew: Crew) -> Iterator[Step]:
    practice, other = crew.candidate(), crew.written(title="Priming a pump")
    page, form, send, to_end = practice.get_absolute_url(), f"{PRACTICES}/{practice.pk}/end", '/end/create"', '/end"'
    yield Offered(crew.lea, form, send)
    yield Offered(crew.lea, page, to_end)
    yield Hidden("practice.set_aside", crew.ines, practice, page, to_end)
    crew.proposed(practice)
    known = {"replacement": other, "reason": "It says the same."}
    yield Case("practice.set_aside", crew.lea, practice, form, send)
    yield Case("practice.replaced", crew.lea, practice, form, send, known)
    yield Case("practice.set_aside", crew.lea, practice, page, to_end, words="is being agreed")


@scene("review.reaffirmed")
def _in_a_review(crew: Crew) -> Iterator[Step]:
    practice, sponsor = crew.accepted(), crew.story.member("Sam")
    crew.story.granted(sponsor, RoleKind.SPONSOR)
    agreement, again = practice.agreements.in_force().get(), '/review/reaffirm"'
    at = f"{PRACTICES}/{practice.pk}/review"
    with clock.at(clock.now() + timedelta(days=400)):
        review = practices.open_review(WORKER, agreement, why=Due.DAY)
        yield Offered(crew.ines, at, again)
        yield Hidden("review.reaffirmed", sponsor, review, at, again)
        practices.reaffirm(crew.ines, review)
        yield Case("review.reaffirmed", crew.ines, review, at, again)


@scene("role.accepted")
def _offered_a_role(crew: Crew) -> Iterator[Step]:
    sam = crew.story.person("Sam")
    role = social.grant_role(crew.fay, crew.community, person=sam, kind=RoleKind.SPONSOR)
    yield Offered(sam, role.get_absolute_url(), '/acceptance"')
    social.accept_role(sam, role)
    yield Case("role.accepted", sam, role, role.get_absolute_url(), '/acceptance"')


@scene("charter.drafted")
def _another_rule(crew: Crew) -> Iterator[Step]:
    """Nothing hinders whoever may speak; one who keeps a community alone sets its rule at once, on the same page."""
    robot = crew.story.member("Robot")
    social.set_bot(crew.story.operator, robot, bot=True)
    yield Offered(crew.lea, f"{ROUNDS}/rule", '/rule/update"')
    yield Hidden("charter.drafted", robot, crew.community, f"{ROUNDS}/rule", '/rule/update"')


@scene("proposal.stance", "proposal.question_asked", "proposal.question_answered", "proposal.decided")
def _in_a_round(crew: Crew) -> Iterator[Step]:
    proposal = crew.proposed()
    question = rounds.ask_about(crew.ines, proposal, question=Question(text="Which valve?"))
    at, closed = proposal.get_absolute_url(), "It has closed"
    speak, ask, answer, decide = '/stances"', '/questions"', '/answers"', '/decision"'
    yield from (Offered(crew.omar, at, action) for action in (speak, ask, answer))
    yield Case("proposal.decided", crew.omar, proposal, at, decide, words="It closes")
    with clock.at(clock.now() + timedelta(hours=1)):
        late = crew.story.member("Late")
    yield Case("proposal.stance", late, proposal, at, speak)
    yield Hidden("proposal.decided", late, proposal, at, decide)
    with clock.at(proposal.closes_at + timedelta(hours=1)):
        yield Case("proposal.stance", crew.omar, proposal, at, speak, words=closed)
        yield Case("proposal.question_asked", crew.omar, proposal, at, ask, words=closed)
        yield Case("proposal.question_answered", crew.omar, question, at, answer, words=closed)
        yield Offered(crew.fay, at, decide)
        yield Case("proposal.decided", crew.omar, proposal, at, decide, words=closed)


@scene("proposal.amended", "proposal.withdrawn", "proposal.objection_raised")
def _of_who_opened_it(crew: Crew) -> Iterator[Step]:
    proposal = crew.proposed()
    at, amend, withdraw, against = proposal.get_absolute_url(), '/amendments"', '/withdrawal"', '/objections"'
    yield Case("proposal.amended", crew.lea, proposal, at, amend, {"number": 1}, "Write a newer text")
    yield Offered(crew.lea, at, withdraw)
    yield Offered(crew.fay, at, against)
    rounds.object_for_another(crew.fay, proposal, ground=Ground.EFFORT, harm="It takes a whole shift.")
    yield Case("proposal.objection_raised", crew.fay, proposal, at, against)
    for number in (2, 3):
        crew.story.revise(crew.lea, crew.practice_of(proposal), limits=f"Call {number} people first.")
        yield Offered(crew.lea, at, amend)
        yield Hidden("proposal.amended", crew.omar, proposal, at, amend)
        rounds.amend(crew.lea, proposal, number=number)
    crew.story.revise(crew.lea, crew.practice_of(proposal), limits="Call the shift lead.")
    yield Case("proposal.amended", crew.lea, proposal, at, amend, {"number": 4})
    with clock.at(proposal.closes_at + timedelta(hours=1)):
        yield Case("proposal.withdrawn", crew.lea, proposal, at, withdraw, words="It has closed")
        yield Hidden("proposal.withdrawn", crew.omar, proposal, at, withdraw)


@scene("proposal.objection_resolved", "proposal.objection_answered", "proposal.objection_kept")
def _of_an_objection(crew: Crew) -> Iterator[Step]:
    proposal = crew.proposed()
    objection = crew.objected(proposal)
    at, settle, answer, keep = objection.get_absolute_url(), '/settlement"', '/answer"', '/kept"'
    met, waits = 'name="how" value="change"', "It waits for a text"
    yield Offered(crew.ines, at, settle)
    taken_up = {"how": How.TAKEN_UP}
    yield Case("proposal.objection_resolved", crew.omar, objection, at, settle, taken_up, waits)
    yield Case("proposal.objection_resolved", crew.ines, objection, at, met, {"how": How.CHANGE}, waits)
    yield Case("proposal.objection_answered", crew.fay, objection, at, answer, words=waits)
    yield Case("proposal.objection_kept", crew.ines, objection, at, keep, words=waits)
    crew.amended(proposal, limits="Call first.")
    yield Offered(crew.ines, at, met)
    yield Offered(crew.fay, at, answer)
    yield Hidden("proposal.objection_answered", crew.omar, objection, at, answer)
    rounds.answer_objection(crew.fay, objection)
    yield Case("proposal.objection_answered", crew.fay, objection, at, answer, words="says that this text meets it")
    yield Offered(crew.ines, at, keep)
    yield Hidden("proposal.objection_kept", crew.omar, objection, at, keep)


@scene("proposal.objection_restated", "proposal.objection_understood")
def _of_how_it_is_understood(crew: Crew) -> Iterator[Step]:
    proposal = crew.proposed()
    objection = crew.objected(proposal)
    at, say, confirm = objection.get_absolute_url(), '/understanding"', '/understood"'
    late = crew.story.member("Late")
    heard = "It is the gas."
    yield Offered(crew.omar, at, say)
    yield Hidden("proposal.objection_restated", late, objection, at, say)
    yield Hidden("proposal.objection_restated", crew.ines, objection, at, say)
    yield Case("proposal.objection_understood", crew.ines, objection, at, confirm, words="Whose turn it is")
    rounds.restate_objection(crew.omar, objection, heard_as=heard)
    yield Offered(crew.ines, at, confirm)
    yield Hidden("proposal.objection_understood", crew.lea, objection, at, confirm)
    rounds.confirm_understood(crew.ines, objection, seen=heard)
    yield Case("proposal.objection_restated", crew.omar, objection, at, say, words="Understood by Omar as:")
    yield Case("proposal.objection_understood", crew.ines, objection, at, confirm, words="Understood by Omar as:")


@scene("practice.brought", "practice.backed")
def _what_is_in_force(crew: Crew) -> Iterator[Step]:
    nils, theirs = crew.story.person("Nils"), {"source_kind": "community", "authority": "habit"}
    original = crew.story.bring(nils, of=crew.story.found("night-shift", "Night shift", by=nils)).newest_version
    at, bring, back = f"{PRACTICES}/bring?from={original.practice_id}", '/bring/create"', '/back"'
    yield Offered(crew.lea, at, bring)
    practice = crew.brought(original=original, **theirs)
    known: dict[str, Any] = {"original": original, "bringing": Bringing(**theirs)}
    yield Case("practice.brought", crew.lea, crew.community, at, bring, known)
    yield Offered(crew.omar, practice.get_absolute_url(), back)
    yield Case("practice.backed", crew.lea, practice, practice.get_absolute_url(), back)


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


@scene(
    *("member.left", "role.ended", "role.away_set", "member.joined", "member.requested", "member.answered"),
    "community.founded",
)
def _at_the_doors(crew: Crew) -> Iterator[Step]:
    story, here = crew.story, "/c/pump-crews/"
    role = crew.community.roles.get(person=crew.fay)
    leave, join, ask, admit = '/membership/end"', '/membership"', '/requests"', 'name="admitted" value="yes"'
    end = f'/{role.pk}/end"'
    dee = story.serving("Dee", RoleKind.FACILITATOR)
    yield Offered(crew.fay, here, leave)
    yield Offered(crew.fay, f"{here}roles", end)
    social.leave(dee, crew.community)
    yield Offered(crew.fay, f"{here}roles/{role.pk}/away", '/away/update"')
    for words in ("", HAND_OVER):
        yield Case("member.left", crew.fay, crew.community, here, leave, words=words)
        yield Case("role.ended", crew.fay, role, f"{here}roles", end, words=words)
    yield Offered(story.person("Nora"), here, join)
    yield Case("member.joined", crew.lea, crew.community, here, join, words="You are a member")
    closed = story.found("valves", "Valves", by=crew.fay, visibility=Visibility.CLOSED)
    alone = closed.roles.get(person=crew.fay)
    yield Case("role.away_set", crew.fay, alone, f"/c/valves/roles/{alone.pk}/away", '/away/update"')
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


@scene("proposal.opened", "objective.signed", "objective.judged")
def _steering(crew: Crew) -> Iterator[Step]:
    story, community = crew.story, crew.community
    sponsor = story.serving("Sam", RoleKind.SPONSOR)
    objective = steering.state(crew.fay, community, card=Card(**WORDS))
    card, at = objective.latest, objective.get_absolute_url()
    ask, sign, judge = "/new/card/", '/signatures"', '/judgements"'
    judged = {"side": "community", "level": 0, "words": "So."}
    yield Case("objective.judged", crew.fay, card, at, judge, judged, "not in force")
    yield Hidden("proposal.opened", sponsor, objective, at, ask)
    yield Offered(crew.lea, at, ask)
    yield Offered(sponsor, at, sign)
    yield Hidden("objective.signed", crew.fay, card, at, sign)
    steering.sign(sponsor, card)
    yield Case("objective.signed", sponsor, objective.latest, at, sign, words="has signed")
    to_sign = Proposal(matter=Kind.CARD, number=1)
    proposal = rounds.propose(crew.lea, objective, proposal=to_sign)
    yield Case("proposal.opened", crew.lea, objective, at, ask, {"proposal": to_sign}, "is deciding by consent")
    for person in (crew.lea, crew.omar, crew.fay):
        rounds.take_stance(person, proposal, stance=Stand.CONSENT)
    with clock.at(proposal.closes_at + timedelta(hours=1)):
        rounds.decide(crew.lea, proposal, outcome=Outcome.ACCEPTED)
    yield Offered(crew.fay, at, judge)


@pytest.mark.parametrize("verbs", SCENES, ids=lambda verbs: verbs[0])
def test_the_page_says_it_in_place_of_the_form(verbs: tuple[str, ...], story: Story, now: datetime) -> None:
    offered: set[str] = set()
    missing: set[str] = set()
    for step in SCENES[verbs](Crew(story, now)):
        answer = story.browser(step.who).get(step.address)
        page = re.sub(r"\s+", " ", html.unescape(unlinked(answer.content.decode())))
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


def test_whoever_gave_any_reason_at_all_may_speak_again(story: Story, now: datetime) -> None:
    """What stands for words that are still to be typed is nothing that somebody can have typed."""
    crew = Crew(story, now)
    proposal = crew.proposed()
    for reason in ("…", "...", "?", ""):
        crew.story.stand(crew.ines, proposal, Stand.CONSENT, reason)
        assert why_not(rounds.take_stance, crew.ines, proposal) == ""
        assert '/stances"' in story.browser(crew.ines).get(proposal.get_absolute_url()).content.decode()


def test_what_is_settled_is_not_supposed_as_well(story: Story, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    crew = Crew(story, now)
    practice = crew.candidate()
    monkeypatch.setattr(rounds.propose, "supposing", lambda *_: pytest.fail("a query for nothing"))
    assert why_not(rounds.propose, crew.lea, practice, proposal=Proposal(number=1)) == ""


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
