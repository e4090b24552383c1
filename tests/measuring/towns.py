"""Communities made by chance: who asks, answers, confirms, writes down, agrees and applies, a few more than others."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

Row = dict[str, Any]


@dataclass
class Town:
    """`people` of whom each asks about once in `every` days on the average, from `start` on for `days`."""

    slug: str
    people: list[str]
    chance: random.Random
    start: datetime
    days: int = 730
    every: float = 25.0
    rows: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.zeal = {person: self.chance.lognormvariate(0, 0.7) for person in self.people}
        self._act("community.founded", self.people[0], self.slug, self.start)
        total = sum(self.zeal.values())
        at, number = self.start, 0
        while at < self.start + timedelta(days=self.days):
            at += timedelta(days=self.chance.expovariate(total / self.every))
            number += 1
            self._exchange(f"{self.slug}-e{number}", at)
        self._bringings(random.Random(self.slug))
        self.rows.sort(key=lambda row: row["happened_at"])
        for number, row in enumerate(self.rows, 1):
            row["act"] = number

    def _act(self, verb: str, actor: str, subject: str, at: datetime, **evidence: Any) -> None:
        row = {"verb": verb, "actor": actor, "subject": subject, "object": subject, "origin": "here"}
        self.rows.append(row | {"community": self.slug, "happened_at": at} | evidence)

    def _some(self, but: str = "") -> str:
        others = [person for person in self.people if person != but]
        return self.chance.choices(others, [self.zeal[one] for one in others])[0]

    def _exchange(self, exchange: str, at: datetime) -> None:
        asker = self._some()
        self._act("exchange.opened", asker, exchange, at, kind="request")
        helper, last = "", at
        for _ in range(self.chance.choices([0, 1, 2, 3], [15, 45, 25, 15])[0]):
            helper = self._some(asker)
            last += timedelta(hours=self.chance.lognormvariate(2.5, 1.6))
            self._act("exchange.responded", helper, exchange, last, kind="answer")
        if helper and self.chance.random() < 0.7:
            last += timedelta(hours=self.chance.lognormvariate(2.5, 1.2))
            self._act("exchange.confirmed", asker, exchange, last)
            if self.chance.random() < 0.25:
                self._practice(exchange, last + timedelta(days=self.chance.expovariate(1 / 10)), {asker, helper})

    def _practice(self, exchange: str, at: datetime, origin: set[str]) -> None:
        practice, scribe = exchange.replace("-e", "-p"), self._some()
        self._act("practice.distilled", scribe, practice, at, exchanges=[exchange])
        if self.chance.random() < 0.2:
            return
        at += timedelta(days=self.chance.expovariate(1 / 15))
        proposer = self._some()
        self._act("proposal.opened", proposer, practice, at, matter="acceptance")
        circle = [person for person in self.people if person != proposer]
        for person in self.chance.sample(circle, min(len(circle), self.chance.randint(3, 8))):
            when = at + timedelta(days=self.chance.uniform(0, 14))
            words = {"proposal": practice, "person": person, "stance": "consent", "number": 1}
            self._act("proposal.stance", person, practice, when, entered_by_other=False, **words)
        if self.chance.random() < 0.85:
            at += timedelta(days=self.chance.uniform(14, 60))
            agreed = {"matter": "acceptance", "outcome": "accepted", "number": 1}
            self._act("proposal.decided", self.people[0], practice, at, **agreed)
            self._uses(practice, at, scribe, origin)

    def _uses(self, practice: str, at: datetime, scribe: str, origin: set[str]) -> None:
        for _ in range(self.chance.choices([0, 1, 2, 4], [35, 30, 20, 15])[0]):
            at += timedelta(days=self.chance.expovariate(1 / 20))
            user = self._some()
            by = {"by_author": user == scribe, "originator": user in origin}
            self._act("application.reported", user, practice, at, outcome="worked", **by)

    def _bringings(self, chance: random.Random) -> None:
        """Half of the people came in the course of time; a few bring in what they know, and others use it."""
        for person in self.people[1::2]:
            self._act("member.joined", person, self.slug, self.start + timedelta(days=chance.uniform(0, self.days)))
        for number in range(len(self.people) * self.days // 90):
            brought, by = f"{self.slug}-b{number}", chance.choice(self.people)
            at = self.start + timedelta(days=chance.uniform(0, self.days))
            self._act("practice.brought", by, brought, at)
            if chance.random() < 0.1:
                self._act("practice.set_aside", by, brought, at + timedelta(days=2))
                continue
            if chance.random() < 0.5:
                agreed, when = {"matter": "acceptance", "outcome": "accepted", "number": 1}, at + timedelta(days=30)
                for person in chance.sample(self.people, 4):
                    words = {"proposal": brought, "person": person, "stance": "consent", "number": 1}
                    self._act("proposal.stance", person, brought, when, entered_by_other=False, **words)
                self._act("proposal.decided", self.people[0], brought, when, **agreed)
            for _ in range(chance.randint(0, 4)):
                used = {"outcome": chance.choice(("worked", "failed")), "by_author": False, "originator": False}
                when = at + timedelta(days=chance.uniform(1, 170))
                self._act("application.reported", chance.choice(self.people), brought, when, **used)


def towns(seed: int, start: datetime, days: int = 730) -> Iterator[Town]:
    """Of 5, 8, 12, 40 and 200 people; each shares half of its people with the next."""
    chance, people = random.Random(seed), [f"m{number}" for number in range(240)]
    for size, first in ((5, 0), (8, 3), (12, 7), (40, 13), (200, 33)):
        yield Town(f"town{size}", people[first : first + size], chance, start, days)
