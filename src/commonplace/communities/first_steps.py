"""What a new community can begin with among people: inviting them, and saying how it decides."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commonplace.communities import decision_rule
from commonplace.communities.contributions import MOST_COUNTED, FirstStep, Step
from commonplace.communities.models import Charter, Community, Invitation, Membership
from commonplace.communities.paging import Counted, in_figures

WHY = "how much came of it is said to who facilitates there"


def _ways_to_invite(community: Community) -> tuple[Step, ...]:
    """A sponsor comes in by the same page."""
    at = reverse("invitations", args=[community.slug])
    return Step(_("Invite people"), at), Step(_("Ask somebody to sponsor"), f"{at}?for=sponsor")


def _people() -> Mapping[str, Any]:
    here = Membership.objects.current().filter(community=OuterRef("pk")).everywhere(WHY)
    links = Invitation.objects.open().filter(community=OuterRef("pk"), role="").everywhere(WHY)
    return {"people_in": Counted(here, "person", MOST_COUNTED), "link_is_out": Exists(links)}


def _who_is_in(row: Any) -> str:
    if row.people_in > 1:
        words = ngettext("%(n)s person is in.", "%(n)s people are in.", row.people_in)
        return words % {"n": in_figures(row.people_in, MOST_COUNTED)}
    return _("A link is made; nobody has come in by it yet.") if row.link_is_out else ""


def _ways_to_the_charter(community: Community) -> tuple[Step, ...]:
    return (Step(_("Set the charter"), reverse("first_charter", args=[community.slug])),)


def _charters() -> Mapping[str, Any]:
    """One that says more than the form of founding does by itself; or a second one, whatever it says."""
    here = Charter.objects.filter(community=OuterRef("pk")).everywhere(WHY)
    said_more = here.exclude(purpose="", **Charter().rule())
    return {
        "charters_set": Counted(here, "id", 2),
        "charter_says_more": Exists(said_more),
        "days_of_a_round": Subquery(here.order_by("-set_at").values(days=F("round_days"))[:1]),
    }


def _what_it_says(row: Any) -> str:
    if row.charters_set < 2 and not row.charter_says_more:
        return ""
    return _("The charter is set: a round takes %(days)s.") % {"days": decision_rule.days(row.days_of_a_round)}


FIRST_STEPS = (
    FirstStep(
        "invite", 2, "", gettext_lazy("Invite people"),
        gettext_lazy("A link that you send, to a list that you paste. With the second person you can agree on things."),
        2, _ways_to_invite, _people, _who_is_in,
    ),
    FirstStep(
        "charter", 3, "", gettext_lazy("Set the charter"),
        gettext_lazy("How you decide here, begun from an example. Once you are two, it changes by a round."),
        3, _ways_to_the_charter, _charters, _what_it_says,
    ),
)  # fmt: skip
