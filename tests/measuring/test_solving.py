"""What a reader reaches who adds and subtracts all counts that are told: nobody's, and no few people's, cases."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.measuring.disclosure import solving
from commonplace.measuring.disclosure.groups import Count, Group, crowd
from commonplace.measuring.disclosure.solving import tells_of_few
from commonplace.measuring.rules import Rules
from tests.measuring.conftest import day

BEGAN = "began asker"
RULES = Rules(people=3)
FACTORS = (-2, -1, 1, 2)


def number(place: int, reached: bool = False) -> Count:
    return Count("X2", 1, day(place), day(place + 84), reached)


A, B, C, D, E = map(number, range(5))


def group(counts: Collection[Count], began: str = "", **roles: str) -> Group:
    """People by letters: `aab` is two cases of a's, one of b's."""
    named = {BEGAN: began} | roles
    return Group(frozenset(counts), {role: Counter(people) for role, people in named.items() if people})


def refused(groups: Sequence[Group], *counts: Count) -> bool:
    """The last of these, beside the others."""
    *before, last = counts
    return tells_of_few(groups, before, [last], RULES)


# Alone


def test_a_count_of_k_people_is_let_through() -> None:
    assert not refused([group([A], "abc")], A)


@pytest.mark.parametrize("people", ["a", "ab", "aabb"])
def test_a_count_of_fewer_is_not(people: str) -> None:
    assert refused([group([A], people)], A)


def test_a_count_of_which_one_carries_more_than_half_is_not() -> None:
    assert refused([group([A], "aaaabc")], A)
    assert not refused([group([A], "aaabcd")], A)


# Two


@pytest.mark.parametrize(("between", "may"), [("d", False), ("de", False), ("ddee", False), ("def", True)])
def test_two_counts_may_differ_by_k_people_and_by_none_fewer(between: str, may: bool) -> None:
    assert refused([group([A, B], "abcghi"), group([A], between)], A, B) is not may


def test_the_same_count_twice_says_nothing_new() -> None:
    groups = [group([A, B], "abc")]
    assert not refused(groups, A, B)
    assert not refused(groups, A, A)


def test_what_is_only_in_each_of_two_counts_is_counted_together() -> None:
    """Their difference is of the three, and neither of the two parts can be had by itself."""
    assert not refused([group([A, B], "abcghi"), group([A], "de"), group([B], "f")], A, B)
    assert refused([group([A, B], "abcghi"), group([A], "d"), group([B], "e")], A, B)


def test_a_person_who_carries_most_of_a_difference_is_not_told_of() -> None:
    groups = [group([A, B], "abcghi"), group([A], "ddddef")]
    assert refused(groups, A, B)
    assert not refused([group([A, B], "abcghi"), group([A], "dddefg")], A, B)


def test_nor_who_carries_most_of_it_over_both_of_its_sides() -> None:
    """Neither side can be had by itself; of both together d has five of nine, or four."""
    assert refused([group([A, B], "abcghi"), group([A], "ddddef"), group([B], "dgh")], A, B)
    assert not refused([group([A, B], "abcghi"), group([A], "ddddef"), group([B], "jgh")], A, B)


def test_complements_are_a_difference_too() -> None:
    """Those who were not answered."""
    reached = number(0, reached=True)
    assert refused([group([A, reached], "abcdef"), group([A], "gh")], A, reached)
    assert not refused([group([A, reached], "abcdef"), group([A], "ghi")], A, reached)


# Three and more


def test_stages_that_lie_in_each_other_leave_k_people_between_any_two() -> None:
    crowds = ["abc", "def", "ghi"]
    stages = [group([A, B, C], crowds[0]), group([A, B], crowds[1]), group([A], crowds[2])]
    assert not refused(stages, A, B, C)
    assert refused([*stages[:1], group([A, B], "de"), stages[2]], A, B, C)
    assert refused([*stages[:2], group([A], "gh")], A, C, B)


def test_windows_that_overlap_are_solved_together() -> None:
    """Windows of three steps, each step later by one: the differences are of steps; a step of few is found."""
    whole = [group([A], "abc"), group([A, B], "def"), group([A, B, C], "ghi"), group([B, C], "jkl"), group([C], "mno")]
    assert not refused(whole, A, B, C)
    alone = [*whole[:3], group([B, C], "jkl"), group([C], "mn")]
    assert not refused(alone, A, B, C), "m and n are told of with g, h and i, d, e and f or nobody"
    assert refused([*alone, group([D], "x"), group([D, A], "y")], A, B, C, D)


def test_three_counts_tell_what_no_two_of_them_do() -> None:
    """The whole without both of its parts."""
    groups = [group([A, B], "abcd"), group([A, C], "efgh"), group([A], "x")]
    assert not refused(groups, A, B)
    assert not refused(groups, B, C)
    assert not refused(groups, A, C)
    assert refused(groups, A, B, C)


def test_a_half_of_twice_a_group_is_found() -> None:
    """A + B - C is twice the group of x."""
    groups = [group([A, B], "x"), group([A, C], "abc"), group([B, C], "def")]
    assert not refused(groups, A, B)
    assert refused(groups, A, B, C)


def test_groups_of_the_same_few_people_are_few_people() -> None:
    """Of three groups, and yet of two people: their sum."""
    groups = [group([A, B], "x"), group([A, C], "y"), group([A, D], "xy"), group([B, C, D], "abcdef")]
    assert tells_of_few(groups, [], [A], RULES)
    others = [group([A, B], "x"), group([A, C], "y"), group([A, D], "z"), group([B, C, D], "abcdef")]
    assert not tells_of_few(others, [], [A], RULES)


@pytest.mark.parametrize("place", range(5))
def test_few_people_among_other_few_who_cannot_be_reached_are_found(place: int) -> None:
    """r and s are D without B; p, q and v, and p, t and u are told of only together."""
    groups = [group([A, B, C, D], "abcefg"), group([A, C], "p"), group([A], "qv"), group([C], "tu")]
    assert not refused(groups, A, B, C, D)
    assert refused([*groups[:place], group([D], "rs"), *groups[place:]], A, B, C, D)


def test_new_counts_are_judged_together() -> None:
    groups = [group([A, B], "abcdef"), group([A], "x")]
    assert tells_of_few(groups, [], [A, B], RULES)
    assert not tells_of_few(groups, [], [A], RULES)


def test_what_is_not_told_takes_no_part() -> None:
    groups = [group([A, B], "abcdef"), group([A], "x")]
    assert not tells_of_few(groups, [], [B], RULES), "A would tell them apart"


def test_what_was_solved_before_is_not_held_against_what_is_told_now() -> None:
    """As where k was raised since: of A and B two were told of. C is of others."""
    groups = [group([A, B], "abcghi"), group([A], "de"), group([C], "jkl")]
    assert refused(groups[:2], A, B)
    assert not refused(groups, A, B, C)
    assert refused([*groups, group([D], "mn")], A, B, C, D)


def test_nor_where_the_new_count_tells_of_several_small_groups_together() -> None:
    """m, n, o and p: of D without C."""
    groups = [group([A, B], "abcghi"), group([A], "de"), group([C, D], "jkl"), group([C], "mn"), group([D], "op")]
    assert refused(groups[:2], A, B)
    assert not refused(groups, A, B, C, D)


def test_half_a_new_count_that_few_began_is_found_beside_what_was_solved_before() -> None:
    groups = [group([A, B], "abcghi"), group([A], "de"), group([C, D], "jkl"), group([C], "mn")]
    assert not refused(groups[:3], A, B, C)
    assert refused(groups, A, B, D, C)


def test_what_three_windows_leave_is_not_mostly_of_one() -> None:
    """A without B, with C, is of x, a, b and c; the first part alone is not mostly of x, no two windows leave it."""
    ends = [group([A], "xxab"), group([C], "xxc")]
    between = [group([A, B], "defghijk"), group([B, C], "lmnopqrs")]
    assert not refused([*ends, *between], A, B)
    assert not refused([*ends, *between], A, C)
    assert refused([*ends, *between], A, B, C)
    assert not refused([group([A], "xyab"), *ends[1:], *between], A, B, C)


CHAIN = [group([A, B], "defghijk"), group([B, C], "lmnopqrs"), group([C, D], "tuvwdefg")]


def test_nor_is_what_elimination_leaves_of_more() -> None:
    ends = [group([A], "xxab"), group([D], "xxc")]
    assert not refused([*CHAIN, *ends], A, B, C)
    assert refused([*CHAIN, *ends], A, B, C, D)
    assert not refused([*CHAIN, group([A], "xyab"), group([D], "xxc")], A, B, C, D)


def test_what_elimination_left_before_is_not_held_against_what_is_told_now() -> None:
    """As of the rules of before, or of other settings."""
    groups = [*CHAIN, group([A], "xxab"), group([D], "xxc"), group([E], "abcdefgh")]
    assert tells_of_few(groups, [], [A, B, C, D], RULES)
    assert not tells_of_few(groups, [A, B, C, D], [E], RULES)


def test_nor_are_parts_that_one_person_carries_each_wherever_they_stand() -> None:
    """Elimination as it goes leaves them with others."""
    ends = [group([A], "xxxab"), group([D], "xxxcd")]
    assert not refused([*ends, *CHAIN], A, B, C)
    assert refused([*ends, *CHAIN], A, B, C, D)
    assert not refused([group([A], "xxxab"), group([D], "yyycd"), *CHAIN], A, B, C, D)


# Those who made the outcome


REACHED = [number(place, reached=True) for place in range(3)]
WHO = REACHED[0].role


def test_who_made_what_was_reached_are_k_people_too() -> None:
    one, other = REACHED[:2]
    both = {WHO: "xyz"}
    assert refused([group([one, other], "abcdef", **both), group([one], "ghi", **{WHO: "xx"})], one, other)
    assert refused([group([one, other], "abcdef", **both), group([one], "ghi", **{WHO: "xxyy"})], one, other)
    assert refused([group([one, other], "abcdef", **both), group([one], "ghi", **{WHO: "xxxyz"})], one, other)
    assert not refused([group([one, other], "abcdef", **both), group([one], "ghi", **both)], one, other)


def test_who_made_what_is_not_told_is_not_looked_at() -> None:
    assert not refused([group([A], "abcdef", **{WHO: "x"})], A)


# Too much to try


def test_what_is_too_much_to_try_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    groups = [group([A, B], "abcghi"), group([A], "de"), group([B], "f")]
    assert not refused(groups, A, B)
    monkeypatch.setattr(solving, "MOST_TRIED", 0)
    assert refused(groups, A, B)


# By chance, against whoever tries all


def attempts(counts: Sequence[Count]) -> Iterator[tuple[Sequence[Count], Sequence[int]]]:
    for many in (1, 2, 3):
        for those in combinations(counts, many):
            for factors in product(FACTORS, repeat=many):
                yield those, factors


def about(groups: Sequence[Group], those: Sequence[Count], factors: Sequence[int]) -> list[Group]:
    weights = (sum(f for one, f in zip(those, factors, strict=True) if one in each.counts) for each in groups)
    return [each for each, weight in zip(groups, weights, strict=True) if weight]


def reached_by(groups: Sequence[Group], counts: Sequence[Count]) -> Iterator[str]:
    """Of whom a combination of counts is, where they are fewer than k, or mostly one."""
    for those, factors in attempts(counts):
        those_left = about(groups, those, factors)
        people: Counter[str] = sum((each.roles[BEGAN] for each in those_left), Counter())
        if those_left and len(people) < RULES.people:
            yield f"{factors} {those}: {people}"
        lopsided = bool(people) and max(people.values()) * 2 > people.total()
        if lopsided and sorted(factors) in ([1], [-1, 1]):
            yield f"{factors} {those}: mostly one of {people}"


def published(groups: Sequence[Group], counts: Sequence[Count]) -> list[Count]:
    """One after the other, as far as each by itself may be told, too."""
    released: list[Count] = []
    for one in counts:
        alone = sum((each.roles[BEGAN] for each in groups if one in each.counts), Counter[str]())
        if crowd(alone).is_one(RULES) and not tells_of_few(groups, released, [one], RULES):
            released.append(one)
    return released


COUNTS = [number(place) for place in range(6)]
crowds = st.text("abcdefgh", min_size=1, max_size=6)
patterns = st.sets(st.sampled_from(COUNTS), min_size=1, max_size=6).map(frozenset)
every_group = st.dictionaries(patterns, crowds, min_size=1, max_size=9).map(
    lambda those: [group(counts, people) for counts, people in those.items()]
)


@settings(max_examples=150, deadline=None)
@given(every_group)
def test_whatever_is_let_through_nobody_finds_fewer_than_k_people(groups: list[Group]) -> None:
    released = published(groups, COUNTS)
    assert list(reached_by(groups, released)) == []


@settings(max_examples=50, deadline=None)
@given(every_group, st.randoms(use_true_random=False))
def test_in_whatever_order_they_are_asked_for(groups: list[Group], chance: Any) -> None:
    counts = chance.sample(COUNTS, len(COUNTS))
    assert list(reached_by(groups, published(groups, counts))) == []


def windows(chance: np.random.Generator, step_of: int) -> list[Group]:
    """Eight steps with so many people's cases each; a window is three of them."""
    steps = range(8)
    whole = [[one for one in range(6) if one <= step < one + 3] for step in steps]
    people = ["".join(chance.choice(list("abcdefghijklmnop"), step_of)) for _ in steps]
    return [group([COUNTS[one] for one in those], names) for those, names in zip(whole, people, strict=True)]


