"""How much a document may ask of the machine, and of whoever looks through what came in."""

from typing import Final

from commonplace.untrusted.archives import Limits

MB: Final = 1 << 20
# A zip is read ahead by as much as is asked for: a window of its limits must not come out of one piece.
PIECE: Final = 8 << 10
LARGEST_FILE: Final = 20 * MB
MOST_FILES: Final = 5_000
MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 200
# Letters of one document, or of one cell of a table.
LONGEST_TEXT: Final = 1_000_000
# Of all that one file gives: a cell that is written once may stand in every row.
LARGEST_ANSWER: Final = 64 * MB

# A folder or an archive of documents; pictures beside them are counted, never read.
GIVEN: Final = Limits(entries=20_000, total=LARGEST_FILE + MB, window=4 * MB)
MOST_OF_ALL: Final = 1_000 * MB

# Within one DOCX or XLSX.
# Of a table in which all rows look alike hundreds of bytes are packed into one; what it comes to is limited below.
PACKAGE: Final = Limits(entries=2_000, total=100 * MB, window=4 * MB, ratio=500)
MOST_OF_A_PACKAGE: Final = 100 * MB
DEEPEST: Final = 200

# Of the child that reads, for each file.
SECONDS: Final = 60
SECONDS_OF_ALL: Final = 1_800
MEMORY: Final = 1_024 * MB


def of_all(seconds: int) -> dict[str, int]:
    return {"megabytes": MOST_OF_ALL // MB, "seconds": seconds}
