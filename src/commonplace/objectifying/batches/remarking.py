"""What somebody is told of a row beside its text: for whom it comes in, and what is otherwise where it comes from."""

from django.utils.translation import gettext as _

from commonplace.communities.dates import localday
from commonplace.objectifying.batches.judging import audience_of
from commonplace.objectifying.models import AUTHORITIES, BatchRow, Practice, Verdict
from commonplace.objectifying.reach import spelled
from commonplace.objectifying.status import Authority


def for_whom(row: BatchRow) -> str:
    """In the words of here, where what it says is understood."""
    audience = audience_of(row)
    return spelled(audience) if audience else ""


def remarks(row: BatchRow) -> list[str]:
    """Sentences. Of one that is here already, its practice and its bringing are read."""
    told_here = [_not_understood(row)]
    if row.practice and row.because != "renamed":
        told_here.append(other_title(row, row.practice))
    return [*filter(None, told_here), *_whence(row)]


def other_title(row: BatchRow, practice: Practice) -> str:
    if row.title == practice.title:
        return ""
    return _("It is called “%(title)s” there now; a practice keeps its title here.") % {"title": row.title}


def _not_understood(row: BatchRow) -> str:
    if not row.audience or audience_of(row) or row.verdict not in (Verdict.NEW, Verdict.CHANGED):
        return ""
    if row.verdict == Verdict.CHANGED:
        words = _("For “%(words)s”: no unit here is called so; whom it is for stays as it is.")
    else:
        words = _("For “%(words)s”: no unit here is called so; it comes in for everyone.")
    return words % {"words": row.audience}


def _whence(row: BatchRow) -> list[str]:
    """By whose authority, since when and whose it is: as its source says it otherwise than when it came in."""
    bringing = row.practice.bringing if row.practice and row.verdict != Verdict.NEW else None
    if bringing is None or not row.is_read:
        return []
    says = []
    if row.authority not in ("", Authority.UNKNOWN, bringing.authority):
        says.append(str(AUTHORITIES[Authority(row.authority)]))
    if row.since_on and row.since_on != bringing.since_on:
        says.append(_("since %(day)s") % {"day": localday(row.since_on)})
    if row.owner and row.owner != bringing.owner:
        says.append(_("of %(owner)s") % {"owner": row.owner})
    return [_("There it is now: %(words)s.") % {"words": ", ".join(says)}] if says else []
