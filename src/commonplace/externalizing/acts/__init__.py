"""The verbs of exchange."""

from commonplace.externalizing.acts.asking import ask
from commonplace.externalizing.acts.closing import close
from commonplace.externalizing.acts.confirming import confirm
from commonplace.externalizing.acts.editing import edit
from commonplace.externalizing.acts.linking import link
from commonplace.externalizing.acts.responding import respond
from commonplace.externalizing.acts.thanking import take_thanks_back, thank
from commonplace.externalizing.acts.topics import alias_topic, merge_topic, rename_topic

__all__ = [
    "alias_topic", "ask", "close", "confirm", "edit", "link", "merge_topic", "rename_topic", "respond",
    "take_thanks_back", "thank",
]  # fmt: skip
