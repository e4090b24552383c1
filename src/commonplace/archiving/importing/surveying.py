"""An archive is read once before anything is written: can it be read, is it that site, what will be where?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from commonplace.archiving.importing.digests import WHOSE, moment
from commonplace.archiving.importing.topics import topics_of
from commonplace.archiving.models import Imported
from commonplace.archiving.records import AnswerRecord, ExchangeRecord, Incoming, Quarantined, Record, Skipped
from commonplace.ledger import clock
from commonplace.untrusted.visible import folded

AT_ONCE = 500


@dataclass(slots=True)
class Survey:
    """When the first record happened; of questions and answers by key the time, and which question; their topics.

    `shared`: how many records have a number that is here already; `differing`: those of another time.
    """

    begun: datetime | None = None
    places: dict[str, tuple[datetime, str]] = field(default_factory=dict)
    topics: set[str] = field(default_factory=set)
    exchanges: int = 0
    shared: int = 0
    differing: int = 0

    @property
    def is_of_another_site(self) -> bool:
        return 2 * self.differing > self.shared


def surveyed(records: Iterable[Record], community: str, origin: str) -> Survey:
    """Raises `Refused` if a file cannot be read. `origin`: with whose records it is compared."""
    survey = Survey()
    for chunk in in_chunks(records):
        incoming = [record for record in chunk if not isinstance(record, Skipped | Quarantined)]
        for record in incoming:
            _note(survey, record)
        _compare(survey, incoming, community, origin)
    return survey


def in_chunks(records: Iterable[Record]) -> Iterator[list[Record]]:
    source = iter(records)
    while chunk := list(islice(source, AT_ONCE)):
        yield chunk


def _note(survey: Survey, record: Incoming) -> None:
    survey.begun = survey.begun or record.at
    if isinstance(record, ExchangeRecord):
        survey.exchanges += 1
        survey.topics |= {folded(name) for name in topics_of(record)}
    if isinstance(record, ExchangeRecord | AnswerRecord) and record.at <= clock.now():
        within = record.exchange if isinstance(record, AnswerRecord) else record.external_id
        survey.places[f"{record.kind} {record.external_id}"] = record.at, within


def _compare(survey: Survey, records: list[Incoming], community: str, origin: str) -> None:
    times = {f"{record.kind} {record.external_id}": moment(record) for record in records if isinstance(record, WHOSE)}
    here = Imported.objects.filter(community=community, origin=origin, key__in=times).exclude(at=None)
    for key, at in here.values_list("key", "at"):
        survey.shared += 1
        survey.differing += at != times[key]
