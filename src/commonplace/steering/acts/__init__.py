"""The verbs of steering."""

from commonplace.steering.acts.judging import judge
from commonplace.steering.acts.signing import sign
from commonplace.steering.acts.stating import state, write_card

__all__ = ["judge", "sign", "state", "write_card"]
