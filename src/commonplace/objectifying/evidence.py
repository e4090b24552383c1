"""What the ledger keeps of a practice on its way (theory §2.8). `number` is a version's."""

from commonplace.externalizing.models import Purpose
from commonplace.ledger.evidence import Evidence, Id, evidence
from commonplace.objectifying.consent import Stand
from commonplace.objectifying.models import How
from commonplace.objectifying.status import Kind, Outcome


@evidence
class Distilled(Evidence):
    exchanges: list[Id]
    complete: bool
    purpose: Purpose


@evidence
class VersionAdded(Evidence):
    complete: bool
    number: int


@evidence
class WordsRefused(Evidence):
    response: Id


@evidence
class StewardSet(Evidence):
    person: Id


@evidence
class ProposalOpened(Evidence):
    matter: Kind
    number: int
    quorum: int
    eligible: int
    units_needed: int
    days: int


@evidence
class Amended(Evidence):
    number: int


@evidence
class StanceTaken(Evidence):
    stance: Stand


@evidence
class ObjectionRaised(Evidence):
    number: int


@evidence
class ObjectionResolved(Evidence):
    how: How
    number: int | None = None


@evidence
class Decided(Evidence):
    """`consents` are people who consent, with or without a concern; `spoken` all who took a stance."""

    matter: Kind
    outcome: Outcome
    consents: int
    eligible: int
    concerns: int
    spoken: int
    units: int


@evidence
class ChallengeRaised(Evidence):
    application: Id


@evidence
class ChallengeSettled(Evidence):
    outcome: Outcome
    proposal: Id
