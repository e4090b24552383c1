"""Bringing an archive in: read once to see what it is, then written in batches by the bulk form of the act contract."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import override

from commonplace.archiving.importers import Importer, Target, importer
from commonplace.archiving.importing.adapting import Adapting, place_of, place_of_topic
from commonplace.archiving.importing.batch import Import, own_id
from commonplace.archiving.importing.founding import founded
from commonplace.archiving.importing.surveying import Survey, surveyed
from commonplace.archiving.importing.tally import Tally
from commonplace.archiving.importing.writing import write
from commonplace.archiving.models import Site
from commonplace.archiving.sites import address, site_of, twins
from commonplace.communities.models import Community, Person
from commonplace.ledger import clock
from commonplace.ledger.bulk import bringing
from commonplace.ledger.trying import tried_again
from commonplace.untrusted.archives import Archive, open_archive
from commonplace.untrusted.refused import Refused
from commonplace.untrusted.visible import folded

Seen = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What to bring where; with `title` the community is founded, in this `language`, if it is not there."""

    format: str
    path: Path
    slug: str
    title: str = ""
    dry_run: bool = False
    site: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Known:
    """What the first reading told, before anything is written."""

    archive: Archive
    reader: Importer
    site: Site
    survey: Survey


def bring_in(order: Order, person: Person, seen: Seen = lambda count: None) -> Tally:
    """Raises `Refused` or as any act before anything is written; later, what was read so far is in."""
    known = looked_at(order)
    with transaction.atomic() if order.dry_run else nullcontext():
        tally = written(order, known, lambda: person, seen)
        if order.dry_run:
            transaction.set_rollback(True)
    return tally


def looked_at(order: Order) -> Known:
    """Reads all of it and writes nothing."""
    archive, reader, community = open_archive(order.path), importer(order.format, clock.now()), _there(order)
    if community is None and not order.title:
        raise Refused(f"there is no community {order.slug!r}; check the name, or found it with --found TITLE")
    identifier = community.pk if community else ""
    marks, given = reader.marks(archive), order.site and address(order.site)
    if not any((given, *marks)):
        surveyed(reader.read(archive, ""), identifier, "")  # What cannot be read is told before anything is asked for.
    site = site_of(identifier, order.format, marks, given)
    survey = surveyed(reader.read(archive, site.address), identifier, site.origin)
    if survey.is_of_another_site:
        raise Refused(
            f"this looks like another site: {survey.differing} of {survey.shared} records that have a number of those "
            "here were written at other times; give its own --site, or bring it into a community of its own"
        )
    for twin in twins(site, marks):
        again = surveyed(reader.read(archive, twin.address), identifier, twin.origin)
        if again.shared and not again.is_of_another_site:
            raise Refused(f"the same records are here, as those of {twin}: give --site {twin} to go on with them")
    if not survey.exchanges and community is None:
        raise Refused(f"{order.path.name}: holds no question that can be read; no community is founded for nothing")
    return Known(archive, reader, site, survey)


def written(order: Order, known: Known, who: Callable[[], Person], seen: Seen) -> Tally:
    """Who brings it in, the community and its site together; then the records, batch by batch."""
    run = tried_again(lambda: _begun(order, known, who))
    with override(run.community.language):
        return write(known.reader.read(known.archive, known.site.address), run, seen)


@transaction.atomic
def _begun(order: Order, known: Known, who: Callable[[], Person]) -> Import:
    person, site = who(), known.site
    at, language = known.survey.begun or clock.now(), order.language
    community = _there(order) or founded(order.slug, order.title, person, site.origin, at, language)
    with bringing(person, community, site.origin) as incoming:
        incoming.require("exchange.opened")
        site.community = community.pk
        _remember(site)
    return Import(person, community, site.origin, _adapting(known, community), {})


def _remember(site: Site) -> None:
    known = {"format": site.format, "address": site.address, "mark": site.mark}
    Site.objects.update_or_create(community=site.community, origin=site.origin, defaults=known)


def _adapting(known: Known, community: Community) -> Adapting:
    places, topics = known.survey.places, known.survey.topics

    def public_id(kind: str, name: str) -> str:
        return own_id(community.pk, known.site.origin, kind, name, places[f"{kind} {name}"][0])

    def here(target: Target) -> str:
        kind, name = target
        if kind == "topic":
            return place_of_topic(community.slug, name) if folded(name) in topics else ""
        if f"{kind} {name}" not in places:
            return ""
        exchange = public_id("exchange", places[f"{kind} {name}"][1])
        return place_of(community.slug, exchange, public_id(kind, name) if kind == "answer" else "")

    return Adapting(known.site.address, known.reader.targets, here)


def _there(order: Order) -> Community | None:
    return Community.objects.filter(slug=order.slug).everywhere("the person named it").first()
