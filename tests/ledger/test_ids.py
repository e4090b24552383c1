"""One spelling of ids: they sort as things happened, and say when."""

from datetime import UTC, datetime, timedelta

from django.forms import modelform_factory

from commonplace.communities.models import Unit
from commonplace.ledger import clock
from commonplace.ledger.ids import ALPHABET, LENGTH, id_for, new_id

MOMENT = datetime(2016, 8, 2, 9, 30, 15, 250_000, tzinfo=UTC)


def _number(pk: str) -> int:
    number = 0
    for letter in pk:
        number = number * 32 + ALPHABET.index(letter)
    return number


def test_48_bits_of_time_then_80_of_chance() -> None:
    with clock.at(MOMENT):
        one, other = new_id(), new_id()
    assert len(one) == LENGTH
    assert _number(one) >> 80 == _number(other) >> 80 == MOMENT.timestamp() * 1000
    assert _number(one) & (1 << 80) - 1 != _number(other) & (1 << 80) - 1


def test_the_last_bit_counts() -> None:
    """Of many ids of one moment none is another's neighbour rounded."""
    with clock.at(MOMENT):
        assert {_number(new_id()) & 1 for _ in range(64)} == {0, 1}


def test_they_sort_as_things_happened() -> None:
    moments = [MOMENT + timedelta(milliseconds=step) for step in (0, 1, 40, 10**9)]
    ids = []
    for moment in moments:
        with clock.at(moment):
            ids.append(new_id())
    assert ids == sorted(ids)


def test_out_of_an_archive_it_is_the_same_each_time() -> None:
    one = id_for("an archive", "question", "7", MOMENT)
    assert one == id_for("an archive", "question", "7", MOMENT)
    assert one[:10] == id_for("an archive", "answer", "7", MOMENT)[:10]
    others = [("another", "question", "7"), ("an archive", "answer", "7"), ("an archive", "question", "8")]
    assert one not in [id_for(*other, MOMENT) for other in others]


def test_no_form_asks_for_one() -> None:
    assert "id" not in modelform_factory(Unit, fields="__all__").base_fields
