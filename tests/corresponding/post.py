"""A mail server on loopback, which keeps and counts what arrives, and refuses whom it is told to."""

import socket
from collections import Counter
from collections.abc import Callable
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller


class Post:
    """`refusing`: address -> the answer to it; `answering`: to a whole letter."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.refusing: dict[str, str] = {}
        self.answering: Callable[[], str] = lambda: "250 OK"
        self.connections = 0

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, responses: Any) -> Any:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refusing:
            return self.refusing[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = self.answering()
        if answer.startswith("250"):
            letter = BytesParser(policy=default).parsebytes(envelope.content)
            assert isinstance(letter, EmailMessage)
            self.letters.append(letter)
            self.raw.append(envelope.content)
        return answer

    def to(self, address: str) -> list[EmailMessage]:
        return [one for one in self.letters if str(one["To"]) == address]

    def ids(self) -> Counter[str]:
        return Counter(str(one["Message-ID"]) for one in self.letters)


def text(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    return str(part.get_content()) if part else ""


def html(letter: EmailMessage) -> str:
    part = letter.get_body(("html",))
    return str(part.get_content()) if part else ""


def opened(post: Post) -> Controller:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(post, hostname="127.0.0.1", port=port)
    server.start()
    return server
