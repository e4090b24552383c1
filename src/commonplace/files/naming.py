"""What a file is called here: as whoever sent it called it, as far as that can be seen, with the ending of its kind."""

import re
from typing import Final

from commonplace.files.models import LONGEST_NAME
from commonplace.untrusted.uploads import texts
from commonplace.untrusted.visible import one_line

_FOLDERS: Final = re.compile(r".*[/\\]", re.DOTALL)
NAMELESS: Final = "file"


def called(sent: str, ending: str) -> str:
    """A text may keep the ending of a text; of anything else the ending says what it is, and nothing else."""
    name = one_line(_FOLDERS.sub("", sent)).strip(". ")
    own = texts.ending_of(name)
    if ending == "txt" and own in texts.ENDINGS:
        ending = own
    stem = name[: -len(own) - 1] if own and len(own) <= 5 else name
    return f"{stem.rstrip('. ')[: LONGEST_NAME - len(ending) - 1] or NAMELESS}.{ending}"
