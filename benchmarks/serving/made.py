"""A community of so many posts, the same each time: people and practices by the acts, its past as an archive."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any

SEED, BEGAN = 20260302, datetime(2021, 1, 4, 9, tzinfo=UTC)
SLUG, ORIGIN = "pump-crews", "benchmark"
PEOPLE, READERS, PRACTICES, TOPICS = 400, 20, 24, 40
LONG, OF_LONG = 40, 20  # Exchanges of so many answers, spread over the years.
COMMON, RARE = "pump", "zephyrine"
SYLLABLES = ["a", "o", "ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "bra", "cle", "dri", "flo"]
PARTS = ("context", "how", "why", "limits")


class Words:
    """Some thousands, few of them often, as people use theirs."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.all = [COMMON, *("".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(9_000))]
        self.weights = list(accumulate(1 / (n + 3) for n in range(len(self.all))))

    def some(self, least: int, most: int) -> str:
        return " ".join(self.chance.choices(self.all, cum_weights=self.weights, k=self.chance.randint(least, most)))

    def title(self) -> str:
        return self.some(4, 9).capitalize()

    def text(self) -> str:
        rare = f" {RARE}." if self.chance.random() < 0.0004 else ""
        return "\n\n".join(self.some(25, 60).capitalize() + "." for _ in range(self.chance.randint(1, 3))) + rare


def make(posts: int) -> None:
    """In an empty database."""
    from django.db import connection

    from commonplace.internalizing.search import reindex
    from commonplace.ledger.models import Job

    chance = random.Random(SEED)  # noqa: S311
    words = Words(chance)
    community, readers = _people()
    _bring_in(community, readers[0], records(posts, words, chance))
    _practices(community, readers, words)
    Job.objects.all().delete()  # Each would index one exchange: all of them at once is the same.
    reindex()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _people() -> tuple[Any, list[Any]]:
    from commonplace.archiving.importing.founding import founded
    from commonplace.communities import acts
    from commonplace.communities.models import Installation, Person

    here = Installation.current()
    readers = []
    for number in range(READERS):
        person = Person(name=f"Reader {number}", email=f"reader{number}@example.org")
        person.set_unusable_password()
        readers.append(
            acts.add_person(readers[0], here, person=person) if readers else acts.sign_up(person, here, first=True)
        )
    community = founded(SLUG, "Pump crews", readers[0], ORIGIN, BEGAN)
    for person in readers[1:]:
        invitation = acts.invite(readers[0], community, secret=person.name)
        acts.accept_invitation(person, invitation, secret=person.name)
    return community, readers


def _bring_in(community: Any, person: Any, archive: Iterator[Any]) -> None:
    from commonplace.archiving.importing.adapting import Adapting
    from commonplace.archiving.importing.batch import Import
    from commonplace.archiving.importing.writing import write

    as_it_is = Adapting("", lambda path: iter(()), lambda target: "")
    tally = write(archive, Import(person, community, ORIGIN, as_it_is, {}))
    assert not tally.quarantined, tally.quarantined[:3]


def records(posts: int, words: Words, chance: random.Random) -> Iterator[Any]:
    """Two thirds of the posts are answers and comments; the years are filled evenly up to yesterday."""
    from commonplace.archiving.records import (
        AnswerRecord,
        Author,
        CommentRecord,
        ConfirmationRecord,
        ExchangeRecord,
        PersonRecord,
    )

    people = [Author(str(number), f"Person {number}") for number in range(PEOPLE)]
    for author in people:
        yield PersonRecord(author.external_id, BEGAN, author.name)
    number, exchanges = 0, 0
    step, longs = (datetime.now(UTC) - timedelta(days=1) - BEGAN) / posts, max(1, posts // LONG)
    while number < posts:
        at, exchange, asker = BEGAN + step * number, str(number), chance.choice(people)
        topics = tuple({f"topic {chance.randrange(TOPICS)}", f"topic {int(chance.triangular(0, TOPICS, 0))}"})
        text = {"body": words.text(), "body_format": "remark"}
        yield ExchangeRecord(external_id=exchange, at=at, author=asker, title=words.title(), topics=topics, **text)
        is_long = number // longs > (number - 4) // longs or not exchanges
        answers = OF_LONG if is_long else chance.choice((0, 1, 1, 2, 2, 3, 5))
        number, exchanges = number + 1, exchanges + 1
        for one in range(answers):
            made = {"at": at + one * timedelta(minutes=7), "exchange": exchange, "author": chance.choice(people)}
            yield AnswerRecord(external_id=str(number), body=words.text(), body_format="remark", **made)
            answer, number = str(number), number + 1
            if chance.random() < 0.25:
                on = {**made, "about": answer, "body_format": "remark"}
                yield CommentRecord(external_id=str(number), body=words.some(8, 30), **on)
                number += 1
        if answers and chance.random() < 0.55:
            yield ConfirmationRecord(f"c{answer}", made["at"], asker, exchange, answer)


def _practices(community: Any, readers: list[Any], words: Words) -> None:
    from commonplace.consenting import acts as rounds
    from commonplace.consenting.kinds import Stand
    from commonplace.consenting.models import Proposal
    from commonplace.externalizing.models import Exchange
    from commonplace.internalizing import acts as application_acts
    from commonplace.internalizing.models import Application
    from commonplace.objectifying import acts
    from commonplace.objectifying.models import Practice, Version

    helped = Exchange.objects.filter(community=community, confirmations__isnull=False).distinct()
    sources = helped.everywhere("benchmark").order_by("-pk")[:PRACTICES]
    for number, source in enumerate(sources):
        scribe = readers[number % len(readers)]
        version = Version(**{part: words.text() for part in PARTS})
        practice = acts.distil(
            scribe, community, practice=Practice(title=words.title()), version=version, exchanges=[source]
        )
        for member in readers[5:8]:
            tried = Application(outcome="worked", where=words.some(2, 4))
            application_acts.apply(member, practice, application=tried)
        if number % 2:
            proposal = rounds.propose(scribe, practice, proposal=Proposal(number=1))
            for member in readers[:5]:
                rounds.take_stance(member, proposal, stance=Stand.CONSENT, reason="")