def test_and_yet_most_of_what_many_people_do_is_told() -> None:
    """The control: where each step is of a crowd, every window is told; where it is of a few, the attack works."""
    chance = np.random.default_rng(7)
    for _ in range(20):
        assert len(published(windows(chance, 12), COUNTS)) == len(COUNTS)
    few = windows(chance, 1)
    assert list(reached_by(few, COUNTS)) != []
    assert list(reached_by(few, published(few, COUNTS))) == []


# Who began is said of a practice in two ways


def practice(metric: str, place: int) -> Count:
    return Count(metric, 1, day(place), day(place + 84), False)


def both_ways(counts: Collection[Count], scribes: str, proposers: str) -> Group:
    return Group(frozenset(counts), {"began scribe": Counter(scribes), "began proposer": Counter(proposers)})


def test_those_who_proposed_do_not_hide_that_one_person_wrote_it_all() -> None:
    first, second = practice("O4.from_distil", 0), practice("O4.from_distil", 1)
    asked = practice("O4.from_propose", 1)
    groups = [both_ways([first, second], "abcd", "abcd"), both_ways([second, asked], "xxxxxxxx", "efghijkl")]
    assert not tells_of_few(groups, [], [first], RULES)
    assert tells_of_few(groups, [first], [second], RULES)
    assert tells_of_few(groups, [first, asked], [second], RULES)


