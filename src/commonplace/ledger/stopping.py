"""That this process is asked to stop: said by the handler of a signal, whatever it interrupts."""

from contextlib import suppress
from queue import Empty, SimpleQueue


class Stopping:
    """As `threading.Event`, but for handlers: that one takes a lock, which the thread that a signal interrupts may hold
    while it waits, or while it sets; then nobody ever goes on. A simple queue may be put into at any moment."""

    def __init__(self) -> None:
        self._asked, self._woken = False, SimpleQueue[None]()

    def set(self) -> None:
        self._asked = True
        self._woken.put(None)

    def is_set(self) -> bool:
        return self._asked

    def wait(self, seconds: float) -> bool:
        """Until it is asked, or for so long; whoever else waits is woken, too."""
        if not self._asked:
            with suppress(Empty):
                self._woken.get(timeout=seconds)
                self._woken.put(None)
        return self._asked
