"""Whether a version changes nothing that binds, so that it may hold without a round; and the edit that waits."""

from django.conf import settings
from django.utils.translation import gettext as _

from commonplace.consenting.kinds import Extent
from commonplace.consenting.rule import binding_changed
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying.models import PARTS, MinorEdit, Part, Practice, Version

BINDING = frozenset({Part.CONTEXT, Part.HOW, Part.LIMITS})


def must_be_minor(practice: Practice, version: Version, base: Version) -> None:
    if base.number != practice.course.agreed:
        raise NotPossible(_("A minor edit begins from the version that is agreed on."), "minor")
    if _is_put(practice):
        raise NotPossible(_("A round on it is open: what changes now goes there."), "minor")
    if waiting(practice):
        raise NotPossible(_("A minor edit waits already. One after the other."), "minor")
    if binding_changed(_words(base), _words(version), frozenset(part.value for part in BINDING)):
        raise NotPossible(
            _("This changes what binds: when, how, limits and every number stay word for word in a minor edit."),
            "minor",
        )
    if _since_the_last_round(practice) >= settings.MINOR_MOST:
        raise NotPossible(_("After three minor edits the next change is put to consent."), "minor")


def waiting(practice: Practice) -> MinorEdit | None:
    """Whoever put its version to consent made it a round."""
    return practice.minor_edits.waiting().select_related("version", "agreement", "fine_by").first()


def extent_of(practice: Practice, number: int) -> Extent:
    """As it was written: a minor edit that was put to consent stays one."""
    is_minor = practice.minor_edits.filter(version__number=number).exists()
    return Extent.MINOR if is_minor else Extent.MAJOR


def _is_put(practice: Practice) -> bool:
    return practice.course.on > 0


def _since_the_last_round(practice: Practice) -> int:
    agreement = practice.agreements.in_force().get()
    return practice.minor_edits.filter(agreement__proposal=agreement.proposal_id).count()


def _words(version: Version) -> dict[str, str]:
    return {part.value: version.words(part) for part in PARTS}
