"""A day on which the example is made, and a small scenario to spoil."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from commonplace.demo.moments import Calendar

SMALL = """
people = [
  { id = "olga", name = "Olga Operator", joined = -40, operator = true },
  { id = "lea", name = "Léa Moreau", unit = "North", joined = -30 },
  { id = "omar", name = "Omar Haddad", unit = "South", joined = -29 },
]
doors = [{ who = "a member", person = "lea" }]

[[community]]
id = "crews"
title = "Crews"
visibility = "open"
stage = "potential"
time_zone = "UTC"
by = "olga"
at = "-39 09:00"
everyone = true
domain = "Pumps"
purpose = "Together"
norms = "Ask"
quorum = 2
round_days = 3
refusal_days = 3
review_days = 90

[[exchange]]
id = "prime"
community = "crews"
by = "lea"
at = "-20 09:30"
kind = "request"
purpose = "reuse"
topics = ["priming"]
title = "Pump 4?"
body = "It turns but moves no water."

[[exchange.response]]
name = "bleed"
by = "omar"
at = "+3h"
body = "Bleed before the check valve."

[[exchange.confirmation]]
response = "bleed"
benefit = "solution"
at = "+1d 2h 5m"
"""


@pytest.fixture
def calendar() -> Calendar:
    return Calendar(date(2026, 3, 2), ZoneInfo("Europe/Brussels"))


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a scenario of one file, `small.toml`; gives its folder."""

    def write(text: str) -> Path:
        (tmp_path / "small.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return write
