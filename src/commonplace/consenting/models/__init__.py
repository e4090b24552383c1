from commonplace.consenting.models.asked import Eligible, Party
from commonplace.consenting.models.draft import Draft
from commonplace.consenting.models.line import InLine, InLineQuerySet
from commonplace.consenting.models.objection import GROUNDS, HOWS, Objection, Remedy, RemedySeen
from commonplace.consenting.models.proposal import OUTCOMES, TAKEN_BACK, Proposal, ProposalQuerySet
from commonplace.consenting.models.question import Answer, Question
from commonplace.consenting.models.stance import STANDS, Stance
from commonplace.consenting.models.wording import Wording

__all__ = [
    "GROUNDS",
    "HOWS",
    "OUTCOMES",
    "STANDS",
    "TAKEN_BACK",
    "Answer",
    "Draft",
    "Eligible",
    "InLine",
    "InLineQuerySet",
    "Objection",
    "Party",
    "Proposal",
    "ProposalQuerySet",
    "Question",
    "Remedy",
    "RemedySeen",
    "Stance",
    "Wording",
]
