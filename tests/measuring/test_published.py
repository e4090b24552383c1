"""What is in each phase, as it is published: of people alone, and of enough of everybody whose behaviour it shows."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Person
from commonplace.ledger import clock
from commonplace.measuring.cycle.published import readings
from commonplace.measuring.cycle.stocks import LISTS, RECENTLY
from commonplace.measuring.rules import Rules
from commonplace.objectifying import acts as practice_acts
from commonplace.objectifying.consent import Stand
from commonplace.objectifying.models import Challenge, Practice, Proposal
from commonplace.objectifying.status import Outcome
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
        rounds = [self.story.propose(practice.distilled_by, practice) for practice in practices]
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
            challenge = Challenge(reason="It failed twice.")
            practice_acts.challenge(by[number % len(by)], practice, challenge=challenge)

    def shown(self) -> dict[str, float | None]:
        values = (reading.value for reading in readings(self.story.community, RULES))
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
            again = Challenge(reason="It failed once more.")
            practice_acts.challenge(shop.others[number % 3], practices[number], challenge=again)
        assert shop.shown()["contested"] is None


def _settling(story: Story, practice: Practice, by: Person) -> Proposal:
    challenge = practice_acts.challenge(by, practice, challenge=Challenge(reason="It failed twice."))
    version = practice.versions.latest("number")
    answer = {"challenge": challenge, "proposed_outcome": Outcome.UPHELD}
    return story.propose(practice.distilled_by, practice, version=version, **answer)


def test_who_consents_to_what_is_not_agreed_yet_holds_nothing(shop: Shop) -> None:
    story = shop.story
    for practice in shop.accepted(shop.others[:3]):
        story.revise(practice.distilled_by, practice, how="Bleed behind the check valve.")
        story.stand(shop.others[3], story.propose(practice.distilled_by, practice))
    assert shop.shown()["held"] is None
