"""What the page of a practice shows of it, and the lists of practices: statements that are composed once."""

from collections.abc import Mapping
from functools import partial
from itertools import product
from typing import Any, TypeVar

from django.db.models import Count, IntegerField, OuterRef, Prefetch, SmallIntegerField, Subquery
from django.db.models.functions import Coalesce

from commonplace.communities.models.footing import where
from commonplace.communities.models.person import person_shown
from commonplace.communities.paging import Listing, Page
from commonplace.consenting.models import Proposal
from commonplace.externalizing.models import Exchange, Response, Topic
from commonplace.externalizing.models.topic import filings
from commonplace.externalizing.shelf import filed_under
from commonplace.ledger.models import Act
from commonplace.ledger.reading import READER, Place, Reading
from commonplace.objectifying.choosing import NOBODY, Choice
from commonplace.objectifying.family import is_taken_over
from commonplace.objectifying.models import (
    ORIGINS,
    STATUSES,
    Challenge,
    Credit,
    Practice,
    PracticeQuerySet,
    Share,
    Source,
    Version,
)
from commonplace.objectifying.models.practice import NEWEST_FIRST
from commonplace.objectifying.models.review import MOST_COMPARED
from commonplace.objectifying.reports import REPORTED
from commonplace.objectifying.status import Status

HELPER = {
    "helper": "name", "helper_namesake": "namesake", "helper_is_bot": "is_bot",
    "helper_id": "id", "helper_origin": "origin",
}  # fmt: skip
MOST_ROUNDS, MOST_VERSIONS, MOST_READ_FIRST = 25, 25, 5
P = TypeVar("P", Version, Challenge)


def version(practice: Practice) -> Version:
    """What people read as this practice."""
    [row] = _hung(practice, NUMBERED.rows(practice=practice.pk, number=practice.course.to_read))
    return row


def versions(practice: Practice) -> list[Version]:
    """The newest, without their texts."""
    return _hung(practice, VERSIONS.rows(practice=practice.pk))


def challenges(practice: Practice) -> list[Challenge]:
    """Those that are open, each with who sees it too."""
    return _hung(practice, CHALLENGES.rows(practice=practice.pk))


def open_rounds(practice: Practice) -> list[Proposal]:
    """Of its own community, which nobody reads again."""
    rows = ROUNDS.rows(practice=practice.pk) if practice.course.rounds else []
    for row in rows:
        row.community = practice.community
    return rows


def sources(practice: Practice) -> list[Exchange]:
    """What it was distilled from, each with whose answer helped there: `helper`, as a name is shown."""
    rows = SOURCES.rows(practice=practice.pk)
    for row in rows:
        vars(row.exchange).update({name: getattr(row, name) for name in HELPER})
    return [row.exchange for row in rows]


def _hung(practice: Practice, rows: list[P]) -> list[P]:
    for row in rows:
        row.practice = practice
    return rows


def _one() -> PracticeQuerySet:
    """By footings, that every page has read: as `visible_to` has it, without asking what else this person may read."""
    reads = where(lambda one: one.may_read, READER, "community")
    rows = Practice.objects.filter(reads, community__slug=Place("slug"), pk=Place("practice"))
    return (
        rows.everywhere("who may read here reads it")
        .with_course()
        .annotate(is_taken_over=is_taken_over())
        .select_related("community", "steward", "bringing")
        .with_topics()
    )


def _its(model: Any) -> Any:
    rows = model.objects.filter(practice=Place("practice"))
    return rows.everywhere("whoever sees the practice sees what belongs to it")


def _numbered() -> Any:
    return _its(Version).filter(number=Place("number", SmallIntegerField())).select_related("agreement")


def _sources() -> Any:
    shown = ("exchange__title", "exchange__community__slug", "exchange__course__helped")
    helped = Response.objects.filter(pk=OuterRef("exchange__course__helped")).everywhere("what hangs on the exchange")
    who = {name: Subquery(helped.values(f"author__{column}")[:1]) for name, column in HELPER.items()}
    return _its(Source).select_related("exchange__community", "exchange__course").only(*shown).annotate(**who)


def _credits() -> Any:
    return _its(Credit).select_related("person").only("kind", *person_shown("person")).order_by("kind", "person__name")


