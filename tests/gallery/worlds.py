"""Three installations that differ in how much is in them: nothing, three things of each kind, three hundred."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice
from typing import Any

from commonplace.communities.models import Community, Person, RoleKind
from commonplace.consenting.models import Proposal
from commonplace.externalizing.models import Exchange, Topic
from commonplace.ledger import clock
from commonplace.objectifying.models import Practice
from commonplace.steering import acts as steering
from commonplace.steering.models import Card, Objective
from tests.story import Story

AMOUNTS = (0, 3, 300)
AGE = timedelta(days=20)
MOST_PEOPLE, MOST_ROUNDS, MOST_OBJECTIVES = 120, 12, 8
TITLES = (
    "Pump 4 at Brackley turns but moves no water: how do I restart it?",
    "Seals",
    "Où commence une vidange quand la vanne de pied est bloquée depuis l'hiver dernier ?",
    "المضخة الرابعة لا ترفع الماء",
    "Anlagenverfügbarkeitsberechnungsgrundlage für Hochdruckkreiselpumpenstationen",
)
WORDS = "It turns, and the gauge stands at zero.\n\n1. Bleed it.\n2. Wait.\n\n`speed = 4` and **then** it held."
CARD = {
    "statement": "Fewer drives at night", "why": "Sleep.", "beneficiary": "Crews", "baseline": "Nine a month.",
    "much_less": "Twelve", "less": "Nine", "expected": "Six", "more": "Four", "much_more": "Two",
    "horizon": date(2040, 1, 1), "metrics": ["X3"], "review_days": 91,
}  # fmt: skip


@dataclass
class World:
    """One community with `amount` of each kind; a thread and a practice have as much in them."""

    story: Story
    amount: int

    def __post_init__(self) -> None:
        self.operator = self.story.operator
        self.tends = self.story.person(f"Fay of {self.amount}", "North")
        slug, title = f"crews-{self.amount}", f"Pump crews of {self.amount} stations"
        self.here: Community = self.story.found(slug, title, by=self.tends, purpose="We mend the same faults.")
        self.reader: Person = self.story.member(f"Lea Moreau {self.amount}", "South", of=self.here)
        self.sponsor = self.story.serving(f"Catherine {self.amount}", RoleKind.SPONSOR, of=self.here)
        self.people = [
            self.story.member(f"Omar Haddad {self.amount} {n}", "North", of=self.here)
            for n in range(max(2, min(self.amount, MOST_PEOPLE)))
        ]
        self.exchange: Exchange = self._ask(self.reader, TITLES[0])
        for number, by in enumerate(self._by(self.amount)):
            self.story.respond(by, self.exchange, body=f"{WORDS} ({number})")
        for number, by in enumerate(self._by(self.amount)):
            self._ask(by, f"{TITLES[number % len(TITLES)]} {number}")
        self._practices()
        self._objectives()
        self.stranger = self.story.person(f"Sam Stranger {self.amount}")
        self.topic = Topic.objects.filter(community=self.here).everywhere("test").get(name="pumps")

    def _by(self, amount: int) -> Sequence[Person]:
        return list(islice(cycle(self.people), amount))

    def _ask(self, by: Person, title: str) -> Exchange:
        number = next(self.story.times)
        topics = [f"topic {number % max(1, self.amount)}", "pumps"]
        return self.story.ask(by, title, of=self.here, body=f"{WORDS} ({number})", topics=topics)

    def _practices(self) -> None:
        for number, by in enumerate(self._by(self.amount)):
            self.story.bring(by, f"{TITLES[number % len(TITLES)]} {number}", of=self.here, topics=["pumps"])
        self.practice: Practice = self._distilled("Restarting a pump that has lost prime")
        for number, by in enumerate(self._by(self.amount)):
            outcome = ("worked", "failed", "worked")[number % 3]
            self.story.apply(by, self.practice, outcome=outcome, where=f"Pump {number}", adaptation="Slowly.")
        self.round: Proposal = self._round(self.practice)
        for number in range(min(self.amount, MOST_ROUNDS)):
            self._round(self._distilled(f"{TITLES[number % len(TITLES)]} ({number})"))

    def _distilled(self, title: str) -> Practice:
        asker, helper = self.people[0], self.people[1]
        exchange = self.story.resolved(asker, helper, title=title, of=self.here)
        return self.story.distil(asker, exchange, title=title, authors=[helper])

    def _round(self, practice: Practice) -> Proposal:
        if not self.amount:
            for number in range(2):
                self.story.apply(self.reader, practice, where=f"Pump {number}")
        else:
            for by in self.people[2:5] or [self.reader]:
                self.story.apply(by, practice)
        with clock.at(clock.now() + AGE - timedelta(days=2)):  # Rounds that are open as one looks.
            return self.story.propose(self.people[0], practice)

    def _objectives(self) -> None:
        stated = [
            steering.state(self.sponsor, self.here, card=Card(**{**CARD, "statement": f"Fewer drives {number}"}))
            for number in range(min(max(1, self.amount), MOST_OBJECTIVES))
        ]
        self.objective: Objective = stated[0]
        steering.sign(self.sponsor, self.objective.latest)

    def __getstate__(self) -> dict[str, Any]:
        """It is kept without whoever told it."""
        return {**vars(self), "story": None}


def world_of(amount: int) -> World:
    """It grew within AGE up to now."""
    with clock.at(clock.now() - AGE):
        return World(Story(), amount)
