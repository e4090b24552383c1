"""Who may do what and see what: the table that the permission tests hold the program to.

A new act or address needs a row here.

Roles are those of world.py. A set of roles may depend on the community's visibility.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.trust.world import ANONYMOUS, ROLES

Roles = frozenset[str] | Mapping[str, frozenset[str]]


def these(names: str) -> frozenset[str]:
    return frozenset(names.split())


NOBODY = these("")
EVERYONE = frozenset(ROLES)
SIGNED_IN = EVERYONE - {ANONYMOUS}
FACILITATOR, OPERATOR, SPONSOR = these("facilitator"), these("operator"), these("sponsor")
INSIDE = these("newcomer member steward facilitator")
WITHIN = INSIDE | SPONSOR
STEERING = FACILITATOR | SPONSOR
SEEN = {"open": SIGNED_IN, "closed": SIGNED_IN, "private": WITHIN}
READ = {"open": SIGNED_IN - SPONSOR, "closed": INSIDE, "private": INSIDE}
OVERSEEN = {"open": SIGNED_IN, "closed": WITHIN, "private": WITHIN}


def at(visibility: str, roles: Roles) -> frozenset[str]:
    return roles if isinstance(roles, frozenset) else roles[visibility]


@dataclass(frozen=True, slots=True)
class On:
    """An act on a thing of somebody else's, and on one's own where that makes a difference."""

    thing: str
    others: Roles
    own: Roles | None = None


ACTS = {
    # People and communities
    "person.signed_up": On("installation", SIGNED_IN),
    "person.added": On("installation", OPERATOR),
    "person.link_issued": On("person", OPERATOR),
    "person.bot_set": On("person", OPERATOR),
    "person.link_used": On("sign_in_link", NOBODY, own=SIGNED_IN),
    "person.profile_edited": On("person", NOBODY, own=SIGNED_IN),
    "installation.set": On("installation", OPERATOR),
    "figures.opened": On("community", OPERATOR),
    "unit.named": On("installation", OPERATOR),
    "unit.renamed": On("unit", OPERATOR),
    "unit.moved": On("unit", OPERATOR),
    "unit.merged": On("unit", OPERATOR),
    "community.founded": On("nothing", SIGNED_IN),
    "charter.set": On("community", FACILITATOR),
    "community.stage_set": On("community", FACILITATOR),
    "community.profile_set": On("community", FACILITATOR),
    "member.joined": On("community", SEEN),
    "member.requested": On("community", SEEN),
    "member.answered": On("join_request", FACILITATOR),
    "member.added": On("community", FACILITATOR),
    "member.invited": On("community", FACILITATOR),
    "member.invitation_withdrawn": On("invitation", FACILITATOR),
    "member.invitation_accepted": On("invitation", SIGNED_IN),
    "member.left": On("community", INSIDE),
    "member.welcoming_set": On("community", INSIDE),
    "role.granted": On("community", FACILITATOR),
    "role.handed_over": On("role", FACILITATOR, own=SIGNED_IN),
    "role.ended": On("role", FACILITATOR, own=SIGNED_IN),
    "person.known_for_set": On("membership", NOBODY, own=INSIDE),
    "role.away_set": On("role", NOBODY, own=SIGNED_IN),
    "role.accepted": On("role", NOBODY, own=SIGNED_IN),
    "charter.drafted": On("community", INSIDE),
    # Exchange
    "exchange.opened": On("community", INSIDE),
    "exchange.responded": On("exchange", INSIDE),
    "exchange.confirmed": On("exchange", NOBODY, own=INSIDE),
    "exchange.closed": On("exchange", FACILITATOR, own=INSIDE),
    "exchange.edited": On("response", NOBODY, own=INSIDE),
    "exchange.linked": On("exchange", INSIDE),
    "response.thanked": On("response", INSIDE),
    "response.thanks_withdrawn": On("response", INSIDE),
    "topic.renamed": On("topic", FACILITATOR),
    "topic.aliased": On("topic", FACILITATOR),
    "topic.merged": On("topic", FACILITATOR),
    # Agreement
    "practice.distilled": On("community", INSIDE),
    "practice.credited": On("practice", FACILITATOR, own=INSIDE),
    "practice.brought": On("community", INSIDE),
    "practice.backed": On("brought", INSIDE),
    "practice.audience_set": On("practice", FACILITATOR, own=INSIDE),
    "practice.filed": On("practice", INSIDE),
    "practice.version_added": On("practice", INSIDE),
    "practice.steward_set": On("practice", FACILITATOR, own=INSIDE),
    "practice.words_refused": On("excerpt", NOBODY, own=SIGNED_IN),
    "proposal.opened": On("practice", INSIDE),
    "proposal.lined_up": On("practice", INSIDE),
    "proposal.line_left": On("in_line", NOBODY, own=INSIDE),
    "proposal.question_asked": On("proposal", INSIDE),
    "proposal.question_answered": On("question", INSIDE),
    "proposal.stance": On("proposal", INSIDE),
    "proposal.objection_raised": On("proposal", FACILITATOR),
    "proposal.objection_resolved": On("objection", INSIDE),
    "proposal.objection_restated": On("objection", INSIDE, own=NOBODY),
    "proposal.objection_understood": On("objection", NOBODY, own=INSIDE),
    "proposal.objection_answered": On("objection", FACILITATOR, own=NOBODY),
    "proposal.objection_kept": On("objection", NOBODY, own=INSIDE),
    "proposal.amended": On("proposal", NOBODY, own=INSIDE),
    "proposal.withdrawn": On("proposal", NOBODY, own=INSIDE),
    "proposal.decided": On("proposal", INSIDE),
    "challenge.raised": On("practice", INSIDE),
    "challenge.shared": On("challenge", INSIDE),
    "challenge.taken_back": On("challenge", NOBODY, own=INSIDE),
    "challenge.settled": On("challenge", NOBODY),
    "review.due": On("agreement", NOBODY),
    "review.reaffirmed": On("review", INSIDE),
    "practice.minor_fine": On("minor_edit", INSIDE),
    "practice.minor_taken_back": On("minor_edit", NOBODY, own=INSIDE),
    "practice.minor_agreed": On("minor_edit", NOBODY),
    "practice.set_aside": On("practice", FACILITATOR, own=INSIDE),
    "practice.replaced": On("practice", FACILITATOR, own=INSIDE),
    # Learning
    "application.reported": On("practice", INSIDE),
    # Steering
    "objective.stated": On("community", STEERING),
    "objective.card_written": On("objective", STEERING),
    "objective.signed": On("card", SPONSOR),
    "objective.judged": On("card", STEERING),
}
# The same verb on another thing.
ALSO = [
    ("exchange.confirmed", On("offer", INSIDE, own=NOBODY)),
    ("exchange.edited", On("exchange", NOBODY, own=INSIDE)),
    ("practice.steward_set", On("orphan", INSIDE)),
    ("proposal.amended", On("left_round", FACILITATOR)),
    ("proposal.opened", On("objective", INSIDE)),
]

Post = Mapping[str, Any] | Callable[..., Mapping[str, Any]]
Answer = tuple[int, ...]  # One of these.
OK, GO_ON, REFUSED, SIGN_IN, FORBIDDEN, NOT_THERE = (200,), (302,), (422,), (401,), (403,), (404,)


@dataclass(frozen=True, slots=True)
class Way:
    """An address. Who does not pass `door` gets 404; who passes but may not, 403. `hidden`: from all but its owner;
    `own_door`: whom it opens to where it is their own.

    Nobody is sent to sign in: 302, or 401 there with what they sent.
    """

    door: Roles
    may: Roles = EVERYONE
    own: Roles | None = None
    post: Post | None = None
    gives: Answer | Mapping[str, Answer] = ()
    at: Mapping[str, str] = field(default_factory=dict)
    hidden: bool = False
    own_door: Roles | None = None

    @property
    def method(self) -> str:
        return "GET" if self.post is None else "POST"

    def expected(self, role: str, visibility: str, own: bool) -> Answer:
        gives = self.gives if isinstance(self.gives, Mapping) else {"": self.gives}
        if role in gives:
            return gives[role]
        door = self.own_door if own and self.own_door is not None else self.door
        if role not in at(visibility, door) or (self.hidden and not own):
            return NOT_THERE if role != ANONYMOUS else GO_ON if self.post is None else SIGN_IN
        may = self.own if own and self.own is not None else self.may
        if role not in at(visibility, may):
            return FORBIDDEN
        return gives.get("") or (OK if self.post is None else GO_ON)
