"""A tale through every door there is, from the first account to a settled challenge: what happens is always the same.

An act that is new is added here: then it is proven to survive a lost deadlock, and its replay to notice a change.
"""

from datetime import date, timedelta

from commonplace.communities import acts as social
from commonplace.communities.models import Community, Installation, Person, Role, RoleKind, Stage, Visibility
from commonplace.externalizing import acts as sharing
from commonplace.externalizing.models import Exchange, LinkKind, Purpose, ResponseKind, Topic, WhyUnresolved
from commonplace.ledger import clock
from commonplace.measuring.acts import open_figures
from commonplace.measuring.windows import Window
from commonplace.objectifying import acts as agreeing
from commonplace.objectifying.consent import Stand
from commonplace.objectifying.models import Challenge, Excerpt, How, Practice, Proposal
from commonplace.objectifying.status import Outcome
from commonplace.steering import acts as steering
from commonplace.steering.models import Card, Side
from tests.story import Story

CARD = {
    "statement": "Fewer night calls", "why": "Sleep.", "beneficiary": "Crews", "baseline": "Nine a month.",
    "much_less": "Twelve", "less": "Nine", "expected": "Six", "more": "Four", "much_more": "Two",
    "horizon": date(2040, 1, 1), "metrics": ["X3"], "review_days": 91,
}  # fmt: skip