def _challenges() -> Any:
    shares = Share.objects.select_related("person").everywhere("who reads a challenge reads who sees it too")
    rows = _its(Challenge).open().select_related("raised_by", "settlement").order_by("raised_at")
    return rows.prefetch_related(Prefetch("shares", queryset=shares))


def _listed(steward: str = "", **chosen: Any) -> PracticeQuerySet:
    return _tended(Practice.objects.visible_to(READER).here(Place("community")).filter(**chosen), steward).for_list()


def _most_used() -> PracticeQuerySet:
    """What is agreed on, by how often it was reported on: of the MOST_COMPARED newest, a few."""
    newest = _listed(course__status=Status.ACCEPTED)
    reports = Act.objects.filter(verb=REPORTED, subject=OuterRef("pk")).everywhere("how often it is used")
    counted = reports.order_by().values("subject").annotate(count=Count("pk")).values("count")
    uses = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    compared = newest.filter(pk__in=newest.values("pk")[:MOST_COMPARED])
    return compared.annotate(uses=uses).order_by("-uses", *NEWEST_FIRST)[:MOST_READ_FIRST]


def _tended(rows: PracticeQuerySet, steward: str) -> PracticeQuerySet:
    return rows.held().orphans() if steward else rows


def chosen(choice: Choice, topic: Topic | None, asked: Mapping[str, str], **places: Any) -> Page[Practice]:
    """Those of this origin and status, filed under the topic if there is one; of all, those that no round is on."""
    if topic is None:
        return LISTS[choice.origin, choice.status, choice.steward].page(asked, **places)
    sifting = columns(choice.origin, choice.status)
    rows = _tended(_here(**places).filter(**sifting), choice.steward).for_list()
    return filed_under(topic, rows, asked, sifted=bool(sifting or choice.steward))


def narrowed(choice: Choice, topic: Topic | None, most: int, **places: Any) -> PracticeQuerySet:
    """Those of any origin and status under the topic, and that nobody looks after, where that is chosen; of a topic no
    more than one more than `most`."""
    rows = _tended(_here(**places), choice.steward)
    return rows.filter(pk__in=_filed(topic, most + 1)) if topic else rows


def _filed(topic: Topic, most: int) -> Any:
    """So many of them, whichever: each may be filed under all of its names."""
    aliases = topic.alias_ids
    return filings(Practice).objects.filter(topicalias__in=aliases).values("practice")[: most * len(aliases)]


def _here(**places: Any) -> PracticeQuerySet:
    return Practice.objects.visible_to(places["reader"]).here(places["community"])


def columns(origin: str, status: str, way: str = "course__") -> dict[str, Any]:
    """What an origin and a status ask of how it stands."""
    return {f"{way}{name}": code for name, code in (("origin", origin), ("status", status)) if code}


def _rounds() -> Any:
    rows = Proposal.objects.filter(subject_id=Place("practice")).open().order_by("closes_at", "pk")
    return rows.everywhere("who sees a practice sees what is open on it")


def _in_a_round() -> PracticeQuerySet:
    """Which they are is settled first: what is said of a round is read of those alone."""
    here = Practice.objects.visible_to(READER).here(Place("community")).in_a_round().order_by(*NEWEST_FIRST)
    return _listed(pk__in=here.values("pk")[:MOST_ROUNDS])


PRACTICE: Reading[Practice] = Reading(_one)
VERSIONS: Reading[Version] = Reading(lambda: _its(Version).listed()[:MOST_VERSIONS])
NUMBERED: Reading[Version] = Reading(_numbered)
SOURCES: Reading[Source] = Reading(_sources)
ROUNDS: Reading[Proposal] = Reading(_rounds)
CREDITS: Reading[Credit] = Reading(_credits)
CHALLENGES: Reading[Challenge] = Reading(_challenges)
LISTS = {
    (origin, status, steward): Listing(
        partial(_listed, steward, **(columns(origin, status) or ({} if steward else {"course__rounds": 0}))),
        by=NEWEST_FIRST,
    )
    for origin, status, steward in product(("", *ORIGINS), ("", *STATUSES), ("", NOBODY))
}
IN_A_ROUND: Reading[Practice] = Reading(_in_a_round)
MOST_USED: Reading[Practice] = Reading(_most_used)
