"""When an archive ended: while nothing can be told of what was done here since, all that is said of it is past."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from commonplace.communities.models import Community
from commonplace.ledger import registry
from commonplace.ledger.models import HERE, Act
from commonplace.ledger.reading import Place, Reading
from commonplace.measuring.models import Figure
from commonplace.measuring.sources import ADMINISTRATIVE

BROUGHT = tuple(f"exchange.{what}" for what in ("opened", "responded", "confirmed", "edited", "linked"))
WHY = "when something was last done, on a page whose door asks"


@dataclass(frozen=True, slots=True)
class Ended:
    """`on`: the day of an archive's last act; `resumed`: something was done here since."""

    on: datetime
    resumed: bool


def _of(verb: str) -> Any:
    return Act.objects.filter(community=OuterRef("pk"), verb=verb).everywhere(WHY).order_by("-happened_at")


def _lately() -> Any:
    """Whether anything else than archives bring was done; of each verb that they bring, where it last happened, and
    when it last did there.

    Of those, what was done here is the newest: an archive is past when it comes.
    """
    verbs = [verb for verb in registry.ACTS if verb not in BROUGHT and not verb.startswith(ADMINISTRATIVE)]
    done = Act.objects.filter(community=OuterRef("pk"), verb__in=verbs, origin=HERE).everywhere(WHY)
    places = {f"origin_{number}": Subquery(_of(verb).values("origin")[:1]) for number, verb in enumerate(BROUGHT)}
    brought = {
        f"brought_{number}": Subquery(_of(verb).exclude(origin=HERE).values("happened_at")[:1])
        for number, verb in enumerate(BROUGHT)
    }
    here = Community.objects.filter(pk=Place("community")).everywhere(WHY)
    return here.annotate(lived=Exists(done), **places, **brought).values_list("lived", *places, *brought)


NEWEST: Reading[tuple[Any, ...]] = Reading(_lately, shape=lambda *row: row)


def ended(community: Community, figures: Collection[Figure]) -> Ended | None:
    """None where people are at work, as far as the figures have noticed."""
    if not any(one.is_past for one in figures) or any(one.is_of_people_at_work for one in figures):
        return None
    lived, *row = NEWEST.first(community=community.pk) or (True,)
    places, brought = row[: len(BROUGHT)], row[len(BROUGHT) :]
    last = max((at for at in brought if at), default=None)
    return Ended(last, resumed=lived or HERE in places) if last else None