class Tale:
    """Five people and what they do; the clock is the caller's."""

    def __init__(self) -> None:
        self.story = story = Story()
        self.here, self.fay = story.community, story.facilitator
        self._people()
        self._community()
        self._exchanges()
        self._practice()
        self._agreement()
        self._settlement()
        self._objective()
        self._figures()
        self._goodbye()

    def _people(self) -> None:
        story, installation = self.story, Installation.current()
        social.set_installation(story.operator, installation, name="Pump house", open_signup=True)
        north, south = story.unit("North"), story.unit("South")
        far = social.name_unit(story.operator, installation, name="Far", parent=north)
        social.rename_unit(story.operator, far, name="Far north")
        social.move_unit(story.operator, far, parent=south)
        social.merge_unit(story.operator, far, into=south)
        self.lea, self.omar, self.ann = (story.member(name, "North") for name in ("Lea", "Omar", "Ann"))
        self.ida = self._signed_up("Ida")
        social.join(self.ida, self.here)
        secret = "once"
        link = social.issue_sign_in_link(story.operator, self.lea, secret=secret)
        social.take_sign_in_link(self.lea, link, secret=secret)
        machine = story.member("Digest")
        social.set_bot(story.operator, machine, bot=True)
        social.edit_profile(self.ann, self.ann, name="Ann B.", unit=south)

    def _signed_up(self, name: str) -> Person:
        person = Person(name=name, email=f"{name.lower()}@example.org")
        person.set_unusable_password()
        return social.sign_up(person, Installation.current())

    def _community(self) -> None:
        story, fay, here = self.story, self.fay, self.here
        social.set_charter(fay, here, domain="Pumps", quorum=2)
        social.set_stage(fay, here, stage=Stage.COALESCING)
        social.set_profile(fay, here, title="Pump crews of all sites")
        story.serving("Sam", RoleKind.SPONSOR)
        self.second = story.serving("Second", RoleKind.FACILITATOR)
        steward = social.grant_role(fay, here, person=self.lea, kind=RoleKind.STEWARD)
        social.end_role(fay, social.hand_over_role(self.lea, steward, successor=self.omar))
        invitation = social.invite(fay, here, secret="another")
        social.withdraw_invitation(fay, invitation)
        self._of_a_closed_one()

    def _of_a_closed_one(self) -> None:
        story, new = self.story, self._signed_up("Nia")
        closed = story.found("closed", "Closed", by=self.fay, visibility=Visibility.CLOSED)
        request = social.ask_to_join(new, closed, words="May I?")
        social.answer_request(self.fay, request, admitted=True)
        social.add_member(self.fay, closed, person=story.person("Never Here"))
        uma, link = self._signed_up("Uma"), social.invite(self.fay, closed, secret="hers")
        social.ask_to_join(uma, closed, words="May I too?")
        social.accept_invitation(uma, link, secret="hers")
        social.ask_to_join(self.lea, closed, words="And I?")

    def _exchanges(self) -> None:
        story, lea, omar = self.story, self.lea, self.omar
        self.question = story.ask(lea)
        self.answer = story.respond(omar, self.question)
        story.respond(lea, self.question, kind=ResponseKind.COMMENT, body="Which valve?")
        sharing.edit(omar, self.answer, body="Bleed before the valve.", seen=self.answer.fingerprint)
        story.confirm(lea, self.answer)
        sharing.close(lea, self.question, purpose=Purpose.CREATION)
        other = story.ask(omar)
        story.respond(lea, other)
        sharing.link(omar, other, other=self.question, kind=LinkKind.LINKED)
        sharing.close(self.fay, other, purpose=Purpose.REUSE, why=WhyUnresolved.values[0])
        story.respond(lea, story.ask(omar, topics=["valves"]))
        self._topics()

    def _topics(self) -> None:
        pumps, valves = (Topic.objects.everywhere("test").get(name=name) for name in ("pumps", "valves"))
        sharing.rename_topic(self.fay, valves, name="Check valves")
        sharing.alias_topic(self.fay, pumps, name="Pumping")
        sharing.merge_topic(self.fay, valves, into=pumps)

    def _practice(self) -> None:
        story = self.story
        self.practice = story.distil(self.lea, self.question, quoted=[self.answer])
        agreeing.refuse_words(self.omar, Excerpt.objects.everywhere("test").get(practice=self.practice))
        agreeing.set_steward(self.ann, self.practice, steward=self.ann)
        story.apply(self.ann, self.practice)
        story.apply(self.ida, self.practice, outcome="failed", where="Pump 5")

    def _agreement(self) -> None:
        story, lea, omar = self.story, self.lea, self.omar
        proposal = story.propose(lea, self.practice)
        story.stand(omar, proposal, Stand.OBJECT, "It would flood the pit.")
        with clock.at(clock.now() + timedelta(minutes=1)):
            story.stand(omar, proposal)
        story.stand(self.ann, proposal, Stand.OBJECT, "Not at night.")
        objection = proposal.objections.everywhere("test").get(raised_by=self.ann)
        agreeing.settle_objection(self.ann, objection, how=How.WITHDRAWN)
        story.stand(self.ida, proposal, Stand.OBJECT, "It stays.")
        version = story.revise(lea, self.practice, how="Slowly.")
        agreeing.amend(lea, proposal, version=version)
        objection = proposal.objections.everywhere("test").get(raised_by=self.ida)
        agreeing.settle_objection(self.ida, objection, how=How.CHANGE, version=version)
        self._consent(proposal)

    def _consent(self, proposal: Proposal, outcome: Outcome = Outcome.ACCEPTED) -> None:
        for person in (self.lea, self.omar, self.ann):
            self.story.stand(person, proposal)
        proposal.refresh_from_db()
        with clock.at(proposal.closes_at + timedelta(hours=1)):
            self.story.decide(self.second, proposal, outcome)

    def _settlement(self) -> None:
        challenge = Challenge(reason="It failed.", case="At site 3.")
        challenge = agreeing.challenge(self.omar, self.practice, challenge=challenge)
        agreed = self.practice.agreements.everywhere("test").get(ended_at=None).version
        outcome = {"challenge": challenge, "proposed_outcome": Outcome.UPHELD, "version": agreed}
        self._consent(self.story.propose(self.lea, self.practice, **outcome))
        agreeing.challenge(self.ann, self.practice, challenge=Challenge(reason="It failed again."))
        self._undecided()

    def _undecided(self) -> None:
        other = self.story.distil(self.lea, self.question, authors=[self.omar])
        self.story.apply(self.ann, other)
        self.story.apply(self.ida, other, where="Pump 5")
        self.story.stand(self.ida, self.story.propose(self.lea, other), Stand.OBJECT, "Not twice.")

    def _objective(self) -> None:
        sam, fay = self._serving(RoleKind.SPONSOR), self.fay
        self.objective = steering.state(sam, self.here, card=Card(**CARD))
        card = Card(**{**CARD, "why": "Rest."})
        card = steering.write_card(fay, self.objective, card=card, base=self.objective.latest)
        steering.sign(sam, card)
        asked = steering.open_round(self.lea, card)
        steering.speak(self.ann, asked, stance=Stand.ASIDE)
        for person in (self.lea, self.omar, self.ann):
            steering.speak(person, asked, stance=Stand.CONSENT)
        with clock.at(asked.closes_at + timedelta(hours=1)):
            steering.decide_round(self.second, asked, outcome=Outcome.ACCEPTED)
        steering.judge(sam, card, side=Side.SPONSOR, level=0, words="As hoped.")
        steering.open_round(self.lea, steering.state(sam, self.here, card=Card(**CARD)).latest)

    def _figures(self) -> None:
        now = clock.now()
        open_figures(self.story.operator, self.here, window=Window.parse("90d"), until=now)
        open_figures(self.story.operator, self.here, window=Window.parse("all"), until=now - timedelta(days=30))

    def _serving(self, kind: RoleKind) -> Person:
        return Role.objects.filter(community=self.here, kind=kind).everywhere("test")[0].person

    def _goodbye(self) -> None:
        social.leave(self.omar, self.here)

    @property
    def subjects(self) -> tuple[Community, Exchange, Practice, object]:
        return self.here, self.question, self.practice, self.objective
