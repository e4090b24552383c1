"""What many people in many communities might have done, by a seeded generator: straight to a lake, without a ledger.

Exchanges, answers, practices, rounds, stances and applications in plausible shares and delays.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.ledger.registry import evidence_columns
from commonplace.measuring.lake import files
from commonplace.measuring.lake.columns import schema
from commonplace.measuring.lake.place import Place
from commonplace.measuring.lake.segments import FULL, Segment

BEGAN = np.datetime64("2023-01-02T08:00:00", "ms").astype(np.int64)
DAY = 86_400_000
YEARS = 3 * 365 * DAY
ACTS_OF_AN_EXCHANGE = 4.07
VERBS = [
    "exchange.opened", "exchange.responded", "exchange.confirmed", "practice.distilled", "proposal.opened",
    "proposal.stance", "proposal.decided", "application.reported", "practice.brought", "member.joined",
]  # fmt: skip
OPENED, RESPONDED, CONFIRMED, DISTILLED, PROPOSED, STANCE, DECIDED, REPORTED, BROUGHT, JOINED = range(len(VERBS))
# The codes of the one word that an act of this crowd says, by verb; -1 says nothing.
WORDS = ["request", "offer", "story", "consent", "concern", "accepted", "returned"]
REQUEST, OFFER, STORY, CONSENT, CONCERN, ACCEPTED, RETURNED = range(len(WORDS))
SAYS = {"kind": (OPENED,), "stance": (STANCE,)}
ROUNDS, NUMBERED = (PROPOSED, DECIDED), (STANCE, DECIDED)


@dataclass(frozen=True)
class Crowd:
    """`sizes`: how many acts each community has, roughly; a share of the `people` belongs to each."""

    seed: int
    people: int
    sizes: tuple[int, ...]

    def acts(self) -> dict[str, np.ndarray]:
        told = [self._community(number, size) for number, size in enumerate(self.sizes)]
        acts = {name: np.concatenate([one[name] for one in told]) for name in told[0]}
        order = np.argsort(acts["at"], kind="stable")
        return {name: column[order] for name, column in acts.items()}

    def _community(self, number: int, size: int) -> dict[str, np.ndarray]:
        chance = np.random.default_rng((self.seed, number))
        members = max(5, min(self.people, int(size**0.6)))
        first = int(chance.integers(self.people))

        def somebody(count: int) -> np.ndarray:
            """Few do much."""
            return ((first + (members * chance.random(count) ** 2.5).astype(np.int64)) % self.people).astype(np.int32)

        exchanges = max(1, int(size / ACTS_OF_AN_EXCHANGE))
        subject = np.arange(exchanges)
        began = BEGAN + (chance.random(exchanges) * YEARS).astype(np.int64)
        kind = chance.choice([REQUEST, OFFER, STORY], exchanges, p=[0.85, 0.08, 0.07])
        opener = somebody(exchanges)
        told = [_acts(OPENED, opener, subject, began, kind)]

        def after(moment: np.ndarray, days: float) -> np.ndarray:
            return moment + (chance.lognormal(np.log(days * DAY), 1.4, len(moment))).astype(np.int64)

        answered = np.repeat(subject, chance.poisson(1.6, exchanges))
        told.append(_acts(RESPONDED, somebody(len(answered)), answered, after(began[answered], 1)))
        helped = subject[chance.random(exchanges) < 0.45]
        by = np.where(kind[helped] == REQUEST, opener[helped], somebody(len(helped)))
        told.append(_acts(CONFIRMED, by, helped, after(began[helped], 4)))
        source = helped[chance.random(len(helped)) < 0.3]
        practice = exchanges + np.arange(len(source))
        written = after(began[source], 20)
        told.append(_acts(DISTILLED, somebody(len(source)), practice, written, source=source))
        proposed = np.flatnonzero(chance.random(len(source)) < 0.75)
        opened = after(written[proposed], 10)
        told.append(_acts(PROPOSED, somebody(len(proposed)), practice[proposed], opened))
        voted = np.repeat(np.arange(len(proposed)), chance.integers(3, 9, len(proposed)))
        stance = chance.choice([CONSENT, CONCERN], len(voted), p=[0.85, 0.15])
        told.append(_acts(STANCE, somebody(len(voted)), practice[proposed][voted], after(opened[voted], 2), stance))
        decided = after(opened, 14)
        outcome = chance.choice([ACCEPTED, RETURNED], len(proposed), p=[0.8, 0.2])
        told.append(_acts(DECIDED, somebody(len(proposed)), practice[proposed], decided, outcome))
        used = np.repeat(np.arange(len(proposed)), chance.poisson(2.0, len(proposed)))
        by_author = np.where(chance.random(len(used)) < 0.3, 1, 0)
        told.append(_acts(REPORTED, somebody(len(used)), practice[proposed][used], after(decided[used], 30), by_author))
        told += _brought(
            np.random.default_rng((self.seed, number, 1)), exchanges + len(source), somebody(200), exchanges
        )
        acts = {name: np.concatenate([one[name] for one in told]) for name in told[0]}
        return acts | {"community": np.full(len(acts["at"]), number, np.int32)}


def _brought(chance: np.random.Generator, first: int, people: np.ndarray, size: int) -> list[dict[str, np.ndarray]]:
    """What was in force already: some of it is used, agreed on, and used by those who came later."""
    count = max(10, size // 20)
    practice, began = first + np.arange(count), BEGAN + (chance.random(count) * YEARS).astype(np.int64)
    agreed = np.flatnonzero(chance.random(count) < 0.6)
    passed_on = agreed[chance.random(len(agreed)) < 0.7]
    said = chance.choice(people, (3, count))
    late = chance.integers(1_000_000, 2_000_000, len(passed_on))
    return [
        _acts(BROUGHT, chance.choice(people, count), practice, began),
        _acts(REPORTED, chance.choice(people, count), practice, began + 9 * DAY, 0),
        *(_acts(STANCE, by[agreed], practice[agreed], began[agreed] + 20 * DAY, CONSENT) for by in said),
        _acts(DECIDED, chance.choice(people, len(agreed)), practice[agreed], began[agreed] + 30 * DAY, ACCEPTED),
        _acts(JOINED, late, practice[passed_on], began[passed_on] + 40 * DAY),
        _acts(REPORTED, late, practice[passed_on], began[passed_on] + 50 * DAY, 0),
    ]


def _acts(
    verb: int, actor: np.ndarray, subject: np.ndarray, at: np.ndarray, says: object = -1, source: object = -1
) -> dict[str, np.ndarray]:
    count = len(at)
    return {
        "verb": np.full(count, verb, np.int8),
        "actor": actor.astype(np.int32),
        "subject": subject.astype(np.int32),
        "at": at.astype(np.int64),
        "says": np.broadcast_to(np.asarray(says, np.int8), count),
        "source": np.broadcast_to(np.asarray(source, np.int32), count),
    }


def names(letter: str, *numbers: np.ndarray) -> pa.Array:
    """26 characters, as our ids have."""
    width = 25 // len(numbers)
    parts = [np.char.zfill(number.astype(str), width) for number in numbers]
    spelled = parts[0] if len(parts) == 1 else np.char.add(*parts)
    return pa.array(np.char.add(letter, spelled))


def write(place: Place, acts: dict[str, np.ndarray], full: int = FULL) -> None:
    place.made()
    for begin in range(0, len(acts["at"]), full):
        part = {name: column[begin : begin + full] for name, column in acts.items()}
        files.write(place, Segment(begin + 1, begin + len(part["at"])), _table(part, begin + 1))


def _table(part: dict[str, np.ndarray], first: int) -> pa.Table:
    verb, count = part["verb"], len(part["at"])
    subject = names("s", part["community"], part["subject"])
    moment = pa.array(part["at"] * 1000, pa.timestamp("us", "UTC"))
    columns = {
        "act": pa.array(np.arange(first, first + count)),
        "version": pa.array(np.ones(count, np.int16)),
        "verb": pa.array(np.array(VERBS)[verb]),
        "actor": names("p", part["actor"]),
        "subject": subject,
        "object": subject,
        "community": names("c", part["community"]),
        "origin": pa.array(np.full(count, "here")),
        "happened_at": moment,
        "recorded_at": moment,
        "exchanges": _exchanges(part),
        "matter": _words(np.full(count, "acceptance"), np.isin(verb, ROUNDS)),
        "proposal": pc.if_else(pa.array(verb == STANCE), subject, None),
        "person": pc.if_else(pa.array(verb == STANCE), names("p", part["actor"]), None),
        "entered_by_other": pa.array(np.zeros(count, bool), mask=verb != STANCE),
        "number": pa.array(np.ones(count, np.int64), mask=~np.isin(verb, NUMBERED)),
        "by_author": pa.array(part["says"] == 1, mask=verb != REPORTED),
        "originator": pa.array(part["says"] == 1, mask=verb != REPORTED),
        **{name: _words(np.array(WORDS)[part["says"]], np.isin(verb, verbs)) for name, verbs in SAYS.items()},
        "outcome": _words(
            np.where(verb == REPORTED, "worked", np.array(WORDS)[part["says"]]), np.isin(verb, (DECIDED, REPORTED))
        ),
    }
    layout = schema(evidence_columns())
    nothing = {name: pa.nulls(count, layout.field(name).type) for name in layout.names if name not in columns}
    return pa.table({name: (columns | nothing)[name] for name in layout.names}, layout)


def _words(words: np.ndarray, where: np.ndarray) -> pa.Array:
    return pa.array(words, mask=~where)


def _exchanges(part: dict[str, np.ndarray]) -> pa.Array:
    """Of a practice, the one exchange that it was written from."""
    has = part["source"] >= 0
    offsets = pa.array(np.concatenate([[0], np.cumsum(has)]).astype(np.int32), mask=np.append(~has, False))
    return pa.ListArray.from_arrays(offsets, names("s", part["community"][has], part["source"][has]))
