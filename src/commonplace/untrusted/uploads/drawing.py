"""Pictures: decoded and drawn anew in a child with limits, so that of what was sent only the points stay."""

import base64
import json
from threading import BoundedSemaphore
from typing import Final

from commonplace.untrusted.confined.outside import BrokeOff, Child, Why, python
from commonplace.untrusted.uploads.found import Taken
from commonplace.untrusted.uploads.limits import AT_ONCE, PATIENCE, SECONDS
from commonplace.untrusted.uploads.reasons import NotTaken

_COMMAND: Final = python("commonplace.untrusted.uploads.child")
_drawn_now: Final = BoundedSemaphore(AT_ONCE)


def drawn(data: bytes, picture: str) -> Taken:
    """Raises NotTaken. `picture`: its format."""
    if not _drawn_now.acquire(timeout=PATIENCE):
        raise NotTaken("busy")
    try:
        about, *outputs = _asked(data, picture)
    except BrokeOff as broke:
        raise NotTaken("unreadable" if broke.why is Why.UNREADABLE else "too_much") from None
    finally:
        _drawn_now.release()
    answer = json.loads(about)
    if why := answer.get("why"):
        raise NotTaken(why)
    whole, small = map(base64.b64decode, outputs)
    return Taken("picture", answer["ending"], whole, small, answer["width"], answer["height"])


def _asked(data: bytes, picture: str) -> list[bytes]:
    with Child(_COMMAND) as child:
        return child.ask({"picture": picture}, data, SECONDS)
