"""The charter's decision rule as sentences (theory §2.7): what somebody reads before they take a stance."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.communities.models import Charter


def in_words(charter: Charter) -> str:
    """How a proposal is accepted."""
    return _(
        "A proposal is accepted by consent: within %(days)s, %(quorum)s consent and no objection stands. "
        "Silence never counts, and whoever proposes does not decide."
    ) % {"days": days(charter.round_days), "quorum": _quorum(charter)}


def out_of_reach(charter: Charter, speaking: int) -> str:
    """Where so few may speak that nothing could be accepted: that, and the way out."""
    quorum = charter.quorum or settings.QUORUM_FLOOR
    if speaking >= quorum:
        return ""
    return ngettext(
        "Nothing can be accepted yet: it takes %(quorum)s who consent, and only %(n)s may speak. "
        "Invite people, or let the charter set its own quorum.",
        "Nothing can be accepted yet: it takes %(quorum)s who consent, and only %(n)s may speak. "
        "Invite people, or let the charter set its own quorum.",
        speaking,
    ) % {"quorum": quorum, "n": speaking}


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