def test_nor_do_those_who_wrote_hide_that_one_person_proposed_it_all() -> None:
    first, second = practice("O4.from_propose", 0), practice("O4.from_propose", 1)
    written = practice("O4.from_distil", 1)
    groups = [both_ways([first, second], "abcd", "abcd"), both_ways([second, written], "efghijkl", "xxxxxxxx")]
    assert tells_of_few(groups, [first, written], [second], RULES)


def test_nor_does_it_matter_which_of_them_is_told_first() -> None:
    """Twelve practices of one scribe were proposed by twelve people; the others were not proposed in the window."""
    distilled, asked = practice("O4.from_distil", 0), practice("O4.from_propose", 0)
    groups = [both_ways([distilled, asked], "x" * 12, "abcdefghijkl"), both_ways([distilled], "abcdefghijkl" * 2, "")]
    for first, second in ((distilled, asked), (asked, distilled)):
        assert not tells_of_few(groups, [], [first], RULES)
        assert tells_of_few(groups, [first], [second], RULES)


# One end


def rate(place: int) -> tuple[Count, Count]:
    return number(place), number(place, reached=True)


@pytest.mark.parametrize(("answered", "not_answered"), [("", "defg"), ("defg", "")])
def test_a_part_of_two_windows_that_all_came_to_the_same_end_is_not_told(answered: str, not_answered: str) -> None:
    """Between the windows four asked, and none of them, or each, was answered."""
    (early, early_hits), (later, later_hits) = rate(0), rate(1)
    groups = [
        group([early, early_hits, later, later_hits], "abc"),
        group([early, later], "hij"),
        *([group([later, later_hits], answered)] if answered else []),
        *([group([later], not_answered)] if not_answered else []),
    ]
    before = [early, early_hits]
    assert tells_of_few(groups, before, [later, later_hits], RULES)
    mixed = [*groups, group([later, later_hits] if not_answered else [later], "klm")]
    assert not tells_of_few(mixed, before, [later, later_hits], RULES)


