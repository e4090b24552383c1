"""What is in each phase, as it is published: of people alone, and of enough of everybody whose behaviour it shows."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Person
from commonplace.consenting.kinds import Kind, Outcome, Stand
from commonplace.consenting.models import Proposal
from commonplace.externalizing.models import Exchange, ExchangeCourse
from commonplace.ledger import clock
from commonplace.ledger.act import writing
from commonplace.measuring.cycle import published
from commonplace.measuring.cycle.published import stocks
from commonplace.measuring.cycle.stocks import LISTS, RECENTLY, STOCK
from commonplace.measuring.models import Figure
from commonplace.measuring.rules import Rules
from commonplace.objectifying import acts as practice_acts
from commonplace.objectifying.models import Challenge, Practice
from commonplace.objectifying.status import Settled
from tests.story import Story

RULES = Rules(people=4)


class Shop:
    """Five members ask and write down, another five have time for what comes of it."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.scribes, self.others = ([story.member(f"{kind} {number}") for number in range(5)] for kind in ("S", "O"))

    def asked(self) -> None:
        """Of the fifth one of eight."""
        for scribe in (self.scribes * 2)[:8]:
            self.story.ask(scribe)

    def written(self) -> list[Practice]:
        """Of the fifth one of eight."""
        helped = [self.story.resolved(scribe, self.story.facilitator) for scribe in (self.scribes * 2)[:8]]
        return [self.story.distil(exchange.opener, exchange) for exchange in helped]

    def proposed(self, by: list[Person]) -> None:
        for number, practice in enumerate(self.used()):
            self.story.propose(by[number % len(by)], practice)

    def used(self, by: list[Person] | None = None) -> list[Practice]:
        practices, by = self.written(), by or self.others
        for number, practice in enumerate(practices):
            self.story.apply(by[number % len(by)], practice)
        return practices

    def accepted(self, consenting: list[Person], aside: Sequence[Person] = ()) -> list[Practice]:
        """Used by nobody but before it was agreed on."""
        practices = self.used()
        rounds = [self.story.propose(practice.begun_by, practice) for practice in practices]
        for one in rounds:
            for person in consenting:
                self.story.stand(person, one)
            for person in aside:
                self.story.stand(person, one, Stand.ASIDE)
        with clock.at(rounds[-1].closes_at + timedelta(hours=1)):
            for one in rounds:
                self.story.decide(self.story.facilitator, one)
        return practices

    def challenged(self, by: list[Person]) -> None:
        for number, practice in enumerate(self.accepted(self.others)):
            challenge = Challenge(ground="failed", reason="It failed twice.")
            practice_acts.challenge(by[number % len(by)], practice, challenge=challenge)

    def shown(self) -> dict[str, float | None]:
        values = (one.reading.value for one in stocks(self.story.community, RULES))
        return dict(zip(LISTS, values, strict=True))

    def names_bot(self, person: Person) -> None:
        social.set_bot(self.story.operator, person, bot=True)


@pytest.fixture
def shop(story: Story) -> Shop:
    return Shop(story)


@pytest.mark.parametrize(
    ("deed", "names"),
    [(Shop.asked, ("exchanged", "unfinished", "waiting")), (Shop.written, ("exchanged", "written"))],
)
def test_what_a_bot_opened_or_wrote_down_is_in_no_stock(
    shop: Shop, deed: Callable[[Shop], object], names: tuple[str, ...]
) -> None:
    deed(shop)
    assert [shop.shown()[name] for name in names] == [8] * len(names)
    shop.names_bot(shop.scribes[4])
    assert [shop.shown()[name] for name in names] == [4] * len(names)


def test_what_a_bot_used_nobody_did(shop: Shop) -> None:
    """The fifth used one of eight."""
    shop.used()
    assert shop.shown()["taken_up"] == 8
    shop.names_bot(shop.others[4])
    assert shop.shown()["taken_up"] == 4
    shop.names_bot(shop.others[3])
    assert shop.shown()["taken_up"] is None


