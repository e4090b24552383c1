"""Requests as no page of ours would make them: an address and a form that fit, and something in them that does not."""

import random
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tests.trust.routes import ROUTES

VALUES: Final = (
    "", " ", "\0", "\r\nSet-Cookie: a=b", "0", "-1", "1.5", "9" * 20, "9" * 400, "1e400", "NaN", "-Infinity", "٣", "²",
    "true", "None", "null", "[]", "{}", '{"a": [1]}', "%s", "%00", "{{ 7 }}", "{% if %}", "' OR 1=1 --",
    "<script>", "../../etc",
    "/\\example.org", "//example.org", "javascript:alert(1)", "2026-02-30", "0000-00-00", "9999-12-31", "10000-01-01",
    "2026-11-27T25:61", "0001-01-01 00:00", "\u202e", "\u3164", "\ud7ff\ue000", "\U0010ffff", "🜁" * 50, "x" * 5000,
    "a b",
    "en", "xx", "zz-ZZ", "Mars/Olympus", "UTC", "open", "accepted", "me@example.org", '"', "*", "(", "\\", "-x", "C#",
    "0" * 26, "z" * 26, "7zzzzzzzzzzzzzzzzzzzzzzzzz", "8" + "z" * 25, "01AS57P9M0G3ZMBF3D633ECM2C",
)  # fmt: skip
HEADERS: Final = (
    ("accept-language", "x" * 300), ("accept-language", "de;q=,*;q=9,\xff"), ("if-none-match", '"'),
    ("if-none-match", "W/,"),
    ("if-modified-since", "yesterday"), ("range", "bytes=9-1"), ("accept-encoding", "gzip;q=x"),
    ("cookie", "sessionid=" + "é"),
    ("cookie", "django_language=../x; csrftoken=1"), ("x-forwarded-for", "::zz, 1.2.3"), ("referer", "http://[x"),
    ("content-length", "abc"), ("hx-request", "true"), ("accept", "application/json"), ("user-agent", ""),
)  # fmt: skip
BODIES: Final = (
    ("application/json", b'{"a":'), ("multipart/form-data", b"x"), ("multipart/form-data; boundary=\xc3\xa9", b"--x"),
    ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data; name=x\r\n\r\n"),
    ("text/plain; charset=nope", b"x=1"),
    ("application/x-www-form-urlencoded", b"%ed%a0%80=%ff&=&&a=%"),
    ("application/x-www-form-urlencoded; charset=utf-7", b"a=+AGA-"),
    ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % one for one in range(2000))), ("", b"\x00"),
)  # fmt: skip
SPARED: Final = {"kind", "outcome"}  # Often right, so that what lies behind them is reached.


class Forger:
    """`names`: every field of every form and list, wherever it belongs."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        typed = [way.post for way in ROUTES.values() if isinstance(way.post, Mapping)]
        self.names = sorted({"page", "q", "in", "after", "before", "next", "topic", "status", "title"}.union(*typed))

    def sent(self, client: Client, address: str, form: Mapping[str, Any], is_posted: bool) -> tuple[str, HttpResponse]:
        """The request in words, and its answer."""
        chance, headers = self.chance, dict([self.chance.choice(HEADERS)]) if self.chance.random() < 0.1 else {}
        if chance.random() < 0.15:
            address = self._bent(address)
        if chance.random() < 0.05:
            method = chance.choice(["PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "BREW"])
            return f"{method} {address}", client.generic(method, address, headers=headers)
        if not is_posted and chance.random() < 0.9:
            asked = self._forged({})
            return f"GET {address} {asked} {headers}", client.get(address, asked, headers=headers)
        if chance.random() < 0.07:
            kind, body = chance.choice(BODIES)
            return f"POST {address} {kind} {body[:80]!r}", client.generic("POST", address, body, kind, headers=headers)
        sent = self._forged(form)
        return f"POST {address} {sent} {headers}", client.post(address, sent, headers=headers)

    def _forged(self, form: Mapping[str, Any]) -> dict[str, Any]:
        """One to three fields wrong, or gone, or there twice, or a file, and now and then one too many."""
        wrong = dict(form)
        for _ in range(self.chance.randint(1, 3)):
            own = form and self.chance.random() < 0.8
            name = self.chance.choice(sorted(form) if own else self.names)
            if name in SPARED and self.chance.random() < 0.5:
                continue
            wrong[name] = self._value()
            if self.chance.random() < 0.1:
                del wrong[name]
        return wrong

    def _value(self) -> Any:
        kind = self.chance.random()
        if kind < 0.1:
            return [self.chance.choice(VALUES) for _ in range(self.chance.randint(0, 3))]
        if kind < 0.14:
            return SimpleUploadedFile(
                self.chance.choice(["a.png", "\u202e.svg", "x" * 300]), b"\x89PNG\r\n\x1a\n" + bytes(40)
            )
        return self.chance.choice(VALUES)

    def _bent(self, address: str) -> str:
        parts = address.split("/")
        parts[self.chance.randrange(len(parts))] = quote(self.chance.choice(VALUES), safe="%")[:300]
        return "/" + "/".join(parts).lstrip("/")
