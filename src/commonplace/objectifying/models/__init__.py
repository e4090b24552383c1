from commonplace.objectifying.consent import How
from commonplace.objectifying.models.agreement import Agreement
from commonplace.objectifying.models.challenge import ENDS, Challenge, Settlement
from commonplace.objectifying.models.course import STATUSES, PracticeCourse
from commonplace.objectifying.models.practice import Practice, PracticeQuerySet
from commonplace.objectifying.models.proposal import MATTERS, OUTCOMES, Proposal, ProposalQuerySet
from commonplace.objectifying.models.provenance import Credit, CreditKind, Excerpt, Source
from commonplace.objectifying.models.stance import HOWS, Objection, Stance
from commonplace.objectifying.models.version import PARTS, Part, Version
from commonplace.objectifying.models.voice import STANDS

__all__ = [
    "ENDS", "HOWS", "MATTERS", "OUTCOMES", "PARTS", "STANDS", "STATUSES", "Agreement", "Challenge", "Credit",
    "CreditKind", "Excerpt", "How", "Objection", "Part", "Practice", "PracticeCourse", "PracticeQuerySet", "Proposal",
    "ProposalQuerySet", "Settlement", "Source", "Stance", "Version",
]  # fmt: skip
