"""T15: writing a practice anew. What is agreed stays agreed."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.communities.naming import must_hide_nothing
from commonplace.communities.policy import member
from commonplace.communities.wording import must_fit
from commonplace.consenting.guards import must_have_words
from commonplace.consenting.kinds import Extent, Kind
from commonplace.consenting.models import Objection
from commonplace.consenting.models.objection import ObjectionQuerySet
from commonplace.files.holding import hold, must_name_few
from commonplace.ledger.act import ANYTHING, Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying.acts.audience import as_kept, must_be_somebody, next_for
from commonplace.objectifying.answering import must_be_answerable
from commonplace.objectifying.audience import Audience
from commonplace.objectifying.evidence import VersionAdded
from commonplace.objectifying.minor import must_be_minor
from commonplace.objectifying.models import PARTS, Answer, Bringing, Challenge, MinorEdit, Practice, Version
from commonplace.objectifying.moves import IS_REPLACED
from commonplace.objectifying.possible import must_be_possible
from commonplace.objectifying.reports import reports_on


def _can_be_rewritten(
    actor: Person,
    practice: Practice,
    *,
    version: Version,
    base: Version,
    minor: bool = False,
    answers: Sequence[Challenge] = (),
    audience: Audience | None = None,
    digest: str = "",
) -> None:
    must_be_possible("practice.version_added", practice)
    if practice.has_a_stand_in:
        raise NotPossible(_(IS_REPLACED))
    must_say_something(version)
    newest = practice.newest_version
    if base != newest:
        raise NotPossible(
            _("Meanwhile version %(number)s was written. Take over what you want of it, then save yours.")
            % {"number": newest.number}
        )
    other_people = _is_for_others(newest, audience)
    if not version.parts_changed_from(newest) and not other_people:
        raise NotPossible(_("Nothing has changed in the text."))
    if version.application and not reports_on(practice).filter(object=version.application).exists():
        raise NotPossible(_("This report is not about this practice. Write the version without it."))
    if version.meets and not objections_to(practice, actor).filter(pk=version.meets).exists():
        raise NotPossible(_("This objection is not against a text of this practice. Write the version without it."))
    if newest.is_complete and not version.is_complete:
        raise NotPossible(_("Keep when, how, why and limits: a part may change, but not be missing."))
    must_be_answerable(practice, answers, minor)
    if minor:
        must_be_minor(practice, version, base)
        if other_people:
            raise NotPossible(_("Whom it is for binds: it stays in a minor edit."), "minor")


def _is_for_others(newest: Version, audience: Audience | None) -> bool:
    if audience is None:
        return False
    must_be_somebody(audience)
    return as_kept(audience) != newest.for_whom


def _any_words(actor: Person, practice: Practice) -> dict[str, Version]:
    return {"version": Version(**dict.fromkeys(PARTS, ANYTHING)), "base": practice.newest_version}


@act(
    "practice.version_added",
    who=member,
    evidence=VersionAdded,
    guard=_can_be_rewritten,
    supposing=_any_words,
)
def revise(
    actor: Person,
    practice: Practice,
    *,
    version: Version,
    base: Version,
    minor: bool = False,
    answers: Sequence[Challenge] = (),
    audience: Audience | None = None,
    digest: str = "",
) -> Written[Version]:
    """Who: any member. Guard: not retired, nor replaced by a round; begun from the newest version; a change of its text
    or of whom it is for; complete stays complete; `minor`: from what is agreed on, nothing that binds changes, three at
    most since a round; `answers`: challenges of it that are open, none for a minor edit.
    Effect: a version; what is agreed stays so, until a round or, if it is minor, some days have passed.

    Of `version` the parts, the note, the report that it answers and the objection that it `meets` are taken: one
    raised in a round on this practice.
    `base`: the version whose text the writer had before them. `audience`: whom it is for, as before unless said.
    `digest`: of the text, where it came in anew from the source that the practice was brought in from.
    """
    row = written(practice, actor, base.number + 1, version, base, anew=not digest)
    also = next_for(row, base, audience)
    if minor:
        agreement = practice.agreements.in_force().get()
        MinorEdit.objects.create(practice=practice, version=row, agreement=agreement)
    if digest:
        Bringing.objects.filter(practice=practice).everywhere("whose text came in anew").update(digest=digest)
    named = list(dict.fromkeys(one.pk for one in answers))
    Answer.objects.bulk_create(Answer(version=row, challenge_id=one) for one in named)
    return Written(row, _added(row, base, minor, named), also=also)


def _added(row: Version, base: Version, minor: bool, named: list[str]) -> VersionAdded:
    return VersionAdded(
        number=row.number,
        base=base.number,
        complete=row.is_complete,
        extent=Extent.MINOR if minor else Extent.MAJOR,
        parts=row.parts_changed_from(base),
        meets=row.meets,
        from_applications=[row.application] if row.application else [],
        answers=named,
    )


def objections_to(practice: Practice, person: Person) -> ObjectionQuerySet:
    """What was raised in rounds on a text of it that this person reads."""
    rows: ObjectionQuerySet = Objection.objects.visible_to(person)
    return rows.filter(proposal__subject_id=practice.pk, proposal__matter=Kind.ACCEPTANCE)


def must_be_a_text(practice: Practice, version: Version) -> None:
    """Of a practice that begins with it."""
    must_have_words(practice.title, _("Say in one line what one does."), "title")
    must_hide_nothing(practice.title, "title")
    must_fit(practice, "title")
    must_say_something(version)


def must_say_something(version: Version) -> None:
    must_fit(version, *PARTS, "note", "application", "meets")
    must_name_few(*map(version.words, PARTS))
    if not any(map(version.words, PARTS)):
        raise NotPossible(_("Write down at least one of when, how, why and limits."))


def written(
    practice: Practice, author: Person, number: int, typed: Version, base: Version | None = None, anew: bool = True
) -> Version:
    """`base`: whose text it was begun from. `anew`: files that it names beside those of that are its author's word."""
    words = {part: typed.words(part) for part in PARTS}
    more = {"note": typed.note, "application": typed.application, "meets": typed.meets}
    row = practice.versions.create(author=author, number=number, **more, **words)
    was = [base.words(part) for part in PARTS] if base else []
    hold(row, practice.community, author, words.values(), was, of=base, anew=anew)
    return row
