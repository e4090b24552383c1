"""Names lead to people: whose page this is and who reads it are noted once, so no template can forget either."""

from typing import Any

from django.urls import reverse

from commonplace.communities.models import Community, Person
from commonplace.communities.models.footing import footings
from commonplace.ledger.once import note, noted, once

READER, PLACE = "reader", "place"


def read_by(reader: Any) -> None:
    note(READER, reader)


def within(slug: str) -> None:
    """This page is that community's."""
    note(PLACE, slug)


def page_of(person: Person | None, community: Community | None = None) -> str:
    """The address of somebody's page in `community`, else in the one whose page this is; "" for whoever is no member
    there. Whoever left no name, or is only a name in an archive, has no page."""
    reader, slug = noted(READER), community.slug if community else noted(PLACE)
    if reader is None or not slug or person is None or not person.name or person.origin:
        return ""
    before = once(("people", slug), lambda: _before(reader, slug))
    return before and f"{before}{person.pk}/"


def _before(reader: Any, slug: str) -> str:
    """What such an address begins with, for those who may open it."""
    if not any(one.slug == slug and one.is_member for one in footings(reader).values()):
        return ""
    return reverse("person", args=[slug, "-"]).removesuffix("-/")
