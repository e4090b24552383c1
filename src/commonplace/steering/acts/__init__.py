"""The verbs of steering."""

from commonplace.steering.acts.consenting import decide_round, open_round, speak
from commonplace.steering.acts.judging import judge
from commonplace.steering.acts.signing import sign
from commonplace.steering.acts.stating import state, write_card

__all__ = ["decide_round", "judge", "open_round", "sign", "speak", "state", "write_card"]
