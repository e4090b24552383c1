"""Quorum and breadth, worked by hand (theory §2.7)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.consenting.rule import quorum_for, units_needed


@pytest.mark.parametrize(
    ("eligible", "core_and_active", "own", "asks"),
    [
        (20, 5, None, 3),  # 30 % are 1.5: three at least.
        (20, 10, None, 3),  # 30 % are three, not a hair more.
        (20, 11, None, 4),  # 3.3: no part of a person.
        (200, 100, None, 30),
        (20, 0, None, 3),
        (20, 0, 7, 7),  # The charter's number, whoever is active,
        (20, 20, 2, 2),  # lower than 30 % too.
        (5, 5, 5, 4),  # Never more than all but one:
        (5, 5, 99, 4),
        (4, 20, None, 3),
        (3, 3, None, 2),
        (2, 2, None, 2),  # of two, both;
        (2, 2, 5, 2),
        (1, 1, None, 2),  # of one, nothing can be accepted.
        (0, 0, None, 2),
        (20, 10, 1, 2),  # Never below two,
        (20, 10, 0, 2),  # not even by the charter.
    ],
)
def test_how_many_consent(eligible: int, core_and_active: int, own: int | None, asks: int) -> None:
    assert quorum_for(eligible, core_and_active, own, floor=3, share=0.3) == asks


def test_a_share_that_comes_out_even_asks_for_nobody_more() -> None:
    """28 % of 100 are 28, whatever a computer makes of 0.28."""
    assert quorum_for(500, 100, None, floor=3, share=0.28) == 28


@given(st.integers(0, 99), st.integers(0, 99), st.none() | st.integers(0, 99))
def test_the_quorum_lies_between_two_and_all_but_one(eligible: int, core: int, own: int | None) -> None:
    assert 2 <= quorum_for(eligible, core, own, floor=3, share=0.3) <= max(2, eligible - 1)


@pytest.mark.parametrize(
    ("units", "asks"),
    [
        ("aaabbb", 2),
        ("aaabbbccc", 2),
        ("aaaabb", 0),  # The second has two.
        ("aaabbcc", 0),
        ("aaa", 0),
        ("", 0),
        ("aaa   ", 0),  # Whoever is of no unit makes none.
    ],
)
def test_breadth_is_asked_where_two_units_have_three_people(units: str, asks: int) -> None:
    assert units_needed([unit.strip() for unit in units], breadth=2, large=3) == asks
