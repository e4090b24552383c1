"""T13, T14: what is accepted can be challenged by anyone who belongs, and shared; a challenge ends, also by itself."""

from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.communities.wording import must_fit
from commonplace.consenting.guards import must_have_words
from commonplace.consenting.kinds import Kind, Outcome
from commonplace.consenting.models import Proposal
from commonplace.files.holding import hold, must_name_few
from commonplace.ledger import clock
from commonplace.ledger.act import ANYTHING, Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying import policy
from commonplace.objectifying.evidence import ChallengeRaised, ChallengeSettled, ChallengeShared, ChallengeTakenBack
from commonplace.objectifying.models import GROUNDS, Challenge, Practice, Settlement, Share
from commonplace.objectifying.possible import must_be_possible
from commonplace.objectifying.reports import reports_on
from commonplace.objectifying.settling import days_open, without_a_round
from commonplace.objectifying.status import ChallengeGround, Settled

WHY = "whether a round settles it"


def _can_be_challenged(actor: Person, practice: Practice, *, challenge: Challenge) -> None:
    must_be_possible("challenge.raised", practice)
    must_fit(challenge, "reason", "case", "application")
    must_name_few(challenge.reason, challenge.case)
    if challenge.ground not in GROUNDS:
        raise NotPossible(_("Say what is wrong with it."), "ground")
    must_have_words(challenge.reason, _("Say why: what did not hold?"))
    _must_be_of_what_holds(practice, challenge.number)
    _must_say_something_new(actor, practice, challenge)
    if challenge.application and not reports_on(practice).filter(object=challenge.application).exists():
        raise NotPossible(_("This report is not about this practice. Challenge it without one."))


def _any_reason(actor: Person, practice: Practice) -> dict[str, Challenge]:
    """At best it is a new case, on a ground on which they have not challenged it."""
    mine = practice.challenges.open().filter(raised_by=actor.pk).values_list("ground", flat=True)
    free = next((ground for ground in ChallengeGround if ground not in mine), ChallengeGround.FAILED)
    return {"challenge": Challenge(ground=free, reason=ANYTHING, case=ANYTHING)}


@act(
    "challenge.raised",
    who=policy.member,
    evidence=ChallengeRaised,
    guard=_can_be_challenged,
    supposing=_any_reason,
)
def challenge(actor: Person, practice: Practice, *, challenge: Challenge) -> Written[Challenge]:
    """Who: any member, a newcomer too. Guard: it is accepted, or in force by another authority; a ground, a
    reason; one by one person on one ground; once settled or taken back, only with a new case or when somebody shares
    it; a report on it, if one is named.
    Effect: the practice shows it at once, until it is settled.

    Of `challenge` ground, reason, case and application are taken, and the number that its writer read, if they say it.
    """
    typed = {name: getattr(challenge, name) for name in ("ground", "reason", "case", "application")}
    row = practice.challenges.create(raised_by=actor, number=practice.course.in_force, **typed)
    hold(row, practice.community, actor, [row.reason, row.case])
    evidence = ChallengeRaised(number=row.number, application=row.application, ground=ChallengeGround(challenge.ground))
    return Written(row, evidence)


def _can_be_shared(actor: Person, challenge: Challenge) -> None:
    if not challenge.may_be_raised_again:
        raise NotPossible(_("This challenge is settled already."))
    if challenge.raised_by_id == actor.pk:
        raise NotPossible(_("You raised it: somebody else says that they see it too."))
    if challenge.shares.filter(person=actor).exists():
        raise NotPossible(_("You have said already that you see it too."))


@act("challenge.shared", who=policy.reviewer, evidence=ChallengeShared, guard=_can_be_shared)
def share(actor: Person, challenge: Challenge) -> Written[Share]:
    """Who: a member, no bot, no sponsor. Guard: not one's own; open, or settled so that the practice went on; once.
    Effect: nobody needs to settle it in time for it to count; it may be raised again."""
    row = challenge.shares.create(person=actor)
    return Written(row, ChallengeShared(challenge=challenge.pk))


def _can_be_taken_back(actor: Person, challenge: Challenge) -> None:
    _must_be_open(challenge)
    rounds = Proposal.objects.on(challenge.practice, Kind.SETTLEMENT).filter(about=challenge.pk)
    decided = rounds.exclude(decided_at=None).exclude(outcome=Outcome.WITHDRAWN)
    if decided.everywhere(WHY).exists():
        raise NotPossible(_("A round on it has been decided: it is the community's by now."))


@act("challenge.taken_back", who=policy.raiser, evidence=ChallengeTakenBack, guard=_can_be_taken_back)
def take_back_challenge(actor: Person, challenge: Challenge) -> Written[Settlement]:
    """Who: who raised it. Guard: not settled, and no round on it decided. Effect: it is settled; a round on it that is
    open can only be returned."""
    row = Settlement.objects.create(challenge=challenge, outcome=Settled.TAKEN_BACK)
    return Written(row, ChallengeTakenBack(challenge=challenge.pk, days_open=days_open(challenge)))


def _has_waited(actor: Any, challenge: Challenge) -> None:
    _must_be_open(challenge)
    if clock.now() < challenge.ends_at:
        raise NotPossible(_("A round can still settle it."))
    rounds = Proposal.objects.on(challenge.practice, Kind.SETTLEMENT).filter(about=challenge.pk)
    if rounds.open().everywhere(WHY).exists():
        raise NotPossible(_("A round on it is open."))


@act(
    "challenge.settled",
    who=policy.by_rule,
    evidence=ChallengeSettled,
    guard=_has_waited,
    of=("proposal.decided", "challenge.settled"),
)
def settle_in_time(actor: Any, challenge: Challenge) -> Written[Any]:
    """Who: the rule, or a round that answers it. Guard: a round is decided; or CHALLENGE_DAYS have passed, and none is
    open. Effect: upheld, under revision, retired, answered by what was accepted since. By time: under revision where a
    second member shares it or a failed report stands behind it; else unsettled, and the next review opens."""
    first, *rest = without_a_round(challenge)
    return Written(first.row, first.evidence, also=rest)


def _must_be_open(challenge: Challenge) -> None:
    if not challenge.is_open:
        raise NotPossible(_("This challenge is settled already."))


def _must_be_of_what_holds(practice: Practice, number: int | None) -> None:
    """A page shown before a newer version was agreed on speaks of what does not hold any more."""
    if number and number != practice.course.in_force:
        raise NotPossible(
            _("Meanwhile version %(number)s was agreed on. Read it, then say what does not hold.")
            % {"number": practice.course.in_force}
        )


def _must_say_something_new(actor: Person, practice: Practice, challenge: Challenge) -> None:
    mine = practice.challenges.filter(raised_by=actor, ground=challenge.ground).select_related("settlement")
    settled = list(mine.order_by("raised_at", "pk"))
    if any(one.is_open for one in settled):
        raise NotPossible(_("Your challenge on this ground is open already."))
    if not settled or settled[-1].shares.exists():
        return
    cases = {one.case.strip() for one in settled} | {""}
    if challenge.case.strip() in cases:
        raise NotPossible(
            _("Yours on this ground was settled or taken back. Tell a new case, or let somebody see it too."),
            "case",
        )
