"""What becomes of its text: newer versions, minor edits, for whom it is."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonplace.communities.occasions import Because, Concern, Named, Occasion, Told
from commonplace.consenting.kinds import Extent
from commonplace.consenting.models import Objection
from commonplace.ledger.models import Act
from commonplace.objectifying.acts.audience import OF
from commonplace.objectifying.contributions.occasions import whom
from commonplace.objectifying.evidence import MinorEdited, VersionAdded
from commonplace.objectifying.models import Challenge, MinorEdit

WRITTEN_FOR = {
    "objected": Because(_("it was written to meet your objection"), at_once=True),
    "challenged": Because(_("it says that it answers your challenge")),
}
OF_EDIT = {"wrote": Because(_("you wrote the edit")), "fine": Because(_("you found it fine")), **whom.OF_PRACTICE}


def _is_minor(act: Act) -> bool:
    return VersionAdded.of(act).extent == Extent.MINOR


def _version(act: Act) -> Iterator[Concern]:
    added = VersionAdded.of(act)
    met = Objection.objects.filter(pk=added.meets).everywhere(whom.WHY).values_list("raised_by", flat=True)
    yield from (Concern(person, "objected") for person in (met if added.meets else ()))
    answered = Challenge.objects.filter(pk__in=added.answers).everywhere(whom.WHY).values_list("raised_by", flat=True)
    yield from (Concern(person, "challenged") for person in (answered if added.answers else ()))
    yield from whom.of(act, "cares", "began", "credited", "used")


def _edit(act: Act) -> Iterator[Concern]:
    number = str(VersionAdded.of(act).number)
    yield from (one._replace(about=number) for one in whom.of(act))


def _fine(act: Act) -> Iterator[Concern]:
    """Also that it holds by now, and that whoever wrote it took it back."""
    edit = MinorEdit.objects.everywhere(whom.WHY).select_related("version").get(pk=act.object)
    concerns = [Concern(edit.version.author_id, "wrote"), *whom.of(act)]
    if edit.fine_by_id:
        concerns.append(Concern(edit.fine_by_id, "fine"))
    yield from (one._replace(about=str(MinorEdited.of(act).number)) for one in concerns)


def _is_by_itself(act: Act) -> bool:
    """Not as a version says it that is told of as such."""
    same = Act.objects.filter(subject=act.subject, verb__in=OF, actor=act.actor, happened_at=act.happened_at)
    return not same.everywhere(whom.WHY).exists()


def _at_version(notice: Told, named: Named) -> str:
    return reverse("practice_version", args=[named.community.slug, notice.thread, notice.about])


OF_TEXTS = (
    Occasion(
        name="version", verbs=("practice.version_added",), thread="practice", what=_("%(who)s wrote a new version"),
        is_one=lambda act: not _is_minor(act), concerns=_version, because={**WRITTEN_FOR, **whom.OF_PRACTICE},
        followed=True,
    ),
    Occasion(
        name="minor_edit", verbs=("practice.version_added",), thread="practice",
        what=_("%(who)s made a minor edit, which waits for somebody to find it fine"), is_one=_is_minor,
        concerns=_edit, because=whom.OF_PRACTICE, href=_at_version,
    ),
    Occasion(
        name="minor_fine", verbs=("practice.minor_fine",), thread="practice",
        what=_("%(who)s found a minor edit fine"), concerns=_fine, because=OF_EDIT, href=_at_version,
    ),
    Occasion(
        name="minor_agreed", verbs=("practice.minor_agreed",), thread="practice", what=_("A minor edit holds"),
        concerns=_fine, because=OF_EDIT, href=_at_version,
    ),
    Occasion(
        name="minor_taken_back", verbs=("practice.minor_taken_back",), thread="practice",
        what=_("%(who)s took a minor edit back"), concerns=_fine, because=OF_EDIT, href=_at_version,
    ),
    Occasion(
        name="audience_set", verbs=("practice.audience_set",), thread="practice", what=_("%(who)s set whom it is for"),
        is_one=_is_by_itself, concerns=whom.of, because=whom.OF_PRACTICE,
    ),
)  # fmt: skip
