"""What waits in objectifying: a challenge for who cares for the practice, quoted words for their author."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Exists, F, OuterRef, PositiveSmallIntegerField, Q, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from commonplace.communities.contributions import MOST_NEEDS, Need
from commonplace.communities.dates import localdate
from commonplace.communities.models import Membership, Person
from commonplace.communities.models.membership import belonging
from commonplace.communities.needs import tended_by
from commonplace.consenting.kinds import Kind
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock
from commonplace.ledger.reading import READER, Reading, settled
from commonplace.ledger.replay import BEFORE_ALL
from commonplace.objectifying.models import Challenge, Credit, Excerpt, Practice, Review, Version
from commonplace.objectifying.models.challenge import NEAR
from commonplace.objectifying.models.course import agreed
from commonplace.objectifying.models.reading import PartQuerySet

WHY = "who looks after it has left"
ASKED = "whoever challenged it is asked whether it is answered"


class Waiting(NamedTuple):
    need: str
    row: str
    practice: str
    title: str
    slug: str
    since: datetime
    until: datetime
    language: str
    number: int


def waiting(person: Any) -> Iterator[Need]:
    return (NEEDS[row.need](row) for row in WAITING.rows(reader=person))


def _waiting() -> Any:
    """One query for all kinds of need."""
    quoted = Excerpt.objects.visible_to(READER).refusable_by(READER)
    challenges = Challenge.objects.visible_to(READER).open().filter(practice__steward=READER.pk)
    rows = _columns(quoted, "words", "quoted_at", "refusable_until").union(
        _columns(challenges, "challenge", "raised_at", "raised_at"),
        _to_be_answered(),
        all=True,
    )
    return rows.order_by("since")[:MOST_NEEDS]


def _columns(rows: PartQuerySet[Any], need: str, since: str, until: str) -> Any:
    dated = rows.annotate(need=Value(need), since=F(since), until=F(until))
    about = ("practice", "practice__title", "practice__community__slug")
    dated = dated.annotate(text=Value(0, output_field=PositiveSmallIntegerField()))
    return dated.values_list("need", "pk", *about, "since", "until", "practice__community__language", "text")


def _to_be_answered() -> Any:
    """Rounds that wait for the reader's word, and whose version, if it is accepted, answers a challenge of theirs; in
    place of the practice each has its round."""
    mine = Challenge.objects.filter(practice=OuterRef("subject_id"), raised_by=READER.pk)
    mine = mine.ended_by(OuterRef(OuterRef("number"))).everywhere(ASKED)
    rounds = Proposal.objects.visible_to(READER).open_for(READER).filter(Exists(mine), matter=Kind.ACCEPTANCE)
    dated = rounds.annotate(need=Value("answer"), row=F("pk"), since=F("opened_at"), until=F("closes_at"))
    about = ("pk", "title", "community__slug", "since", "until", "community__language", "number")
    return dated.values_list("need", "row", *about)


def unsettled(person: Any) -> Iterator[Need]:
    """Challenges where this person facilitates, while nobody has proposed how to settle them."""
    for row in _unsettled(person) if tended_by(person) else ():
        practice, spoken = row.practice, row.practice.community.language
        yield _to_settle(row.raised_at, practice.title, practice.get_absolute_url(), spoken)


def to_review(person: Any) -> Iterator[Need]:
    """What is to be looked at again, for its steward and where this person facilitates."""
    for review in REVIEWS.rows(reader=person):
        practice = review.practice
        at = reverse("review", args=[practice.community.slug, practice.pk])
        spoken = practice.community.language
        yield Need("obj", _("To be looked at again"), practice.title, at, review.opened_at, language=spoken)


def _reviews() -> Any:
    tended = Q(practice__community__in=settled(READER, tended_by))
    mine = Review.objects.visible_to(READER).open().filter(Q(practice__steward=READER.pk) | tended)
    return mine.select_related("practice__community").order_by("due_on")[:MOST_NEEDS]


def to_look_after(person: Any) -> Iterator[Need]:
    """What is agreed on and has no steward, for who wrote it and where this person facilitates."""
    for practice in UNTENDED.rows(reader=person):
        at, since = reverse("edit_steward", args=[practice.community.slug, practice.pk]), practice.agreed_since
        spoken = practice.community.language
        yield Need("obj", _("Who looks after it?"), practice.title, at, since, language=spoken)


def _untended() -> Any:
    here = Practice.objects.visible_to(READER).filter(community__in=settled(READER, belonging)).held().orphans()
    mine = here.filter(pk__in=_perhaps_alone()).filter(Q(community__in=settled(READER, tended_by)) | _wrote())
    return mine.annotate(**agreed()).select_related("community").order_by("agreed_since")[:MOST_NEEDS]


def _perhaps_alone() -> Any:
    """By the index of stewards: of most practices that somebody looks after nothing is read."""
    held = Practice.objects.held().everywhere(WHY).order_by().values("pk")
    left = Membership.objects.filter(left_at__isnull=False).everywhere(WHY).values("person")
    unable = Person.objects.filter(Q(is_active=False) | Q(is_bot=True)).values("pk")
    return held.filter(steward=None).union(held.filter(Q(steward__in=left) | Q(steward__in=unable)))


def _wrote() -> Q:
    """A version of it; or they are credited as an author."""
    versions = Version.objects.filter(practice=OuterRef("pk"), author=READER.pk).everywhere("one's own")
    credited = Credit.objects.filter(practice=OuterRef("pk"), person=READER.pk).authors().everywhere("one's own")
    return Q(Exists(versions)) | Q(Exists(credited))


def _to_settle(raised_at: datetime, title: str, at: str, language: str) -> Need:
    """It stands first as its end nears."""
    ends_at = raised_at + timedelta(days=settings.CHALLENGE_DAYS)
    until = _("a round settles it until %(when)s") % {"when": localdate(ends_at)}
    is_near = ends_at - clock.now() <= NEAR
    return Need("red", _("Challenged"), title, at, BEFORE_ALL if is_near else raised_at, until, language)


def _unsettled(person: Any) -> Any:
    here = {"practice__community__in": tended_by(person), "practice__course__rounds": 0}
    waiting = Challenge.objects.visible_to(person).open().filter(**here).exclude(practice__steward=person.pk)
    return waiting.select_related("practice__community").order_by("raised_at")[:MOST_NEEDS]


def _words(row: Waiting) -> Need:
    until = _("until %(when)s you may refuse") % {"when": localdate(row.until)}
    return Need(
        "obj", _("Your words are quoted"), row.title, _at("practice_words", row), row.since, until, row.language
    )


def _challenge(row: Waiting) -> Need:
    return _to_settle(row.since, row.title, _at("practice_by_id", row), row.language)


def _answer(row: Waiting) -> Need:
    """`practice`: the round."""
    what = _("If version %(n)s is accepted, your challenge counts as answered. Is it?") % {"n": row.number}
    at, detail = _at("proposal", row), _("if not, object: it stays open")
    return Need("red", what, row.title, at, row.since, detail, row.language)


def _at(name: str, row: Waiting, *rest: str) -> str:
    return reverse(name, args=[row.slug, row.practice, *rest])


REVIEWS: Reading[Review] = Reading(_reviews)
UNTENDED: Reading[Any] = Reading(_untended)
WAITING: Reading[Waiting] = Reading(_waiting, shape=Waiting)
NEEDS = {"words": _words, "challenge": _challenge, "answer": _answer}
