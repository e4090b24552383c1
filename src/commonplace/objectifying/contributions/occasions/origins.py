"""Where a practice comes from: it is written down, brought in, taken over; whose words it has and whom it credits."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonplace.communities.occasions import Because, Concern, Due, Named, Occasion, Reminder, Told
from commonplace.communities.speaking import speakers
from commonplace.externalizing.models import Exchange
from commonplace.ledger.models import Act
from commonplace.objectifying.acts.distilling import participants
from commonplace.objectifying.contributions.occasions import whom
from commonplace.objectifying.evidence import Brought, Credited, Distilled
from commonplace.objectifying.models import Batch, Bringing, Excerpt, Practice

LATELY = timedelta(days=2)
QUOTED = Because(_("your words are quoted, and for some days you may refuse them"), at_once=True)
CREDITS, TOOK_PART = Because(_("it credits you")), Because(_("you took part in what it was made of"))
BROUGHT = {"brought": Because(_("you brought it in"))}
THEIRS = Because(_("you look after the practice that it was taken over from"), own=True)
KNOWS = {"knows": Because(_("you may know which of it is in use"))}
QUOTER = Because(_("you quoted them"))


def _distilled(act: Act) -> Iterator[Concern]:
    about = Distilled.of(act)
    quoted = Excerpt.objects.filter(practice=act.subject).everywhere(whom.WHY)
    yield from (Concern(person, "quoted") for person in quoted.values_list("person", flat=True))
    yield from (Concern(person, "credited") for person in (*about.authors, *about.contributors))
    yield from _took_part(Exchange.objects.filter(pk__in=about.exchanges).everywhere(whom.WHY))


def _credited(act: Act) -> Iterator[Concern]:
    """Whoever is not credited any more, too."""
    about = Credited.of(act)
    yield from (Concern(person, "credited") for person in (*about.authors, *about.contributors))
    yield from whom.of(act, "began")
    yield from _took_part(Exchange.objects.filter(distilled_into__practice=act.subject).everywhere(whom.WHY))


def _took_part(exchanges: Iterable[Exchange]) -> Iterator[Concern]:
    return (Concern(person, "took_part") for person in sorted(participants(list(exchanges))))


def _taken_over(act: Act) -> Iterator[Concern]:
    """Whoever looks after the original, if they may read what came of it."""
    rows = Practice.objects.filter(pk=Brought.of(act).from_practice).select_related("steward").everywhere(whom.WHY)
    original = rows.first()
    steward = original.steward if original else None
    if steward and Practice.objects.visible_to(steward).filter(pk=act.subject).exists():
        yield Concern(steward.pk, "theirs")


def _batch_of(act: Act) -> str:
    rows = Bringing.objects.filter(practice=act.subject).everywhere(whom.WHY)
    return rows.values_list("batch", flat=True).first() or ""


def _backed(act: Act) -> Iterator[Concern]:
    rows = Bringing.objects.filter(practice=act.subject).everywhere(whom.WHY)
    yield from (Concern(person, "brought") for person in rows.values_list("by", flat=True))


def came_in(now: datetime) -> Iterator[Due]:
    """Once all of it that is wanted is in: others are asked which of it they know."""
    brought = Bringing.objects.filter(batch=OuterRef("pk")).everywhere(whom.WHY)
    rows = Batch.objects.filter(Exists(brought), confirmed_at__gt=now - LATELY, confirmed_at__lte=now)
    for batch in rows.everywhere(whom.WHY).select_related("community"):
        others = speakers(batch.community).exclude(person=batch.by_id).values_list("person", flat=True)
        yield Due(batch.community_id, batch.pk, batch.pk, (Concern(person, "knows") for person in others))


def _refused(act: Act) -> Iterator[Concern]:
    practice = whom.practice_of(act)
    yield Concern(practice.begun_by_id, "quoted")
    yield from whom.of(act, "cares")


def _at_one_s_words(notice: Told, named: Named) -> str:
    words = reverse("practice_words", args=[named.community.slug, notice.thread])
    return words if notice.because == "quoted" else named.href


OF_ORIGINS = (
    Occasion(
        name="distilled", verbs=("practice.distilled",), thread="practice", what=_("%(who)s wrote a practice down"),
        concerns=_distilled, because={"quoted": QUOTED, "credited": CREDITS, "took_part": TOOK_PART},
        href=_at_one_s_words, followed=True,
    ),
    Occasion(
        name="credited", verbs=("practice.credited",), thread="practice",
        what=_("%(who)s corrected whom it credits"), concerns=_credited,
        because={**whom.OF_PRACTICE, "took_part": TOOK_PART},
    ),
    Occasion(
        name="words_refused", verbs=("practice.words_refused",), thread="practice",
        what=_("Quoted words are gone: whose they are refused them"), concerns=_refused,
        because={"quoted": QUOTER, "cares": whom.CARES},
    ),
    Occasion(
        name="brought", verbs=("practice.brought",), thread="practice",
        what=_("%(who)s brought in what is in force already"), is_one=lambda act: not Brought.of(act).batch,
        concerns=_taken_over, because={"theirs": THEIRS}, followed=True,
    ),
    Occasion(
        name="backed", verbs=("practice.backed",), thread="practice", what=_("%(who)s says that it is in use"),
        is_one=lambda act: not _batch_of(act), concerns=_backed, because=BROUGHT,
    ),
    Occasion(
        name="batch_backed", verbs=("practice.backed",), thread="batch", what=_("%(who)s knows some of it in use"),
        is_one=lambda act: bool(_batch_of(act)), concerns=_backed, because=BROUGHT, thread_of=_batch_of, gathered=True,
    ),
    Occasion(
        name="batch_came_in", thread="batch", what=_("It came in: which of it do you know to be in use?"),
        because=KNOWS,
    ),
    Reminder("batch_came_in", came_in),
)  # fmt: skip
