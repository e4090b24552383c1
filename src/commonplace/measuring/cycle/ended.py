"""When an archive ended in which nothing has been done since: then all that is said of it is past."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from commonplace.communities.models import Community
from commonplace.ledger import registry
from commonplace.ledger.models import HERE, Act
from commonplace.ledger.reading import Place, Reading
from commonplace.measuring.cycle.words import UNDECIDED
from commonplace.measuring.models import Figure
from commonplace.measuring.sources import ADMINISTRATIVE

BROUGHT = tuple(f"exchange.{what}" for what in ("opened", "responded", "confirmed", "edited", "linked"))
COLUMNS = ("happened_at", "origin")
LONGEST_STEP = timedelta(days=93)
WHY = "when something was last done, on a page whose door asks"


def _newest(verb: str, column: str) -> Subquery:
    acts = Act.objects.filter(community=OuterRef("pk"), verb=verb).everywhere(WHY).order_by("-happened_at")
    return Subquery(acts.values(column)[:1])


def _lately() -> Any:
    """Whether anything else than archives bring was done; of each verb that they bring, when it last happened, where.

    Of those, what was done here is the newest: an archive is past when it comes.
    """
    verbs = [verb for verb in registry.ACTS if verb not in BROUGHT and not verb.startswith(ADMINISTRATIVE)]
    done = Act.objects.filter(community=OuterRef("pk"), verb__in=verbs, origin=HERE).everywhere(WHY)
    columns = {f"{column}_{number}": _newest(verb, column) for number, verb in enumerate(BROUGHT) for column in COLUMNS}
    here = Community.objects.filter(pk=Place("community")).everywhere(WHY)
    return here.annotate(lived=Exists(done), **columns).values_list("lived", *columns)


NEWEST: Reading[tuple[Any, ...]] = Reading(_lately, shape=lambda *row: row)


def ended(community: Community, figures: Iterable[Figure]) -> datetime | None:
    """The day of its last act; None where people are at work, as far as the figures have noticed."""
    if not any(_is_past(figure) for figure in figures):
        return None
    lived, *row = NEWEST.first(community=community.pk) or (True,)
    last, origin = max(((at, by) for at, by in zip(row[::2], row[1::2], strict=True) if at), default=(None, HERE))
    return None if lived or origin == HERE else last


def _is_past(figure: Figure) -> bool:
    """It was already old when it was new: the grid of an archive ends with the archive."""
    return figure.suppressed not in UNDECIDED and figure.computed_at - figure.seen > LONGEST_STEP
