"""What waits in agreeing: a round for one's word, a challenge for who looks after it, quoted words for their author."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from commonplace.communities.contributions import Need
from commonplace.communities.dates import localdate
from commonplace.objectifying.models import Challenge, Excerpt, Proposal
from commonplace.objectifying.models.reading import PartQuerySet


class Waiting(NamedTuple):
    need: str
    row: str
    practice: str
    title: str
    slug: str
    since: datetime
    until: datetime


def waiting(person: Any, most: int) -> Iterator[Need]:
    """One query for the three kinds of need."""
    rounds = Proposal.objects.visible_to(person).open_for(person)
    quoted = Excerpt.objects.visible_to(person).refusable_by(person)
    challenges = Challenge.objects.visible_to(person).open().filter(practice__steward=person.pk)
    rows = _columns(rounds, "round", "opened_at", "closes_at").union(
        _columns(quoted, "words", "quoted_at", "refusable_until"),
        _columns(challenges, "challenge", "raised_at", "raised_at"),
        all=True,
    )
    return (NEEDS[row.need](row) for row in map(Waiting._make, rows.order_by("since")[:most]))


def _columns(rows: PartQuerySet[Any], need: str, since: str, until: str) -> Any:
    dated = rows.annotate(need=Value(need), since=F(since), until=F(until))
    return dated.values_list("need", "pk", "practice", "practice__title", "practice__community__slug", "since", "until")


def _round(row: Waiting) -> Need:
    closes = _("closes %(when)s") % {"when": localdate(row.until)}
    return Need("obj", _("Where do you stand?"), row.title, _at("proposal", row, row.row), row.since, closes)


def _words(row: Waiting) -> Need:
    until = _("until %(when)s you may refuse") % {"when": localdate(row.until)}
    return Need("obj", _("Your words are quoted"), row.title, _at("practice_words", row), row.since, until)


def _challenge(row: Waiting) -> Need:
    return Need("red", _("Challenged"), row.title, _at("practice_by_id", row), row.since)


def _at(name: str, row: Waiting, *rest: str) -> str:
    return reverse(name, args=[row.slug, row.practice, *rest])


NEEDS = {"round": _round, "words": _words, "challenge": _challenge}
