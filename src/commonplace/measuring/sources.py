"""What metrics read of the ledger: the acts of a verb, with fields of its evidence that are named by their class.

So a field that was renamed is missed when the program starts, instead of being a column that is null for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from commonplace.communities.evidence import Added, Answered, BotSet
from commonplace.consenting.evidence import Amended, Decided, ProposalOpened, StanceTaken
from commonplace.externalizing.evidence import Opened
from commonplace.internalizing.evidence import Reported
from commonplace.objectifying.evidence import Distilled

if TYPE_CHECKING:
    import ibis.expr.types as ir

ADMINISTRATIVE = (
    *("installation.", "unit.", "person.", "act.", "figures."),
    *("community.", "charter.", "topic.", "member.", "role."),
    "response.",
)
"""How the verbs begin of what always happens here, even to an archive in which nobody does anything; and of thanks,
which are between two people and counted nowhere."""

OF_ACT = ("act", "actor", "object", "subject", "happened_at")


@dataclass(frozen=True, slots=True)
class Source:
    """`evidence`: the class that the verb declares, and `names` those of its fields that are read."""

    verb: str
    evidence: type | None
    names: tuple[str, ...]

    def of(self, acts: ir.Table) -> ir.Table:
        """Its acts, with these columns and no other."""
        return self._of(acts)

    def begun(self, acts: ir.Table) -> ir.Table:
        """As what cases begin with: with the moment until when it is known what became of them."""
        return self._of(acts, "known_until")

    def _of(self, acts: ir.Table, *more: str) -> ir.Table:
        return acts.filter(acts.verb == self.verb).select(*OF_ACT, *more, *self.names)


def source(verb: str, *fields: Any) -> Source:
    """`source("exchange.opened", Opened.kind)`: on its class, a field of evidence knows its name."""
    evidence = fields[0].__objclass__ if fields else None
    if any(field.__objclass__ is not evidence for field in fields):
        raise ValueError(f"{verb} has evidence of one kind.")
    return Source(verb, evidence, tuple(field.__name__ for field in fields))


OPENED = source("exchange.opened", Opened.kind)
RESPONDED = source("exchange.responded")
CONFIRMED = source("exchange.confirmed")
DISTILLED = source("practice.distilled", Distilled.exchanges)
PROPOSED = source("proposal.opened", ProposalOpened.matter)
STANCE = source(
    "proposal.stance",
    *(StanceTaken.proposal, StanceTaken.person, StanceTaken.number, StanceTaken.stance, StanceTaken.entered_by_other),
)
AMENDED = source("proposal.amended", Amended.number, Amended.asked_again)
DECIDED = source("proposal.decided", Decided.matter, Decided.number, Decided.outcome)
REPORTED = source("application.reported", Reported.by_author, Reported.originator)
USED = source("application.reported", Reported.outcome)
BROUGHT = source("practice.brought")
SET_ASIDE = source("practice.set_aside")
FOUNDED = source("community.founded")
JOINED = source("member.joined")
ADDED = source("member.added", Added.person)
ADMITTED = source("member.answered", Answered.admitted, Answered.person)
BOT_SET = source("person.bot_set", BotSet.bot)
SOURCES: tuple[Source, ...] = (
    OPENED,
    RESPONDED,
    CONFIRMED,
    DISTILLED,
    PROPOSED,
    STANCE,
    AMENDED,
    DECIDED,
    REPORTED,
    BOT_SET,
)
SOURCES += (USED, BROUGHT, SET_ASIDE, FOUNDED, JOINED, ADDED, ADMITTED)


def done(acts: ir.Table) -> ir.BooleanValue:
    """Is it what people do with what they know, wherever that was?"""
    import ibis

    return ~ibis.or_(*(acts.verb.startswith(prefix) for prefix in ADMINISTRATIVE))


def without_bots(acts: ir.Table) -> ir.Table:
    """Without all that was ever done by those whom the last word on them calls a bot, and without these words."""
    words = BOT_SET.of(acts)
    last = words.group_by(actor="subject").aggregate(bot=words.bot.argmax(words.act))
    return acts.filter(acts.verb != BOT_SET.verb).anti_join(last.filter(last.bot), "actor")
