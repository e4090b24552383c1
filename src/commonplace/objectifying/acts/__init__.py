"""The verbs of objectifying."""

from commonplace.objectifying.acts.caring import refuse_words, set_steward
from commonplace.objectifying.acts.deciding import challenge, decide
from commonplace.objectifying.acts.distilling import distil, revise
from commonplace.objectifying.acts.proposing import amend, propose
from commonplace.objectifying.acts.speaking import settle_objection, take_stance

__all__ = [
    "amend", "challenge", "decide", "distil", "propose", "refuse_words", "revise", "set_steward",
    "settle_objection", "take_stance",
]  # fmt: skip
