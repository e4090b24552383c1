"""What somebody laid before themselves to bring in, row by row: a draft of theirs until they confirm it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from commonplace.communities.languages import spoken
from commonplace.communities.models import Community, Person, Unit
from commonplace.communities.models.footing import readable
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet
from commonplace.objectifying.models.bringing import AUTHORITIES, SOURCE_KINDS
from commonplace.objectifying.models.practice import Practice
from commonplace.objectifying.models.version import PARTS, Part, Version
from commonplace.objectifying.status import SourceKind
from commonplace.untrusted.documents import Exactness, Noted, Order, Place
from commonplace.untrusted.documents.reasons import SENTENCES, sentence


class Verdict(StrEnum):
    """What would become of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    SET_ASIDE = "set_aside"


class Became(StrEnum):
    """What became of it when it was confirmed; "" of what was unchanged or set aside."""

    BROUGHT = "brought"
    VERSION = "version"
    LEFT_OUT = "left_out"


VERDICTS = {
    Verdict.NEW: _("new"),
    Verdict.CHANGED: _("changed"),
    Verdict.UNCHANGED: _("unchanged"),
    Verdict.SET_ASIDE: _("set aside"),
}
ORDERS = {
    Order.DAY: _("the day first: 03/04/2021 is in April"),
    Order.MONTH: _("the month first: 03/04/2021 is in March"),
}
OFFERED = (Verdict.NEW, Verdict.CHANGED)
REFUSED, OTHERWISE = "refused", "otherwise"
"""Why a row is set aside: an act would not have it; and, of one that came in or is unchanged, that there is more to
tell of it."""
CAME_IN = (Became.BROUGHT, Became.VERSION)
REASONS = {
    "status": _("Its status is “%(status)s”. Say whether that means that it is in force, and it comes in."),
    "over_there": _(
        "It is here, and its source says now “%(status)s”: challenge it, or put its end to consent. If that word means "
        "that it is in force, say so."
    ),
    "was_here": _(
        "It was brought in before, and was set aside or ended here. If it holds after all, bring it in by itself."
    ),
    "renamed": _(
        "It is called “%(title)s” there now. A practice keeps its title here, and nothing else of it has changed."
    ),
    "not_named_here": _(
        "For “%(words)s”: no unit here is called so, and nothing else of it has changed. Say on its page whom it is "
        "for."
    ),
    "twice": _("It has the same key (%(key)s) as %(place)s. Give each a key of its own."),
}


class BatchQuerySet(ScopedQuerySet["Batch"]):
    def _visible_to(self, person: Any) -> BatchQuerySet:
        """Its own; of others, once it is confirmed, what something came in with."""
        came_in = BatchRow.objects.filter(batch=OuterRef("pk"), became__in=CAME_IN).everywhere("whether anything did")
        theirs = Q(by=person.pk) | Q(Exists(came_in), confirmed_at__isnull=False)
        return self.filter(readable(person, "community"), theirs, is_whole=True)


class Batch(models.Model):
    """`called`: the source of each row that names none. Source kind, authority, owner and first day: of each row that
    has none itself. `meanings`: which status words, folded, are in force, as somebody said by hand; `columns`: which
    field a heading means, said so, too; `dates`: what stands first in a date that reads two ways; `sources`: by which
    name a source is known here, of each that is spelled otherwise. `remarks`: what was left out of documents that were
    read. `is_whole`: all of it is laid out. `asked_at`: it comes in from then on, and is no draft."""

    id = PublicId()
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    called = models.CharField(max_length=200)
    source_kind = models.CharField(
        max_length=12, choices=[(one.value, words) for one, words in SOURCE_KINDS.items()], default=SourceKind.HANDBOOK
    )
    authority = models.CharField(
        max_length=16, choices=[(one.value, words) for one, words in AUTHORITIES.items()], blank=True
    )
    owner = models.CharField(max_length=200, blank=True)
    since_on = models.DateField(null=True, blank=True)
    dates = models.CharField(max_length=5, choices=[(one.value, words) for one, words in ORDERS.items()], blank=True)
    sources = models.JSONField(default=dict)
    meanings = models.JSONField(default=dict)
    columns = models.JSONField(default=dict)
    remarks = models.JSONField(default=list)
    is_whole = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)
    asked_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(BatchQuerySet)()

    COMMUNITY = "community"
    PERSONAL = ("by", "called", "owner", "sources", "meanings", "columns", "remarks")
    IMPERSONAL = (
        "id",
        "community",
        "source_kind",
        "authority",
        "since_on",
        "dates",
        "is_whole",
        "at",
        "asked_at",
        "confirmed_at",
    )
    OUTSIDE_ACTS = "a draft that only one person sees; what they confirm of it is brought in by acts"

    def __str__(self) -> str:
        return self.called

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @cached_property
    def units(self) -> list[Unit]:
        """In whose names whom a row is for is understood."""
        return list(Unit.objects.select_related("merged_into"))

    def noted(self) -> Iterator[Noted]:
        for where, why, values in self.remarks:
            yield Noted(Place(*where), why, values)


