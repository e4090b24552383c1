"""T4, T15: writing down what was shared, with credit; and writing it anew."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from commonplace.communities import policy
from commonplace.communities.models import Community, Person
from commonplace.externalizing.models import Exchange, Purpose, Response
from commonplace.externalizing.models import Status as ExchangeStatus
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying.evidence import Distilled, VersionAdded
from commonplace.objectifying.models import PARTS, Credit, Excerpt, Part, Practice, Source, Version
from commonplace.objectifying.possible import must_be_possible
from commonplace.objectifying.terms import deadline


def _comes_from_what_helped(
    actor: Person,
    community: Community,
    *,
    practice: Practice,
    version: Version,
    exchanges: Sequence[Exchange],
    quoted: Sequence[Response] = (),
    authors: Sequence[Person] = (),
) -> None:
    _must_say_something(version)
    _must_have_helped(community, exchanges)
    came_from = {exchange.pk for exchange in exchanges}
    if any(response.exchange_id not in came_from for response in quoted):
        raise NotPossible(_("Quote only from the exchanges that this is distilled from."))
    if not {author.pk for author in authors} <= _participants(exchanges) | {actor.pk}:
        raise NotPossible(_("Credit those who took part in the exchanges, or yourself."))


def _sources(
    actor: Person, community: Community, *, exchanges: Sequence[Exchange], **_others: object
) -> Sequence[Exchange]:
    return exchanges


@act("practice.distilled", who=policy.member, evidence=Distilled, guard=_comes_from_what_helped, locks=_sources)
def distil(
    actor: Person,
    community: Community,
    *,
    practice: Practice,
    version: Version,
    exchanges: Sequence[Exchange],
    quoted: Sequence[Response] = (),
    authors: Sequence[Person] = (),
) -> Written[Practice]:
    """Who: any member, a newcomer as scribe too. Guard: from exchanges here that helped. Effect: a practice, with credit.

    Those quoted may refuse their words within the days of the charter. Without authors named, the actor is the author.
    """
    practice.community, practice.distilled_by = community, actor
    creation = any(exchange.purpose == Purpose.CREATION for exchange in exchanges)
    practice.purpose = Purpose.CREATION if creation else Purpose.REUSE
    practice.save(force_insert=True)
    _write(version, practice, actor, 1)
    Source.objects.bulk_create(Source(practice=practice, exchange=exchange) for exchange in exchanges)
    _quote(practice, quoted)
    _give_credit(practice, actor, exchanges, quoted, authors)
    ids = [exchange.pk for exchange in exchanges]
    return Written(practice, Distilled(exchanges=ids, complete=version.is_complete, purpose=practice.purpose))


def _can_be_rewritten(actor: Person, practice: Practice, *, version: Version) -> None:
    must_be_possible("practice.version_added", practice)
    _must_say_something(version)
    before = practice.versions.latest("number")
    if all(getattr(version, part) == getattr(before, part) for part in PARTS):
        raise NotPossible(_("Nothing has changed in the text."))
    if before.is_complete and not version.is_complete:
        raise NotPossible(_("Keep context, how, why and limits: a part may change, but not be missing."))


@act("practice.version_added", who=policy.member, evidence=VersionAdded, guard=_can_be_rewritten)
def revise(actor: Person, practice: Practice, *, version: Version) -> Written[Version]:
    """Who: any member. Guard: not retired; a change; complete stays complete. Effect: a version; what is agreed stays so."""
    _write(version, practice, actor, practice.versions.latest("number").number + 1)
    return Written(version, VersionAdded(complete=version.is_complete, number=version.number))


def _must_say_something(version: Version) -> None:
    if not any(getattr(version, part).strip() for part in PARTS):
        raise NotPossible(_("Write down at least one of context, how, why and limits."))


def _must_have_helped(community: Community, exchanges: Sequence[Exchange]) -> None:
    if not exchanges:
        raise NotPossible(_("Say which exchange this comes from."))
    here = Exchange.objects.filter(community=community, pk__in=[exchange.pk for exchange in exchanges])
    helped = here.with_status().filter(status=ExchangeStatus.RESOLVED).everywhere("guard").values_list("pk", flat=True)
    for exchange in exchanges:
        if exchange.pk not in set(helped):
            raise NotPossible(
                _("Nobody has said yet that “%(title)s” helped. Once somebody has, it can be written down.")
                % {"title": exchange.title}
            )


def _write(version: Version, practice: Practice, author: Person, number: int) -> None:
    version.practice, version.author, version.number = practice, author, number
    version.save(force_insert=True)


def _participants(exchanges: Iterable[Exchange]) -> set[str]:
    ids = [exchange.pk for exchange in exchanges]
    said = Response.objects.filter(exchange__in=ids).everywhere("guard").values_list("author", flat=True)
    return {exchange.opener_id for exchange in exchanges} | set(said)


def _quote(practice: Practice, quoted: Sequence[Response]) -> None:
    until = deadline(practice.community, practice.community.charter.refusal_days)
    Excerpt.objects.bulk_create(
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
    )


def _give_credit(
    practice: Practice,
    scribe: Person,
    exchanges: Sequence[Exchange],
    quoted: Sequence[Response],
    authors: Sequence[Person],
) -> None:
    """Each person once, for the most they gave: author, else contributor (opened it, or is quoted), else scribe."""
    parts = {scribe.pk: Part.SCRIBE if authors else Part.AUTHOR}
    gave = [exchange.opener_id for exchange in exchanges] + [response.author_id for response in quoted]
    parts |= {person: Part.CONTRIBUTOR for person in gave if parts.get(person) != Part.AUTHOR}
    parts |= {author.pk: Part.AUTHOR for author in authors}
    Credit.objects.bulk_create(Credit(practice=practice, person_id=person, part=part) for person, part in parts.items())
