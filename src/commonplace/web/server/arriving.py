"""A request on its way in: refused as soon as it is too large, given up when it comes too slowly."""

from collections import deque
from typing import Protocol

from waitress.parser import HTTPRequestParser, ParsingError
from waitress.utilities import Error

from commonplace.web.server.limits import LEAST_RATE, MOST_BODY, MOST_WITH_FILES, PATIENCE, STEP, WITH_FILES
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
        if self.headers_finished and max(self.content_length, self.body_bytes_received) >= self.most:
            self._refuse(TooLarge(self.languages, self.most))
        if self.headers_finished and not self.completed and self.size > self.admitted:
            self._admit()
        return consumed

    def parse_header(self, header_plus: bytes) -> None:
        """Who says twice how long it is may mean one thing to a proxy and another to us."""
        super().parse_header(header_plus)
        if self.chunked and "CONTENT_LENGTH" in self.headers:
            raise ParsingError("Content-Length beside Transfer-Encoding")

    @property
    def most(self) -> int:
        """More where pictures and files come."""
        is_form = str(self.headers.get("CONTENT_TYPE", "")).lower().startswith("multipart/form-data")
        return MOST_WITH_FILES if is_form and getattr(self, "path", "").startswith(WITH_FILES) else MOST_BODY

    @property
    def size(self) -> int:
        """What came of the body, and a step: what is only announced takes nobody's room."""
        whole: int = self.most if self.chunked else self.content_length
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