def test_what_only_a_bot_used_since_it_was_agreed_on_is_untried(shop: Shop) -> None:
    practices = shop.accepted(shop.others)
    with clock.at(clock.now() + timedelta(days=60)):
        for practice in practices:
            shop.story.apply(shop.others[4], practice, where="Pump 5")
        assert shop.shown()["untried"] is None
        shop.names_bot(shop.others[4])
        assert shop.shown()["untried"] == 8


Deed = Callable[[Shop, list[Person]], object]
BY: dict[str, Deed] = {
    "agreeing": Shop.proposed,
    "contested": Shop.challenged,
    "held": Shop.accepted,
    "taken_up": Shop.used,
    "untried": Shop.accepted,
}


@pytest.mark.parametrize("name", BY)
def test_by_four_it_is_told(shop: Shop, name: str) -> None:
    BY[name](shop, shop.others[:4])
    assert shop.shown()[name] == 8


@pytest.mark.parametrize("name", BY)
def test_by_three_it_is_not_however_many_wrote_it(shop: Shop, name: str) -> None:
    BY[name](shop, shop.others[:3])
    shown = shop.shown()
    assert shown[name] is None
    assert shown["written"] == 8


@pytest.mark.parametrize("name", BY)
def test_by_four_of_whom_one_is_a_bot_it_is_not(shop: Shop, name: str) -> None:
    BY[name](shop, shop.others[:4])
    shop.names_bot(shop.others[3])
    assert shop.shown()[name] is None


@pytest.mark.parametrize("name", ["agreeing", "contested", "taken_up"])
def test_mostly_by_one_it_is_not(shop: Shop, name: str) -> None:
    first, *others = shop.others
    BY[name](shop, [first, first, first, first, first, *others[:3]])
    assert shop.shown()[name] is None


def test_however_often_somebody_used_one_practice_it_is_one(shop: Shop) -> None:
    practice, *_ = shop.used()
    for number in range(10):
        shop.story.apply(shop.others[0], practice, where=f"Pump {number + 10}")
    assert shop.shown()["taken_up"] == 8


def test_who_used_it_long_ago_is_none_of_those_who_do(shop: Shop) -> None:
    practices = shop.used(shop.others[3:])
    with clock.at(clock.now() + RECENTLY + timedelta(days=1)):
        for number, practice in enumerate(practices):
            shop.story.apply(shop.others[number % 3], practice)
        assert shop.shown()["taken_up"] is None


def test_who_stood_aside_did_not_consent(shop: Shop) -> None:
    shop.accepted(shop.others[:3], aside=shop.others[3:])
    assert shop.shown()["held"] is None


def test_who_used_something_elsewhere_used_nothing_here(shop: Shop) -> None:
    story, user = shop.story, shop.others[3]
    shop.used(shop.others[:3])
    valves = story.found("valves", "Valves", by=story.facilitator)
    social.join(user, valves)
    story.apply(user, story.distil(user, story.resolved(user, story.facilitator, of=valves)))
    assert shop.shown()["taken_up"] is None


def test_who_proposed_what_was_returned_proposes_nothing_now(shop: Shop) -> None:
    story, practices = shop.story, shop.used()
    rounds = [story.propose(shop.others[3], practice) for practice in practices]
    with clock.at(rounds[-1].closes_at + timedelta(hours=1)):
        for number, one in enumerate(rounds):
            story.decide(story.facilitator, one, Outcome.RETURNED, "Too few have spoken.")
            story.propose(shop.others[number % 3], practices[number])
        assert shop.shown()["agreeing"] is None


def test_whose_challenge_was_settled_contests_nothing_now(shop: Shop) -> None:
    story, practices = shop.story, shop.accepted(shop.others)
    rounds = [_settling(story, practice, shop.others[3]) for practice in practices]
    for one in rounds:
        for person in shop.others:
            story.stand(person, one)
    with clock.at(rounds[-1].closes_at + timedelta(hours=1)):
        for number, one in enumerate(rounds):
            story.decide(story.facilitator, one)
            again = Challenge(ground="failed", reason="It failed once more.")
            practice_acts.challenge(shop.others[number % 3], practices[number], challenge=again)
        assert shop.shown()["contested"] is None


