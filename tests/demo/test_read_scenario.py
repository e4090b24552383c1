"""A scenario is read whole, or refused with the file, the table and what is wrong with it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commonplace.demo.moments import Calendar
from commonplace.demo.scenario import load
from commonplace.demo.story import tell
from commonplace.demo.unreadable import ScenarioError
from tests.demo.conftest import SMALL

SPOILT = [
    ('title = "Pump 4?"\n', "", "small.toml, exchange 1 (prime): needs 'title'"),
    ('body = "It', 'text = "It', "small.toml, exchange 1 (prime): does not know 'text'; it knows id,"),
    ('kind = "request"', 'kind = "wish"',
     "exchange 1 (prime), kind: is 'wish', not one of request, offer, problem, story"),
    ("quorum = 2", 'quorum = "one"', "community 1 (crews), quorum: is 'one', not a whole number"),
    ("everyone = true", "everyone = 1", "community 1 (crews), everyone: is 1, not true or false"),
    ('topics = ["priming"]', 'topics = "priming"', "exchange 1 (prime), topics: is 'priming', not a list"),
    ("[[exchange]]", "[exchange]", "small.toml, exchange: is {"),
    ("[[exchange]]", "[[exchanges]]", "small.toml: does not know 'exchanges'; it knows people, doors, community"),
    ("[[community]]", "[[community]", "small.toml: is not TOML:"),
    ('at = "+3h"', 'at = "three hours later"',
     "cannot read the time 'three hours later'; write '-412 09:30' or '+3d 4h 20m'"),
    ('at = "+3h"', 'at = "+20d"', "+20d is 02 March 09:30, which is not before today"),
    ('at = "+3h"', 'at = "-21 09:30"', "exchange 1 (prime): -21 09:30 is not after its opening"),
    ('response = "bleed"', 'response = "blead"', "exchange 1 (prime): no response here is called 'blead'"),
    ('by = "omar"', 'by = "omra"',
     "exchange 1 (prime): on 10 February 2026 12:30 there is no person called 'omra' yet"),
    ('joined = -29', 'joined = -9', "there is no person called 'omar' yet"),
    ('community = "crews"', 'community = "crew"', "there is no community called 'crew' yet"),
    ('id = "omar"', 'id = "lea"', "there is a person called 'lea' already"),
]  # fmt: skip


def test_the_small_scenario_is_told_in_the_order_of_time(written: Callable[[str], Path], calendar: Calendar) -> None:
    happenings = tell(load(written(SMALL)), calendar)
    names = [type(happening.deed).__name__ for happening in happenings]
    assert names == ["Arrive", "Found", "Arrive", "Join", "Arrive", "Join", "Ask", "Respond", "Confirm"]
    assert happenings[6].at == datetime(2026, 2, 10, 8, 30, tzinfo=UTC)
    assert happenings[8].at == datetime(2026, 2, 11, 10, 35, tzinfo=UTC)


@pytest.mark.parametrize(
    ("right", "wrong", "complaint"), SPOILT, ids=[spoilt[1][:30] or "missing" for spoilt in SPOILT]
)
def test_what_is_wrong_is_said_with_its_place(
    written: Callable[[str], Path], calendar: Calendar, right: str, wrong: str, complaint: str
) -> None:
    assert right in SMALL
    with pytest.raises(ScenarioError) as refusal:
        tell(load(written(SMALL.replace(right, wrong, 1))), calendar)
    assert complaint in str(refusal.value)
    assert str(refusal.value).startswith("small.toml")


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_bytes(b"people = \xff\xfe")
    with pytest.raises(ScenarioError, match=r"broken\.toml: is not TOML"):
        load(tmp_path)
