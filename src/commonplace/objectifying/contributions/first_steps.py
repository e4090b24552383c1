"""What a new community can begin with among practices: what is in force already."""

from collections.abc import Mapping
from typing import Any

from django.db.models import OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commonplace.communities.contributions import MOST_COUNTED, FirstStep, Step
from commonplace.communities.models import Community
from commonplace.communities.paging import Counted, in_figures
from commonplace.objectifying.models import Bringing

WHY = "how much came of it is said to who facilitates there"


def _ways(community: Community) -> tuple[Step, ...]:
    at = [community.slug]
    return Step(_("Bring one in"), reverse("bring", args=at)), Step(_("Many at once"), reverse("new_batch", args=at))


def _brought() -> Mapping[str, Any]:
    """What was brought in by mistake, and set aside, is none."""
    here = Bringing.objects.filter(practice__community=OuterRef("pk"), practice__course__set_aside=False)
    return {"practices_brought": Counted(here.everywhere(WHY), "practice", MOST_COUNTED)}


def _what_was_brought(row: Any) -> str:
    brought = row.practices_brought
    words = ngettext("%(n)s practice is brought in.", "%(n)s practices are brought in.", brought)
    return words % {"n": in_figures(brought, MOST_COUNTED)} if brought else ""


WHAT_IS_IN_FORCE = FirstStep(
    "bring", 1, "obj", gettext_lazy("Bring in what is accepted already"),
    gettext_lazy("A procedure, a rule, a habit: people can use it here today, and agree on it later."),
    4, _ways, _brought, _what_was_brought,
)  # fmt: skip
