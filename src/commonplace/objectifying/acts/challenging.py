"""T13: what is accepted can be challenged by anyone who belongs."""

from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.communities.wording import must_fit
from commonplace.ledger.act import ANYTHING, Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying import policy
from commonplace.objectifying.evidence import ChallengeRaised
from commonplace.objectifying.models import Challenge, Practice
from commonplace.objectifying.possible import must_be_possible, must_have_words
from commonplace.objectifying.reports import reports_on


def _can_be_challenged(actor: Person, practice: Practice, *, challenge: Challenge) -> None:
    must_be_possible("challenge.raised", practice)
    must_fit(challenge, "reason", "case", "application")
    must_have_words(challenge.reason, _("Say why: what did not hold?"))
    if practice.challenges.open().filter(raised_by=actor).exists():
        raise NotPossible(_("Your challenge is open already."))
    if challenge.application and not reports_on(practice).filter(object=challenge.application).exists():
        raise NotPossible(_("This report is not about this practice. Challenge it without one."))


def _any_reason(actor: Person, practice: Practice) -> dict[str, Challenge]:
    return {"challenge": Challenge(reason=ANYTHING)}


@act(
    "challenge.raised",
    who=policy.member,
    evidence=ChallengeRaised,
    guard=_can_be_challenged,
    supposing=_any_reason,
)
def challenge(actor: Person, practice: Practice, *, challenge: Challenge) -> Written[Challenge]:
    """Who: any member, a newcomer too. Guard: it is accepted; a reason; a report on it, if one is named.
    Effect: the practice shows it at once, until it is settled.

    Of `challenge` reason, case and application are taken.
    """
    words = {"reason": challenge.reason, "case": challenge.case, "application": challenge.application}
    row = practice.challenges.create(raised_by=actor, **words)
    agreed = practice.agreements.in_force().get().version.number
    return Written(row, ChallengeRaised(number=agreed, application=row.application))
