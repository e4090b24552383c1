"""T5, T11: someone used a practice in real work and says how it went."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from commonplace.communities import policy
from commonplace.communities.models import Person
from commonplace.communities.wording import must_fit
from commonplace.files.holding import hold, must_name_few
from commonplace.internalizing.evidence import Reported
from commonplace.internalizing.models import Application, Help, Outcome
from commonplace.internalizing.setting import setting
from commonplace.ledger.act import ANYTHING, Written, act, may
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.haste import must_not_be_twice
from commonplace.objectifying.models import Practice, Version
from commonplace.objectifying.status import Status
from commonplace.untrusted.visible import is_blank

APPLICABLE = tuple(status for status in Status if status not in (Status.EXTERNALIZED, Status.NOT_ACCEPTED))
TYPED = ("outcome", "where", "adaptation", "help")


def _can_be_applied(
    actor: Person, practice: Practice, *, application: Application, version: Version | None = None
) -> None:
    if practice.status not in APPLICABLE:
        raise NotPossible(_("Uses are reported of what is a candidate or later, and was not refused."))
    shown = practice.versions.shown().get()
    if version is not None and version != shown:
        raise NotPossible(
            _("Meanwhile version %(number)s holds. Look at it; if this is true of it too, report it again.")
            % {"number": shown.number}
        )
    _must_say_how_it_went(application)
    _must_not_be_said_twice(actor, shown, application)


def _any_use(actor: Person, practice: Practice) -> dict[str, Application]:
    return {"application": Application(outcome=Outcome.WORKED, where=ANYTHING)}


@act("application.reported", who=policy.member, evidence=Reported, guard=_can_be_applied, supposing=_any_use)
def apply(
    actor: Person, practice: Practice, *, application: Application, version: Version | None = None
) -> Written[Application]:
    """Who: any member. Guard: a candidate or later, also once retired, and not refused; the version that the
    reporter read, if they say which, still holds; an outcome and a place; not the same twice.
    Effect: evidence for or against it."""
    typed = {name: getattr(application, name) for name in TYPED}
    here = {"community": practice.community, "practice": practice, "version": practice.versions.shown().get()}
    row = Application.objects.create(person=actor, **here, **typed)
    hold(row, practice.community, actor, [row.adaptation])
    return Written(row, _reported(actor, row))


def may_apply(person: Any, practice: Any) -> bool:
    """For a button."""
    return practice.status in APPLICABLE and may(apply, person, practice)


def _must_say_how_it_went(application: Application) -> None:
    try:
        application.clean_fields(exclude={field.name for field in application._meta.fields} - {*TYPED})
    except ValidationError as error:
        raise NotPossible(_("Say how it went, and where in a few words.")) from error
    if is_blank(application.where):
        raise NotPossible(_("Say how it went, and where in a few words."))
    must_fit(application, "where", "adaptation")
    must_name_few(application.adaptation)


def _must_not_be_said_twice(actor: Person, version: Version, application: Application) -> None:
    same = {name: getattr(application, name) for name in TYPED}
    before = Application.objects.filter(person=actor, version=version, **same)
    must_not_be_twice(_("You have just reported this."), before, "reported_at")


def _reported(actor: Person, application: Application) -> Reported:
    practice = application.practice
    return Reported(
        outcome=Outcome(application.outcome),
        by_author=practice.is_author(actor),
        originator=practice.is_originator(actor),
        help=Help(application.help),
        setting=setting(practice.pk, application.where),
        status=practice.status,
        number=application.version.number,
    )
