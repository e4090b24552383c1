"""What the ledger keeps of a round (theory §2.8). `number` is a text's; days are whole ones."""

from typing import Annotated

from commonplace.communities.evidence import CharterSet
from commonplace.communities.models import Visibility
from commonplace.consenting.kinds import Extent, Ground, How, Kind, LineEnd, Outcome, SaidBy, Stand, TakenBack
from commonplace.consenting.matter import all_choices, all_parts
from commonplace.ledger.evidence import Among, Day, Evidence, Id, evidence

Choice = Annotated[str, Among(all_choices)]
PartCode = Annotated[str, Among(all_parts)]


@evidence
class ProposalOpened(Evidence):
    """The rule, fixed before anybody speaks: `eligible` people of `eligible_units` units, and what it takes.

    `about`: what of the subject, a challenge or a role, "" for itself. `closes_on` by UTC; `review_on` "" without one.
    `waited`: its place in the line, "" where nothing else was open. `batch`: the list that it was opened in, "" alone.
    `extent`: of what its text changes; None where it is on no text that is written anew.
    """

    matter: Kind
    about: Id
    choice: Choice
    number: int
    quorum: int
    eligible: int
    eligible_units: int
    units_needed: int
    days: int
    hidden: bool
    closes_on: Day
    review_on: Day
    waited: Id
    batch: Id
    extent: Extent | None


@evidence
class LinedUp(Evidence):
    """It waits while another round on the same is open. Nothing is fixed by it."""

    matter: Kind
    about: Id
    choice: Choice
    number: int


@evidence
class LineLeft(Evidence):
    """Taken back, or lost: its turn came, and it could not be put any more."""

    how: LineEnd


@evidence
class Drafted(CharterSet):
    """Another rule, as somebody would have it."""

    number: int
    visibility: Visibility


@evidence
class Amended(Evidence):
    """`asked_again`: something that binds has changed, so no stance is kept."""

    matter: Kind
    number: int
    parts: list[PartCode]
    asked_again: bool
    closes_on: Day


@evidence
class StanceTaken(Evidence):
    """`person`: whose it is; `before`: their last one in this round; `by_author`: they wrote what is proposed."""

    proposal: Id
    person: Id
    number: int
    stance: Stand
    before: Stand | None
    by_author: bool
    entered_by_other: bool


@evidence
class QuestionAsked(Evidence):
    proposal: Id
    number: int
    by_author: bool
    for_another: bool


@evidence
class QuestionAnswered(Evidence):
    """`question`: the one that it answers; `number`: of the text proposed then."""

    question: Id
    number: int
    by_author: bool


@evidence
class ObjectionRaised(Evidence):
    """`proposal`: the round that it stands in; `person`: whose it is; `taken_from`: what it goes on with;
    `understood_by`: who understood that so that its raiser said yes."""

    proposal: Id
    person: Id
    number: int
    ground: Ground
    for_another: bool
    repeated: bool
    taken_from: Id
    understood_by: Id


@evidence
class ObjectionRestated(Evidence):
    """Somebody says how they understand it. `person`: whose it is; `number`: of the text proposed then."""

    person: Id
    number: int
    ground: Ground
    for_another: bool


@evidence
class ObjectionUnderstood(Evidence):
    """Its raiser says that this is what they mean. `person`: who understood it; `number`: of the text proposed then."""

    person: Id
    number: int
    ground: Ground
    for_another: bool


@evidence
class ObjectionAnswered(Evidence):
    """A facilitator without a part says that the text of this number meets it. `objection`: which."""

    objection: Id
    number: int


@evidence
class ObjectionKept(Evidence):
    """Its raiser says that it still stands against the text of this number."""

    number: int


@evidence
class ObjectionResolved(Evidence):
    """`number`: the text that met it; None when no text did."""

    how: How
    number: int | None
    said_by: SaidBy


@evidence
class Withdrawn(Evidence):
    """`standing`: objections that stand in the next round, until their raisers say otherwise. `why`: beside what was
    typed, which only the round keeps."""

    matter: Kind
    number: int
    standing: int
    why: TakenBack


@evidence
class Decided(Evidence):
    """People: `consents`, with or without a concern; `others_consent`, those of them who have no part in it.

    `eligible`: all who were asked, as at the opening; `gone`: of these who left by themselves, or are bots, and count
    for nothing. `by_rule`: nobody chose. `spoken`: who took a stance. `objections`: all that were raised;
    `integrated`: met by a change; `standing`: not met. `consent_units`: the units of those who consent, `units` how
    many.
    """

    matter: Kind
    number: int
    outcome: Outcome
    by_rule: bool
    consents: int
    others_consent: int
    eligible: int
    gone: int
    spoken: int
    concerns: int
    objections: int
    integrated: int
    standing: int
    units: int
    consent_units: list[Id]
    days_open: int
