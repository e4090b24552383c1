"""A segment's file: sorted by community and time, with marks in its footer, and its digest in a file beside it."""

import json
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from commonplace.measuring.lake.columns import written_as
from commonplace.measuring.lake.place import Place
from commonplace.measuring.lake.segments import Segment
from commonplace.measuring.lake.unread import UNREAD

ROW_GROUP = 20_000
ORDER = [("community", "ascending"), ("happened_at", "ascending"), ("act", "ascending")]
MAGIC = 4


class Damaged(Exception):
    """The file is not what was written."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the file {name} is not what was written")


@dataclass(frozen=True, slots=True)
class Footer:
    """What a file says of itself: which acts cannot be read, when its last was recorded, as which columns."""

    acts: int
    unread: Counter[str]
    ends: str
    written_as: str


def write(place: Place, segment: Segment, acts: pa.Table) -> Footer:
    """The digest first: a segment never stands without one. A store elsewhere is asked once what it took."""
    footer = Footer(acts.num_rows, unread(acts), _ends(acts), written_as())
    content = _content(acts.sort_by(ORDER), footer)
    place.put(segment.seal, f"{sha256(content).hexdigest()}  {segment.name}\n".encode())
    place.put(segment.name, content)
    if not place.is_here:
        whole(place, segment)
    return footer


def _content(acts: pa.Table, footer: Footer) -> pa.Buffer:
    sink = pa.BufferOutputStream()
    with pq.ParquetWriter(sink, acts.schema, compression="zstd") as writer:
        writer.write_table(acts, ROW_GROUP)
        marks = {"unread": json.dumps(footer.unread), "ends": footer.ends, "written_as": footer.written_as}
        writer.add_key_value_metadata(marks)
    return sink.getvalue()


def unread(acts: pa.Table) -> Counter[str]:
    verbs = acts.filter(pc.is_valid(acts[UNREAD]))["verb"]
    return Counter(verbs.to_pylist())


def _ends(acts: pa.Table) -> str:
    last = acts.filter(pc.equal(acts["act"], pc.max(acts["act"])))
    return "".join(moment.isoformat() for moment in last["recorded_at"].to_pylist())


def footer(place: Place, segment: Segment, thorough: bool) -> Footer:
    """Of a file that begins and ends as it should and is as long as it says, or of which every byte is what was
    written; Damaged otherwise. Every byte first: Arrow aborts over some footers in which one bit is wrong."""
    try:
        with _opened(place, segment, thorough) as file:
            size, metadata = file.size(), pq.read_metadata(file)
        if size != _size(metadata):
            raise Damaged(segment.name)
        marks = {name.decode(): value.decode() for name, value in (metadata.metadata or {}).items()}
        unread = Counter(json.loads(marks["unread"]))
        return Footer(metadata.num_rows, unread, marks["ends"], marks["written_as"])
    except (OSError, pa.ArrowException, KeyError, ValueError) as error:
        raise Damaged(segment.name) from error


def _opened(place: Place, segment: Segment, thorough: bool) -> pa.NativeFile:
    return (
        pa.BufferReader(whole(place, segment)) if thorough else place.system.open_input_file(place.within(segment.name))
    )


def _size(metadata: pq.FileMetaData) -> int:
    """Pages, one after another; the footer, its length and the magic word at both ends."""
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    chunks = [group.column(number) for group in groups[-1:] for number in range(group.num_columns)]
    pages = max((_start(chunk) + chunk.total_compressed_size for chunk in chunks), default=MAGIC)
    return int(pages + metadata.serialized_size + 2 * MAGIC)


def _start(chunk: pq.ColumnChunkMetaData) -> int:
    return int(chunk.dictionary_page_offset or chunk.data_page_offset)


def read(place: Place, segment: Segment) -> pa.Table:
    try:
        return pq.read_table(pa.BufferReader(whole(place, segment)))
    except pa.ArrowException as error:
        raise Damaged(segment.name) from error


def whole(place: Place, segment: Segment) -> bytes:
    """The file, if every byte is what was written; Damaged otherwise."""
    try:
        content, seal = place.get(segment.name), place.get(segment.seal).decode()
    except (OSError, pa.ArrowException, ValueError) as error:
        raise Damaged(segment.name) from error
    if seal.split()[:1] != [sha256(content).hexdigest()]:
        raise Damaged(segment.name)
    return content
