"""A small crew that agrees on things: Lea asks, Omar knows, Ines and the facilitator Fay have no part in it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from commonplace.communities.models import Person
from commonplace.consenting import acts as rounds
from commonplace.consenting.kinds import How, Kind, Outcome, Stand
from commonplace.consenting.models import Objection, Proposal
from commonplace.ledger import clock
from commonplace.ledger.models import Act
from commonplace.objectifying import acts
from commonplace.objectifying.models import Challenge, Practice
from commonplace.objectifying.status import Settled
from tests.story import Story


class Crew:
    def __init__(self, story: Story, moment: datetime) -> None:
        self.story, self.community, self.moment = story, story.community, moment
        self.lea, self.omar = story.member("Lea", unit="North"), story.member("Omar", unit="South")
        self.ines, self.fay = story.member("Ines", unit="North"), story.facilitator

    def written(self, **words: Any) -> Practice:
        """Distilled by Lea from her question that Omar answered."""
        return self.story.distil(
            self.lea, self.story.resolved(self.lea, self.omar), **{"authors": [self.omar], **words}
        )

    def candidate(self, **words: Any) -> Practice:
        """Used once by somebody else."""
        practice = self.written(**words)
        self.used(practice)
        return practice

    def brought(self, **fields: Any) -> Practice:
        """By Lea, out of the handbook; imposed."""
        return self.story.bring(self.lea, **fields)

    def backed(self) -> Practice:
        """Enough to propose it: its first day is known, and somebody else says that it is in use."""
        practice = self.brought(since_on=date(2021, 3, 3))
        acts.back(self.omar, practice)
        return practice

    def used(
        self, practice: Practice, where: str = "Pump 4", outcome: str = "worked", by: Person | None = None
    ) -> None:
        self.story.apply(by or self.fay, practice, outcome=outcome, where=where)

    def proposed(self, practice: Practice | None = None) -> Proposal:
        return self.story.propose(self.lea, practice or self.candidate())

    def consented(self, proposal: Proposal) -> Proposal:
        for person in (self.lea, self.omar, self.ines):
            self.story.stand(person, proposal)
        return proposal

    def accepted(self, practice: Practice | None = None) -> Practice:
        proposal = self.consented(self.proposed(practice))
        self.decided(proposal)
        return self.practice_of(proposal)

    def decided(self, proposal: Proposal, outcome: Outcome = Outcome.ACCEPTED, by: Person | None = None) -> Proposal:
        """After the round has closed: by the rule, or by the facilitator, who has no part in it."""
        reason = "" if outcome == Outcome.ACCEPTED else "Not yet."
        with clock.at(proposal.closes_at + timedelta(hours=1)):
            return self.story.decide(by or self.fay, proposal, outcome, reason)

    @staticmethod
    def practice_of(proposal: Proposal) -> Practice:
        return Practice.objects.everywhere("test").get(pk=proposal.subject_id)

    def challenged(self, practice: Practice | None = None, by: Person | None = None, **words: str) -> Challenge:
        """`words`: ground, reason, case, application."""
        typed = {"ground": "failed", "reason": "It failed twice on the new pumps.", **words}
        challenge = Challenge(**typed)
        return acts.challenge(by or self.ines, practice or self.accepted(), challenge=challenge)

    def settled(self, outcome: Settled, challenge: Challenge | None = None) -> Practice:
        challenge = challenge or self.challenged()
        self.decided(self.consented(self.settlement(outcome, challenge)))
        return challenge.practice

    def settlement(self, outcome: Settled, challenge: Challenge) -> Proposal:
        proposed = {
            "matter": Kind.SETTLEMENT,
            "number": challenge.number,
            "about": challenge.pk,
            "choice": Settled(outcome).value,
        }
        return self.story.propose(self.lea, challenge.practice, **proposed)

    def refused(self, practice: Practice | None = None) -> Practice:
        """An objection stands at the close."""
        proposal = self.proposed(practice)
        self.objected(proposal)
        self.decided(proposal, Outcome.NOT_ACCEPTED)
        return self.practice_of(proposal)

    def objected(self, proposal: Proposal, by: Person | None = None) -> Objection:
        self.story.stand(by or self.ines, proposal, Stand.OBJECT, "Unsafe near chlorine.")
        return proposal.objections.standing().get(raised_by=by or self.ines)

    def met(self, objection: Objection, by: Person | None = None) -> Objection:
        """Its raiser says that the text to which the round has moved meets it."""
        return rounds.settle_objection(by or self.ines, objection, how=How.CHANGE)

    def amended(self, proposal: Proposal, by: Person | None = None, **parts: str) -> Proposal:
        """Lea, who opened it, writes a version and moves the round to it."""
        version = self.story.revise(by or self.lea, self.practice_of(proposal), **parts)
        return rounds.amend(by or self.lea, proposal, number=version.number)

    @staticmethod
    def status(practice: Practice) -> str:
        return str(Practice.objects.everywhere("test").get(pk=practice.pk).status)

    @staticmethod
    def last(verb: str) -> Act:
        act = Act.objects.everywhere("test").filter(verb=verb).order_by("-id").first()
        assert act, f"nobody did {verb}"
        return act


@pytest.fixture
def crew(now: datetime, story: Story) -> Crew:
    return Crew(story, now)


@pytest.fixture
def later() -> Callable[[timedelta], Any]:
    """`with later(timedelta(days=3)):` the clock has moved on."""
    return lambda passed: clock.at(clock.now() + passed)