class BatchRowQuerySet(ScopedQuerySet["BatchRow"]):
    def _visible_to(self, person: Any) -> BatchRowQuerySet:
        """Of somebody else's only what came in: what they had set aside is theirs."""
        came_in = Q(batch__confirmed_at__isnull=False, became__in=CAME_IN)
        mine = Q(batch__by=person.pk) | came_in
        return self.filter(readable(person, "batch__community"), mine, batch__is_whole=True)

    def offered(self) -> BatchRowQuerySet:
        """What somebody can take, with what they took out."""
        return self.filter(verdict__in=OFFERED)

    def waiting(self) -> BatchRowQuerySet:
        """What comes in once they confirm it."""
        return self.offered().filter(became="")

    def set_aside(self) -> BatchRowQuerySet:
        return self.filter(verdict=Verdict.SET_ASIDE)


class BatchRow(models.Model):
    """Where it stood, and its words until it is confirmed. `key`: what it is known again by. `digest`: of its words,
    "" of what could not be read. `status`: as it is written there. `because`, `values`: why it is set aside.
    `practice`: which it is here; a new one gets the id of its row. `base`: the number of the version that it was
    compared with. `since_written`: its date, where that reads two ways."""

    id = PublicId()
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    file = models.TextField(blank=True)
    sheet = models.TextField(blank=True)
    row = models.PositiveIntegerField(default=0)
    title = models.TextField(blank=True)
    context = models.TextField(blank=True)
    how = models.TextField(blank=True)
    why = models.TextField(blank=True)
    limits = models.TextField(blank=True)
    source = models.TextField(blank=True)
    owner = models.TextField(blank=True)
    link = models.TextField(blank=True)
    audience = models.TextField(blank=True)
    status = models.TextField(blank=True)
    authority = models.CharField(max_length=16, blank=True)
    since_on = models.DateField(null=True, blank=True)
    exact_to = models.CharField(max_length=5, default=Exactness.DAY)
    since_written = models.TextField(blank=True)
    topics = models.JSONField(default=list)
    links = models.JSONField(default=list)
    key = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    verdict = models.CharField(max_length=10, choices=[(one.value, words) for one, words in VERDICTS.items()])
    because = models.CharField(max_length=20, blank=True)
    values = models.JSONField(default=dict)
    practice = models.ForeignKey(Practice, models.SET_NULL, null=True, blank=True, related_name="+")
    base = models.PositiveSmallIntegerField(default=0)
    became = models.CharField(max_length=10, blank=True)

    objects = ScopedManager.from_queryset(BatchRowQuerySet)()

    class Meta:
        ordering = ("number",)
        indexes = [models.Index(fields=["batch", "number"], name="rows_of_a_batch")]

    WORDS = (
        *PARTS, "source", "owner", "link", "audience", "since_written", "topics", "status", "links",
    )  # fmt: skip
    COMMUNITY = "batch__community"
    PERSONAL = ("file", "sheet", "title", "key", "digest", "values", *WORDS)
    IMPERSONAL = (
        "id", "batch", "number", "row", "authority", "since_on", "exact_to", "verdict", "because", "practice", "base",
        "became",
    )  # fmt: skip
    OUTSIDE_ACTS = Batch.OUTSIDE_ACTS

    @property
    def place(self) -> Place:
        return Place(self.file, self.sheet, self.row)

    @property
    def verdict_words(self) -> str:
        return str(VERDICTS[Verdict(self.verdict)])

    @property
    def is_read(self) -> bool:
        return bool(self.digest)

    @property
    def reason(self) -> str:
        """Why it is set aside and what to do, in the language of whoever reads it."""
        if self.because in SENTENCES:
            return sentence(self.because, self.values)
        if self.because not in REASONS:
            words: dict[str, str] = self.values.get("words", {})
            return words.get(spoken()) or next(iter(words.values()), "")
        return str(REASONS[self.because]) % {**self.values, "place": Place(*self.values.get("where", ("",)))}

    @property
    def version(self) -> Version:
        """Its text, stored nowhere yet."""
        return Version(**{part: getattr(self, part) for part in PARTS})

    @property
    def lacks(self) -> list[Part]:
        """What a practice needs before it can be put to consent."""
        text = self.version
        return [part for part in PARTS if not text.words(part)]

    @property
    def lacking(self) -> str:
        return ", ".join(str(PARTS[part]) for part in self.lacks)
