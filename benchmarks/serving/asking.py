"""Browsers, many at a time, that ask again as soon as they are answered."""

import re
import selectors
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field

LONGEST, LEAST = 30, 40
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


@dataclass
class Heard:
    seconds: float = 0
    times: list[float] = field(default_factory=list)
    odd: list[bytes] = field(default_factory=list)
    last: bytes = b""

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds

    def after(self, share: float) -> float:
        """In milliseconds, so many of them were answered."""
        return 1000 * sorted(self.times)[min(len(self.times) - 1, int(share * len(self.times)))]


class Browser:
    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setblocking(False)
        self.heard, self.length, self.begun = b"", -1, 0.0

    def ask(self, request: bytes) -> None:
        self.heard, self.length, self.begun = b"", -1, time.perf_counter()
        self.socket.sendall(request)

    def is_answered(self) -> bool:
        piece = self.socket.recv(1 << 20)
        if not piece:
            raise ConnectionError(f"ended after {self.heard[:200]!r}")
        self.heard += piece
        end = self.heard.find(b"\r\n\r\n")
        if self.length < 0 <= end:
            found = LENGTH.search(self.heard, 0, end)
            self.length = end + 4 + (int(found[1]) if found else 0)
        return 0 <= self.length <= len(self.heard)


def ask(port: int, request: Callable[[int], bytes], browsers: int, seconds: float, status: bytes) -> Heard:
    """Until the time is over, and LEAST are answered."""
    heard, number = Heard(), 0
    with selectors.DefaultSelector() as waiting:
        begun = time.perf_counter()
        for _ in range(browsers):
            browser = Browser(port)
            waiting.register(browser.socket, selectors.EVENT_READ, browser)
            browser.ask(request(number))
            number += 1
        while waiting.get_map():
            answers = waiting.select(LONGEST)
            if not answers:
                raise TimeoutError(f"No answer within {LONGEST} s.")
            for key, _ in answers:
                browser = key.data
                if not browser.is_answered():
                    continue
                now = time.perf_counter()
                heard.times.append(now - browser.begun)
                heard.last = browser.heard
                if browser.heard[9:12] != status:
                    heard.odd.append(browser.heard[:400])
                if now - begun < seconds or number < LEAST:
                    browser.ask(request(number))
                    number += 1
                else:
                    waiting.unregister(browser.socket)
                    browser.socket.close()
        heard.seconds = time.perf_counter() - begun
    return heard
