"""Many at once: what somebody laid before themselves to bring in, judged row by row, confirmed at once.

`lay_out` reads and judges, `rejudge` says what status words mean, `confirm` brings in; `batch.rows` are its rows. What
others may see of one are `BatchRow.objects.visible_to(person)`.
"""

from commonplace.objectifying.batches.again import said_before
from commonplace.objectifying.batches.arriving import (
    arrived,
    can_be_read_again,
    lay_before,
    names_of_files,
    pasted,
    read_again,
)
from commonplace.objectifying.batches.backing import Ticked, back_all, backed, practices_of, to_back
from commonplace.objectifying.batches.before import before_a_round
from commonplace.objectifying.batches.comparing import Differences, difference
from commonplace.objectifying.batches.confirming import BROKEN_OFF, confirm, finish
from commonplace.objectifying.batches.counting import Counts, StatusWord, counts, status_words
from commonplace.objectifying.batches.dates import orders
from commonplace.objectifying.batches.drafts import begin, throw_away, tick
from commonplace.objectifying.batches.laying import lay_out
from commonplace.objectifying.batches.rejudging import rejudge, take_source
from commonplace.objectifying.batches.remarking import for_whom, of_reading, remarks, with_practices
from commonplace.objectifying.batches.sources import known_sources, spelled_otherwise
from commonplace.objectifying.batches.topics import topics_of

__all__ = [
    "BROKEN_OFF", "Counts", "Differences", "StatusWord", "Ticked", "arrived", "back_all", "backed", "before_a_round",
    "begin", "can_be_read_again", "confirm", "counts", "difference", "finish", "for_whom", "known_sources",
    "lay_before", "lay_out", "names_of_files", "of_reading", "orders", "pasted", "practices_of", "read_again",
    "rejudge", "remarks", "said_before", "spelled_otherwise", "status_words", "take_source", "throw_away", "tick",
    "to_back", "topics_of", "with_practices",
]  # fmt: skip
