"""Every move of theory §2.2 that objectifying knows: from which status to which, by whom, when; and why not. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from commonplace.objectifying.status import Matter, Outcome, Status

Paths = Mapping[Status | None, tuple[Status, ...]]
EXTERNALIZED, CANDIDATE, PROPOSED, ACCEPTED, CONTESTED, UNDER_REVISION, NOT_ACCEPTED, RETIRED = Status


def _(words: str) -> str:
    """Marks the words for translation; who shows them translates."""
    return words


@dataclass(frozen=True, slots=True)
class Move:
    """`case` is the matter of a round opened, or the outcome of one decided. No status before: the practice begins."""

    act: str
    step: str
    case: str
    paths: Paths
    who: str
    guard: str


def _stays(*statuses: Status) -> Paths:
    return {status: (status,) for status in statuses}


def _to(paths: Paths, *stays: Status) -> Paths:
    """These paths, and those that lead back to where they start."""
    return {**paths, **_stays(*stays)}


MEMBER = _("members of the community")
SPEAKER = _("members of the community who do not sponsor it, and are no bot")
DECIDER = _("a facilitator, no sponsor, who neither wrote nor opened what is decided")
ROUND = (PROPOSED, ACCEPTED, CONTESTED)
ANY = tuple(Status)

MOVES: tuple[Move, ...] = (
    Move("practice.distilled", "T4", "", {None: (EXTERNALIZED, CANDIDATE)}, MEMBER,
         _("It comes from exchanges of this community that helped. "
           "With when, how, why and limits it is a candidate.")),
    Move("practice.version_added", "T15", "",
         _to({EXTERNALIZED: (EXTERNALIZED, CANDIDATE), NOT_ACCEPTED: (CANDIDATE,)},
             CANDIDATE, PROPOSED, ACCEPTED, CONTESTED, UNDER_REVISION), MEMBER,
         _("Begun from the newest version; the text changes; what was complete stays complete.")),
    Move("practice.words_refused", "T4", "", _stays(*ANY),
         _("the person whose it is"), _("Within the days of the charter.")),
    Move("practice.steward_set", "T15", "", _stays(*(status for status in ANY if status != RETIRED)),
         _("facilitators of the community, or the steward, or a member while it has none"),
         _("The steward is a member, and was not before. Who only volunteers can name nobody else.")),
    Move("proposal.opened", "T6", Matter.ACCEPTANCE,
         _to({CANDIDATE: (PROPOSED,), UNDER_REVISION: (PROPOSED,)}, ACCEPTED), MEMBER,
         _("The newest version, complete, with the minimum evidence; no round is open; enough people may speak; "
           "a facilitator can decide it.")),
    Move("proposal.opened", "T14", Matter.SETTLEMENT, _stays(CONTESTED), MEMBER,
         _("The challenge is open; no round is open; enough people may speak; a facilitator can decide it.")),
    Move("proposal.stance", "T7", "", _stays(*ROUND), SPEAKER,
         _("A member since before the round opened; in time, on what is proposed now; "
           "with a reason for a concern or an objection.")),
    Move("proposal.objection_raised", "T7", "", _stays(*ROUND), SPEAKER,
         _("A member since before the round opened; in time; with a reason; none of their own stands.")),
    Move("proposal.objection_resolved", "T7", "", _stays(*ROUND),
         _("who raised the objection, or a facilitator who neither wrote nor opened what is decided"),
         _("Withdrawn by who raised it, or met by a newer version that the facilitator did not write.")),
    Move("proposal.amended", "T7", "", _stays(*ROUND),
         _("who opened the round, or who objects in it, or facilitators of the community"),
         _("A newer complete version; a facilitator can still decide it. Everyone is asked again.")),
    Move("proposal.decided", "T8", Outcome.ACCEPTED, _to({PROPOSED: (ACCEPTED,)}, ACCEPTED, CONTESTED), DECIDER,
         _("Closed, or all have spoken; quorum and units met by those who consent; no objection stands.")),
    Move("proposal.decided", "T8'", Outcome.RETURNED,
         _to({PROPOSED: (CANDIDATE, UNDER_REVISION)}, ACCEPTED, CONTESTED), DECIDER,
         _("Closed, or all have spoken; the rule is not met; with a reason.")),
    Move("proposal.decided", "T8'", Outcome.NOT_ACCEPTED,
         _to({PROPOSED: (NOT_ACCEPTED, CANDIDATE, UNDER_REVISION)}, ACCEPTED, CONTESTED), DECIDER,
         _("Closed, or all have spoken; the rule is not met; with a reason. "
           "A newer version makes it a candidate again.")),
    Move("challenge.raised", "T13", "", _to({ACCEPTED: (CONTESTED,)}, CONTESTED), MEMBER,
         _("It is accepted; with a reason; no challenge of their own is open; a report named is about it.")),
    Move("challenge.settled", "T14", Outcome.UPHELD, {CONTESTED: (CONTESTED, ACCEPTED)}, DECIDER,
         _("A settlement round accepted this outcome.")),
    Move("challenge.settled", "T14", Outcome.UNDER_REVISION, {CONTESTED: (CONTESTED, UNDER_REVISION)}, DECIDER,
         _("A settlement round accepted this outcome; it answers every open challenge.")),
    Move("challenge.settled", "T14", Outcome.RETIRED, {CONTESTED: (RETIRED,)}, DECIDER,
         _("A settlement round accepted this outcome; it answers every open challenge.")),
)  # fmt: skip

NO_ROUND = _("No round is open on this practice.")
NO_CHALLENGE = _("Nobody has challenged this practice.")
NOT_HELD = _("Only what is accepted can be challenged. Until then, say it in the round or write a new version.")
OVER = _("This practice is retired. It stays readable; nothing more is decided about it.")
WHY_NOT: dict[str, dict[Status, str]] = {
    "proposal.opened": {
        EXTERNALIZED: _("Complete it first: when, how, why and limits."),
        PROPOSED: _("A round on it is open already."),
        CONTESTED: _("It is challenged. Settle the challenge first."),
        NOT_ACCEPTED: _("It was not accepted as it is. Write a new version first."),
    },
    "proposal.opened settlement": dict.fromkeys(ANY, NO_CHALLENGE),
    "challenge.raised": dict.fromkeys(ANY, NOT_HELD),
    "challenge.settled": dict.fromkeys(ANY, NO_CHALLENGE),
    **dict.fromkeys(
        (
            "proposal.stance",
            "proposal.objection_raised",
            "proposal.objection_resolved",
            "proposal.amended",
            "proposal.decided",
        ),
        dict.fromkeys(ANY, NO_ROUND),
    ),
}


def moves(act: str, case: str = "") -> list[Move]:
    return [move for move in MOVES if move.act == act and case in ("", move.case)]


def leads_to(act: str, status: Status | None, case: str = "") -> set[Status]:
    """Where the act may lead from here; empty when it is refused."""
    return {end for move in moves(act, case) for end in move.paths.get(status, ())}


def refusal(act: str, status: Status, case: str = "") -> str | None:
    """Why the act is refused in this status, or None when it is allowed."""
    if leads_to(act, status, case):
        return None
    if status == RETIRED:
        return OVER
    return WHY_NOT.get(f"{act} {case}", WHY_NOT.get(act, {}))[status]
