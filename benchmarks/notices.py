"""What concerns 5,000 people is written for each, beside as many plain rows: `python benchmarks/notices.py [PEOPLE]`.

In a folder of its own on SQLite; on PostgreSQL in an empty database, by `.ci/with-postgresql`.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from serving import place

PEOPLE, MOST_SECONDS, TIMES = 5_000, 2, 3


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COMMONPLACE_DATA"] = str(Path(folder, "data"))
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonplace.web.settings")
        place.clear()
        measure(people)


def measure(people: int) -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    acts, due = prepared(people)
    plain = timed(lambda: rows_of(people))
    seconds = {verb: timed(lambda act=act: noted(act)) for verb, act in acts.items()}
    seconds["in three days it closes"] = timed(lambda: reminded(due))
    print(f"{people:,} people, {engine()}: as many plain rows {plain:.2f} s")
    for what, lasted in seconds.items():
        print(f"{what:>26} {lasted:>6.2f} s {lasted / plain:>6.1f} x plain rows")
    if max(seconds.values()) > MOST_SECONDS * people / PEOPLE:
        sys.exit(f"What concerns {PEOPLE:,} people is to be written within {MOST_SECONDS} s.")


def engine() -> str:
    from django.db import connection

    return "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"


def timed(work: Callable[[], Any]) -> float:
    """The shortest of some times: what else the machine did is no part of it."""
    return min(once(work) for _ in range(TIMES))


def once(work: Callable[[], Any]) -> float:
    from commonplace.corresponding.models import Notice

    Notice.objects.everywhere("a benchmark begins anew").delete()
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def prepared(people: int) -> tuple[dict[str, Any], Any]:
    """A round that asks all of them; one that is decided, of a practice that is for all of them."""
    from commonplace.ledger import clock
    from tests.corresponding.many import many
    from tests.objectifying.conftest import Crew
    from tests.story import Story

    crew = Crew(Story(), clock.now())
    many(crew.community, people)
    practice, other = crew.candidate(title="Asked of all"), crew.candidate(title="For all")
    asked, decided = crew.proposed(practice), crew.proposed(other)
    everybody_consents(decided)
    with clock.at(decided.closes_at + timedelta(hours=1)):
        crew.story.decide(crew.fay, decided)
    return {"opened": act("proposal.opened", asked), "decided": act("proposal.decided", decided)}, asked.closes_at


def everybody_consents(proposal: Any) -> None:
    from commonplace.consenting.kinds import Stand
    from commonplace.consenting.models import Stance
    from commonplace.ledger.act import writing

    with writing():
        Stance.objects.bulk_create(
            Stance(proposal=proposal, person_id=one, number=1, stance=Stand.CONSENT)
            for one in proposal.asked.values_list("person", flat=True)
        )


def act(verb: str, proposal: Any) -> Any:
    from commonplace.ledger.models import Act

    return Act.objects.filter(verb=verb, object=proposal.pk).everywhere("a benchmark").get()


def noted(act: Any) -> None:
    from django.db import transaction

    from commonplace.corresponding.noting import note

    with transaction.atomic():
        note([act])


def reminded(closes_at: Any) -> None:
    from django.db import transaction

    from commonplace.corresponding.reminding import remind
    from commonplace.ledger import clock

    with clock.at(closes_at - timedelta(days=2)), transaction.atomic():
        remind()


def rows_of(people: int) -> None:
    """As many rows of as many columns, of one person, written as fast as the same database does it."""
    from django.db import transaction

    from commonplace.communities.models import Community, Person
    from commonplace.corresponding.models import Notice
    from commonplace.ledger import clock

    person, here = Person.objects.accounts().first(), Community.objects.everywhere("a benchmark").first()
    assert person
    assert here
    row = {"person": person, "community": here, "occasion": "x", "because": "x", "thread_kind": "x", "thread": here.pk}
    with transaction.atomic():
        rows = (Notice(act=-number, at=clock.now(), **row) for number in range(1, people + 1))
        Notice.objects.bulk_create(rows, batch_size=1_000)


if __name__ == "__main__":
    main()
