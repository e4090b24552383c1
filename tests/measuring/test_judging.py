"""A figure by itself: as a number, as a band or not, after who stands behind it."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.measuring.disclosure.crowds import Crowd, Crowds, crowds
from commonplace.measuring.disclosure.judging import by_fives, judge, untold
from commonplace.measuring.intervals import all_alike
from commonplace.measuring.readings import Band, Reading, Reason
from commonplace.measuring.rules import Rules
from tests.measuring.conftest import History

RULES = Rules()
K = RULES.people
MANY, FEW, LOPSIDED = Crowd(12, 20, 3), Crowd(K - 1, 20, 5), Crowd(12, 20, 11)
ALL_WELL = Crowds(began=MANY, reached=MANY, others=MANY, doers=MANY)
RATE = Reading("X2", "rate", "opened", 1, value=0.5, n=12, events=40, low=0.4, high=0.6)
WAIT = replace(RATE, id="X3", unit="seconds", value=3600.0, low=60.0, high=7200.0)
NOTHING = {"value": None, "low": None, "high": None, "n": None, "events": None, "band": None}


def shown_of(reading: Reading, members: int = 1_000, **behind: Crowd) -> Reading:
    return judge(reading, replace(ALL_WELL, **behind), members, RULES)


# A crowd


def test_a_crowd_is_of_k_people_none_of_whom_carries_more_than_half() -> None:
    assert Crowd(K, 10, 5).is_one(RULES)
    assert not Crowd(K - 1, 10, 3).is_one(RULES)
    assert not Crowd(K, 10, 6).is_one(RULES)
    assert not Crowd(K, 11, 6).is_one(RULES), "half and a half more"
    assert not Crowd().is_one(RULES)


def test_crowds_are_counted_of_each_side_and_of_who_made_it(history: History) -> None:
    """Ann asks thrice, bea once; cyd answers two, dan one of them and another."""
    for number, who in enumerate(["ann", "ann", "ann", "bea"]):
        history.asks(who, f"e{number}", 1)
    history.answers("cyd", "e0", 2)
    history.answers("cyd", "e1", 2)
    history.answers("dan", "e3", 2)
    assert crowds(history.cohort("X2")) == Crowds(
        began=Crowd(2, 4, 3), reached=Crowd(2, 3, 2), others=Crowd(1, 1, 1), doers=Crowd(2, 3, 2)
    )


def test_nobody_is_no_crowd(history: History) -> None:
    assert crowds(history.cohort("X3")) == Crowds(Crowd(), Crowd(), Crowd(), Crowd())


def test_of_a_wait_those_who_reached_it_are_those_that_ended(history: History) -> None:
    for number in range(3):
        history.asks(f"p{number}", f"e{number}", 1)
    history.answers("cyd", "e0", 2)
    behind = crowds(history.cohort("X3"))
    assert (behind.reached.people, behind.others.people, behind.doers.people) == (1, 2, 1)


# Who began


@pytest.mark.parametrize("reading", [RATE, WAIT])
@pytest.mark.parametrize("began", [FEW, LOPSIDED, Crowd()])
def test_of_few_people_or_mostly_of_one_nothing_is_said_and_nothing_counted(reading: Reading, began: Crowd) -> None:
    assert shown_of(reading, began=began) == replace(reading, **NOTHING, suppressed=Reason.FEW_PEOPLE)


@pytest.mark.parametrize("reading", [RATE, WAIT])
def test_k_people_are_enough(reading: Reading) -> None:
    enough = Crowd(K, K * 2, K)
    one = shown_of(reading, began=enough, reached=enough, others=enough, doers=enough)
    assert (one.value, one.n, one.events) == (reading.value, K, reading.events)


@pytest.mark.parametrize(("people", "shown"), [(5, 5), (9, 5), (10, 10), (12, 10), (14, 10), (15, 15), (4, 0)])
def test_how_many_people_is_told_by_fives(people: int, shown: int) -> None:
    assert by_fives(people, RULES) == shown
    if shown:
        assert shown_of(RATE, began=Crowd(people, 40, 8)).n == shown


@pytest.mark.parametrize(
    ("people", "members", "n"),
    [(6, 6, 5), (10, 10, 5), (15, 15, 10), (10, 11, 5), (14, 15, 10), (10, 15, 10), (5, 6, 5), (8, 8, 5), (40, 41, 35)],
)
def test_never_all_members_nor_all_but_a_few(people: int, members: int, n: int) -> None:
    assert shown_of(RATE, members, began=Crowd(people, 80, 8)).n == n


def test_of_k_members_who_all_began_nothing_is_said() -> None:
    assert shown_of(RATE, members=K, began=Crowd(K, 40, 8)) == untold(RATE, Reason.FEW_PEOPLE)
    assert shown_of(RATE, members=K + 1, began=Crowd(K, 40, 8)).n == K


@pytest.mark.parametrize(("cohort", "events"), [("distilled", 40), ("proposed", 40), ("accepted", 40), ("opened", 43)])
def test_how_many_practices_is_told_by_fives(cohort: str, events: int) -> None:
    """Without as many exchanges that they were made of, some practices are left, which one person may have written."""
    assert shown_of(replace(WAIT, cohort=cohort, events=43)).events == events


# What a number has beside it


def test_of_few_people_an_interval_says_no_more_than_the_number() -> None:
    """However alike or unlike they are: two cohorts of one share, of as many cases, by fives of as many people."""
    alike, unlike = (replace(RATE, low=low, high=high) for low, high in ((0.45, 0.55), (0.2, 0.8)))
    some, others = (shown_of(one, began=Crowd(many, 40, 8)) for one, many in ((alike, K), (unlike, 2 * K - 1)))
    assert (some.low, some.high) == (others.low, others.high) == all_alike(0.5, K, 40)
    assert shown_of(alike, began=Crowd(2 * K, 40, 8)).low == 0.45


def test_of_few_people_no_wait_has_an_interval() -> None:
    """Its ends are somebody's wait."""
    some = shown_of(WAIT, began=Crowd(2 * K - 1, 40, 8))
    assert (some.value, some.low, some.high) == (WAIT.value, None, None)
    assert shown_of(WAIT, began=Crowd(2 * K, 40, 8)).low == WAIT.low


