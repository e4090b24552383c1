"""A tale through every door there is, from the first account to a settled challenge: what happens is always the same.

An act that is new is added here: then it is proven to survive a lost deadlock, and its replay to notice a change.
"""

from datetime import date, timedelta
from typing import Any

from commonplace.communities import acts as social
from commonplace.communities.models import (
    Community,
    Installation,
    Membership,
    Person,
    Role,
    RoleKind,
    Stage,
    Visibility,
)
from commonplace.communities.zones import today
from commonplace.consenting import acts as rounds
from commonplace.consenting.acts.lining_up import take_its_turn
from commonplace.consenting.kinds import Ground, How, Kind, Outcome, Stand
from commonplace.consenting.models import InLine, Proposal, Question
from commonplace.externalizing import acts as sharing
from commonplace.externalizing.models import Exchange, LinkKind, Purpose, ResponseKind, Topic, WhyUnresolved
from commonplace.ledger import clock
from commonplace.ledger.nobody import WORKER
from commonplace.measuring.acts import open_figures
from commonplace.measuring.windows import Window
from commonplace.objectifying import acts as agreeing
from commonplace.objectifying.models import PARTS, Challenge, Excerpt, MinorEdit, Practice, Version
from commonplace.objectifying.reviewing import why_due
from commonplace.objectifying.status import Settled
from commonplace.steering import acts as steering
from commonplace.steering.models import Card, Side
from tests.story import Story, role_of

CARD = {
    "statement": "Fewer night calls", "why": "Sleep.", "beneficiary": "Crews", "baseline": "Nine a month.",
    "much_less": "Twelve", "less": "Nine", "expected": "Six", "more": "Four", "much_more": "Two",
    "horizon": date(2040, 1, 1), "metrics": ["X3"], "review_days": 91,
}  # fmt: skip