def of_one_end(steps: dict[str, list[int]], ends: dict[str, tuple[str, str]]) -> bool:
    """Windows by the steps that they have; of each step those who were answered, and those who were not."""
    rates = {name: rate(place) for place, name in enumerate(steps)}
    groups = []
    for step, (hits, misses) in ends.items():
        windows = [rates[name] for name, theirs in steps.items() if int(step) in theirs]
        groups += [group([one for pair in windows for one in pair], hits)] if hits else []
        groups += [group([whole for whole, _ in windows], misses)] if misses else []
    *before, last = rates.values()
    return tells_of_few(groups, [one for pair in before for one in pair], last, RULES)


def test_a_step_that_three_windows_tell_of_together_has_both_ends() -> None:
    """Twice the first step is in two of them and not in the third."""
    steps = {"a": [1, 2], "b": [2, 3], "c": [1, 3]}
    both = {"2": ("abcd", "efgh"), "3": ("ijkl", "mnop")}
    assert of_one_end(steps, {"1": ("qrst", ""), **both})
    assert not of_one_end(steps, {"1": ("qrst", "uvwx"), **both})


def test_several_steps_that_one_window_has_beyond_another_have_both_ends() -> None:
    """Neither the second nor the third can be had by itself."""
    steps = {"v": [2, 4], "b": [1], "a": [1, 2, 3]}
    both = {"1": ("abcd", "efgh"), "4": ("ijkl", "mnop")}
    assert of_one_end(steps, {"2": ("", "qrst"), "3": ("", "uvwx"), **both})
    assert not of_one_end(steps, {"2": ("", "qrst"), "3": ("uvwx", ""), **both})


