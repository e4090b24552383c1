"""What a new community can begin with among exchanges: the first question."""

from collections.abc import Mapping
from typing import Any

from django.db.models import OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commonplace.communities.contributions import MOST_COUNTED, FirstStep, Step
from commonplace.communities.models import Community
from commonplace.communities.paging import Counted, in_figures
from commonplace.externalizing.models import Exchange

WHY = "how much came of it is said to who facilitates there"


def _ways(community: Community) -> tuple[Step, ...]:
    return (Step(_("Ask"), reverse("ask", args=[community.slug])),)


def _exchanges() -> Mapping[str, Any]:
    here = Exchange.objects.filter(community=OuterRef("pk")).everywhere(WHY)
    return {"exchanges_begun": Counted(here, "id", MOST_COUNTED)}


def _what_was_asked(row: Any) -> str:
    begun = row.exchanges_begun
    words = ngettext("%(n)s exchange has begun.", "%(n)s exchanges have begun.", begun)
    return words % {"n": in_figures(begun, MOST_COUNTED)} if begun else ""


FIRST_QUESTION = FirstStep(
    "ask", 4, "ext", gettext_lazy("Ask the first question"),
    gettext_lazy("One that you really have: others see how it is done. The topics that you type with it are kept."),
    5, _ways, _exchanges, _what_was_asked,
)  # fmt: skip
