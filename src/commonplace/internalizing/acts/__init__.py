"""The verbs of making knowledge one's own."""

from commonplace.internalizing.acts.applying import APPLICABLE, apply, may_apply

__all__ = ["APPLICABLE", "apply", "may_apply"]
