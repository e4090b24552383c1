"""The verbs of objectifying; those of a round are in `consenting`."""

from commonplace.objectifying.acts.audience import set_audience
from commonplace.objectifying.acts.bringing import back, bring
from commonplace.objectifying.acts.caring import refuse_words, set_steward
from commonplace.objectifying.acts.challenging import challenge, settle_in_time, share, take_back_challenge
from commonplace.objectifying.acts.crediting import credit
from commonplace.objectifying.acts.distilling import distil
from commonplace.objectifying.acts.filing import file_under
from commonplace.objectifying.acts.minor_edits import agree_on_edit, find_fine, take_back_edit
from commonplace.objectifying.acts.putting_away import replace_practice, set_aside
from commonplace.objectifying.acts.reviewing import open_review, reaffirm
from commonplace.objectifying.acts.revising import revise

__all__ = [
    "agree_on_edit",
    "back",
    "bring",
    "challenge",
    "credit",
    "distil",
    "file_under",
    "find_fine",
    "open_review",
    "reaffirm",
    "refuse_words",
    "replace_practice",
    "revise",
    "set_aside",
    "set_audience",
    "set_steward",
    "settle_in_time",
    "share",
    "take_back_challenge",
    "take_back_edit",
]
