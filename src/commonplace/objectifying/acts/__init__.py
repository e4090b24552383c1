"""The verbs of objectifying."""

from commonplace.objectifying.acts.amending import amend
from commonplace.objectifying.acts.caring import refuse_words, set_steward
from commonplace.objectifying.acts.challenging import challenge
from commonplace.objectifying.acts.deciding import decide
from commonplace.objectifying.acts.distilling import distil
from commonplace.objectifying.acts.objecting import settle_objection
from commonplace.objectifying.acts.proposing import propose
from commonplace.objectifying.acts.revising import revise
from commonplace.objectifying.acts.speaking import take_stance

__all__ = [
    "amend", "challenge", "decide", "distil", "propose", "refuse_words", "revise", "set_steward",
    "settle_objection", "take_stance",
]  # fmt: skip
