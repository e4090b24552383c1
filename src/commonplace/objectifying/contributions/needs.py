"""What waits in objectifying: a challenge for who cares for the practice, quoted words for their author, what is to be
looked at again or looked after; and, last of all, a minor edit for whoever may find it fine."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import DateTimeField, Exists, F, OuterRef, PositiveSmallIntegerField, Q, Subquery, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from commonplace.communities.contributions import MOST_COUNTED, Need, first_of
from commonplace.communities.dates import localdate
from commonplace.communities.models import Community, Membership, Person, RoleKind
from commonplace.communities.models.footing import footings
from commonplace.communities.models.membership import belonging
from commonplace.communities.needs import tended_by
from commonplace.communities.urgency import Urgency
from commonplace.consenting.kinds import Kind
from commonplace.consenting.models import Proposal
from commonplace.externalizing.models import Exchange
from commonplace.ledger import clock
from commonplace.ledger.models import Act
from commonplace.ledger.reading import NOW, READER, Place, Reading, settled
from commonplace.objectifying.contributions.family import heard_there, moved_on
from commonplace.objectifying.contributions.further import further
from commonplace.objectifying.contributions.ripe import ripe, to_write_down
from commonplace.objectifying.models import Challenge, Credit, Excerpt, MinorEdit, Practice, Review, Version
from commonplace.objectifying.models.challenge import NEAR
from commonplace.objectifying.models.course import agreed

WHY = "who looks after it has left"
WHY_TOLD = "who took part is told whom it credits"
LATELY = Place(NOW.name, DateTimeField(), settle=lambda now: now - timedelta(days=14))
NO_NUMBER = Value(0, output_field=PositiveSmallIntegerField())


def reviewed_by(person: Any) -> list[str]:
    """Where somebody may find an edit fine: a member, no bot, no sponsor."""
    if not person.is_authenticated or person.is_bot:
        return []
    return [pk for pk, one in footings(person).items() if one.is_member and not one.serves_as(RoleKind.SPONSOR)]


ASKED = "whoever challenged it is asked whether it is answered"


class Waiting(NamedTuple):
    rank: int
    need: str
    row: str
    practice: str
    title: str
    slug: str
    community: str
    number: int
    since: datetime
    until: datetime
    language: str

    @property
    def here(self) -> Community:
        return Community(slug=self.slug, title=self.community, language=self.language)


def waiting(person: Any) -> Iterator[Need]:
    rows = WAITING.rows(reader=person)
    return first_of(
        rows, lambda row: replace(NEEDS[row.need](row), kind=row.need), attrgetter("need", "slug"),
        lambda more: further(more[0].need, more, more[0].here),
    )  # fmt: skip


def _waiting() -> Any:
    """One query for all kinds of need."""
    quoted = Excerpt.objects.visible_to(READER).refusable_by(READER)
    challenges = Challenge.objects.visible_to(READER).open().filter(practice__steward=READER.pk)
    rows = _columns(quoted, "words", "quoted_at", "refusable_until").union(
        _columns(challenges, "challenge", "raised_at", "raised_at"),
        _columns(_credits(), "credit", "credited_at", "credited_at", rank=1),
        _columns(_edits(), "edit", "begun_at", "begun_at", rank=1, number=F("version__number")),
        _to_be_answered(),
        _columns(_unsettled(), "unsettled", "raised_at", "raised_at"),
        ripe(),
        *_families(),
        all=True,
    )
    return rows.order_by("rank", "since")[:MOST_COUNTED]


def _credits() -> Any:
    """Whom these practices credit was corrected lately by somebody else: said to all who took part in what they came
    of, as whoever is credited did, or was."""
    corrected = Act.objects.filter(verb="practice.credited").exclude(actor=READER.pk).everywhere(WHY_TOLD)
    lately = corrected.filter(community__in=settled(READER, belonging), happened_at__gt=LATELY)
    came_of = Exchange.objects.filter(distilled_into__practice=OuterRef("practice")).taken_part_in_by(READER)
    took_part = Q(Exists(came_of.everywhere(WHY_TOLD))) | Q(practice__begun_by=READER.pk)
    rows = Version.objects.visible_to(READER).filter(took_part, number=1, practice__in=lately.values("subject"))
    last = corrected.filter(subject=OuterRef("practice")).order_by("-happened_at").values("happened_at")[:1]
    return rows.annotate(credited_at=Subquery(last))


def _edits() -> Any:
    """That somebody else than who wrote them has still to find fine."""
    unseen = MinorEdit.objects.visible_to(READER).waiting().filter(fine_by=None)
    here = unseen.filter(practice__community__in=settled(READER, reviewed_by), practice__course__agreed__gt=0)
    return here.exclude(version__author=READER.pk)


def _columns(
    rows: Any, need: str, since: str, until: str, rank: int = 0, number: Any = NO_NUMBER,
    row: str = "pk", of: str = "practice",
) -> Any:  # fmt: skip
    """`of`: the way to the practice."""
    dated = rows.annotate(rank=Value(rank), need=Value(need), n=number, since=F(since), until=F(until))
    about = (of, f"{of}__title", f"{of}__community__slug", f"{of}__community__title")
    return dated.values_list("rank", "need", row, *about, "n", "since", "until", f"{of}__community__language")


def _families() -> Iterator[Any]:
    """In place of a row each has the other practice."""
    ours, theirs = heard_there()
    dated: dict[str, Any] = {"since": "there_at", "until": "there_at", "rank": 1, "number": F("there")}
    yield _columns(ours, "original", row="original", **dated)
    yield _columns(theirs, "taken_over", row="practice", of="original", **dated)


def _to_be_answered() -> Any:
    """Rounds that wait for the reader's word, and whose version, if it is accepted, answers a challenge of theirs; in
    place of the practice each has its round."""
    mine = Challenge.objects.filter(practice=OuterRef("subject_id"), raised_by=READER.pk)
    mine = mine.named_by(OuterRef(OuterRef("number"))).everywhere(ASKED)
    rounds = Proposal.objects.visible_to(READER).open_for(READER).filter(Exists(mine), matter=Kind.ACCEPTANCE)
    dated = rounds.annotate(
        rank=Value(0), need=Value("answer"), row=F("pk"), since=F("opened_at"), until=F("closes_at")
    )
    about = ("pk", "title", "community__slug", "community__title", "number", "since", "until", "community__language")
    return dated.values_list("rank", "need", "row", *about)


def to_review(person: Any) -> Iterator[Need]:
    """What is to be looked at again, for its steward and where this person facilitates."""
    return _first_of("review", REVIEWS.rows(reader=person), _review, tended_by(person))


def _review(review: Review) -> Need:
    practice, here = review.practice, review.practice.community
    at = reverse("review", args=[here.slug, practice.pk])
    what, spoken = _("To be looked at again"), here.language
    return Need("obj", what, practice.title, at, review.opened_at, language=spoken, act=_("Look at it again"))


def _first_of(
    kind: str, rows: Sequence[Any], need: Callable[[Any], Need], tended: Collection[str] = ()
) -> Iterator[Need]:
    """Of challenges and reviews: how many more there are is said of each community. Where they are `tended` the list
    has just these."""
    return first_of(
        rows, need, lambda row: row.practice.community_id,
        lambda more: _further(kind, more, more[0].practice.community, tended),
        lambda row: row.practice.community_id in tended,
    )  # fmt: skip


def _further(kind: str, rows: Sequence[Any], here: Community, tended: Collection[str]) -> Need:
    """All of them, or how many more."""
    return further(f"{kind}_here" if here.pk in tended else kind, rows, here)


def _reviews() -> Any:
    tended = Q(practice__community__in=settled(READER, tended_by))
    mine = Review.objects.visible_to(READER).open().filter(Q(practice__steward=READER.pk) | tended)
    return _with_practice(mine, "opened_at").order_by("due_on")[:MOST_COUNTED]


def _with_practice(rows: Any, *columns: str) -> Any:
    """No more of a practice than a need says."""
    here = (f"practice__community__{name}" for name in ("slug", "title", "language"))
    return rows.select_related("practice__community").only(*columns, "practice__title", *here)


def to_look_after(person: Any) -> Iterator[Need]:
    """What is agreed on and has no steward, for who wrote it and where this person facilitates."""
    tended = tended_by(person)
    return first_of(
        UNTENDED.rows(reader=person), _look_after, attrgetter("community_id"),
        lambda more: _further("untended", more, more[0].community, tended), lambda row: row.community_id in tended,
    )  # fmt: skip


def _look_after(practice: Any) -> Need:
    at, since = reverse("edit_steward", args=[practice.community.slug, practice.pk]), practice.agreed_since
    what, spoken = _("Who looks after it?"), practice.community.language
    return Need("obj", what, practice.title, at, since, language=spoken, act=_("Name somebody"))


def _untended() -> Any:
    here = Practice.objects.visible_to(READER).filter(community__in=settled(READER, belonging)).held().orphans()
    mine = here.filter(pk__in=_perhaps_alone()).filter(Q(community__in=settled(READER, tended_by)) | _wrote())
    rows = mine.annotate(**agreed()).select_related("community").order_by("agreed_since")
    return rows.only("title", *(f"community__{name}" for name in ("slug", "title", "language")))[:MOST_COUNTED]


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
    """It stands among the first as its end nears: a round takes its time."""
    ends_at = raised_at + timedelta(days=settings.CHALLENGE_DAYS)
    until = _("a round settles it until %(when)s") % {"when": localdate(ends_at)}
    urgency = Urgency.SOON if ends_at - clock.now() <= NEAR else Urgency.WAITS
    return Need("red", _("Challenged"), title, at, raised_at, until, language, ends_at, urgency, act=_("Answer it"))


def _unsettled() -> Any:
    """Challenges where the reader facilitates, while nobody has proposed how to settle them."""
    here = {"practice__community__in": settled(READER, tended_by), "practice__course__rounds": 0}
    return Challenge.objects.visible_to(READER).open().filter(**here).exclude(practice__steward=READER.pk)


def _words(row: Waiting) -> Need:
    until = _("until %(when)s you may refuse") % {"when": localdate(row.until)}
    return Need(
        "obj", _("Your words are quoted"), row.title, _at("practice_words", row), row.since, until, row.language,
        row.until, Urgency.MINE,
    )  # fmt: skip


def _challenge(row: Waiting) -> Need:
    return _to_settle(row.since, row.title, _at("practice_by_id", row), row.language)


def _corrected(row: Waiting) -> Need:
    what = _("Whom it credits was corrected")
    return Need("obj", what, row.title, _at("practice_by_id", row), row.since, language=row.language)


def _edit(row: Waiting) -> Need:
    """It is asked of everybody, and by the end of what waits for them."""
    what, at = _("A minor edit waits: is it fine?"), _at("practice_version", row, row.number)
    detail = _("nothing that binds changes")
    return Need("obj", what, row.title, at, row.since, detail, row.language, urgency=Urgency.LAST)


def _answer(row: Waiting) -> Need:
    """`practice`: the round."""
    what = _("If version %(n)s is accepted, your challenge counts as answered. Is it?") % {"n": row.number}
    at, detail = _at("proposal", row), _("if not, object: it stays open")
    return Need("red", what, row.title, at, row.since, detail, row.language)


def _family(row: Waiting) -> Need:
    """`row`: the other practice."""
    what, detail = moved_on[row.need](), _("version %(n)s there") % {"n": row.number}
    at = reverse("compare_practices", args=[row.slug, row.practice, row.row])
    return Need("obj", what, row.title, at, row.since, detail, row.language)


def _at(name: str, row: Waiting, *rest: Any) -> str:
    return reverse(name, args=[row.slug, row.practice, *rest])


REVIEWS: Reading[Review] = Reading(_reviews)
UNTENDED: Reading[Any] = Reading(_untended)
WAITING: Reading[Waiting] = Reading(_waiting, shape=Waiting)
NEEDS = {
    "words": _words,
    "challenge": _challenge,
    "unsettled": _challenge,
    "ripe": to_write_down,
    "answer": _answer,
    "edit": _edit,
    "credit": _corrected,
    **dict.fromkeys(moved_on, _family),
}
