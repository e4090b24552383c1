"""Who counts, and what keeps a round from being accepted (theory §2.7)."""

import pytest

from commonplace.consenting.rule import Against, Lack, tally
from tests.consenting.rule.asked import ASIDE, CONCERN, OBJECT, asked, author, is_met, says, silent

THREE = (author(), says("b"), says("c"))
FOUR = (*THREE, says("d"))


def test_enough_who_consent_and_nothing_against_it_is_accepted() -> None:
    assert is_met(asked(*THREE))


def test_silence_is_never_consent() -> None:
    one = asked(author(), says("b"), *(silent(f"p{n}") for n in range(20)))
    assert not is_met(one)
    assert tally(one).missing == (Lack.QUORUM,)


def test_a_concern_counts_as_consent_and_is_counted_by_itself() -> None:
    one = asked(author(), says("b"), says("c", CONCERN))
    assert is_met(one)
    assert tally(one).concerns == 1


@pytest.mark.parametrize("stance", [ASIDE, OBJECT])
def test_standing_aside_or_objecting_is_no_consent(stance) -> None:  # type: ignore[no-untyped-def]
    assert not is_met(asked(author(), says("b"), says("c", stance)))


def test_two_at_least_consent_whatever_the_number_says() -> None:
    assert not is_met(asked(says("b"), silent("author", has_part=True), quorum=1))
    assert is_met(asked(says("b"), author(), quorum=1))


def test_somebody_consents_who_neither_wrote_it_nor_opened_the_round() -> None:
    made = (author(), author("opener"), author("second author"))
    assert tally(asked(*made, silent("d"))).missing == (Lack.OTHERS,)
    assert is_met(asked(*made, says("d")))


def test_where_all_made_it_all_consent() -> None:
    two = (author(), author("opener"))
    assert is_met(asked(*two, author("third"), quorum=2))
    assert not is_met(asked(*two, silent("third", has_part=True), quorum=2))
    assert not is_met(asked(*two, says("third", ASIDE, has_part=True), quorum=2))


def test_where_all_made_it_who_left_is_not_waited_for() -> None:
    left = silent("third", has_part=True, is_gone=True)
    assert is_met(asked(author(), author("opener"), left, quorum=2))


def test_nobody_is_rid_of_the_others_by_seeing_them_off() -> None:
    """The only one who did not make it leaves: those who did cannot agree among themselves."""
    assert not is_met(asked(author(), author("opener"), silent("other", is_gone=True), quorum=2))


def test_who_left_by_themselves_counts_neither_for_the_quorum_nor_among_all() -> None:
    one = asked(author(), says("b"), says("c", is_gone=True, unit="north"))
    counts = tally(one)
    assert not is_met(one)
    assert (counts.eligible, counts.spoken, counts.consents, counts.others_consent) == (2, 2, 2, 1)
    assert counts.all_have_spoken
    assert counts.units == ()


def test_where_fewer_are_left_than_the_quorum_asks_nothing_is_accepted() -> None:
    assert not is_met(asked(author(), says("b"), says("c", is_gone=True), says("d", is_gone=True)))


def test_who_left_and_never_spoke_is_not_waited_for() -> None:
    assert tally(asked(*THREE, silent("d", is_gone=True))).all_have_spoken


def test_what_somebody_removed_has_said_stays() -> None:
    """They are a voice like any other: the rule is not told that they were removed."""
    assert is_met(asked(author(), says("b"), says("removed")))


def test_all_have_spoken_is_a_matter_of_who_not_of_how_many() -> None:
    assert tally(asked(*THREE)).all_have_spoken
    assert not tally(asked(*THREE, silent("d"))).all_have_spoken
    assert not tally(asked(*THREE, says("gone", is_gone=True), silent("d"))).all_have_spoken


def test_a_consent_kept_over_a_change_counts_but_is_not_of_this_text() -> None:
    one = asked(author(), says("b"), says("c", is_carried=True))
    assert is_met(one)
    assert not tally(one).all_have_spoken


def test_breadth_asks_for_people_of_two_units() -> None:
    north = [says(name, unit="north") for name in "bcd"]
    assert tally(asked(*north, units_needed=2)).missing == (Lack.UNITS,)
    assert tally(asked(*north, says("e"), units_needed=2)).missing == (Lack.UNITS,)  # Of no unit.
    assert not is_met(asked(*north, says("e", ASIDE, unit="south"), units_needed=2))
    assert not is_met(asked(*north, says("e", unit="south", is_gone=True), units_needed=2))
    assert is_met(asked(*north, says("e", unit="south"), units_needed=2))
    assert is_met(asked(*north, units_needed=0))
    assert tally(asked(*north, says("e", unit="south"))).units == ("north", "south")


def test_an_objection_stops_it_however_many_consent() -> None:
    one = asked(*FOUR, *(says(f"p{n}") for n in range(20)), against=(Against("z"),))
    assert tally(one).missing == (Lack.OBJECTION,)
    assert (tally(one).standing, tally(one).pending) == (1, 0)
    assert not is_met(one)


@pytest.mark.parametrize("why", ["is_left", "is_repeated"])
def test_what_nobody_answers_for_or_was_said_before_stops_only_if_somebody_takes_it_up(why: str) -> None:
    one = asked(*FOUR, against=(Against("z", **{why: True}),))
    assert is_met(one)
    assert (tally(one).standing, tally(one).pending) == (0, 1)
    assert not is_met(asked(*FOUR, against=(Against("z", **{why: True}), Against("d"))))


def test_what_a_facilitator_answered_and_its_raiser_left_so_is_met() -> None:
    one = asked(*FOUR, against=(Against("z", is_answered=True),))
    assert is_met(one)
    assert (tally(one).standing, tally(one).pending) == (0, 0)


def test_what_has_changed_underneath_is_not_accepted() -> None:
    assert tally(asked(*FOUR, overtaken=True)).missing == (Lack.OVERTAKEN,)


def test_all_that_is_missing_is_told() -> None:
    one = asked(author(), units_needed=2, overtaken=True, against=(Against("z"),))
    assert tally(one).missing == (Lack.QUORUM, Lack.UNITS, Lack.OBJECTION, Lack.OVERTAKEN)
    assert tally(asked(author(), silent("b"), units_needed=2)).missing == (Lack.QUORUM, Lack.OTHERS, Lack.UNITS)
