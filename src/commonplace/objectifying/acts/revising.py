"""T15: writing a practice anew. What is agreed stays agreed."""

from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.communities.policy import member
from commonplace.communities.wording import must_fit
from commonplace.ledger.act import ANYTHING, Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying.evidence import VersionAdded
from commonplace.objectifying.models import PARTS, Practice, Version
from commonplace.objectifying.possible import must_be_possible


def _can_be_rewritten(actor: Person, practice: Practice, *, version: Version, base: Version | None = None) -> None:
    must_be_possible("practice.version_added", practice)
    must_say_something(version)
    newest = practice.newest_version
    if base and base != newest:
        raise NotPossible(
            _("Meanwhile version %(number)s was written. Look at it, then save yours.") % {"number": newest.number}
        )
    if not version.parts_changed_from(newest):
        raise NotPossible(_("Nothing has changed in the text."))
    if newest.is_complete and not version.is_complete:
        raise NotPossible(_("Keep when, how, why and limits: a part may change, but not be missing."))


def _any_words(actor: Person, practice: Practice) -> dict[str, Version]:
    return {"version": Version(**dict.fromkeys(PARTS, ANYTHING))}


@act(
    "practice.version_added",
    who=member,
    evidence=VersionAdded,
    guard=_can_be_rewritten,
    supposing=_any_words,
)
def revise(actor: Person, practice: Practice, *, version: Version, base: Version | None = None) -> Written[Version]:
    """Who: any member. Guard: not retired; begun from the newest version; a change; complete stays complete.
    Effect: a version; what is agreed stays so.

    Of `version` the parts and the note are taken. `base`: the version that the writer had before them.
    """
    before = practice.newest_version
    row = written(practice, actor, before.number + 1, version)
    changed = row.parts_changed_from(before)
    return Written(row, VersionAdded(number=row.number, base=before.number, complete=row.is_complete, parts=changed))


def must_say_something(version: Version) -> None:
    must_fit(version, *PARTS, "note")
    if not any(map(version.words, PARTS)):
        raise NotPossible(_("Write down at least one of when, how, why and limits."))


def written(practice: Practice, author: Person, number: int, typed: Version) -> Version:
    words = {part: typed.words(part) for part in PARTS}
    return practice.versions.create(author=author, number=number, note=typed.note, **words)
