"""A request on its way in: refused as soon as it is too large, given up when it comes too slowly."""

from collections import deque
from typing import Protocol

from waitress.parser import HTTPRequestParser, ParsingError
from waitress.utilities import Error, RequestEntityTooLarge

from commonplace.web.server.limits import LEAST_RATE, MOST_BODY, PATIENCE, STEP
from commonplace.web.server.refusing import Busy, TooLarge


class Room(Protocol):
    def has_room_for(self, size: int) -> bool: ...


class Arriving(HTTPRequestParser):
    def __init__(self, adj: object, room: Room) -> None:
        super().__init__(adj)
        self.room = room
        self.admitted = 0
        self.marks: deque[tuple[float, int]] = deque()

    def received(self, data: bytes) -> int:
        consumed: int = super().received(data)
        if self.headers_finished and not self.completed and self.size > self.admitted:
            self._admit()
        if isinstance(self.error, RequestEntityTooLarge):
            self._refuse(TooLarge(self.languages))
        return consumed

    def parse_header(self, header_plus: bytes) -> None:
        """Who says twice how long it is may mean one thing to a proxy and another to us."""
        super().parse_header(header_plus)
        if self.chunked and "CONTENT_LENGTH" in self.headers:
            raise ParsingError("Content-Length beside Transfer-Encoding")

    @property
    def size(self) -> int:
        """What came of the body, and a step: what is only announced takes nobody's room."""
        whole: int = MOST_BODY if self.chunked else self.content_length
        coming: int = (self.body_bytes_received // STEP + 1) * STEP
        return min(coming, whole)

    @property
    def languages(self) -> str:
        return str(self.headers.get("ACCEPT_LANGUAGE", ""))

    def is_too_slow(self, now: float) -> bool:
        """The head takes longer than we wait, or too little of the body came meanwhile."""
        self.marks.append((now, self.body_bytes_received))
        while len(self.marks) > 1 and self.marks[1][0] <= now - PATIENCE:
            self.marks.popleft()
        then, had = self.marks[0]
        return now - then >= PATIENCE and self.body_bytes_received - had < LEAST_RATE * PATIENCE

    def rest(self) -> None:
        """We do not listen meanwhile: nobody can blame the sender."""
        self.marks.clear()

    def _admit(self) -> None:
        if not self.admitted:
            self.marks.clear()
        self.admitted = self.size
        if not self.room.has_room_for(self.size):
            self._refuse(Busy(self.languages))

    def _refuse(self, error: Error) -> None:
        self.error, self.completed = error, True
