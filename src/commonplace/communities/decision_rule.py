"""The charter's decision rule as sentences (theory §2.7): what somebody reads before they take a stance."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.communities.models import Charter, Visibility
from commonplace.communities.ways import Way
from commonplace.ledger.errors import NotPossible, Reason


def in_words(charter: Charter) -> str:
    """How a proposal is accepted: what is said here, a round says of itself."""
    return _(
        "A proposal is accepted by consent: within %(days)s %(quorum)s consent, one of them neither wrote it nor "
        "opened the round, and no objection stands. Silence and standing aside do not count. "
        "The rule decides, and no person: nobody's absence is a veto.%(hidden)s"
    ) % {"days": days(charter.round_days), "quorum": _quorum(charter), "hidden": _hidden(charter)}


def in_short(charter: Charter) -> str:
    """For whoever chooses one: what it comes to, without the procedure."""
    few = ngettext("%(n)s person must consent", "%(n)s people must consent", charter.quorum or 0)
    enough = few % {"n": charter.quorum} if charter.quorum else _("how many must consent follows from who takes part")
    return _("A round takes %(days)s; %(enough)s; looked at again after %(review)s.%(hidden)s") % {
        **{"days": days(charter.round_days), "enough": enough, "review": days(charter.review_days)},
        "hidden": _hidden(charter),
    }


def kept_by_one(speaking: int) -> Reason:
    """Where nobody is there to agree with: that, and the way out."""
    if speaking > 1:
        return Reason()
    return Reason(_("This is kept by one person; it is agreed when there are two."), Way.INVITE)


def must_be_shared(speaking: int) -> None:
    """For the guard of whatever opens a round."""
    if reason := kept_by_one(speaking):
        raise NotPossible(reason, way=reason.way)


def rhythm(charter: Charter) -> str:
    """How often the community looks again, and how long one may take one's words back."""
    return _(
        "What was accepted is looked at again after %(review)s. "
        "Whoever is quoted in a practice may refuse their words within %(refusal)s."
    ) % {"review": days(charter.review_days), "refusal": days(charter.refusal_days)}


def letters(charter: Charter) -> str:
    """What of it leaves the house; of an open community nobody need say it."""
    if charter.community.visibility == Visibility.OPEN:
        return ""
    if charter.letters_quote:
        return _("Letters and feeds may quote what is said here.")
    return _("Letters and feeds bring titles only.")


def days(number: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", number) % {"n": number}


def _hidden(charter: Charter) -> str:
    return " " + _("Where people stand is shown once the round has closed.") if charter.hidden_stances else ""


def _quorum(charter: Charter) -> str:
    units = {"units": settings.QUORUM_UNITS, "large": settings.LARGE_UNIT}
    least = _(
        "(never more than all but one of those asked, never fewer than two; from %(units)s units, where so many have "
        "%(large)s people or more)"
    )
    if charter.quorum:
        own = ngettext("at least %(n)s person", "at least %(n)s people", charter.quorum)
        return f"{own} {least}" % {"n": charter.quorum, **units}
    rule = _("at least %(floor)s people and %(share)s %% of those who take part regularly")
    share = round(settings.QUORUM_SHARE * 100)
    return f"{rule} {least}" % {"floor": settings.QUORUM_FLOOR, "share": share, **units}
