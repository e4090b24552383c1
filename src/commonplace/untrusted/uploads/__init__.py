"""Files that members send: known by their content alone, taken as one of few kinds or not at all."""

from commonplace.untrusted.uploads.found import MEDIA_TYPES, Taken
from commonplace.untrusted.uploads.reasons import NotTaken
from commonplace.untrusted.uploads.recognizing import taken

__all__ = ["MEDIA_TYPES", "NotTaken", "Taken", "taken"]
