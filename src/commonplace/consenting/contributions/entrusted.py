"""The rounds that somebody opened in a community, and that are open."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from commonplace.communities.entrusted import MOST_CHARGES, Charge, Entrusted
from commonplace.communities.models import Community
from commonplace.consenting.models import Proposal


def _opened(reader: Any, person: Any, community: Community) -> Iterator[Charge]:
    """They stay whose they are: only who opened a round moves it, or takes it back."""
    rows = Proposal.objects.visible_to(reader).open().filter(community=community, opened_by=person.pk)
    for proposal in rows.select_related("community").order_by("closes_at", "pk")[: MOST_CHARGES + 1]:
        yield Charge(proposal.title, proposal.get_absolute_url())


ROUNDS_OPENED = Entrusted(
    "rounds", "obj", _("Rounds you opened that are open"), _("No round that you opened is open."), _("Go there"),
    _opened,
)  # fmt: skip
