"""Where a practice comes from and whose it is: its exchanges, credits, quotations, writers, and its steward."""

from datetime import date
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper

from commonplace.ledger.replay import Recorded, Reducer, Row, Span, gathered
from commonplace.objectifying.evidence import (
    Backed,
    Brought,
    Credited,
    Distilled,
    StewardSet,
    VersionAdded,
    WordsRefused,
)
from commonplace.objectifying.models import Backing, Bringing, Credit, CreditKind, Excerpt, Practice, Source, Version

Pairs = set[tuple[Any, ...]]


def _sources(span: Span) -> dict[str, set[str]]:
    rows = Source.objects.filter(span.within("practice")).everywhere("check")
    return gathered(rows.values_list("practice", "exchange"))


def _credits(span: Span) -> dict[str, Pairs]:
    rows = Credit.objects.filter(span.within("practice")).everywhere("check")
    return gathered((pk, (person, kind)) for pk, person, kind in rows.values_list("practice", "person", "kind"))


def _written(span: Span) -> dict[str, Pairs]:
    rows = Version.objects.filter(span.within("practice")).everywhere("check")
    partly = ExpressionWrapper(Version.PARTLY, output_field=BooleanField())
    columns = rows.values_list("practice", "number", "author", partly, "application", "meets")
    return gathered((pk, (number, by, not lacking, *answers)) for pk, number, by, lacking, *answers in columns)


def _origins(span: Span) -> dict[str, Row]:
    rows = Practice.objects.filter(span.within("pk")).everywhere("check").annotate(quoted=Count("excerpts"))
    return {row[0]: row[1:] for row in rows.values_list("pk", "community", "begun_by", "purpose", "quoted")}


def _stewards(span: Span) -> dict[str, str]:
    rows = Practice.objects.filter(span.within("pk")).exclude(steward=None).everywhere("check")
    return dict(rows.values_list("pk", "steward"))


def _refused(span: Span) -> dict[str, str]:
    rows = Excerpt.objects.filter(span.within("practice")).exclude(refused_at=None).everywhere("check")
    return dict(rows.values_list("pk", "response"))


def _bringings(span: Span) -> dict[str, Row]:
    rows = Bringing.objects.filter(span.within("practice")).everywhere("check")
    columns = (
        "practice",
        "by",
        "source_kind",
        "authority",
        "since_on",
        "exact_to",
        "original",
        "original_number",
        "adapted",
        "batch",
    )
    return {row[0]: row[1:] for row in rows.values_list(*columns)}


def _backers(span: Span) -> dict[str, set[str]]:
    rows = Backing.objects.filter(span.within("bringing__practice")).everywhere("check")
    return gathered(rows.values_list("bringing__practice", "person"))


origins: Reducer[Row] = Reducer("origin of practice", tuple, _origins)
sources: Reducer[set[str]] = Reducer("sources of practice", set, _sources)
acknowledged: Reducer[Pairs] = Reducer("credits of practice", set, _credits)
written: Reducer[Pairs] = Reducer("versions of practice", set, _written)
stewards: Reducer[str] = Reducer("steward of practice", str, _stewards)
refused: Reducer[str] = Reducer("refused words", str, _refused, by="object")


bringings: Reducer[Row] = Reducer("where a practice was brought in from", tuple, _bringings)
backers: Reducer[set[str]] = Reducer("who says that a practice is in use", set, _backers)


@origins.on("practice.brought")
def _brought(before: Row, act: Recorded, evidence: Brought) -> Row:
    return act.community, act.actor, evidence.purpose.value, 0


@bringings.on("practice.brought")
def _whence(before: Row, act: Recorded, evidence: Brought) -> Row:
    since_on = date.fromisoformat(evidence.since_on) if evidence.since_on else None
    known = evidence.source_kind.value, evidence.authority.value, since_on, evidence.exact_to.value
    return act.actor, *known, evidence.from_practice or None, evidence.from_number, evidence.adapted, evidence.batch


@acknowledged.on("practice.brought")
def _written_in(before: Pairs, act: Recorded, evidence: Brought) -> Pairs:
    return {(act.actor, CreditKind.SCRIBE.value)}


@written.on("practice.brought")
def _as_brought(before: Pairs, act: Recorded, evidence: Brought) -> Pairs:
    return {(1, act.actor, evidence.complete, "", "")}


@backers.on("practice.backed")
def _said_too(before: set[str], act: Recorded, evidence: Backed) -> set[str]:
    return before | {act.actor}


@origins.on("practice.distilled")
def _distilled(before: Row, act: Recorded, evidence: Distilled) -> Row:
    return act.community, act.actor, evidence.purpose.value, evidence.quoted


@sources.on("practice.distilled")
def _came_from(before: set[str], act: Recorded, evidence: Distilled) -> set[str]:
    return {*evidence.exchanges}


@acknowledged.on("practice.distilled")
def _credited(before: Pairs, act: Recorded, evidence: Distilled) -> Pairs:
    scribe = {(act.actor, CreditKind.SCRIBE.value)} if evidence.scribe else set()
    authors = {(person, CreditKind.AUTHOR.value) for person in evidence.authors}
    return scribe | authors | {(person, CreditKind.CONTRIBUTOR.value) for person in evidence.contributors}


@acknowledged.on("practice.credited")
def _corrected(before: Pairs, act: Recorded, evidence: Credited) -> Pairs:
    scribe = {(evidence.person, CreditKind.SCRIBE.value)} if evidence.scribe else set()
    authors = {(person, CreditKind.AUTHOR.value) for person in evidence.authors}
    return scribe | authors | {(person, CreditKind.CONTRIBUTOR.value) for person in evidence.contributors}


@written.on("practice.distilled")
def _written_down(before: Pairs, act: Recorded, evidence: Distilled) -> Pairs:
    return {(1, act.actor, evidence.complete, "", "")}


@written.on("practice.version_added")
def _rewritten(before: Pairs, act: Recorded, evidence: VersionAdded) -> Pairs:
    answers = "".join(evidence.from_applications), evidence.meets
    return before | {(evidence.number, act.actor, evidence.complete, *answers)}


@stewards.on("practice.steward_set")
def _cared_for(before: str, act: Recorded, evidence: StewardSet) -> str:
    return evidence.person


@refused.on("practice.words_refused")
def _refused_by_whose_they_are(before: str, act: Recorded, evidence: WordsRefused) -> str:
    return evidence.response
