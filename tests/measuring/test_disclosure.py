"""Nobody is singled out: by a figure, by what is left of a cohort, or by comparing two editions of a figure."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.measuring.disclosure import changed, may_follow, may_stand_beside, release
from commonplace.measuring.readings import Reading, Reason, sentence
from commonplace.measuring.rules import Rules

K = Rules().people


def reading(unit="rate", cohort="opened", value=0.5, n=9, events=20, **other) -> Reading:
    return Reading("X", unit, cohort, 1, value=value, n=n, events=events, low=0.2, high=0.8, **other)


def only(**kwargs) -> Reading:
    return release([reading(**kwargs)], Rules())[0]


def test_four_people_are_too_few_and_not_even_counted():
    one = only(n=4)
    assert (one.value, one.low, one.high, one.n, one.events) == (None,) * 5
    assert one.suppressed is Reason.FEW_PEOPLE


def test_five_people_are_enough_for_a_rate():
    assert only(n=5, events=5) == reading(n=5, events=5)


def test_a_median_needs_eight_cases_too_and_says_how_many_there_are():
    assert only(unit="seconds", n=5, events=8).value == 0.5
    one = only(unit="seconds", n=5, events=7)
    assert (one.value, one.low, one.n, one.events, one.suppressed) == (None, None, 5, 7, Reason.FEW_CASES)


def test_no_cases_are_said_to_be_none():
    one = only(value=None, n=0, events=0)
    assert (one.n, one.events, one.suppressed) == (0, 0, Reason.NO_CASES)


def test_a_median_not_reached_keeps_the_limit_that_is_known():
    one = only(unit="seconds", value=None)
    assert (one.low, one.n, one.suppressed) == (0.2, 9, Reason.NOT_REACHED)


def test_what_is_not_recorded_says_so_even_beside_hidden_figures():
    hidden, absent = release([reading(n=2), Reading("Y", "rate", "opened", 1, suppressed=Reason.NOT_RECORDED)], Rules())
    assert (hidden.suppressed, absent.suppressed) == (Reason.FEW_PEOPLE, Reason.NOT_RECORDED)


def test_a_cohort_is_hidden_whole():
    """One stage of a funnel is what the others leave of it."""
    stages = [reading(n=9), reading(n=3), reading(n=9), reading(cohort="another")]
    assert [stage.value for stage in release(stages, Rules())] == [None, None, None, 0.5]


@pytest.mark.parametrize("people", [2, 1, 0, -5])
def test_no_setting_lets_fewer_than_three_through(people):
    with pytest.raises(ValueError, match="fewer than 3"):
        Rules(people=people)


def test_three_is_the_lowest_that_can_be_set():
    assert release([reading(n=3, events=3)], Rules(people=3))[0].value == 0.5


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_sentence(reason):
    assert sentence(reason, Rules())


def test_the_printed_form_has_the_promised_keys_in_order():
    assert list(only(n=2).as_json(Rules())) == [
        "id", "value", "unit", "n", "events", "low", "high", "suppressed", "formula_version",
    ]  # fmt: skip


def test_ten_thousand_random_queries_show_nothing_of_fewer_than_k():
    """Cases of a random community, counted in a random window, cut by a random filter."""
    chance = random.Random(5)
    shown = 0
    for _ in range(10_000):
        cases = [(f"m{chance.randrange(8)}", chance.randrange(100)) for _ in range(chance.randrange(25))]
        since, until = sorted(chance.sample(range(100), 2))
        kept = [(who, at) for who, at in cases if since < at <= until]
        people = len({who for who, _ in kept})
        unit = chance.choice(["rate", "seconds"])
        one = only(unit=unit, value=chance.random() if kept else None, n=people, events=len(kept))
        numbers = (one.value, one.low, one.high, one.n or None, one.events or None)
        assert numbers == (None,) * 5 or people >= K
        shown += one.value is not None
    assert shown > 1000


def editions(chance: random.Random, rules: Rules) -> list[dict[str, object]]:
    """A community lives, its figure is asked for every week, and is published when it may be."""
    figure: dict[str, object] = {f"m{n}": 0 for n in range(K)}
    published = [dict(figure)]
    for _ in range(25):
        for person in chance.sample([f"m{n}" for n in range(12)], chance.randrange(4)):
            figure.pop(person, None) if chance.random() < 0.4 else figure.update({person: chance.randrange(3)})
        if len(figure) >= rules.people and may_follow(published, figure, rules):
            published.append(dict(figure))
    return published


def test_no_two_of_ten_thousand_editions_differ_by_fewer_than_k_people():
    chance, asked, pairs = random.Random(7), 0, 0
    while asked < 10_000:
        made = editions(chance, Rules())
        asked += 25
        for number, one in enumerate(made):
            for other in made[:number]:
                assert changed(one, other) >= K
                pairs += 1
    assert pairs > 100


def test_without_the_rule_weekly_editions_tell_of_single_people():
    """The control: the attack works where nothing stops it."""
    weekly = [{"ann": 1, "bea": 2}, {"ann": 1, "bea": 3}]
    assert changed(*weekly) == 1
    assert not may_follow(weekly[:1], weekly[1], Rules())


def test_the_same_figure_may_stand_in_two_places():
    group = {f"m{n}": 1 for n in range(6)}
    assert may_stand_beside([group], dict(group), Rules())
    assert not may_stand_beside([group], group | {"m0": 2}, Rules())
    assert not may_follow([group], dict(group), Rules())


contributions = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 2))


@given(contributions, contributions)
def test_change_is_counted_in_people_and_from_both_sides(before, after):
    assert changed(before, after) == changed(after, before) <= len(before.keys() | after.keys())
    assert (changed(before, after) == 0) == (before == after)
