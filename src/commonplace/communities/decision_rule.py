"""The charter's decision rule as sentences (theory §2.7): what somebody reads before they take a stance."""

import math

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.communities.models import Charter
from commonplace.communities.ways import Way
from commonplace.ledger.errors import NotPossible, Reason


def in_words(charter: Charter) -> str:
    """How a proposal is accepted."""
    return _(
        "A proposal is accepted by consent: within %(days)s, %(quorum)s consent and no objection stands. "
        "Silence never counts, and whoever proposes does not decide."
    ) % {"days": days(charter.round_days), "quorum": _quorum(charter)}


def quorum(charter: Charter, core_and_active: int = 0) -> int:
    """The charter's own number, else the larger of the floor and the share. Never 0: silence accepts nothing."""
    if charter.quorum is not None:
        return max(1, charter.quorum)
    return max(settings.QUORUM_FLOOR, math.ceil(round(settings.QUORUM_SHARE * core_and_active, 9)))


def out_of_reach(quorum: int, speaking: int) -> Reason:
    """Where so few may speak that nothing could be accepted: that, and the way out."""
    if speaking >= quorum:
        return Reason()
    words = ngettext(
        "Nothing can be accepted yet: it takes %(quorum)s who consent, and only %(n)s may speak. "
        "Invite people, or let the charter set its own quorum.",
        "Nothing can be accepted yet: it takes %(quorum)s who consent, and only %(n)s may speak. "
        "Invite people, or let the charter set its own quorum.",
        speaking,
    )
    return Reason(words % {"quorum": quorum, "n": speaking}, Way.CHARTER)


def must_be_within_reach(quorum: int, speaking: int) -> None:
    """For the guard of whatever opens a round."""
    if reason := out_of_reach(quorum, speaking):
        raise NotPossible(reason, way=reason.way)


def rhythm(charter: Charter) -> str:
    """How often the community looks again, and how long one may take one's words back."""
    return _(
        "What was accepted is looked at again after %(review)s. "
        "Whoever is quoted in a practice may refuse their words within %(refusal)s."
    ) % {"review": days(charter.review_days), "refusal": days(charter.refusal_days)}


def days(number: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", number) % {"n": number}


def _quorum(charter: Charter) -> str:
    if charter.quorum:
        return ngettext(
            "at least %(n)s member, from %(units)s units where there are several,",
            "at least %(n)s members, from %(units)s units where there are several,",
            charter.quorum,
        ) % {"n": charter.quorum, "units": settings.QUORUM_UNITS}
    return _(
        "at least %(floor)s members and %(share)s %% of those who take part regularly, "
        "from %(units)s units where there are several,"
    ) % {
        "floor": settings.QUORUM_FLOOR,
        "share": round(settings.QUORUM_SHARE * 100),
        "units": settings.QUORUM_UNITS,
    }
