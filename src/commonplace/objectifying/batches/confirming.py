"""What somebody takes comes in, one act a row; what is refused is set aside, and the rest goes on."""

from collections.abc import Callable, Collection
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.ledger import clock
from commonplace.ledger.act import require
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.sending import part
from commonplace.ledger.trying import tried_again
from commonplace.objectifying import acts, policy
from commonplace.objectifying.batches.counting import Counts, counts
from commonplace.objectifying.batches.drafts import begin, is_there
from commonplace.objectifying.batches.judging import (
    as_brought,
    audience_of,
    base_of,
    in_words,
    refusal,
    set_aside,
)
from commonplace.objectifying.batches.linking import linked, pages
from commonplace.objectifying.batches.remarking import other_title, remarks, with_practices
from commonplace.objectifying.models import (
    CAME_IN,
    OTHERWISE,
    PARTS,
    REFUSED,
    Batch,
    BatchRow,
    Became,
    Practice,
    Verdict,
    Version,
)

Seen = Callable[[int], object]
NOTE, AT_ONCE, BROKEN_OFF = 300, 200, timedelta(minutes=5)
"""After so long a job goes on with what was broken off."""
NOTHING = {
    **dict.fromkeys((*PARTS, "source", "owner", "link", "audience", "since_written", "status"), ""),
    "topics": [],
    "links": [],
}
WORDLESS = {**dict.fromkeys((*PARTS, "source", "link", "status"), ""), "links": []}


def _nobody(count: int) -> None:
    """Hears it."""


def confirm(actor: Person, batch: Batch, taken: Collection[str] | None = None, seen: Seen = _nobody) -> Counts:
    """`taken`: the ids of rows, else all that can come in; the others are left out. `seen` hears how many are in.

    Who: whose batch it is, while a member. From here on nothing of it is changed or thrown away. Each row is an act by
    itself, done once: what stands half is gone on with by the same call again, or by a job, and a batch that is
    confirmed stays as it is. Afterwards its texts are practices, and it keeps places and reasons.
    """
    must_be_theirs(actor, batch)
    require(policy.member, actor, batch.community)
    if not batch.asked_at:
        _begun(batch, taken)
    there = pages(batch)
    for count, pk in enumerate(list(batch.rows.waiting().values_list("pk", flat=True)), 1):
        with part(pk):
            tried_again(partial(_come_in, actor, batch, pk, there))
        seen(count)
    if not batch.is_confirmed:
        finish(batch)
    return counts(batch)


def _begun(batch: Batch, taken: Collection[str] | None) -> None:
    if not begin(batch, taken, clock.now() + BROKEN_OFF) and not is_there(batch):
        raise NotPossible(_("It was thrown away meanwhile. Nothing of it came in."))


def must_be_theirs(actor: Person, batch: Batch) -> None:
    if batch.by_id != actor.pk:
        raise NotAllowed(_("This is for whoever laid it out."))


def _come_in(actor: Person, batch: Batch, pk: str, there: dict[str, str]) -> None:
    """With what is kept of it, or not at all; whoever presses at the same moment waits here, and leaves it be."""
    linked(batch.rows.get(pk=pk), there).make_ready()
    with transaction.atomic():
        row = batch.rows.select_for_update(no_key=True).get(pk=pk)
        if row.became or row.verdict not in (Verdict.NEW, Verdict.CHANGED):
            return
        row.batch = batch
        try:
            _done(actor, row, linked(row, there))
        except NotPossible as no:
            set_aside(row, REFUSED, words=_refused(actor, row, no))
        row.save()


def _refused(actor: Person, row: BatchRow, no: NotPossible) -> dict[str, str]:
    """As the guard says it in each language, else as it was said now."""
    now = {code: in_words(no) for code, _name in settings.LANGUAGES}
    if row.verdict != Verdict.CHANGED:
        return now | refusal(acts.bring, actor, row.batch.community, **as_brought(row))
    base = base_of(row)
    offered = {"version": row.version, "base": base, "digest": row.digest, "audience": audience_of(row)}
    return now | refusal(acts.revise, actor, base.practice, **offered)


def _done(actor: Person, row: BatchRow, version: Version) -> None:
    if row.verdict == Verdict.CHANGED:
        base, audience = base_of(row), audience_of(row)
        version.note = _note(row, base.practice)
        acts.revise(actor, base.practice, version=version, base=base, digest=row.digest, audience=audience)
        row.became = Became.VERSION
        return
    version.note = _short(_for_whom(row))
    practice: Practice = acts.bring(actor, row.batch.community, **as_brought(row, version))
    row.practice, row.became = practice, Became.BROUGHT


def _note(row: BatchRow, practice: Practice) -> str:
    """What its text does not hold of what changed there."""
    whence = _("As it is in its source now: %(source)s") % {"source": row.source}
    return _short(" · ".join(filter(None, (other_title(row, practice), _for_whom(row), whence))))


def _for_whom(row: BatchRow) -> str:
    return _("For: %(audience)s") % {"audience": row.audience} if row.audience and not audience_of(row) else ""


def _short(note: str) -> str:
    return note if len(note) <= NOTE else note[: NOTE - 1] + "…"


def finish(batch: Batch) -> None:
    """What did not come in is left out."""
    with transaction.atomic():
        batch.rows.waiting().update(became=Became.LEFT_OUT)
        _forget_words(batch)
        batch.files.everywhere("nothing is read again").delete()
        batch.confirmed_at = clock.now()
        batch.save(update_fields=["confirmed_at"])


def _forget_words(batch: Batch) -> None:
    """Its texts are practices now. What was refused keeps its own, to be taken over by hand; what there is to tell of
    a row is told on."""
    rows = with_practices(batch.rows.filter(Q(became__in=CAME_IN) | Q(verdict=Verdict.UNCHANGED)))
    otherwise = [row.pk for row in rows.iterator(AT_ONCE) if remarks(row)]
    batch.rows.filter(pk__in=otherwise).update(because=OTHERWISE, **WORDLESS)
    batch.rows.exclude(because__in=(OTHERWISE, REFUSED)).update(**NOTHING)
