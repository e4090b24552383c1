"""How a person stands to a community right now: as a member, and in which roles."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from commonplace.communities.models import Community, Membership, Role, RoleKind, Visibility

_page: ContextVar[dict[tuple[str, str], "Footing"] | None] = ContextVar("page", default=None)


@dataclass(frozen=True, slots=True)
class Footing:
    membership: Membership | None
    roles: frozenset[str]
    visibility: str

    @property
    def is_member(self) -> bool:
        return self.membership is not None

    @property
    def may_read(self) -> bool:
        """Exchanges and practices; a sponsor from outside sees figures, not people."""
        return self.is_member or (self.visibility == Visibility.OPEN and RoleKind.SPONSOR not in self.roles)

    @property
    def may_oversee(self) -> bool:
        """The cycle and the objectives."""
        return self.may_read or bool(self.roles)

    def serves_as(self, *kinds: RoleKind) -> bool:
        return bool(self.roles & set(kinds))


def footing(person: Any, community: Community) -> Footing:
    """Read once for a page, afresh for every act."""
    known = _page.get()
    if known is None:
        return _read(person, community)
    key = (str(person.pk), community.pk)
    if key not in known:
        known[key] = _read(person, community)
    return known[key]


@contextmanager
def one_page() -> Iterator[None]:
    """Within this block (one page that only reads) a footing is read once."""
    token = _page.set({})
    try:
        yield
    finally:
        _page.reset(token)


def _read(person: Any, community: Community) -> Footing:
    here = {"community": community, "person": person.pk}
    membership = Membership.objects.filter(left_at=None, **here).everywhere("one's own footing").first()
    roles = Role.objects.filter(ended_at=None, **here).everywhere("one's own footing").values_list("kind", flat=True)
    return Footing(membership, frozenset(roles), community.visibility)
