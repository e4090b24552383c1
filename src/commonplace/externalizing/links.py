"""What an exchange points at, and what points at it; the newest of them, one too many if there are more."""

from django.db.models import QuerySet

from commonplace.externalizing.models import Exchange, ExchangeLink
from commonplace.ledger.reading import Place, Reading

MOST_LINKS = 20


def links(exchange: Exchange) -> tuple[list[ExchangeLink], list[ExchangeLink]]:
    return POINTING.rows(exchange=exchange.pk), POINTED_AT.rows(exchange=exchange.pk)


def _links(here: str, there: str) -> QuerySet[ExchangeLink]:
    rows = ExchangeLink.objects.filter(**{here: Place("exchange")}).select_related(f"{there}__community")
    shown = ("kind", f"{there}__title", f"{there}__community__slug")
    return rows.only(*shown).everywhere("whoever sees the exchange sees its links").order_by("-pk")[: MOST_LINKS + 1]


POINTING: Reading[ExchangeLink] = Reading(lambda: _links("exchange", "other"))
POINTED_AT: Reading[ExchangeLink] = Reading(lambda: _links("other", "exchange"))
