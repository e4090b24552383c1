"""What is asked for, by whom: addresses of each page, sessions, and the statements that one page runs."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from enum import Enum
from itertools import count
from typing import Any
from urllib.parse import urlencode

from serving.made import COMMON, LONG, OF_LONG, RARE, SLUG

SECRET = "s" * 32
UNIQUE = count()


@dataclass(frozen=True)
class Asked:
    """One kind of page: its addresses; `form` makes what is posted."""

    name: str
    paths: list[str]
    form: Callable[[], dict[str, str]] | None = None


@dataclass
class Statements:
    """All that one page ran, as the driver was given it."""

    run: list[tuple[str, Any]] = field(default_factory=list)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        for each in params if many else [params]:
            values = tuple(one.value if isinstance(one, Enum) else one for one in each or ())
            self.run.append((_as_sqlite(sql, values) if context["connection"].vendor == "sqlite" else sql, values))
        return execute(sql, params, many, context)


def _as_sqlite(sql: str, values: tuple[Any, ...]) -> str:
    return sql % tuple("?" * len(values)) if values else sql


def pages() -> list[Asked]:
    from django.db.models import Count

    from commonplace.communities.models import Community
    from commonplace.externalizing.models import Exchange
    from commonplace.objectifying.models import Practice

    here = Community.objects.filter(slug=SLUG).everywhere("benchmark").get()
    every = Exchange.objects.filter(community=here).everywhere("benchmark")
    answers = every.filter(responses__kind="answer").annotate(n=Count("responses")).filter(n=OF_LONG)
    long = [one.get_absolute_url() for one in answers.order_by("-pk")[:LONG]]
    practices = [one.get_absolute_url() for one in Practice.objects.filter(community=here).everywhere("benchmark")]
    replies = [f"/c/{SLUG}/exchanges/{pk}/responses" for pk in every.order_by("-pk").values_list("pk", flat=True)[:200]]
    return [
        Asked("home", ["/"]),
        Asked("list", [f"/c/{SLUG}/exchanges/"]),
        Asked("exchange", long),
        Asked("community", [f"/c/{SLUG}/"]),
        Asked("practice", practices),
        Asked("cycle", [f"/c/{SLUG}/cycle/"]),
        Asked("common", [f"/search?q={COMMON}"]),
        Asked("rare", [f"/search?q={RARE}"]),
        Asked("reply", replies, form=lambda: {"body": f"It helped us too, try {next(UNIQUE)} turns of the valve."}),
    ]


def sessions() -> list[str]:
    """A cookie for each reader."""
    from django.conf import settings
    from django.test import Client

    from commonplace.communities.models import Person

    made = []
    for person in Person.objects.filter(email__startswith="reader").order_by("pk"):
        client = Client()
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        made.append(f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={SECRET}")
    return made


def request(asked: Asked, number: int, cookies: list[str]) -> bytes:
    """The bytes that a browser sends."""
    head = {"Host": "localhost", "Accept-Encoding": "gzip", "Cookie": cookies[number % len(cookies)]}
    body, method = b"", "GET"
    if asked.form:
        method, body = "POST", urlencode({**asked.form(), "csrfmiddlewaretoken": SECRET}).encode()
        head |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
    path = asked.paths[number % len(asked.paths)]
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items()), "", ""]
    return "\r\n".join(lines).encode() + body


def statements(asked: Asked, cookie: str) -> list[tuple[str, Any]]:
    """Of the page when somebody asks for it a second time; what is posted is taken back."""
    from django.db import transaction
    from django.test import Client

    client = Client(headers={"host": "localhost", "cookie": cookie, "accept-encoding": "gzip"})
    for _ in range(2):
        seen = Statements()
        with transaction.atomic() if asked.form else nullcontext(), connection_of().execute_wrapper(seen):
            answer = client.post(asked.paths[0], asked.form()) if asked.form else client.get(asked.paths[0])
            if asked.form:
                transaction.set_rollback(True)
        assert answer.status_code == (302 if asked.form else 200), answer
    begin = "BEGIN IMMEDIATE" if connection_of().vendor == "sqlite" else "BEGIN"
    return [(begin, ()), *seen.run, ("ROLLBACK", ())] if asked.form else seen.run


def connection_of() -> Any:
    from django.db import connection

    return connection
