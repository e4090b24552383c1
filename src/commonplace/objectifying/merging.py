"""Two people wrote at once: what only one of them changed is kept; where both changed a part, somebody says which."""

from dataclasses import dataclass

from commonplace.objectifying.differences import changes_in
from commonplace.objectifying.models import PARTS, Part, Version


@dataclass(frozen=True, slots=True)
class Merged:
    """`number`: of the version written meanwhile. `taken`: heading and HTML of what changed there and not in one's own
    text, so that it stands in that now; `both`: the same of each part that both changed, from theirs to one's own."""

    number: int
    texts: dict[Part, str]
    taken: list[tuple[str, str]]
    both: list[tuple[str, str]]
    conflicts: list[Part]


def merged(base: Version, theirs: Version, mine: Version) -> Merged:
    """`base`: the version that `mine` was begun from."""
    changed = theirs.parts_changed_from(base)
    taken = [part for part in changed if mine.words(part) == base.words(part)]
    conflicts = overwritten(base, theirs, mine, but=taken)
    return Merged(
        number=theirs.number,
        texts={part: getattr(theirs if part in taken else mine, part) for part in PARTS},
        taken=[changes_in(part, base, theirs) for part in taken],
        both=[changes_in(part, theirs, mine) for part in conflicts],
        conflicts=conflicts,
    )


def overwritten(began: Version, theirs: Version, mine: Version, but: list[Part] | None = None) -> list[Part]:
    """What somebody else has changed since one began, and one's own text says otherwise."""
    changed = [part for part in theirs.parts_changed_from(began) if part not in (but or ())]
    return [part for part in changed if mine.words(part) != theirs.words(part)]