def _settling(story: Story, practice: Practice, by: Person) -> Proposal:
    challenge = practice_acts.challenge(by, practice, challenge=Challenge(ground="failed", reason="It failed twice."))
    answer = {"matter": Kind.SETTLEMENT, "about": challenge.pk, "choice": Settled.UPHELD}
    return story.propose(practice.begun_by, practice, number=challenge.number, **answer)


def test_who_consents_to_what_is_not_agreed_yet_holds_nothing(shop: Shop) -> None:
    story = shop.story
    for practice in shop.accepted(shop.others[:3]):
        story.revise(practice.begun_by, practice, how="Bleed behind the check valve.")
        story.stand(shop.others[3], story.propose(practice.begun_by, practice))
    assert shop.shown()["held"] is None


# Beside what was told before


FIRST = datetime(2026, 1, 5, tzinfo=UTC)


class Steps:
    """Eight members, and what was told of the stocks, step after step."""

    def __init__(self) -> None:
        with clock.at(FIRST):
            self.story = Story()
            self.people = [self.story.member(f"Member {number}") for number in range(8)]
        self.now, self.editions = FIRST, 0

    def publishes(self) -> dict[str, tuple[int | None, datetime]]:
        """As it is stored, four weeks after the last time."""
        self.now, self.editions = self.now + timedelta(weeks=4), self.editions + 1
        with clock.at(self.now):
            counted = stocks(self.story.community, RULES)
            for one in counted:
                at, value, suppressed = one.at, one.reading.value, one.reading.suppressed or ""
                Figure.objects.create(
                    community=self.story.community, metric=one.reading.id, edition=self.editions, unit=STOCK,
                    span="weeks", since=at, until=at, seen=at, value=value, suppressed=suppressed, moved=one.moved,
                    formula_version=1, last_act=0,
                )  # fmt: skip
        values = ((one.reading.value, one.at) for one in counted)
        return {
            name: (None if value is None else int(value), at) for name, (value, at) in zip(LISTS, values, strict=True)
        }

    def ask(self, *who: int) -> list[Exchange]:
        with clock.at(self.now + timedelta(days=1)):
            return [self.story.ask(self.people[number]) for number in who]

    def answer(self, exchanges: Sequence[Exchange], *by: int) -> None:
        with clock.at(self.now + timedelta(days=2)):
            for number, exchange in enumerate(exchanges):
                self.story.respond(self.people[by[number % len(by)]], exchange)


@pytest.fixture
def steps(db: None) -> Steps:
    return Steps()


@pytest.fixture
def careless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "tells_of_few", lambda pairs, rules: False)


def test_what_one_person_asked_since_is_not_the_difference_of_two_counts(steps: Steps) -> None:
    steps.ask(*range(8), *range(8))
    before = steps.publishes()["exchanged"]
    assert before == (16, steps.now)
    steps.ask(*[0] * 8)
    assert steps.publishes()["exchanged"] == before, "with its day"
    steps.ask(*range(1, 8), 1)
    assert steps.publishes()["exchanged"] == (32, steps.now)


def test_that_somebody_did_something_is_no_more_told_than_that_nobody_did(steps: Steps) -> None:
    steps.ask(*range(8), *range(8))
    first = steps.publishes()["exchanged"]
    assert steps.publishes()["exchanged"] == first
    steps.ask(0)
    assert steps.publishes()["exchanged"] == first


def test_without_care_it_would_be(steps: Steps, careless: None) -> None:
    steps.ask(*range(8), *range(8))
    steps.publishes()
    steps.ask(*[0] * 4)
    assert steps.publishes()["exchanged"] == (20, steps.now)


def test_nor_is_it_beside_a_count_long_before(steps: Steps) -> None:
    """Five ask, one of them six times, and what the other four asked is answered: what is left of it is the one's."""
    steps.ask(*range(8), *range(8))
    first = steps.publishes()["waiting"]
    asked = steps.ask(*[0] * 6, *[1, 2, 3, 4] * 2)
    between = steps.publishes()["waiting"]
    assert (first[0], between[0]) == (16, 28)
    steps.answer(asked[6:], 2, 3, 4, 5, 6)
    assert steps.publishes()["waiting"] == between


