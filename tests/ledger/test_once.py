"""A page asks once; an act, and whoever comes after the page, asks afresh."""

from itertools import count

from commonplace.ledger.once import a_page, afresh, on_a_page, once

NUMBERS = count()


def _asked() -> int:
    return once("how many", lambda: next(NUMBERS))


def test_a_page_asks_once_and_the_next_one_again() -> None:
    with a_page():
        first = _asked()
        assert (_asked(), on_a_page()) == (first, True)
    assert not on_a_page()
    with a_page():
        assert _asked() != first


def test_outside_a_page_every_question_is_asked() -> None:
    assert _asked() != _asked()


def test_an_act_asks_afresh_and_the_page_after_it_too() -> None:
    with a_page():
        before = _asked()
        with afresh():
            assert len({before, _asked(), _asked()}) == 3
            assert not on_a_page()
        after = _asked()
        assert (on_a_page(), _asked()) == (True, after)
        assert after != before
