"""Two people wrote at once: what only one of them changed is kept; where both changed a part, somebody says which."""

from dataclasses import dataclass

from commonplace.objectifying.audience import Audience
from commonplace.objectifying.differences import changes_in, for_others
from commonplace.objectifying.models import PARTS, Part, Version
from commonplace.objectifying.reach import named, spelled

Change = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Merged:
    """`number`: of the version written meanwhile. `taken`: heading and HTML of what changed there and not in one's own
    text, so that it stands in that now; `both`: the same of each part that both changed, from theirs to one's own.
    `audience`: whom it is for in one's own form by now."""

    number: int
    texts: dict[Part, str]
    taken: list[Change]
    both: list[Change]
    conflicts: list[Part]
    audience: Audience | None


def merged(base: Version, theirs: Version, mine: Version, audience: Audience | None) -> Merged:
    """`base`: the version that `mine` was begun from."""
    changed = theirs.parts_changed_from(base)
    taken = [part for part in changed if mine.words(part) == base.words(part)]
    conflicts = overwritten(base, theirs, mine, but=taken)
    taken_over, both_said, for_whom = _for_whom(base, theirs, audience)
    return Merged(
        number=theirs.number,
        texts={part: getattr(theirs if part in taken else mine, part) for part in PARTS},
        taken=[*(changes_in(part, base, theirs) for part in taken), *taken_over],
        both=[*(changes_in(part, theirs, mine) for part in conflicts), *both_said],
        conflicts=conflicts,
        audience=for_whom,
    )


def overwritten(began: Version, theirs: Version, mine: Version, but: list[Part] | None = None) -> list[Part]:
    """What somebody else has changed since one began, and one's own text says otherwise."""
    changed = [part for part in theirs.parts_changed_from(began) if part not in (but or ())]
    return [part for part in changed if mine.words(part) != theirs.words(part)]


def _for_whom(
    base: Version, theirs: Version, mine: Audience | None
) -> tuple[list[Change], list[Change], Audience | None]:
    """What of whom it is for is taken over, what both changed, and what stands in one's own form."""
    before, now = base.for_whom, theirs.for_whom
    if now in (before, mine):
        return [], [], mine
    if mine in (None, before):
        return [for_others(named(base), named(theirs))], [], now
    return [], [for_others(named(theirs), spelled(mine or before))], mine
