"""T5, T11: someone used a practice in real work and says how it went."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities import policy
from commonplace.communities.models import Person
from commonplace.internalizing.evidence import Reported
from commonplace.internalizing.models import Application, Outcome
from commonplace.internalizing.setting import setting
from commonplace.ledger import clock
from commonplace.ledger.act import Written, act, may
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying.models import Practice
from commonplace.objectifying.possible import status_of
from commonplace.objectifying.status import Status

APPLICABLE = (Status.CANDIDATE, Status.PROPOSED, Status.ACCEPTED, Status.CONTESTED, Status.UNDER_REVISION)
TWICE = timedelta(minutes=10)


def _can_be_applied(actor: Person, practice: Practice, *, application: Application) -> None:
    if status_of(practice) not in APPLICABLE:
        raise NotPossible(_("Applications are reported for what is a candidate or later, and not retired or refused."))
    same = {name: getattr(application, name) for name in ("outcome", "where", "adaptation", "with_author")}
    before = Application.objects.filter(person=actor, version__in=practice.versions.shown(), **same)
    if before.since(clock.now() - TWICE).everywhere("guard").exists():
        raise NotPossible(_("You have just reported this."))


@act("application.reported", who=policy.member, evidence=Reported, guard=_can_be_applied)
def apply(actor: Person, practice: Practice, *, application: Application) -> Written[Application]:
    """Who: any member. Guard: a candidate or later, still standing; not the same twice. Effect: evidence for or against it."""
    application.practice, application.person = practice, actor
    application.version = practice.versions.shown().get()
    application.save(force_insert=True)
    return Written(application, _reported(actor, application))


def may_apply(person: Any, practice: Any) -> bool:
    """For a button; `practice` has its status."""
    return practice.status in APPLICABLE and may(apply, person, practice)


def _reported(actor: Person, application: Application) -> Reported:
    practice = application.practice
    return Reported(
        outcome=Outcome(application.outcome),
        by_author=practice.is_author(actor),
        originator=practice.is_originator(actor),
        with_author=application.with_author,
        setting=setting(practice.pk, application.where),
        status=status_of(practice),
        number=application.version.number,
    )
