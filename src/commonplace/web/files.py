"""Files that pages need: each has a name that changes with its content, so a browser keeps it for a year."""

import gzip
import mimetypes
import re
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.exceptions import SuspiciousFileOperation
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.cache import get_conditional_response

from commonplace.web.wire import Answer, takes_gzip

YEAR = 365 * 24 * 60 * 60
mimetypes.add_type("font/ttf", ".ttf")
NAMED = re.compile(r'url\("\.\./(fonts/[^"]+)"\)')
WITH_DIGEST = re.compile(r"(?P<stem>.+)\.(?P<digest>[0-9a-f]{12})(?P<kind>\.\w+)")


class File(NamedTuple):
    kind: str
    digest: str
    content: bytes
    packed: bytes


class Fingerprinted(StaticFilesStorage):
    """Nothing is collected or written: the name is worked out when a page first asks for it."""

    def url(self, name: str | None) -> str:
        return str(super().url(_with_digest.__wrapped__(name) if settings.DEBUG else _with_digest(name)))


@cache
def _with_digest(name: str) -> str:
    file, (stem, dot, kind) = _file(name), name.rpartition(".")
    return f"{stem}.{file.digest}{dot}{kind}" if file else name


class Files:
    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = request.path_info.removeprefix(settings.STATIC_URL)
        if name == request.path_info or request.method not in ("GET", "HEAD"):
            return self.answer(request)
        digest = WITH_DIGEST.fullmatch(name)
        file = _file(digest["stem"] + digest["kind"] if digest else name)
        if not file:
            return self.answer(request)
        return _sent(request, file, is_forever=bool(digest and digest["digest"] == file.digest))


def _sent(request: HttpRequest, file: File, is_forever: bool) -> HttpResponse:
    """A name of another version leads to what is here now, for now."""
    packed = takes_gzip(request) and len(file.packed) < len(file.content)
    etag = f'"{file.digest}{"-gzip" if packed else ""}"'
    response = HttpResponse(file.packed if packed else file.content, content_type=file.kind)
    response["ETag"], response["Vary"] = etag, "Accept-Encoding"
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable" if is_forever else "no-cache"
    if packed:
        response["Content-Encoding"] = "gzip"
    return get_conditional_response(request, etag, None, response) or response


def _naming(sheet: bytes) -> bytes:
    """Fonts by the names that pages give them."""
    return NAMED.sub(lambda match: f'url("{static(match[1])}")', sheet.decode()).encode()


def _file(name: str) -> File | None:
    """None if there is none; read once, unless somebody is at work on it."""
    try:
        path = finders.find(name)
    except SuspiciousFileOperation:
        return None
    if not path or not Path(path).is_file():
        return None
    return _read.__wrapped__(path) if settings.DEBUG else _read(path)


@cache
def _read(path: str) -> File:
    content = Path(path).read_bytes()
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    content = _naming(content) if kind == "text/css" else content
    return File(
        f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
        sha256(content).hexdigest()[:12],
        content,
        gzip.compress(content, mtime=0),
    )
