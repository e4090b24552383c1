"""Groups: the cases that no count tells apart, and whose they are."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.measuring.cohorts import Cohort
from commonplace.measuring.disclosure.groups import Count, Group, groups_of, merged
from commonplace.measuring.rules import Rules
from tests.measuring.conftest import History, day

BEGAN = "began asker"
LAST = 1000


def count(
    metric: str = "X2", since: float = 0, until: float = 100, reached: bool = False, last_act: int = LAST
) -> Count:
    return Count(metric, last_act, day(since), day(until), reached)


def group(*counts: Count, began: str = "", **roles: str) -> Group:
    """People by letters: `began="aab"` is two cases of a's, one of b's."""
    named = {BEGAN: began} | roles
    return Group(frozenset(counts), {role: Counter(people) for role, people in named.items() if people})


def told_apart(groups: list[Group]) -> dict[frozenset[Count], dict[str, str]]:
    return {one.counts: {role: "".join(sorted(who.elements())) for role, who in one.roles.items()} for one in groups}


# Counts


def test_a_count_has_what_began_in_its_window_closed_at_its_end() -> None:
    one = count(since=1, until=3)
    assert [one.has(day(at), False) for at in (1, 1.5, 3, 3.5)] == [False, True, True, False]


def test_a_count_of_what_was_reached_has_nothing_else() -> None:
    one = count(reached=True)
    assert (one.has(day(1), True), one.has(day(1), False)) == (True, False)
    assert (one.role, count().role) == (one.of, BEGAN)


def test_no_two_windows_of_ten_years_have_the_same_number() -> None:
    windows = [day(28 * step) for step in range(130)]
    numbers = {Count("X2", LAST, at, at + timedelta(weeks=12), hit).number for at in windows for hit in (False, True)}
    assert len(numbers) == 260


DIFFERENT = [count(), count("X3"), count(since=1), count(until=99), count(reached=True), count(last_act=7)]


def test_every_count_has_a_number_of_its_own_that_fits_a_column() -> None:
    numbers = [one.number for one in DIFFERENT]
    assert len(set(numbers)) == len(DIFFERENT)
    assert all(0 < number < 2**63 for number in numbers)
    assert numbers == [one.number for one in DIFFERENT], "and always the same"


# A group


def test_a_group_is_a_crowd_in_every_role() -> None:
    rules = Rules(people=3)
    assert group(began="abc").is_one(rules)
    assert not group(began="ab").is_one(rules)
    assert not group(began="abcaaa").is_one(rules)
    assert not group(began="abc", x="de").is_one(rules)
    assert group(began="abc", x="def").is_one(rules)


# Out of cohorts


@pytest.fixture
def asked(history: History) -> History:
    """On days 1 to 6 a, b, a, c, d, e ask; x answers the first, y the second and the fifth."""
    for number, who in enumerate("abacde", 1):
        history.asks(who, f"e{number}", number)
    for exchange, who in (("e1", "x"), ("e2", "y"), ("e5", "y")):
        history.answers(who, exchange, int(exchange[1]) + 0.5)
    return history


def groups(history: History, *counts: Count) -> dict[frozenset[Count], dict[str, str]]:
    return told_apart(groups_of(counts, {one.of: cohort(history, one.metric) for one in counts}))


def cohort(history: History, metric: str) -> Cohort:
    return history.cohort(metric, until=100, followed=100)


def test_without_counts_nothing_is_told_apart() -> None:
    assert groups_of([], {}) == []


def test_a_count_alone_makes_one_group(asked: History) -> None:
    one = count()
    assert groups(asked, one) == {frozenset({one}): {BEGAN: "aabcde", one.of: "xyy"}}


def test_the_outcome_tells_two_groups_apart(asked: History) -> None:
    began, hit = count(), count(reached=True)
    assert groups(asked, began, hit) == {
        frozenset({began, hit}): {BEGAN: "abd", began.of: "xyy"},
        frozenset({began}): {BEGAN: "ace"},
    }


def test_windows_that_overlap_tell_apart_what_is_in_each(asked: History) -> None:
    early, late = count(since=0, until=4), count(since=2, until=6)
    assert {counts: roles[BEGAN] for counts, roles in groups(asked, early, late).items()} == {
        frozenset({early}): "ab",
        frozenset({early, late}): "ac",
        frozenset({late}): "de",
    }


def test_what_is_in_no_count_is_in_no_group(asked: History) -> None:
    assert {counts: roles[BEGAN] for counts, roles in groups(asked, count(since=5)).items()} == {
        frozenset({count(since=5)}): "e"
    }


def test_two_metrics_of_the_same_cases_make_one_group(asked: History) -> None:
    one, other = count("X2"), count("X3")
    assert groups(asked, one, other) == {frozenset({one, other}): {BEGAN: "aabcde", one.of: "xyy", other.of: "xyy"}}


def test_a_metric_of_fewer_cases_tells_those_apart_that_another_has(asked: History) -> None:
    """Of practices none, as nobody has distilled any; of answers those that had their time."""
    everything, answered, practices = count("X3"), count("X2", reached=True), count("N3")
    made = groups(asked, everything, answered, practices)
    assert {counts: roles[BEGAN] for counts, roles in made.items()} == {
        frozenset({everything, answered}): "abd",
        frozenset({everything}): "ace",
    }


moments = st.lists(st.integers(0, 8), min_size=2, max_size=2, unique=True).map(sorted)


@settings(max_examples=30)
@given(st.lists(st.tuples(moments, st.booleans()), min_size=1, max_size=6), st.data())
def test_every_case_is_in_the_group_of_its_counts(
    engine: object, windows: list[tuple[list[int], bool]], data: st.DataObject
) -> None:
    """Against a plain loop."""
    cases = data.draw(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 8), st.booleans()), max_size=8))
    history = History(engine)
    history.asks("nobody", "before", -200)
    for number, (who, at, answered) in enumerate(cases):
        history.asks(who, f"e{number}", at)
        if answered:
            history.answers("x", f"e{number}", at + 0.5)
    counts = list(dict.fromkeys(count(since=since, until=until, reached=hit) for (since, until), hit in windows))
    expected: dict[frozenset[Count], Counter[str]] = {}
    for who, at, answered in cases:
        if those := frozenset(one for one in counts if one.has(day(at), answered)):
            expected.setdefault(those, Counter())[who] += 1
    made = groups_of(counts, {count().of: cohort(history, "X2")})
    assert {one.counts: one.roles[BEGAN] for one in made} == expected


# Merged


A, B, C = count(), count(reached=True), count("X3")


def test_groups_that_some_counts_do_not_tell_apart_are_one() -> None:
    made = merged([group(A, B, began="ab"), group(A, began="bc"), group(C, began="d")], [A])
    assert told_apart(made) == {frozenset({A}): {BEGAN: "abbc"}}


def test_who_made_the_outcome_shows_only_beside_a_count_of_it() -> None:
    groups = [group(A, B, began="ab", **{B.role: "xy"})]
    assert told_apart(merged(groups, [A])) == {frozenset({A}): {BEGAN: "ab"}}
    assert told_apart(merged(groups, [A, B])) == {frozenset({A, B}): {BEGAN: "ab", B.role: "xy"}}


def test_merging_changes_none_of_the_groups() -> None:
    groups = [group(A, B, began="ab"), group(A, began="c")]
    merged(groups, [A])
    assert told_apart(groups) == {frozenset({A, B}): {BEGAN: "ab"}, frozenset({A}): {BEGAN: "c"}}
