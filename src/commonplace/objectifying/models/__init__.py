from commonplace.objectifying.models.agreement import Agreement
from commonplace.objectifying.models.challenge import ENDS, Challenge, Settlement
from commonplace.objectifying.models.practice import STATUSES, Practice, PracticeQuerySet
from commonplace.objectifying.models.proposal import KINDS, OUTCOMES, Proposal, ProposalQuerySet
from commonplace.objectifying.models.provenance import Credit, Excerpt, Part, Source
from commonplace.objectifying.models.stance import HOWS, STANDS, How, Objection, Stance
from commonplace.objectifying.models.version import PARTS, Version

__all__ = [
    "ENDS", "HOWS", "KINDS", "OUTCOMES", "PARTS", "STANDS", "STATUSES", "Agreement", "Challenge", "Credit", "Excerpt",
    "How", "Objection", "Part", "Practice", "PracticeQuerySet", "Proposal", "ProposalQuerySet", "Settlement", "Source",
    "Stance", "Version",
]  # fmt: skip
