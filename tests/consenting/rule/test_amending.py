"""What binds, word for word; and every number, wherever it is (theory §2.7)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.consenting.rule import binding_changed

BINDING = frozenset({"title", "how"})
TEXT = {"title": "Rinse twice", "how": "Rinse, wait 5 minutes, rinse.", "why": "It takes 3 days (10 mg, > 5 %) less."}


@pytest.mark.parametrize(
    "after",
    [
        {"title": "Rinse often"},
        {"title": "rinse twice"},
        {"how": "Rinse, wait 5 minutes, rinse"},
        {"how": ""},
        {"why": "It takes 4 days (10 mg, > 5 %) less."},
        {"why": "It takes 30 days (10 mg, > 5 %) less."},
        {"why": "It takes -3 days (10 mg, > 5 %) less."},
        {"why": "It takes 3 days (10 mg, < 5 %) less."},
        {"why": "It takes 3 days (10 mg, > 5 ‰) less."},
        {"why": "It takes 3 days (> 5 %, 10 mg) less."},
        {"why": "It takes 3 days (10 mg) less."},
        {"why": "It takes 3.5 days (10 mg, > 5 %) less."},
        {"why": "It takes 3½ days (10 mg, > 5 %) less."},
        {"why": "It takes 3 days (10² mg, > 5 %) less."},
        {"why": "It takes 3 days (10 mg, > 5 %) less. 2 people."},
        {"why": ""},
        {"source": "On page 7."},
    ],
)
def test_everybody_is_asked_again(after: dict[str, str]) -> None:
    assert binding_changed(TEXT, TEXT | after, BINDING)
    assert binding_changed(TEXT | after, TEXT, BINDING)


@pytest.mark.parametrize(
    "after",
    [
        {},
        {"how": "Rinse,  wait 5 minutes,\nrinse."},
        {"why": "It saves 3 days (10 mg, > 5 %)."},
        {"why": "**3** days, “10” mg and > 5 %: that is less – much less."},
        {"source": "Said in the corridor."},
    ],
)
def test_consents_are_kept(after: dict[str, str]) -> None:
    assert not binding_changed(TEXT, TEXT | after, BINDING)


def test_a_number_with_its_unit_is_one_word() -> None:
    assert binding_changed({"why": "5mg of it"}, {"why": "5kg of it"}, BINDING)


def test_what_binds_and_was_not_there_is_a_change() -> None:
    assert binding_changed({"title": "Rinse"}, {"title": "Rinse", "how": "Well."}, BINDING)
    assert binding_changed({"title": "Rinse", "how": "Well."}, {"title": "Rinse"}, BINDING)


@given(st.text(), st.sampled_from("0123456789½²٣五"), st.sampled_from("0123456789½²٣五x"), st.text())
def test_no_figure_changes_unnoticed(before: str, old: str, new: str, after: str) -> None:
    changed = binding_changed({"why": before + old + after}, {"why": before + new + after}, BINDING)
    assert changed == (old != new)


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("It takes 3 days at best.", "It takes 3 days – at best.", False),
        ("Wait about 3 days.", "Wait – about 3 days.", False),
        ("> 5 of them", "< 5 of them", True),
        ("5 % of them", "5 ‰ of them", True),
    ],
)
def test_a_sign_belongs_to_the_number_right_beside_it(before: str, after: str, changed: bool) -> None:
    assert binding_changed({"why": before}, {"why": after}, BINDING) is changed
