"""What the ledger keeps of a practice on its way (theory §2.8). `number` is a version's."""

from commonplace.consenting.kinds import Extent
from commonplace.externalizing.models import Purpose
from commonplace.ledger.evidence import Day, Evidence, Id, evidence
from commonplace.objectifying.models import Part
from commonplace.objectifying.status import (
    AudienceKind,
    Authority,
    ChallengeGround,
    Due,
    Gone,
    Reviewed,
    Settled,
    SourceKind,
)
from commonplace.untrusted.documents import Exactness


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
class Credited(Evidence):
    """Whom it credits from now on. `person`: who wrote it down; `scribe`: they are neither author nor contributor."""

    authors: list[Id]
    contributors: list[Id]
    author_units: list[Id]
    person: Id
    scribe: bool


@evidence
class Brought(Evidence):
    """`since_on`: "" where nobody knows; `exact_to`: how much of it is known; `from_*`: another community's practice
    that was taken over, "" and 0 where it was not; `adapted`: its words were changed; `batch`: what it was brought in
    with, "" alone."""

    source_kind: SourceKind
    authority: Authority
    since_on: Day
    exact_to: Exactness
    from_practice: Id
    from_number: int
    from_community: Id
    adapted: bool
    complete: bool
    purpose: Purpose
    topic_ids: list[Id]
    batch: Id


@evidence
class Filed(Evidence):
    """All topics that it is under from now on."""

    topic_ids: list[Id]


@evidence
class Backed(Evidence):
    """`backers`: how many who did not bring it in have said by now that it is in use."""

    backers: int


@evidence
class VersionAdded(Evidence):
    """`base`: the version it began from; `parts`: those in which it differs from that; `meets`: the objection that it
    was written to meet; `from_applications`: reports that it answers; `answers`: challenges that it says it answers."""

    number: int
    base: int
    complete: bool
    extent: Extent
    parts: list[Part]
    meets: Id
    from_applications: list[Id]
    answers: list[Id]


@evidence
class AudienceSet(Evidence):
    """Whom this version is for; `people`: how many that was then; None of newcomers: what they said is theirs."""

    number: int
    audience_kind: AudienceKind
    unit_ids: list[Id]
    people: int | None


@evidence
class WordsRefused(Evidence):
    response: Id


@evidence
class StewardSet(Evidence):
    person: Id


@evidence
class MinorEdited(Evidence):
    number: int


@evidence
class MinorAgreed(MinorEdited):
    """`proposal`: the round that agreed on what it edits."""

    proposal: Id


@evidence
class PutAwayBy(Evidence):
    """`replacement`: the practice that people use instead; `proposal`: the round that did; "" without."""

    why: Gone
    replacement: Id
    proposal: Id


@evidence
class ChallengeRaised(Evidence):
    """`number`: the version agreed on; `application`: the report that it came from, if any."""

    number: int
    application: Id
    ground: ChallengeGround


@evidence
class ChallengeShared(Evidence):
    challenge: Id


@evidence
class ChallengeTakenBack(Evidence):
    challenge: Id
    days_open: int


@evidence
class ChallengeSettled(Evidence):
    """`proposal`: the round that did, "" where the rule did because nobody had in time."""

    challenge: Id
    outcome: Settled
    proposal: Id
    days_open: int


@evidence
class ReviewDue(Evidence):
    agreement: Id
    due_on: Day
    why: Due


@evidence
class Reaffirmed(Evidence):
    """One person says that it still holds. `by_author`: they wrote it."""

    review: Id
    by_author: bool


@evidence
class ReviewDone(Evidence):
    """`uses_since`, `failed_since`: reports since the last look; `concerns_read`: concerns and dissent of the round
    that agreed on it, as they stood beside the form. `review_on`: when it is looked at next, if it goes on."""

    review: Id
    outcome: Reviewed
    uses_since: int
    failed_since: int
    concerns_read: int
    by_nonauthor: bool
    review_on: Day