def test_whose_questions_one_person_answered_shows_that_person(steps: Steps) -> None:
    asked = steps.ask(*range(8), *range(8))
    before = steps.publishes()["waiting"]
    steps.answer(asked[1:5], 0)
    assert steps.publishes()["waiting"] == before
    steps.answer(asked[5:12], 4, 5, 6, 7)
    assert steps.publishes()["waiting"] == (4, steps.now)


@pytest.mark.breaks_ledger
def test_what_was_taken_away_was_somebody_s_still(steps: Steps) -> None:
    asked = steps.ask(*range(8), *range(8))
    before = steps.publishes()["exchanged"]
    theirs = [one.pk for one in asked if one.opener == steps.people[0]]
    with writing():
        ExchangeCourse.objects.filter(pk__in=theirs).everywhere("test").delete()
    assert steps.publishes()["exchanged"] == before


def test_whoever_turns_out_to_be_a_bot_is_nobody_of_whom_anything_is_told(steps: Steps) -> None:
    steps.ask(*range(8), *range(8))
    steps.publishes()
    social.set_bot(steps.story.operator, steps.people[0], bot=True)
    assert steps.publishes()["exchanged"] == (12, steps.now)


def test_who_used_it_then_is_shown_when_nobody_uses_it_any_more(shop: Shop) -> None:
    """What four people used is used again by others, but for what one of them did, of four scribes."""
    steps = Steps.__new__(Steps)
    practices = shop.used([shop.others[number] for number in (0, 0, 0, 0, 1, 2, 3, 1)])
    steps.story, steps.now, steps.editions = shop.story, clock.now() - timedelta(weeks=4), 0
    before = steps.publishes()["taken_up"]
    assert before[0] == 8
    steps.now += RECENTLY
    with clock.at(steps.now):
        for user, practice in zip(shop.others[1:], practices[4:], strict=True):
            shop.story.apply(user, practice, where="Pump 9")
    assert steps.publishes()["taken_up"] == before


def told_in_a_town(seed: int) -> Iterator[tuple[str, dict[str, str]]]:
    """Of twenty steps what was told anew: a stock, and whose are the exchanges in it, by the town's own diary."""
    chance, steps = random.Random(seed), Steps()
    diary: dict[str, dict[str, str]] = {"exchanged": {}, "waiting": {}}
    for _ in range(20):
        zeal = [chance.choice([0, 0, 0, 1, 1, 2, 9]) for _ in range(8)]
        asked = steps.ask(*[number for number, times in enumerate(zeal) for _ in range(times)])
        for exchange in asked:
            for name in diary:
                diary[name][exchange.pk] = exchange.opener_id
        for waiting in chance.sample(sorted(diary["waiting"]), len(diary["waiting"]) // chance.choice([1, 2, 4, 9])):
            exchange = Exchange.objects.everywhere("test").get(pk=waiting)
            opener = diary["waiting"].pop(waiting)
            others = [number for number in range(8) if steps.people[number].pk != opener]
            steps.answer([exchange], chance.choice(others))
        counted = steps.publishes()
        yield from (
            (name, dict(those)) for name, those in diary.items() if counted[name][0] and counted[name][1] == steps.now
        )


def singled_out(seed: int) -> list[Counter[str]]:
    """By whoever takes any count of a stock from any other of it."""
    counted = list(told_in_a_town(seed))
    assert len(counted) > 8, "there is something to take from something"
    parts = [
        Counter(person for case, person in one.items() if case not in other)
        for (name, before), (same, after) in combinations(counted, 2)
        if name == same
        for one, other in ((before, after), (after, before))
    ]
    return [part for part in parts if part and (len(part) < 4 or max(part.values()) * 2 > part.total())]


@pytest.mark.parametrize("seed", [1, 2])
def test_no_two_counts_of_twenty_steps_tell_of_anybody(db: None, seed: int) -> None:
    assert singled_out(seed) == []


def test_without_care_they_do(db: None, careless: None) -> None:
    assert singled_out(1)
