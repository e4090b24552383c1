"""Many at once: what somebody laid before themselves to bring in, judged row by row, confirmed at once.

`lay_out` reads and judges, `rejudge` says what status words mean, `confirm` brings in; `batch.rows` are its rows. What
others may see of one are `BatchRow.objects.visible_to(person)`.
"""

from commonplace.objectifying.batches.backing import Ticked, back_all, practices_of
from commonplace.objectifying.batches.comparing import difference
from commonplace.objectifying.batches.confirming import confirm
from commonplace.objectifying.batches.counting import Counts, StatusWord, counts, status_words
from commonplace.objectifying.batches.laying import lay_out
from commonplace.objectifying.batches.rejudging import rejudge

__all__ = [
    "Counts", "StatusWord", "Ticked", "back_all", "confirm", "counts", "difference", "lay_out", "practices_of",
    "rejudge", "status_words",
]  # fmt: skip
