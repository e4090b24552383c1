"""A lock that is handed on: whoever has waited longest has it next. Of Python's own the quickest takes hold."""

from collections import deque
from threading import Lock


class Turns:
    def __init__(self) -> None:
        self.taken, self.waiting = False, deque[Lock]()
        self.door = Lock()

    def acquire(self, seconds: float) -> bool:
        with self.door:
            if not self.taken:
                self.taken = True
                return True
            mine = Lock()
            mine.acquire()
            self.waiting.append(mine)
        return mine.acquire(timeout=max(0, seconds)) or not self._left(mine)

    def release(self) -> None:
        with self.door:
            if self.waiting:
                self.waiting.popleft().release()
            else:
                self.taken = False

    def _left(self, mine: Lock) -> bool:
        """False if it was handed to us as we turned away."""
        with self.door:
            if mine not in self.waiting:
                return False
            self.waiting.remove(mine)
            return True
