"""The one act of measuring: to look at figures as they are, without what protects the people in them."""

from datetime import datetime

from commonplace.communities import policy
from commonplace.communities.models import Community, Person
from commonplace.ledger.act import Written, act
from commonplace.measuring.evidence import Opened
from commonplace.measuring.models import Opening
from commonplace.measuring.windows import Window


@act("figures.opened", who=policy.operator, evidence=Opened)
def open_figures(actor: Person, community: Community, *, window: Window, until: datetime) -> Written[Opening]:
    """Who: the operator. Guard: none: whoever runs the server can read its database; here the members see that it was.
    Effect: the community's members read in the news that it was opened, by whom."""
    days = window.length.days if window.length else 0
    row = Opening.objects.create(community=community, person=actor, days=days, until=until.date())
    return Written(row, Opened(days=days, until_on=until.date().isoformat()))
