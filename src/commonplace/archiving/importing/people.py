"""People of an archive: unclaimed, and members since the day on which they joined there."""

from commonplace.archiving.importing.batch import NOBODY_KNOWN, Batch, Unplaced
from commonplace.archiving.records import Author, PersonRecord
from commonplace.communities.evidence import BotSet, How, Joined
from commonplace.communities.models import Membership, Person
from commonplace.ledger import clock
from commonplace.ledger.bulk import PastAct
from commonplace.ledger.evidence import Nothing


def add_person(batch: Batch, record: PersonRecord) -> bool:
    person = batch.person(Author(record.external_id, record.name), record.at, record.url, record.bot)
    batch.stands_for(record, person)
    _join(batch, record, person)
    if record.bot:
        batch.acts.append(PastAct("person.bot_set", NOBODY_KNOWN, person, person, "", record.at, BotSet(bot=True)))
    return True


def _join(batch: Batch, record: PersonRecord, person: str) -> None:
    identifier = batch.new_id("membership", record.external_id, record.at)
    membership = Membership(id=identifier, community=batch.community, person_id=person, joined_at=record.at)
    batch.add(membership)
    batch.joined[person] = record.at
    batch.act("member.joined", person, membership, record.at, Joined(how=How.ARCHIVE), batch.community.pk)


def know_person(batch: Batch, record: PersonRecord, identifier: str) -> bool:
    """An account of somebody who only wrote so far, or of another name; only while nobody has claimed it."""
    person = Person.objects.filter(pk=identifier).first()
    if person is None:
        raise Unplaced("this person was removed here")
    if not person.is_unclaimed:
        return False
    here = batch.known[f"person {record.external_id}"]
    if here.at is None:
        here.at, person.origin_url = record.at, record.url
        batch.change(here, "at")
        _join(batch, record, identifier)
    batch.rename(person, record.name)
    batch.change(person, "name", "folded", "namesake", "origin_url")
    batch.acts.append(
        PastAct("person.profile_edited", person.pk, person.pk, person.pk, "", clock.now(), Nothing()),
    )
    return True