def test_all_that_came_so_far_and_came_further_is_not_told() -> None:
    whole, resolved = Count("C1.resolved", 1, day(0), day(9), False), Count("C1.resolved", 1, day(0), day(9), True)
    written = Count("C1.item", 1, day(0), day(9), True)
    groups = [group([whole, resolved, written], "abcd"), group([whole], "efgh")]
    assert not tells_of_few(groups, [], [whole, resolved], RULES)
    assert tells_of_few(groups, [whole, resolved], [written], RULES)
    assert not tells_of_few([*groups, group([whole, resolved], "ijk")], [whole, resolved], [written], RULES)


# Most of it


def test_who_made_most_of_a_difference_is_not_told_of() -> None:
    (early, early_hits), (later, later_hits) = rate(0), rate(1)
    helper = later_hits.role

    def passes(doers: str) -> bool:
        groups = [
            group([early, early_hits, later, later_hits], "abcdef", **{early_hits.role: "uvwxyz", helper: "uvwxyz"}),
            group([early, later], "ghijkl"),
            group([later, later_hits], "mnopqr", **{helper: doers}),
            group([later], "stuvwx"),
        ]
        return not tells_of_few(groups, [early, early_hits, later], [later_hits], RULES)

    assert passes("uvwxyz")
    assert not passes("uuuuvw")


def test_three_windows_do_not_tell_of_who_carries_most_of_one_step() -> None:
    """C without B and with A is the last step: of it x has most, in a part that cannot be had by itself."""
    steps = [group([A, B], "abcdef"), group([B, C, D], "ghijkl")]
    apart = [group([C, D], "xxxxxxxa"), group([C], "xbcd")]
    assert not refused([*steps, *apart], A, B)
    assert refused([*steps, *apart], A, B, D, C)
    assert not refused([*steps, group([C, D], "xxxefghi"), group([C], "xbcd")], A, B, D, C)


def test_outcomes_of_which_nobody_is_known_to_have_made_them_hide_no_few() -> None:
    whole, hits = rate(0)
    groups = [
        group([whole, hits, A], "abcdef", **{hits.role: "pq"}),
        group([whole, hits], "ghijkl"),
        group([whole], "mnopqr"),
    ]
    assert tells_of_few(groups, [A], [whole, hits], RULES)
