"""The charter's decision rule as sentences (theory §2.7): what somebody reads before they take a stance."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.communities.models import Charter


def in_words(charter: Charter) -> str:
    """How a proposal is accepted."""
    return _(
        "A proposal is accepted by consent: within %(days)s, %(quorum)s take a stance and no objection stands. "
        "Silence never counts, and whoever proposes does not decide."
    ) % {"days": days(charter.round_days), "quorum": _quorum(charter)}


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
        return ngettext("at least %(n)s member", "at least %(n)s members", charter.quorum) % {"n": charter.quorum}
    return _(
        "at least %(floor)s members and %(share)s %% of those who take part regularly, "
        "from %(units)s units where there are several,"
    ) % {
        "floor": settings.QUORUM_FLOOR,
        "share": round(settings.QUORUM_SHARE * 100),
        "units": settings.QUORUM_UNITS,
    }
