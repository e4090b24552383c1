"""What would become of a row: new, changed, unchanged, or set aside with the reason. It speaks before the work."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import override

from commonplace.ledger.errors import NotPossible
from commonplace.objectifying import acts
from commonplace.objectifying.audience import EVERYONE, Audience, understood
from commonplace.objectifying.batches.in_force import is_in_force
from commonplace.objectifying.batches.same import Same, mark_of, texts_here
from commonplace.objectifying.batches.topics import topics_of
from commonplace.objectifying.models import PARTS, REFUSED, Batch, BatchRow, Bringing, Part, Practice, Verdict, Version
from commonplace.objectifying.models.version import VersionQuerySet
from commonplace.objectifying.status import PUT_AWAY

WHENCE = ("authority", "source", "owner", "link", "since_on", "exact_to", "key", "digest")
Known = dict[str, tuple[str, str, str]]


class Judge:
    """Of one batch, row after row: of two with one key the first has it. What is known here is known by what the whole
    is called; which source a row names is only shown."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.known = _known(batch)
        self.taken: dict[str, list[Any]] = {}

    def judge(self, row: BatchRow) -> None:
        """What could not be read stays set aside as it was. Whatever becomes of a row, its key is taken."""
        place = [row.file, row.sheet, row.row]
        first = self.taken.setdefault(row.key, place) if row.key else place
        if not row.is_read:
            return
        row.verdict, row.because, row.values, row.practice, row.base = Verdict.NEW, "", {}, None, 0
        if first is not place:
            set_aside(row, "twice", key=row.key, where=first)
        elif not is_in_force(row.status, self.batch.meanings):
            self._not_in_force(row, *self.known.get(row.key, ("", "", "")))
        elif known := self.known.get(row.key):
            self._again(row, *known)
        else:
            why = refusal(acts.bring, self.batch.by, self.batch.community, **as_brought(row))
            set_aside(row, REFUSED, words=why) if why else self._same_text(row)

    def _same_text(self, row: BatchRow) -> None:
        pk, title = self.texts.get(mark_of(row), ("", ""))
        row.values = {"same": pk, "same_title": title} if pk else {}

    @cached_property
    def texts(self) -> Same:
        return texts_here(self.batch)

    def _not_in_force(self, row: BatchRow, practice: str, digest: str, status: str) -> None:
        """Of what goes on here that it does not there."""
        goes_on = bool(practice) and status not in PUT_AWAY
        if goes_on:
            row.practice_id = practice
        set_aside(row, "over_there" if goes_on else "status", status=row.status)

    def _again(self, row: BatchRow, practice: str, digest: str, status: str) -> None:
        row.practice_id, row.verdict = practice, Verdict.UNCHANGED
        if row.digest == digest:
            set_aside(row, "was_here") if status in PUT_AWAY else None
            return
        newest, audience = newest_of(row), audience_of(row)
        if not row.version.parts_changed_from(newest) and audience in (None, newest.for_whom):
            _otherwise_said(row, newest)
            return
        row.verdict, row.base = Verdict.CHANGED, newest.number
        offered = {"version": row.version, "base": newest, "digest": row.digest, "audience": audience}
        if why := refusal(acts.revise, self.batch.by, newest.practice, **offered):
            set_aside(row, REFUSED, words=why)


def _otherwise_said(row: BatchRow, newest: Version) -> None:
    """What no version can hold is told all the same."""
    if row.title != newest.practice.title:
        set_aside(row, "renamed", title=row.title)
    elif row.audience and not audience_of(row):
        set_aside(row, "not_named_here", words=row.audience)


def set_aside(row: BatchRow, because: str, **values: Any) -> None:
    row.verdict, row.because, row.values = Verdict.SET_ASIDE, because, values


def refusal(perform: Callable[..., Any], person: Any, target: Any, **known: Any) -> dict[str, str]:
    """What the act's guard has against it, with what it is about: in each language, since nobody knows yet in which it
    is read. Nothing if there is nothing."""
    words: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            try:
                perform.guard(person, target, **known)  # type: ignore[attr-defined]
            except NotPossible as no:
                words[code] = in_words(no)
            else:
                break
    return words


def in_words(no: NotPossible) -> str:
    if no.about in PARTS:
        return f"{PARTS[Part(no.about)]}: {no}"
    return _("Title: %(why)s") % {"why": no} if no.about == "title" else str(no)


def as_brought(row: BatchRow, version: Version | None = None) -> dict[str, Any]:
    """As `acts.bring` takes it. The practice gets the row's id: others of its batch can lead to it before."""
    whence = {name: getattr(row, name) for name in WHENCE}
    bringing = Bringing(source_kind=row.batch.source_kind, batch=row.batch_id, whole=row.batch.called, **whence)
    practice, text = Practice(pk=row.pk, title=row.title), version or row.version
    audience = audience_of(row) or EVERYONE
    return {
        **{"practice": practice, "version": text, "bringing": bringing},
        **{"audience": audience, "topics": topics_of(row)},
    }


def audience_of(row: BatchRow) -> Audience | None:
    """As it says, in words that are understood here."""
    return understood(row.audience, row.batch.units) if row.audience else None


def newest_of(row: BatchRow) -> Version:
    """Of the practice that it is here."""
    return _versions(row).latest("number")


def base_of(row: BatchRow) -> Version:
    """What it was compared with."""
    return _versions(row).get(number=row.base)


def _versions(row: BatchRow) -> VersionQuerySet:
    rows = Version.objects.filter(practice=row.practice_id).select_related("practice__course", "practice__community")
    return rows.everywhere("what came in anew is compared with it")


def _known(batch: Batch) -> Known:
    rows = Bringing.objects.filter(practice__community=batch.community, whole=batch.called).exclude(key="")
    columns = rows.everywhere("what is here is known again").values_list(
        "key", "practice", "digest", "practice__course__status"
    )
    return {key: (practice, digest, status) for key, practice, digest, status in columns}