class Tale:
    """Five people and what they do; the clock is the caller's."""

    def __init__(self) -> None:
        self.__dict__.update(self._begun())

    def _begun(self) -> dict[str, Any]:
        self.story = story = Story()
        self.here, self.fay = story.community, story.facilitator
        self._people()
        self._community()
        self._exchanges()
        self._practice()
        self._in_force()
        self._agreement()
        self._settlement()
        self._life()
        self._objective()
        self._figures()
        self._goodbye()
        return self.__dict__

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
        social.set_welcoming(self.ida, self.here, welcomes=True)
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
        social.set_charter(fay, here, domain="Pumps")
        story.rule(quorum=2)
        social.set_stage(fay, here, stage=Stage.COALESCING)
        social.set_profile(fay, here, title="Pump crews of all sites")
        story.serving("Sam", RoleKind.SPONSOR)
        self.second = story.serving("Second", RoleKind.FACILITATOR)
        social.set_away(self.second, role_of(self.second), until=today() + timedelta(days=9), stand_in=self.omar)
        steward = social.grant_role(fay, here, person=self.lea, kind=RoleKind.STEWARD)
        social.end_role(fay, social.hand_over_role(self.lea, steward, successor=self.omar))
        invitation = social.invite(fay, here, secret="another")
        social.withdraw_invitation(fay, invitation)
        ines, to_sponsor = self._signed_up("Ines"), social.invite(fay, here, secret="hers too", role=RoleKind.SPONSOR)
        social.accept_invitation(ines, to_sponsor, secret="hers too")
        social.accept_role(ines, here.roles.get(person=ines))
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
        story.respond(lea, self.question, kind=ResponseKind.COMMENT, body="Which valve, @Omar?")
        sharing.edit(omar, self.answer, body="Bleed before the valve, @Ida.", seen=self.answer.fingerprint)
        story.confirm(lea, self.answer)
        sharing.thank(lea, self.answer)
        sharing.thank(self.fay, self.answer)
        sharing.take_thanks_back(self.fay, self.answer)
        sharing.close(lea, self.question, purpose=Purpose.CREATION)
        other = story.ask(omar, body="@Lea, is it the same here?")
        story.respond(lea, other)
        sharing.link(omar, other, other=self.question, kind=LinkKind.LINKED)
        sharing.close(self.fay, other, purpose=Purpose.REUSE, why=WhyUnresolved.values[0])
        story.respond(lea, story.ask(omar, topics=["valves"]))
        self._topics()

    def _topics(self) -> None:
        self._known_for()
        pumps, valves = (Topic.objects.everywhere("test").get(name=name) for name in ("pumps", "valves"))
        sharing.rename_topic(self.fay, valves, name="Check valves")
        sharing.alias_topic(self.fay, pumps, name="Pumping")
        sharing.merge_topic(self.fay, valves, into=pumps)

    def _known_for(self) -> None:
        """One of several topics is merged into another; one who leaves says nothing any more."""
        gone, topics = self.story.member("Gone"), Topic.objects.visible_to(self.lea).filter(community=self.here)
        for person, shows in ((self.lea, ["helped"]), (gone, [])):
            mine = self.here.memberships.get(person=person, left_at=None)
            ids = list(topics.values_list("pk", flat=True))
            social.set_known_for(person, mine, words="Seals, and why they leak.", topics=ids, shows=shows)
        social.leave(gone, self.here)

    def _practice(self) -> None:
        story = self.story
        self.practice = story.distil(self.lea, self.question, quoted=[self.answer])
        agreeing.set_audience(self.lea, self.practice, number=1, audience=story.of_units("North", "South"))
        agreeing.refuse_words(self.omar, Excerpt.objects.everywhere("test").get(practice=self.practice))
        agreeing.set_steward(self.ann, self.practice, steward=self.ann)
        story.apply(self.ann, self.practice)
        story.apply(self.ida, self.practice, outcome="failed", where="Pump 5")

    def _in_force(self) -> None:
        """Habits that another backs, put to consent together; and of another community, taken over in other words."""
        story, closed = self.story, Community.objects.everywhere("test").get(slug="closed")
        habit = {"source_kind": "habit", "authority": "habit", "since_on": date(2021, 3, 3)}
        titles = ("Handing over", "Draining")
        habits = [story.bring(self.lea, title=title, topics=["shift"], **habit) for title in titles]
        put = [(one, Proposal(matter=Kind.ACCEPTANCE, number=1, aim="As before.")) for one in habits]
        for one in habits:
            agreeing.back(self.ann, one)
        rounds.open_list(self.lea, self.here, put=put)
        theirs = story.bring(self.fay, of=closed).newest_version
        whence = {"source_kind": "community", "authority": "habit", "original": theirs}
        story.bring(self.fay, limits="Not here.", **whence)

    def _agreement(self) -> None:
        story, lea, omar = self.story, self.lea, self.omar
        proposal = story.propose(lea, self.practice)
        question = rounds.ask_about(self.ida, proposal, question=Question(text="Which valve?"))
        rounds.answer_question(lea, question, text="The lower one.")
        story.stand(omar, proposal, Stand.OBJECT, "It would flood the pit.")
        with clock.at(clock.now() + timedelta(minutes=1)):
            story.stand(omar, proposal)
        story.stand(self.ann, proposal, Stand.OBJECT, "Not at night.")
        rounds.settle_objection(self.ann, self._objection(proposal, self.ann), how=How.WITHDRAWN)
        rounds.object_for_another(self.fay, proposal, ground=Ground.UNFAIR, harm="It hurts.")
        rounds.settle_objection(self.fay, self._objection(proposal, self.fay), how=How.WITHDRAWN)
        self._met(proposal)
        rounds.take_stance(self.fay, proposal, stance=Stand.CONSENT, person=self.second)
        self._consent(proposal)

    def _met(self, proposal: Proposal) -> None:
        self.story.stand(self.ida, proposal, Stand.OBJECT, "It stays.")
        objection = self._objection(proposal, self.ida)
        for how in ("Slowly.", "Very slowly."):
            version = self.story.revise(self.lea, self.practice, how=how)
            rounds.amend(self.lea, proposal, number=version.number)
            rounds.answer_objection(self.second, objection)
            rounds.keep_objection(self.ida, objection)
        rounds.restate_objection(self.omar, objection, heard_as="It is too slow.")
        rounds.settle_objection(self.ida, objection, how=How.CHANGE)

    def _objection(self, proposal: Proposal, by: Person) -> Any:
        return proposal.objections.everywhere("test").filter(settled_at=None).get(raised_by=by)

    def _consent(self, proposal: Proposal, by: Any = None) -> None:
        for person in (self.lea, self.omar, self.ann):
            self.story.stand(person, proposal)
        proposal.refresh_from_db()
        with clock.at(proposal.closes_at + timedelta(hours=1)):
            rounds.decide(by or WORKER, proposal, outcome=Outcome.ACCEPTED)

    def _settlement(self) -> None:
        challenge = Challenge(ground="failed", reason="It failed.", case="At site 3.")
        challenge = agreeing.challenge(self.omar, self.practice, challenge=challenge)
        settled = {"matter": Kind.SETTLEMENT, "about": challenge.pk, "choice": Settled.UPHELD}
        self._consent(self.story.propose(self.lea, self.practice, number=challenge.number, **settled), by=self.ann)
        agreeing.challenge(self.ann, self.practice, challenge=Challenge(ground="failed", reason="It failed again."))
        self._undecided()
        self._line()

    def _undecided(self) -> None:
        """One returned, one withdrawn, one that goes on with what stood against it."""
        other = self.story.distil(self.lea, self.question, authors=[self.omar])
        self.story.apply(self.ann, other)
        self.story.apply(self.ida, other, where="Pump 5")
        returned = self.story.propose(self.lea, other)
        with clock.at(returned.closes_at + timedelta(hours=1)):
            rounds.decide(self.second, returned, outcome=Outcome.RETURNED, reason="Nobody spoke.")
            withdrawn = self.story.propose(self.lea, other)
            self.story.stand(self.ida, withdrawn, Stand.OBJECT, "Not twice.")
            self._understood(self._objection(withdrawn, self.ida))
            rounds.withdraw(self.lea, withdrawn, reason="Another look.")
            self._going_on(self.story.propose(self.lea, other))

    def _understood(self, objection: Any) -> None:
        rounds.restate_objection(self.omar, objection, heard_as="Once is enough.")
        rounds.restate_objection(self.lea, objection, heard_as="Two rounds tire people.")
        rounds.confirm_understood(self.ida, objection, seen="Two rounds tire people.")

    def _going_on(self, proposal: Proposal) -> None:
        objection = self._objection(proposal, self.ida)
        rounds.amend(self.lea, proposal, number=self.story.revise(self.lea, self._of(proposal), how="Once.").number)
        rounds.answer_objection(self.second, objection)

    def _line(self) -> None:
        """One taken back, one opened in its turn, one lost, one that waits."""
        practice = self._another()
        first = self.story.propose(self.lea, practice)
        rounds.step_out(self.ida, self._lined_up(self.ida, practice))
        opened = self._lined_up(self.ann, practice)
        rounds.withdraw(self.lea, first, reason="Another look.")
        take_its_turn(opened)
        second = Proposal.objects.on(practice).open().everywhere("test").get()
        lost = self._lined_up(self.ida, practice)
        self.story.revise(self.lea, practice, how="Last.")
        rounds.withdraw(self.ann, second, reason="Another look.")
        take_its_turn(lost)
        self.story.propose(self.omar, practice)
        self._lined_up(self.second, practice)

    def _lined_up(self, by: Person, practice: Practice) -> InLine:
        version = self.story.revise(self.lea, practice, how=f"By {by.name}, at {practice.versions.count()}.")
        return rounds.line_up(by, practice, proposal=Proposal(number=version.number, aim="Air."))

    @staticmethod
    def _of(proposal: Proposal) -> Practice:
        return Practice.objects.everywhere("test").get(pk=proposal.subject_id)

    def _life(self) -> None:
        """What goes on with practices that were agreed on, and with those that were not."""
        agreeing.credit(self.lea, self._another(), authors=[self.lea], contributors=[self.omar])
        agreeing.file_under(self.ann, self._another(), topics=["priming", "pumps"])
        agreeing.set_aside(self.lea, self._another(), reason="Nobody needs it.")
        agreeing.replace_practice(self.lea, self._another(), replacement=self.practice, reason="They say the same.")
        held = self._held()
        doubted = agreeing.challenge(self.omar, held, challenge=Challenge(ground="unclear", reason="Which valve?"))
        agreeing.share(self.ann, doubted)
        agreeing.take_back_challenge(self.omar, doubted)
        self._answered(self._held())
        agreeing.take_back_edit(self.lea, self._edited(self._held()))
        edit = agreeing.find_fine(self.ann, self._edited(held))
        with clock.at(clock.now() + timedelta(days=8)):
            agreeing.agree_on_edit(WORKER, edit)
        self._reviewed(held)
        self._consent(self.story.propose(self.lea, self._held(), matter=Kind.RETIREMENT, aim="The pumps are gone."))

    def _answered(self, held: Practice) -> None:
        doubted = agreeing.challenge(self.ann, held, challenge=Challenge(ground="unclear", reason="Which pump?"))
        self.story.revise(self.lea, held, [doubted], how="At every pump.")

    def _another(self) -> Practice:
        other = self.story.distil(self.lea, self.question, authors=[self.omar])
        self.story.apply(self.ann, other)
        self.story.apply(self.ida, other, where="Pump 5")
        return other

    def _held(self) -> Practice:
        held = self._another()
        self._consent(self.story.propose(self.lea, held))
        return held

    def _edited(self, practice: Practice) -> MinorEdit:
        """Nothing that binds changes."""
        base = Practice.objects.everywhere("test").get(pk=practice.pk).newest_version
        words = {part: base.words(part) for part in PARTS} | {"why": f"{base.why} Again."}
        return agreeing.revise(self.lea, practice, version=Version(**words), base=base, minor=True).minor_edit

    def _reviewed(self, practice: Practice) -> None:
        agreement = practice.agreements.everywhere("test").get(ended_at=None)
        with clock.at(clock.now() + timedelta(days=500)):
            review = agreeing.open_review(WORKER, agreement, why=why_due(agreement))
            for person in (self.ann, self.ida):
                agreeing.reaffirm(person, review, reason="It was the pump.")

    def _objective(self) -> None:
        sam, fay = self._serving(RoleKind.SPONSOR), self.fay
        self.objective = steering.state(sam, self.here, card=Card(**CARD))
        card = Card(**{**CARD, "why": "Rest."})
        card = steering.write_card(fay, self.objective, card=card, base=self.objective.latest)
        steering.sign(sam, card)
        self._consent(rounds.propose(self.lea, self.objective, proposal=Proposal(matter=Kind.CARD, number=card.number)))
        steering.judge(sam, card, side=Side.SPONSOR, level=0, words="As hoped.")
        another = steering.state(sam, self.here, card=Card(**CARD))
        rounds.propose(self.lea, another, proposal=Proposal(matter=Kind.CARD, number=1))

    def _figures(self) -> None:
        now = clock.now()
        open_figures(self.story.operator, self.here, window=Window.parse("90d"), until=now)
        open_figures(self.story.operator, self.here, window=Window.parse("all"), until=now - timedelta(days=30))

    def _serving(self, kind: RoleKind) -> Person:
        serving = Role.objects.filter(community=self.here, kind=kind).everywhere("test")
        return serving.order_by("granted_at", "person__name")[0].person

    def _goodbye(self) -> None:
        nia = self.story.member("Nobody's Friend")
        about = Membership.objects.filter(person=nia, left_at=None).everywhere("test").get()
        removal = Proposal(matter=Kind.REMOVAL, about=about.pk, number=1, aim="Threats.")
        self._consent(rounds.propose(self.lea, self.here, proposal=removal))
        self._recalled()
        social.set_welcoming(self.omar, self.here, welcomes=True)
        social.leave(self.omar, self.here)
        social.set_welcoming(self.ida, self.here, welcomes=False)
        social.set_welcoming(self.ida, self.here, welcomes=True)

    def _recalled(self) -> None:
        """The second, who stands in for the first."""
        first, second = self.here.roles.everywhere("test").get(person=self.fay), role_of(self.second)
        social.set_away(self.second, second, until=None)
        social.set_away(self.fay, first, until=today() + timedelta(days=90), stand_in=self.second)
        recall = Proposal(matter=Kind.RECALL, about=second.pk, number=1, aim="Nobody is heard.")
        self._consent(rounds.propose(self.lea, self.here, proposal=recall))

    @property
    def subjects(self) -> tuple[Community, Exchange, Practice, object]:
        return self.here, self.question, self.practice, self.objective
