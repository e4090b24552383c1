"""What the ledger keeps of a practice on its way (theory §2.8). `number` is a version's; days are whole ones."""

from commonplace.externalizing.models import Purpose
from commonplace.ledger.evidence import Day, Evidence, Id, evidence
from commonplace.objectifying.consent import How, SaidBy, Stand
from commonplace.objectifying.models import Part
from commonplace.objectifying.status import Matter, Outcome


@evidence
class Distilled(Evidence):
    """`scribe`: who wrote it down is neither author nor contributor. `author_units`: those that the authors are of."""

    exchanges: list[Id]
    complete: bool
    purpose: Purpose
    authors: list[Id]
    contributors: list[Id]
    author_units: list[Id]
    quoted: int
    scribe: bool
    topic_ids: list[Id]


@evidence
class VersionAdded(Evidence):
    """`base`: the version it began from; `parts`: those in which it differs from that."""

    number: int
    base: int
    complete: bool
    parts: list[Part]


@evidence
class WordsRefused(Evidence):
    response: Id


@evidence
class StewardSet(Evidence):
    person: Id


@evidence
class ProposalOpened(Evidence):
    """The rule, fixed before anybody speaks: `eligible` people of `eligible_units` units, and what it takes.

    `challenge` "": it is about a version. `closes_on` by UTC, as a community may change its time zone.
    """

    matter: Matter
    challenge: Id
    proposed_outcome: Outcome
    number: int
    quorum: int
    eligible: int
    eligible_units: int
    units_needed: int
    days: int
    closes_on: Day
    review_on: Day


@evidence
class Amended(Evidence):
    """`parts`: those in which the round's new version differs from the one before. `closes_on` as at the opening."""

    number: int
    parts: list[Part]
    closes_on: Day


@evidence
class StanceTaken(Evidence):
    """`before`: the same person's last stance in this round; `by_author`: they wrote what is proposed."""

    proposal: Id
    number: int
    stance: Stand
    before: Stand | None
    by_author: bool


@evidence
class ObjectionRaised(Evidence):
    """`proposal`: the round that it stands in."""

    proposal: Id
    number: int


@evidence
class ObjectionResolved(Evidence):
    """`number`: the version that met it; None when it was withdrawn."""

    how: How
    number: int | None
    said_by: SaidBy


@evidence
class Decided(Evidence):
    """People: `consents`, with or without a concern; `others_consent`, those of them who have no part in it.

    `spoken`: who took a stance. `objections`: all that were raised; `integrated`: met by a change; `standing`: not met.
    `consent_units`: the units of those who consent, `units` how many.
    """

    matter: Matter
    number: int
    outcome: Outcome
    consents: int
    others_consent: int
    eligible: int
    spoken: int
    concerns: int
    objections: int
    integrated: int
    standing: int
    units: int
    consent_units: list[Id]
    days_open: int


@evidence
class ChallengeRaised(Evidence):
    """`number`: the version agreed on; `application`: the report that it came from, if any."""

    number: int
    application: Id


@evidence
class ChallengeSettled(Evidence):
    challenge: Id
    outcome: Outcome
    proposal: Id
    days_open: int
