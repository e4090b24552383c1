"""Whom one can tell of an exchange: the other members, those first who may be asked about its topics."""

from typing import Any

from django.db.models import Q

from commonplace.communities.mentioning import choosing
from commonplace.externalizing.models import Topic
from commonplace.ledger.reading import Among, Reading

WHY = "whoever reads what is filed reads what it is on"


def _its_topics() -> Any:
    """With what was merged into them."""
    here = Q(pk__in=Among("topics")) | Q(merged_into__in=Among("topics"))
    return Topic.objects.filter(here).everywhere(WHY).values("pk")


OTHERS: Reading[Any] = choosing(_its_topics)
