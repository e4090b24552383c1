"""When things happen in a scenario: days counted back from today, so that the example is always recent."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from commonplace.demo.unreadable import ScenarioError

ON_A_DAY = re.compile(r"-(?P<days>[1-9]\d{0,3}) (?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)")
LATER = re.compile(r"\+(?:(?P<days>\d{1,4})d)? ?(?:(?P<hours>\d{1,3})h)? ?(?:(?P<minutes>\d{1,3})m)?")


@dataclass(frozen=True, slots=True)
class Calendar:
    """`today` is the day on which the example is made; nothing in it happens today or later."""

    today: date
    zone: ZoneInfo

    def on(self, day: int, hour: int = 8, minute: int = 0) -> datetime:
        """A day counted from today (-1 is yesterday), aware, in UTC."""
        return datetime.combine(self.today + timedelta(days=day), time(hour, minute), self.zone).astimezone(UTC)

    def moment(self, text: str, since: datetime, place: str) -> datetime:
        """`-412 09:30` is a day and a time of day; `+3d 4h` counts from `since`."""
        if match := ON_A_DAY.fullmatch(text):
            return self.on(-int(match["days"]), int(match["hour"]), int(match["minute"]))
        return self._past(since + self._span(text, place), text, place)

    def _span(self, text: str, place: str) -> timedelta:
        match = LATER.fullmatch(text)
        if not match or text == "+":
            raise ScenarioError(place, f"cannot read the time {text!r}; write '-412 09:30' or '+3d 4h 20m'")
        return timedelta(**{name: int(count) for name, count in match.groupdict("0").items()})

    def _past(self, moment: datetime, text: str, place: str) -> datetime:
        if moment >= self.on(0, 0):
            when = f"{moment.astimezone(self.zone):%d %B %H:%M}"
            raise ScenarioError(place, f"{text} is {when}, which is not before today")
        return moment
