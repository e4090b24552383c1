"""What waits in agreeing: a round for one's word or decision, a challenge, quoted words for their author."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from commonplace.communities.contributions import MOST_NEEDS, Need
from commonplace.communities.dates import localdate
from commonplace.communities.needs import tended_by
from commonplace.ledger.reading import READER, Reading
from commonplace.objectifying.models import Challenge, Excerpt, Proposal
from commonplace.objectifying.models.reading import PartQuerySet
from commonplace.objectifying.policy import decider


class Waiting(NamedTuple):
    need: str
    row: str
    practice: str
    title: str
    slug: str
    since: datetime
    until: datetime
    language: str


def waiting(person: Any) -> Iterator[Need]:
    return (NEEDS[row.need](row) for row in WAITING.rows(reader=person))


def _waiting() -> Any:
    """One query for the three kinds of need."""
    rounds = Proposal.objects.visible_to(READER).open_for(READER)
    quoted = Excerpt.objects.visible_to(READER).refusable_by(READER)
    challenges = Challenge.objects.visible_to(READER).open().filter(practice__steward=READER.pk)
    rows = _columns(rounds, "round", "opened_at", "closes_at").union(
        _columns(quoted, "words", "quoted_at", "refusable_until"),
        _columns(challenges, "challenge", "raised_at", "raised_at"),
        all=True,
    )
    return rows.order_by("since")[:MOST_NEEDS]


def _columns(rows: PartQuerySet[Any], need: str, since: str, until: str) -> Any:
    dated = rows.annotate(need=Value(need), since=F(since), until=F(until))
    about = ("practice", "practice__title", "practice__community__slug")
    return dated.values_list("need", "pk", *about, "since", "until", "practice__community__language")


def undecided(person: Any) -> Iterator[Need]:
    """Rounds that this person may decide now."""
    rounds = _undecided(person) if tended_by(person) else ()
    for row in rounds:
        what, spoken = _("Waits for your decision"), row.practice.community.language
        yield Need("obj", what, row.practice.title, row.get_absolute_url(), row.closes_at, language=spoken)


def unsettled(person: Any) -> Iterator[Need]:
    """Challenges where this person facilitates, while nobody has proposed how to settle them."""
    for row in _unsettled(person) if tended_by(person) else ():
        practice, spoken = row.practice, row.practice.community.language
        yield Need("red", _("Challenged"), practice.title, practice.get_absolute_url(), row.raised_at, language=spoken)


def _unsettled(person: Any) -> Any:
    here = {"practice__community__in": tended_by(person), "practice__course__matter": ""}
    waiting = Challenge.objects.visible_to(person).open().filter(**here).exclude(practice__steward=person.pk)
    return waiting.select_related("practice__community").order_by("raised_at")[:MOST_NEEDS]


def _undecided(person: Any) -> Any:
    rounds = Proposal.objects.visible_to(person).to_be_decided().filter(decider.where(person, Proposal))
    return rounds.select_related("practice__community").order_by("closes_at")[:MOST_NEEDS]


def _round(row: Waiting) -> Need:
    closes = _("closes %(when)s") % {"when": localdate(row.until)}
    return Need(
        "obj", _("Where do you stand?"), row.title, _at("proposal", row, row.row), row.since, closes, row.language
    )


def _words(row: Waiting) -> Need:
    until = _("until %(when)s you may refuse") % {"when": localdate(row.until)}
    return Need(
        "obj", _("Your words are quoted"), row.title, _at("practice_words", row), row.since, until, row.language
    )


def _challenge(row: Waiting) -> Need:
    return Need("red", _("Challenged"), row.title, _at("practice_by_id", row), row.since, language=row.language)


def _at(name: str, row: Waiting, *rest: str) -> str:
    return reverse(name, args=[row.slug, row.practice, *rest])


WAITING: Reading[Waiting] = Reading(_waiting, shape=Waiting)
NEEDS = {"round": _round, "words": _words, "challenge": _challenge}
