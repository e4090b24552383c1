"""T4: writing down what was shared, with credit."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from commonplace.communities import policy
from commonplace.communities.models import Community, Person
from commonplace.consenting.terms import deadline
from commonplace.externalizing.models import Exchange, Purpose, Response
from commonplace.externalizing.models import Status as ExchangeStatus
from commonplace.files.holding import hold
from commonplace.ledger.act import ANYTHING, Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying.acts.audience import first_for, must_be_somebody
from commonplace.objectifying.acts.revising import must_be_a_text, written
from commonplace.objectifying.audience import EVERYONE, Audience
from commonplace.objectifying.evidence import Distilled
from commonplace.objectifying.models import Credit, CreditKind, Excerpt, Practice, Source, Version


def _comes_from_what_helped(
    actor: Person,
    community: Community,
    *,
    practice: Practice,
    version: Version,
    exchanges: Sequence[Exchange],
    quoted: Sequence[Response] = (),
    authors: Sequence[Person] = (),
    audience: Audience = EVERYONE,
) -> None:
    must_be_a_text(practice, version)
    must_be_somebody(audience)
    for named in (exchanges, quoted, authors):
        _must_be_named_once(named)
    _must_have_helped(community, exchanges)
    came_from = {exchange.pk for exchange in exchanges}
    if any(response.exchange_id not in came_from for response in quoted):
        raise NotPossible(_("Quote only from the exchanges that this is distilled from."))
    if not {author.pk for author in authors} <= participants(exchanges) | {actor.pk}:
        raise NotPossible(_("Credit those who took part in the exchanges, or yourself."))


def _any_text(actor: Person, community: Community) -> dict[str, Any]:
    """From which exchanges is known before: whoever asks says it."""
    return {"practice": Practice(title=ANYTHING), "version": Version(how=ANYTHING), "exchanges": ()}


def _sources(
    actor: Person, community: Community, *, exchanges: Sequence[Exchange], **_others: object
) -> Sequence[Exchange]:
    return exchanges


@act(
    "practice.distilled",
    who=policy.member,
    evidence=Distilled,
    guard=_comes_from_what_helped,
    locks=_sources,
    supposing=_any_text,
)
def distil(
    actor: Person,
    community: Community,
    *,
    practice: Practice,
    version: Version,
    exchanges: Sequence[Exchange],
    quoted: Sequence[Response] = (),
    authors: Sequence[Person] = (),
    audience: Audience = EVERYONE,
) -> Written[Practice]:
    """Who: any member, a newcomer as scribe too. Guard: from exchanges here that helped; each named once.
    Effect: a practice, with credit, under the topics of the exchanges.

    Those quoted may refuse their words within the days of the charter. Without authors named, the actor is the author.
    Of `practice` the title is taken, of `version` the parts and the note. `audience`: whom it is for.
    """
    creation = any(exchange.purpose == Purpose.CREATION for exchange in exchanges)
    purpose = Purpose.CREATION if creation else Purpose.REUSE
    row = Practice.objects.create(community=community, title=practice.title, purpose=purpose, begun_by=actor)
    first = written(row, actor, 1, version)
    Source.objects.bulk_create(Source(practice=row, exchange=exchange) for exchange in exchanges)
    _quote(row, quoted)
    credited = _credited(actor, exchanges, quoted, authors)
    Credit.objects.bulk_create(Credit(practice=row, person_id=person, kind=kind) for person, kind in credited.items())
    row.filed_under.set({alias for exchange in exchanges for alias in exchange.filed_under.all()})
    return Written(row, _distilled(actor, row, first, exchanges, credited), also=[first_for(first, audience)])


def _must_be_named_once(rows: Sequence[Model]) -> None:
    if len({row.pk for row in rows}) < len(rows):
        raise NotPossible(_("Name each exchange, each quotation and each author once."))


def _must_have_helped(community: Community, exchanges: Sequence[Exchange]) -> None:
    if not exchanges:
        raise NotPossible(_("Say which exchange this comes from."))
    here = Exchange.objects.filter(community=community, pk__in=[exchange.pk for exchange in exchanges])
    rows = here.filter(course__status=ExchangeStatus.RESOLVED).everywhere("guard")
    helped = set(rows.values_list("pk", flat=True))
    for exchange in exchanges:
        if exchange.pk not in helped:
            raise NotPossible(
                _("Nobody has said yet that “%(title)s” helped. Once somebody has, it can be written down.")
                % {"title": exchange.title}
            )


def participants(exchanges: Iterable[Exchange]) -> set[str]:
    """Who has left since took part all the same."""
    ids = [exchange.pk for exchange in exchanges]
    responders = Response.objects.filter(exchange__in=ids).everywhere("guard").values_list("author", flat=True)
    return {exchange.opener_id for exchange in exchanges} | set(responders)


def _quote(practice: Practice, quoted: Sequence[Response]) -> None:
    until = deadline(practice.community, practice.community.charter.refusal_days)
    rows = [
        Excerpt(
            practice=practice,
            response=response,
            person_id=response.author_id,
            body=response.body,
            body_format=response.body_format,
            html=response.html,
            refusable_until=until,
        )
        for response in quoted
    ]
    for row in Excerpt.objects.bulk_create(rows):
        hold(row, practice.community, practice.begun_by, [row.body], was=[row.body], of=row.response)


def _credited(
    scribe: Person, exchanges: Sequence[Exchange], quoted: Sequence[Response], authors: Sequence[Person]
) -> Mapping[str, CreditKind]:
    """Each person once, for the most they gave: author, else contributor (opened it, or is quoted), else scribe."""
    credited = {scribe.pk: CreditKind.SCRIBE if authors else CreditKind.AUTHOR}
    gave = [exchange.opener_id for exchange in exchanges] + [response.author_id for response in quoted]
    credited |= {person: CreditKind.CONTRIBUTOR for person in gave if credited.get(person) != CreditKind.AUTHOR}
    return credited | {author.pk: CreditKind.AUTHOR for author in authors}


def _distilled(
    scribe: Person,
    practice: Practice,
    version: Version,
    exchanges: Sequence[Exchange],
    credited: Mapping[str, CreditKind],
) -> Distilled:
    authors = [person for person, kind in credited.items() if kind == CreditKind.AUTHOR]
    return Distilled(
        exchanges=[exchange.pk for exchange in exchanges],
        complete=version.is_complete,
        purpose=Purpose(practice.purpose),
        authors=authors,
        contributors=[person for person, kind in credited.items() if kind == CreditKind.CONTRIBUTOR],
        author_units=units_of(authors),
        quoted=practice.excerpts.count(),
        scribe=credited[scribe.pk] == CreditKind.SCRIBE,
        topic_ids=sorted(topic.pk for topic in practice.topics),
    )


def units_of(people: Sequence[str]) -> list[str]:
    rows = Person.objects.filter(pk__in=people).exclude(unit=None)
    return list(rows.order_by("unit").values_list("unit", flat=True).distinct())
