"""What `commonplace measure` says of one community: figures of now, through the lake and disclosure control."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from commonplace.communities.models import Community
from commonplace.measuring.as_of import default_as_of
from commonplace.measuring.lake import export
from commonplace.measuring.lake.reading import acts_of, engine
from commonplace.measuring.measure import measure
from commonplace.measuring.readings import Reading
from commonplace.measuring.rules import Rules
from commonplace.measuring.windows import Window


class UnknownCommunity(LookupError):
    """No community has this slug; the text names some that exist."""


@dataclass(frozen=True, slots=True)
class Report:
    community: str
    as_of: datetime
    window: str
    readings: list[Reading]
    rules: Rules

    def as_json(self) -> dict[str, Any]:
        metrics = [reading.as_json(self.rules) for reading in self.readings]
        return {"community": self.community, "as_of": self.as_of.isoformat(), "window": self.window, "metrics": metrics}


def report(slug: str, window: Window, as_of: datetime | None, lake: Path, rules: Rules) -> Report:
    """Brings the lake up to date first, so that the figures are of now."""
    community = named(slug)
    export(lake)
    with engine() as connection:
        acts = acts_of(connection, lake, community.pk)
        until = as_of or default_as_of(acts)
        return Report(slug, until, window.text, measure(acts, window.until(until), rules), rules)


def named(slug: str) -> Community:
    communities = Community.objects.everywhere("the operator's analysis")
    if community := communities.filter(slug=slug).first():
        return community
    there = ", ".join(communities.order_by("slug").values_list("slug", flat=True)[:10]) or "none yet"
    raise UnknownCommunity(f"There is no community {slug!r}; there are: {there}.")
