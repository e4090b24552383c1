"""The verbs of exchange."""

from commonplace.externalizing.acts.asking import ask
from commonplace.externalizing.acts.ending import close, confirm
from commonplace.externalizing.acts.linking import link
from commonplace.externalizing.acts.responding import edit, respond

__all__ = ["ask", "close", "confirm", "edit", "link", "respond"]
