"""When somebody's next digest goes: at their hour by their own clocks, also when these are put forward or back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, tzinfo

from commonplace.communities import addresses, zones
from commonplace.corresponding.letters.place import message_id
from commonplace.corresponding.models import DigestWish, Letter, LetterKind, Often
from commonplace.ledger import clock
from commonplace.ledger.jobs import daily

AT_A_TIME = 1_000


def next_one(often: str, hour: int, zone: tzinfo, after: datetime) -> datetime:
    """Each day, or each Monday."""
    when = daily(time(hour)).after
    moment = when(after, zone)
    while often == Often.WEEKLY and moment.astimezone(zone).weekday():
        moment = when(moment, zone)
    return moment


def owe(people: Iterable[str]) -> None:
    """One to come for each who wants any, to an address that is vouched for; one to come already stays as it is."""
    rows = [_owed(person, due_at) for person, due_at in _moments(list(people)).items()]
    Letter.objects.bulk_create(rows, batch_size=AT_A_TIME, ignore_conflicts=True)


def plan(people: Sequence[str]) -> None:
    """Those to come go when these people want them now: as they have just said, or where they are now."""
    to_come, moments = Letter.objects.to_come(), _moments(people)
    to_come.filter(person__in=set(people) - moments.keys()).delete()
    owe(moments)
    for person, due_at in moments.items():
        to_come.filter(person=person).update(due_at=due_at)


def _owed(person: str, due_at: datetime) -> Letter:
    letter = Letter(person_id=person, kind=LetterKind.DIGEST, due_at=due_at)
    letter.message_id = message_id(letter)
    return letter


def _moments(people: Sequence[str]) -> Mapping[str, datetime]:
    now = clock.now()
    wishes = {row.person_id: row for row in DigestWish.objects.filter(person__in=people)}
    where = dict(addresses.vouched_for().filter(pk__in=people).values_list("pk", "time_zone"))
    theirs = {pk: wishes.get(pk) or DigestWish() for pk in where}
    wanted = {pk: wish for pk, wish in theirs.items() if wish.often != Often.NEVER}
    return {pk: next_one(wish.often, wish.hour, zones.clocks(where[pk]), now) for pk, wish in wanted.items()}
