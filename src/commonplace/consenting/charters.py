"""The rule of a community as a round puts it: in words, and which round on it is open."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonplace.communities.models import Community, Visibility
from commonplace.consenting.kinds import Kind
from commonplace.consenting.models import Proposal

NAMES = {
    "quorum": gettext_lazy("How many consent"),
    "round_days": gettext_lazy("Days of a round"),
    "refusal_days": gettext_lazy("Days to refuse one's words"),
    "review_days": gettext_lazy("Days until a practice is looked at again"),
    "hidden_stances": gettext_lazy("Where people stand is shown"),
    "letters_quote": gettext_lazy("Letters and feeds of what is not open"),
    "visibility": gettext_lazy("Who may read here"),
}


def open_on_the_rule(community: Community) -> Proposal | None:
    rounds = Proposal.objects.on(community, Kind.CHARTER).open().select_related("community")
    return rounds.everywhere("whether the rule is being agreed").first()


def in_force(community: Community) -> dict[str, Any]:
    return {**community.charter.rule(), "visibility": community.visibility}


def in_words(values: Mapping[str, Any]) -> dict[str, str]:
    """Each as people read it."""
    quorum = values["quorum"]
    return {
        "quorum": str(quorum) if quorum else _("as many as follow from how many take part"),
        **{name: str(values[name]) for name in ("round_days", "refusal_days", "review_days")},
        "hidden_stances": _("once the round has closed") if values["hidden_stances"] else _("at once"),
        "letters_quote": _("may quote what is said here") if values["letters_quote"] else _("bring titles only"),
        "visibility": str(Visibility(values["visibility"]).label),
    }
