"""What somebody is told of a row beside its text: for whom it comes in, and what is otherwise where it comes from."""

from collections.abc import Callable

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from commonplace.communities.dates import localday
from commonplace.externalizing.lengths import LONGEST_TOPIC
from commonplace.externalizing.models.topic import with_topics
from commonplace.objectifying.batches.dates import order_read
from commonplace.objectifying.batches.judging import audience_of
from commonplace.objectifying.batches.topics import left_out, topics_of
from commonplace.objectifying.models import AUTHORITIES, BatchRow, BatchRowQuerySet, Practice, Verdict
from commonplace.objectifying.reach import spelled
from commonplace.objectifying.status import Authority
from commonplace.untrusted.documents import Order
from commonplace.untrusted.visible import folded


def for_whom(row: BatchRow) -> str:
    """In the words of here, where what it says is understood."""
    audience = audience_of(row)
    return spelled(audience) if audience else ""


def with_practices(rows: BatchRowQuerySet) -> BatchRowQuerySet:
    """All that their remarks ask of the practice that each is here."""
    rows = rows.select_related("practice__bringing")
    return rows.prefetch_related(Prefetch("practice__filed_under", with_topics().queryset))


def remarks(row: BatchRow) -> list[str]:
    """Sentences. Of one that is here already, its practice and its bringing are read."""
    told_here = [_not_understood(row), *of_reading(row)]
    if row.practice and row.because != "renamed":
        told_here.append(other_title(row, row.practice))
    return [*filter(None, told_here), *_whence(row)]


def of_reading(row: BatchRow) -> list[str]:
    """What was read otherwise than it was written, or left out."""
    return [one for one in (_one_of_two_days(row), _fewer_topics(row)) if one]


def _one_of_two_days(row: BatchRow) -> str:
    if not row.since_written or not row.since_on:
        return ""
    words = READ[order_read(row)]()
    return words % {"written": row.since_written, "day": localday(row.since_on)}


READ: dict[Order, Callable[[], str]] = {
    Order.DAY: lambda: _("“%(written)s” is read as %(day)s, the day first. It could be the month."),
    Order.MONTH: lambda: _("“%(written)s” is read as %(day)s, the month first. It could be the day."),
}


def _fewer_topics(row: BatchRow) -> str:
    left = ", ".join(name if len(name) <= LONGEST_TOPIC else f"{name[:LONGEST_TOPIC]}…" for name in left_out(row))
    if not left or row.verdict != Verdict.NEW:
        return ""
    words = _("Of its topics these are left out, as at most six come in, each of at most 60 characters: %(left)s.")
    return words % {"left": left[:500]}


def other_title(row: BatchRow, practice: Practice) -> str:
    if row.title == practice.title:
        return ""
    return _("It is called “%(title)s” there now; a practice keeps its title here.") % {"title": row.title}


def _not_understood(row: BatchRow) -> str:
    if not row.audience or audience_of(row) or row.verdict not in (Verdict.NEW, Verdict.CHANGED):
        return ""
    if row.became:
        words = _("For “%(words)s”: no unit here is called so, and it came in without that.")
    elif row.verdict == Verdict.CHANGED:
        words = _("For “%(words)s”: no unit here is called so; whom it is for stays as it is.")
    else:
        words = _("For “%(words)s”: no unit here is called so; it comes in for everyone.")
    return words % {"words": row.audience}


def _topics_there(row: BatchRow, practice: Practice | None) -> list[str]:
    """Those that it is not under here, by any of their names."""
    if not row.topics or practice is None:
        return []
    here = {folded(name) for alias in practice.filed_under.all() for name in (alias.name, alias.topic.name)}
    return [name for name in topics_of(row) if folded(name) not in here]


def _whence(row: BatchRow) -> list[str]:
    """By whose authority, since when, whose and about what: as its source says it otherwise than when it came in."""
    bringing = row.practice.bringing if row.practice and row.verdict != Verdict.NEW else None
    if bringing is None or not row.is_read:
        return []
    says = []
    if row.authority not in ("", Authority.UNKNOWN, bringing.authority):
        says.append(str(AUTHORITIES[Authority(row.authority)]))
    if row.since_on and (row.since_on, row.exact_to) != (bringing.since_on, bringing.exact_to):
        says.append(_("since %(day)s") % {"day": localday(row.since_on, row.exact_to)})
    if row.owner and row.owner != bringing.owner:
        says.append(_("of %(owner)s") % {"owner": row.owner})
    if other := _topics_there(row, row.practice):
        says.append(_("on %(topics)s") % {"topics": ", ".join(other)})
    return [_("There it is now: %(words)s.") % {"words": ", ".join(says)}] if says else []
