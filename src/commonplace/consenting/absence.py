"""Since when whoever objected can answer no more: nobody waits for an answer that cannot come."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Case, DateTimeField, F, OuterRef, Subquery, When

from commonplace.communities.models import Membership
from commonplace.ledger.models import Act

WHY = "a round is held open for who can answer"


class Wait(NamedTuple):
    """`seen_at`: when a raiser opened what is said to meet their objection; `refused_at`: their no to it. What else
    ends the wait: it was settled, they left or were removed, were found to be a bot, or have no way in."""

    seen_at: datetime
    refused_at: datetime | None
    settled_at: datetime | None
    left_at: datetime | None
    bot_since: datetime | None
    locked_since: datetime | None

    @property
    def ended_at(self) -> datetime | None:
        return min(filter(None, self[1:]), default=None)


def since(raiser: str, community: str, seen_at: str) -> dict[str, Any]:
    """Columns of a Wait, by ways from the row. No act says when somebody lost their way in: nobody waits at all."""
    here = Membership.objects.filter(community=OuterRef(community), person=OuterRef(raiser)).everywhere(WHY)
    words = Act.objects.filter(verb="person.bot_set", subject=OuterRef(raiser)).everywhere(WHY)
    last = Subquery(words.order_by("-happened_at", "-id").values("happened_at")[:1])
    moment: Any = DateTimeField(null=True)
    return {
        "left_at": Subquery(here.order_by(F("left_at").desc(nulls_first=True)).values("left_at")[:1]),
        "bot_since": Case(When(**{f"{raiser}__is_bot": True}, then=last), output_field=moment),
        "locked_since": Case(When(**{f"{raiser}__is_active": False}, then=F(seen_at)), output_field=moment),
    }
