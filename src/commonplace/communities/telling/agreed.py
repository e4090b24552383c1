"""What the community agrees on, and says of itself."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Membership
from commonplace.communities.occasions import Because, Concern, Named, Occasion, Told
from commonplace.communities.telling.thread import NAME
from commonplace.communities.telling.whom import FACILITATES, WHY, community_of, tending
from commonplace.ledger.models import Act


def _members(act: Act) -> Iterator[Concern]:
    """By one query, however many they are."""
    rows = Membership.objects.filter(community=act.community).current().everywhere(WHY)
    return (Concern(person, "member") for person in rows.values_list("person", flat=True))


def _at_charter(notice: Told, named: Named) -> str:
    return reverse("charters", args=[named.community.slug])


OF_WHAT_IS_AGREED = (
    Occasion(
        name="charter_set", verbs=("charter.set",), thread=NAME, what=_("The community has a new charter"),
        concerns=_members, because={"member": Because(_("you are a member"))}, thread_of=community_of,
        href=_at_charter,
    ),
    Occasion(
        name="stage_set", verbs=("community.stage_set",), thread=NAME, what=_("%(who)s set another stage"),
        concerns=tending, because=FACILITATES, thread_of=community_of,
    ),
    Occasion(
        name="profile_set", verbs=("community.profile_set",), thread=NAME,
        what=_("What the community says of itself has changed"), concerns=tending, because=FACILITATES,
        thread_of=community_of,
    ),
)  # fmt: skip
