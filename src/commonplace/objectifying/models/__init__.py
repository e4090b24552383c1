from commonplace.objectifying.models.agreement import Agreement
from commonplace.objectifying.models.batch import (
    CAME_IN,
    OFFERED,
    ORDERS,
    OTHERWISE,
    REFUSED,
    VERDICTS,
    Batch,
    BatchQuerySet,
    BatchRow,
    BatchRowQuerySet,
    Became,
    Verdict,
)
from commonplace.objectifying.models.batch_file import PASTED, BatchFile
from commonplace.objectifying.models.bringing import AUTHORITIES, SOURCE_KINDS, Backing, Bringing
from commonplace.objectifying.models.challenge import ENDS, GROUNDS, Answer, Challenge, Settlement, Share
from commonplace.objectifying.models.course import ORIGINS, STATUSES, PracticeCourse
from commonplace.objectifying.models.looked import Looked
from commonplace.objectifying.models.minor_edit import MINOR_ENDS, MinorEdit
from commonplace.objectifying.models.practice import Practice, PracticeQuerySet
from commonplace.objectifying.models.provenance import Credit, CreditKind, Excerpt, Source
from commonplace.objectifying.models.put_away import PutAway
from commonplace.objectifying.models.review import REVIEWED, WHYS, Review, ReviewVoice
from commonplace.objectifying.models.version import AUDIENCES, PARTS, Part, Version

__all__ = [
    "AUDIENCES", "AUTHORITIES", "CAME_IN", "ENDS", "GROUNDS", "MINOR_ENDS", "OFFERED", "ORDERS", "ORIGINS", "OTHERWISE",
    "PARTS", "PASTED", "REFUSED", "REVIEWED", "SOURCE_KINDS", "STATUSES", "VERDICTS", "WHYS", "Agreement", "Answer",
    "Backing", "Batch", "BatchFile", "BatchQuerySet", "BatchRow", "BatchRowQuerySet", "Became", "Bringing", "Challenge",
    "Credit", "CreditKind", "Excerpt", "Looked", "MinorEdit", "Part", "Practice", "PracticeCourse", "PracticeQuerySet",
    "PutAway", "Review", "ReviewVoice", "Settlement", "Share", "Source", "Verdict", "Version",
]  # fmt: skip
