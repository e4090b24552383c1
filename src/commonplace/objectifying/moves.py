"""Every move of theory §2.2 that objectifying knows: from which status to which, by whom, when; and why not. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from commonplace.consenting.kinds import Kind, Outcome
from commonplace.objectifying.status import OVER, Settled, Status

Paths = Mapping[Status | None, tuple[Status, ...]]
(
    EXTERNALIZED, CANDIDATE, BROUGHT, PROPOSED, ACCEPTED, CONTESTED, UNDER_REVISION, NOT_ACCEPTED, SET_ASIDE, REPLACED,
    RETIRED,
) = Status  # fmt: skip


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


def _all_to(end: Status, *starts: Status) -> Paths:
    return dict.fromkeys(starts, (end,))


MEMBER = _("members of the community")
ASKED = _("who was asked when the round opened")
REVIEWER = _("members of the community, no bots, no sponsors")
PURSUER = _("who wrote it, its steward, or facilitators of the community")
RULE = _("the rule: the worker, or anybody who was asked, records it")
RETURNER = _("a facilitator, no sponsor, without a part in it; after some days the rule by itself")
HELD_ONCE = (BROUGHT, ACCEPTED, CONTESTED, PROPOSED, UNDER_REVISION)
ROUND = (BROUGHT, PROPOSED, ACCEPTED, CONTESTED, UNDER_REVISION, REPLACED, RETIRED)
DUPLICATE = "duplicate"
ANY = tuple(Status)

ENDED_PROPOSED: Paths = {PROPOSED: (CANDIDATE, BROUGHT, UNDER_REVISION, NOT_ACCEPTED, PROPOSED)}
MOVES: tuple[Move, ...] = (
    Move("practice.distilled", "T4", "", {None: (EXTERNALIZED, CANDIDATE)}, MEMBER,
         _("It comes from exchanges of this community that helped. "
           "With when, how, why and limits it is a candidate.")),
    Move("practice.credited", "T4", "", _stays(EXTERNALIZED, CANDIDATE), PURSUER,
         _("No round was ever opened on it. Those named took part in its exchanges, or wrote it down.")),
    Move("practice.brought", "T4'", "", {None: (BROUGHT,)}, MEMBER,
         _("One of when, how, why and limits at least; what it is from and by whose authority it is in force. Another "
           "community's practice is one that they may read, and once.")),
    Move("practice.backed", "T6", "", _stays(BROUGHT, PROPOSED, CONTESTED), REVIEWER,
         _("Somebody else brought it in; once.")),
    Move("practice.version_added", "T15", "",
         _to({EXTERNALIZED: (EXTERNALIZED, CANDIDATE), NOT_ACCEPTED: (CANDIDATE,),
              SET_ASIDE: (EXTERNALIZED, CANDIDATE, BROUGHT), REPLACED: (EXTERNALIZED, CANDIDATE, BROUGHT)},
             CANDIDATE, BROUGHT, PROPOSED, ACCEPTED, CONTESTED, UNDER_REVISION), MEMBER,
         _("Begun from the newest version; the text changes; what was complete stays complete. "
           "It takes up again what was set aside, or replaced and never agreed on.")),
    Move("practice.audience_set", "T6", "",
         _stays(EXTERNALIZED, CANDIDATE, BROUGHT, PROPOSED, ACCEPTED, CONTESTED, UNDER_REVISION), PURSUER,
         _("Of the newest version, until it is put to consent; later by a new version.")),
    Move("practice.filed", "T15", "", _stays(*(status for status in ANY if status not in OVER)), MEMBER,
         _("At most six topics, others than now: they are no part of what is agreed on.")),
    Move("practice.minor_fine", "T15", "", _stays(ACCEPTED, CONTESTED), REVIEWER,
         _("A minor edit waits: nothing that binds changes in it. Somebody else's; once.")),
    Move("practice.minor_taken_back", "T15", "", _stays(ACCEPTED, CONTESTED), _("who wrote the version"),
         _("A minor edit waits.")),
    Move("practice.minor_agreed", "T15", "", _stays(ACCEPTED), _("the rule itself, in time"),
         _("Found fine, MINOR_DAYS ago, nobody made it a round; no challenge and no round is open.")),
    Move("practice.set_aside", "T17", "", _all_to(SET_ASIDE, EXTERNALIZED, CANDIDATE, BROUGHT, NOT_ACCEPTED), PURSUER,
         _("Never agreed on, and no round on it; with a reason.")),
    Move("practice.replaced", "T17", DUPLICATE,
         _all_to(REPLACED, EXTERNALIZED, CANDIDATE, BROUGHT, NOT_ACCEPTED, SET_ASIDE), PURSUER,
         _("Never agreed on, and no round on it; with a reason, and another practice here that goes on.")),
    Move("practice.replaced", "T17", Kind.RETIREMENT,
         _all_to(REPLACED, BROUGHT, ACCEPTED, CONTESTED, UNDER_REVISION, PROPOSED), PURSUER,
         _("A round accepted its end, and named the practice that stands in.")),
    Move("practice.retired", "T17", "", _all_to(RETIRED, BROUGHT, ACCEPTED, CONTESTED, UNDER_REVISION, PROPOSED), RULE,
         _("A round accepted its end, or settled a challenge by it.")),
    Move("practice.words_refused", "T4", "", _stays(*ANY),
         _("the person whose it is"), _("Within the days of the charter.")),
    Move("practice.steward_set", "T15", "", _stays(*(status for status in ANY if status not in OVER)),
         _("facilitators of the community, or the steward, or a member while it has none"),
         _("The steward is a member, and was not before. Who only volunteers can name nobody else.")),
    Move("proposal.opened", "T6", Kind.ACCEPTANCE,
         _to({CANDIDATE: (PROPOSED,), BROUGHT: (PROPOSED,), UNDER_REVISION: (PROPOSED,)}, ACCEPTED, CONTESTED), MEMBER,
         _("The newest version, complete, with the minimum evidence; no round on its acceptance is open, else it "
           "waits its turn; two people at least may speak.")),
    Move("proposal.opened", "T14", Kind.SETTLEMENT, _stays(CONTESTED), MEMBER,
         _("The challenge is open; no round on a settlement is open, else it waits its turn; "
           "two people at least may speak.")),
    Move("proposal.opened", "T17", Kind.RETIREMENT, _stays(BROUGHT, ACCEPTED, CONTESTED, UNDER_REVISION), MEMBER,
         _("What was agreed on last, or brought in; with a reason; what is to stand in is another practice here that "
           "goes on; no round on its end is open, else it waits its turn; two people at least may speak.")),
    Move("proposal.lined_up", "T6", "", _stays(BROUGHT, PROPOSED, ACCEPTED, CONTESTED, UNDER_REVISION), MEMBER,
         _("A round on the same is open, and about something else; one per person.")),
    Move("proposal.line_left", "T6", "", _stays(*ANY), _("who put it in the line, or the rule itself"),
         _("It waits: taken back; or its turn came, and it could not be put any more.")),
    Move("proposal.question_asked", "T7", "", _stays(*ROUND), MEMBER,
         _("In time; words that are pointed at are in the text.")),
    Move("proposal.question_answered", "T7", "", _stays(*ROUND), MEMBER, _("In time.")),
    Move("proposal.stance", "T7", "", _stays(*ROUND), ASKED,
         _("In time, on the text as it is now; with a reason for a concern or an objection. "
           "What is entered for somebody counts when they confirm it.")),
    Move("proposal.objection_raised", "T7", "", _stays(*ROUND), ASKED,
         _("In time; with ground and harm. A facilitator raises one in a round for somebody unnamed.")),
    Move("proposal.objection_restated", "T7", "", _stays(*ROUND),
         _("who opened the round, wrote its text or was asked in it, and did not raise the objection"),
         _("In time; it stands; its raiser has not said yet that it is understood.")),
    Move("proposal.objection_understood", "T7", "", _stays(*ROUND), _("who raised the objection"),
         _("Somebody has said how they understand it. Nothing in the rule depends on it.")),
    Move("proposal.objection_answered", "T7", "", _stays(*ROUND), _("a facilitator, no sponsor, without a part in it"),
         _("The text has changed since; its raiser may say no.")),
    Move("proposal.objection_kept", "T7", "", _stays(*ROUND), _("who raised the objection"),
         _("Somebody said that the text meets it.")),
    Move("proposal.objection_resolved", "T7", "", _stays(*ROUND),
         _("who raised the objection; who takes it up; at the end the rule"),
         _("Withdrawn, or met by a change that its raiser sees so; taken up where its raiser has left.")),
    Move("proposal.amended", "T7", "", _stays(*ROUND), _("who opened the round; a facilitator, if they left"),
         _("In time, twice at most, to a newer complete version that says something else. "
           "Where something that binds has changed, everybody is asked again.")),
    Move("proposal.withdrawn", "T8'", Kind.ACCEPTANCE,
         _to(ENDED_PROPOSED, BROUGHT, ACCEPTED, CONTESTED, UNDER_REVISION, *OVER),
         _("who opened the round"), _("Until it closes; with a reason.")),
    Move("proposal.withdrawn", "T8'", Kind.SETTLEMENT, _stays(*ROUND), _("who opened the round"),
         _("Until it closes; with a reason.")),
    Move("proposal.withdrawn", "T8'", Kind.RETIREMENT, _stays(*ROUND), _("who opened the round"),
         _("Until it closes; with a reason.")),
    Move("proposal.decided", "T8", Outcome.ACCEPTED,
         _to({PROPOSED: (ACCEPTED, PROPOSED), CONTESTED: (ACCEPTED, CONTESTED)},
             BROUGHT, ACCEPTED, UNDER_REVISION), RULE,
         _("Closed, or all have spoken; quorum and units met by those who consent, one of whom neither wrote it nor "
           "opened the round; no objection stands. A challenge that it does not answer goes on.")),
    Move("proposal.decided", "T8'", Outcome.RETURNED,
         _to(ENDED_PROPOSED, BROUGHT, ACCEPTED, CONTESTED, UNDER_REVISION, *OVER), RETURNER,
         _("Closed; the rule is not met; with a reason.")),
    Move("proposal.decided", "T8'", Outcome.NOT_ACCEPTED,
         _to(ENDED_PROPOSED, BROUGHT, ACCEPTED, CONTESTED, UNDER_REVISION), RETURNER,
         _("Closed; an objection stands; with a reason. A newer version makes it a candidate again.")),
    Move("challenge.raised", "T13", "", _to({ACCEPTED: (CONTESTED,), BROUGHT: (CONTESTED,)}, CONTESTED), MEMBER,
         _("It is accepted, or in force by another authority; with ground and reason; none of their own on this ground "
           "is open; a settled one is raised again with a new case or when somebody shares it; a report named is about "
           "it.")),
    Move("challenge.shared", "T13", "", _stays(*HELD_ONCE), _("members of the community, no bots, no sponsors"),
         _("Somebody else's; open, or settled so that the practice went on; once.")),
    Move("challenge.taken_back", "T13", "", {CONTESTED: (CONTESTED, ACCEPTED, BROUGHT)}, _("who raised the challenge"),
         _("Not settled; no round on it decided.")),
    Move("challenge.settled", "T14", Settled.UPHELD, {CONTESTED: (CONTESTED, ACCEPTED, BROUGHT)}, RULE,
         _("A settlement round accepted this outcome.")),
    Move("challenge.settled", "T14", Settled.UNDER_REVISION,
         {CONTESTED: (CONTESTED, UNDER_REVISION, BROUGHT, PROPOSED)}, RULE,
         _("A settlement round accepted this outcome; it answers every open challenge; what another authority has in "
           "force stays brought in. Or none did in time, and a "
           "second member shares it or a failed report stands behind it.")),
    Move("challenge.settled", "T14", Settled.RETIRED, {CONTESTED: (CONTESTED, UNDER_REVISION, BROUGHT, PROPOSED)}, RULE,
         _("A settlement round accepted this outcome; it answers every open challenge, and the practice is retired.")),
    Move("challenge.settled", "T14", Settled.ANSWERED, {CONTESTED: (CONTESTED, ACCEPTED, BROUGHT)}, RULE,
         _("A version was accepted that names it, or was written before it was raised, and its raiser did not keep it "
           "open by objecting. Or the practice ended.")),
    Move("challenge.settled", "T14", Settled.UNSETTLED, {CONTESTED: (CONTESTED, ACCEPTED, BROUGHT)}, RULE,
         _("CHALLENGE_DAYS have passed, or a second round missed its quorum; nobody shares it, and no failed report "
           "stands behind it. The next review opens.")),
    Move("review.due", "T16", "", _stays(ACCEPTED, CONTESTED), _("the rule itself, in time"),
         _("Its day has come, it failed twice since the last look, or nobody has reported on it for a year; or a "
           "challenge ended unsettled. No review is open.")),
    Move("review.reaffirmed", "T16", "", _stays(ACCEPTED, CONTESTED),
         REVIEWER,
         _("A review is open; each failed report is named by a version or challenge, or it is said why not. "
           "Two people, one of whom did not write it, reaffirm it.")),
    Move("review.done", "T16", "", _stays(ACCEPTED, CONTESTED, PROPOSED, UNDER_REVISION, *OVER), RULE,
         _("Reaffirmed by two; or another version, or its end, was agreed on.")),
)  # fmt: skip

NO_ROUND = _("No round is open on this practice.")
AGREED = _("It was agreed on: its end takes a round.")
NEVER_AGREED = _("It was never agreed on. Set it aside, or say which practice replaces it.")
PUT_ONCE = _("It was put to consent: since then it is fixed who has a part in it.")
PUT_SO = _("It was put to consent, and whom it is for with it. Write a new version.")
IN_ROUND = _("A round on it is open. It is decided first.")
NO_CHALLENGE = _("Nobody has challenged this practice.")
NO_EDIT = _("No minor edit waits: what is edited must be agreed on, and not challenged.")
NO_REVIEW = _("Only what is agreed on is looked at again.")
NOT_BROUGHT = _("Only what was brought in, and is not agreed on yet, needs somebody who says that it is in use.")
SAY_IT_THERE = _("It is put to consent: say in the round what does not hold.")
NOT_HELD = _("Only what is in force can be challenged. Until then, say it in the round or write a new version.")
IS_RETIRED = _("This practice is retired. It stays readable; nothing more is decided about it.")
IS_REPLACED = _("Another practice stands in for this one. It stays readable; nothing more is decided about it.")
ASIDE = _("It was set aside. A new version takes it up again.")
WITHIN = (
    "lined_up",
    *("question_asked", "question_answered", "stance", "objection_raised", "objection_answered", "objection_kept"),
    *("objection_restated", "objection_understood", "objection_resolved", "amended", "withdrawn", "decided"),
)
WHY_NOT: dict[str, dict[Status, str]] = {
    "proposal.opened": {
        EXTERNALIZED: _("Complete it first: when, how, why and limits."),
        PROPOSED: _("A round on it is open already."),
        NOT_ACCEPTED: _("It was not accepted as it is. Write a new version first."),
        SET_ASIDE: ASIDE,
    },
    "practice.audience_set": {SET_ASIDE: ASIDE, NOT_ACCEPTED: PUT_SO},
    "practice.backed": dict.fromkeys(ANY, NOT_BROUGHT),
    "proposal.opened retirement": dict.fromkeys(ANY, NEVER_AGREED),
    "practice.credited": {**dict.fromkeys(ANY, PUT_ONCE), SET_ASIDE: ASIDE},
    "practice.set_aside": {**dict.fromkeys(ANY, AGREED), SET_ASIDE: _("It was set aside already."), PROPOSED: IN_ROUND},
    "practice.replaced": {**dict.fromkeys(ANY, AGREED), PROPOSED: IN_ROUND},
    "practice.replaced retirement": dict.fromkeys(ANY, NEVER_AGREED),
    "practice.retired": dict.fromkeys(ANY, NEVER_AGREED),
    "proposal.opened settlement": dict.fromkeys(ANY, NO_CHALLENGE),
    "challenge.raised": {**dict.fromkeys(ANY, NOT_HELD), PROPOSED: SAY_IT_THERE},
    "challenge.settled": dict.fromkeys(ANY, NO_CHALLENGE),
    "challenge.shared": dict.fromkeys(ANY, NO_CHALLENGE),
    "challenge.taken_back": dict.fromkeys(ANY, NO_CHALLENGE),
    **dict.fromkeys(
        ("practice.minor_fine", "practice.minor_taken_back", "practice.minor_agreed"),
        dict.fromkeys(ANY, NO_EDIT),
    ),
    "review.due": dict.fromkeys(ANY, NO_REVIEW),
    "review.reaffirmed": dict.fromkeys(ANY, NO_REVIEW),
    "review.done": dict.fromkeys(ANY, NO_REVIEW),
    **dict.fromkeys((f"proposal.{what}" for what in WITHIN), dict.fromkeys(ANY, NO_ROUND)),
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
    if status in OVER:
        return IS_RETIRED if status == RETIRED else IS_REPLACED
    return WHY_NOT.get(f"{act} {case}", WHY_NOT.get(act, {}))[status]


def begins(act: str, case: str = "") -> list[Status]:
    """Where such a move may begin: the set face of `refusal`."""
    return [status for move in moves(act, case) for status in move.paths if status is not None]
