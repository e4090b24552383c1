"""Where a unit belongs."""

from typing import NamedTuple

from commonplace.communities.evidence import UnitMerged, UnitPlaced
from commonplace.communities.models import Unit
from commonplace.ledger.replay import Recorded, Reducer, Span


class Place(NamedTuple):
    """Of a unit: that there is one; the ids of what it is part of, and of what it was merged into."""

    there: bool = False
    parent: str = ""
    kept: str = ""


def _placed(span: Span) -> dict[str, Place]:
    rows = Unit.objects.filter(span.within("pk")).values_list("pk", "parent", "merged_into")
    return {unit: Place(True, parent or "", kept or "") for unit, parent, kept in rows}


units: Reducer[Place] = Reducer("units", Place, _placed)


@units.on("unit.named", "unit.moved")
def _moved(place: Place, act: Recorded, evidence: UnitPlaced) -> Place:
    return place._replace(there=True, parent=evidence.parent)


@units.on("unit.merged")
def _merged(place: Place, act: Recorded, evidence: UnitMerged) -> Place:
    return place._replace(kept=evidence.into)
