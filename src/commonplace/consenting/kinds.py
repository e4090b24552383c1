"""The codes of the procedure (theory §2.7, §2.8): what is put to consent, how people stand, how a round may end."""

from enum import StrEnum


class Kind(StrEnum):
    """What a round is about. Each is registered by the layer that it belongs to (`matter.py`)."""

    ACCEPTANCE = "acceptance"
    SETTLEMENT = "settlement"
    RETIREMENT = "retirement"
    CARD = "card"
    CHARTER = "charter"
    RECALL = "recall"
    REMOVAL = "removal"


class Stand(StrEnum):
    """Where someone stands: consent with or without a concern counts, standing aside does not, an objection stops."""

    CONSENT = "consent"
    CONCERN = "concern"
    ASIDE = "aside"
    OBJECT = "object"


LEAST_LISTED, MOST_LISTED = 2, 20
COUNTING = (Stand.CONSENT, Stand.CONCERN)


class Ground(StrEnum):
    """What kind of harm an objection fears."""

    UNSAFE = "unsafe"
    DOES_NOT_WORK = "does_not_work"
    EFFORT = "effort"
    UNFAIR = "unfair"
    AGAINST_RULE = "against_rule"
    UNCLEAR = "unclear"


class How(StrEnum):
    """How an objection was settled."""

    CHANGE = "change"
    WITHDRAWN = "withdrawn"
    DISSENT = "dissent"
    TAKEN_UP = "taken_up"
    ANEW = "anew"


class SaidBy(StrEnum):
    """Who said that an objection is settled: its raiser; its holder, who takes up what another raised, or did; a
    facilitator without a part; or the rule at the close."""

    RAISER = "raiser"
    HOLDER = "holder"
    FACILITATOR = "facilitator"
    RULE = "rule"


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    RETURNED = "returned"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"


class TakenBack(StrEnum):
    """Why whoever opened a round takes it back."""

    OPPOSED = "opposed"
    REWRITTEN = "rewritten"
    EARLY = "early"
    NEEDLESS = "needless"
    OTHER = "other"


class Extent(StrEnum):
    """How much a text changes: *minor*, nothing that binds, so that it holds without a round unless somebody wants
    one."""

    MINOR = "minor"
    MAJOR = "major"


class LineEnd(StrEnum):
    """How something left the line: its turn came, its proposer took it back, or it could not be put any more."""

    OPENED = "opened"
    TAKEN_BACK = "taken_back"
    LOST = "lost"


class PartIn(StrEnum):
    """What makes somebody a party to what is decided, besides objecting."""

    WROTE = "wrote"
    CREDITED = "credited"
    OPENED = "opened"
    CONCERNED = "concerned"
