"""Whom a practice credits is corrected until it is put to consent for the first time: then who has a part is fixed."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.consenting.models import Proposal
from commonplace.externalizing.models import Exchange
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying import policy
from commonplace.objectifying.acts.distilling import participants, units_of
from commonplace.objectifying.evidence import Credited
from commonplace.objectifying.models import CreditKind, Practice
from commonplace.objectifying.moves import PUT_ONCE
from commonplace.objectifying.possible import must_be_possible

WHY = "whether a round was ever opened on it"


def _can_be_credited(
    actor: Person, practice: Practice, *, authors: Sequence[Person], contributors: Sequence[Person]
) -> None:
    must_be_possible("practice.credited", practice)
    if Proposal.objects.on(practice).everywhere(WHY).exists():
        raise NotPossible(_(PUT_ONCE))
    named = [person.pk for person in (*authors, *contributors)]
    if len(set(named)) < len(named):
        raise NotPossible(_("Name each once, as an author or as a contributor."), "contributors")
    if not authors:
        raise NotPossible(_("Say whose knowledge it is."), "authors")
    if not set(named) <= who_may_be_credited(practice):
        raise NotPossible(_("Credit those who took part in the exchanges, or who wrote it down."))
    if not _quoted(practice) <= set(named):
        raise NotPossible(_("Whoever is quoted is credited."))
    if _wanted(practice, authors, contributors) == dict(practice.credits.values_list("person", "kind")):
        raise NotPossible(_("So it is already."))


def _some_change(actor: Person, practice: Practice) -> dict[str, Sequence[Person]]:
    """All of them authors, or else one."""
    people = list(Person.objects.filter(pk__in=who_may_be_credited(practice)).order_by("pk"))
    authors = practice.credits.filter(kind=CreditKind.AUTHOR).count()
    most = 1 if authors == len(people) else len(people)
    return {"authors": people[:most], "contributors": people[most:]}


@act(
    "practice.credited",
    who=policy.pursuer,
    evidence=Credited,
    guard=_can_be_credited,
    supposing=_some_change,
)
def credit(
    actor: Person, practice: Practice, *, authors: Sequence[Person], contributors: Sequence[Person]
) -> Written[Practice]:
    """Who: whoever pursues it. Guard: no round was ever opened on it; those named took part in its exchanges or wrote
    it down, each once, one as an author at least; who is quoted is among them; a change.
    Effect: authors and contributors as named; who wrote it down, and is neither, stays as scribe."""
    wanted = _wanted(practice, authors, contributors)
    practice.credits.exclude(person__in=wanted).delete()
    for person, kind in wanted.items():
        practice.credits.update_or_create(person_id=person, defaults={"kind": kind})
    ids = [person.pk for person in authors]
    evidence = Credited(
        authors=ids,
        contributors=[person.pk for person in contributors],
        author_units=units_of(ids),
        person=practice.begun_by_id,
        scribe=wanted[practice.begun_by_id] == CreditKind.SCRIBE,
    )
    return Written(practice, evidence)


def who_may_be_credited(practice: Practice) -> set[str]:
    exchanges = Exchange.objects.filter(distilled_into__practice=practice).everywhere("who took part in its sources")
    return participants(list(exchanges)) | {practice.begun_by_id}


def _quoted(practice: Practice) -> set[str]:
    """Their words are still there."""
    return set(practice.excerpts.filter(refused_at=None).values_list("person", flat=True))


def _wanted(practice: Practice, authors: Sequence[Person], contributors: Sequence[Person]) -> Mapping[str, str]:
    kinds = {practice.begun_by_id: CreditKind.SCRIBE.value}
    kinds |= {person.pk: CreditKind.CONTRIBUTOR.value for person in contributors}
    return kinds | {person.pk: CreditKind.AUTHOR.value for person in authors}