@given(st.integers(0, 200), st.integers(3, 12))
def test_so_many_or_more_is_a_multiple_of_k(number: int, k: int) -> None:
    shown = by_fives(number, Rules(people=k))
    assert shown % k == 0
    assert number - k < shown <= number


# A rate


def test_a_rate_reached_by_few_is_only_said_to_be_so() -> None:
    assert shown_of(RATE, reached=FEW) == replace(RATE, value=None, low=None, high=None, n=10, band=Band.FEW)


def test_a_rate_missed_by_few_is_only_said_to_be_so() -> None:
    assert shown_of(RATE, others=FEW) == replace(RATE, value=None, low=None, high=None, n=10, band=Band.ALL_BUT_FEW)


@pytest.mark.parametrize("few", ["reached", "others"])
def test_a_band_of_so_few_that_the_other_side_could_only_be_all_is_not_told(few: str) -> None:
    assert shown_of(RATE, began=Crowd(2 * K - 2, 40, 8), **{few: FEW}) == untold(RATE, Reason.FEW_PEOPLE)
    assert shown_of(RATE, began=Crowd(2 * K - 1, 40, 8), **{few: FEW}).band


@pytest.mark.parametrize("nobody", ["reached", "others"])
def test_that_nobody_did_or_all_did_looks_like_a_few(nobody: str) -> None:
    assert shown_of(RATE, **{nobody: Crowd()}) == shown_of(RATE, **{nobody: Crowd(1, 1, 1)})


def test_who_made_few_of_them_does_not_show_in_a_band() -> None:
    assert shown_of(RATE, reached=FEW, doers=LOPSIDED).band is Band.FEW
    assert shown_of(RATE, reached=Crowd(K - 1, 20, 19), doers=Crowd()).band is Band.FEW


@pytest.mark.parametrize(
    "behind",
    [{"reached": LOPSIDED}, {"others": LOPSIDED}, {"doers": LOPSIDED}, {"doers": FEW},
     {"doers": FEW, "others": FEW}, {"reached": LOPSIDED, "others": FEW}],
    ids=str,
)  # fmt: skip
def test_a_side_that_is_mostly_one_person_s_or_made_by_few_is_not_told(behind: dict[str, Crowd]) -> None:
    """Nor as a band: that all but a few were answered would be told of the one who answered."""
    assert shown_of(RATE, **behind) == untold(RATE, Reason.FEW_PEOPLE)


# A wait


def test_a_median_needs_eight_cases() -> None:
    assert shown_of(replace(WAIT, events=RULES.events)).value == WAIT.value
    assert shown_of(replace(WAIT, events=RULES.events - 1)) == untold(WAIT, Reason.FEW_CASES)
    assert shown_of(replace(RATE, events=RULES.events - 1)).value == RATE.value, "a rate does not"


def test_a_median_not_reached_has_no_limits_but_counts() -> None:
    one = shown_of(replace(WAIT, value=None), reached=FEW, doers=FEW)
    assert (one.suppressed, one.low, one.high) == (Reason.NOT_REACHED, None, None)
    assert (one.n, one.events) == (10, WAIT.events)


def test_that_a_median_is_not_reached_is_not_said_of_so_few_that_it_could_be_all_of_them() -> None:
    most = Crowd(2 * K - 2, 40, 8)
    assert shown_of(replace(WAIT, value=None), began=most) == untold(WAIT, Reason.FEW_PEOPLE)
    enough = shown_of(replace(WAIT, value=None), began=Crowd(2 * K - 1, 40, 8))
    assert enough.suppressed is Reason.NOT_REACHED


@pytest.mark.parametrize("behind", [{"reached": FEW}, {"reached": LOPSIDED}, {"doers": FEW}, {"doers": LOPSIDED}])
def test_a_median_of_what_few_people_ended_is_not_told(behind: dict[str, Crowd]) -> None:
    assert shown_of(WAIT, **behind) == untold(WAIT, Reason.FEW_PEOPLE)


def test_who_still_waits_may_be_few() -> None:
    assert shown_of(WAIT, others=FEW).value == WAIT.value


# By chance


people = st.lists(st.sampled_from("abcdefghij"), max_size=30)


def _crowd(names: list[str]) -> Crowd:
    counted = Counter(names)
    return Crowd(len(counted), len(names), max(counted.values(), default=0))


@given(reached=people, others=people, doers=people, unit=st.sampled_from([RATE, WAIT]), members=st.integers(1, 20))
def test_whatever_is_told_is_of_k_people_on_every_side_of_it(
    reached: list[str], others: list[str], doers: list[str], unit: Reading, members: int
) -> None:
    began = [*reached, *others]
    behind = Crowds(_crowd(began), _crowd(reached), _crowd(others), _crowd(doers))
    one = judge(replace(unit, events=len(began), n=behind.began.people), behind, members, RULES)
    shown = [began] if one.events is not None else []
    if one.value is not None:
        shown += [reached, doers] + ([others] if one.unit == "rate" else [])
    if one.suppressed:
        assert one.value is None
    for names in shown:
        assert len(set(names)) >= K
        assert max(Counter(names).values()) * 2 <= len(names)
    assert one.n is None or (one.n <= behind.began.people and one.n < max(members, behind.began.people))
