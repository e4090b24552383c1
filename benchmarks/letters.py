"""Ten thousand digests, beside the same letters sent by a bare loop: `python benchmarks/letters.py [digests]`."""

import os
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from typing import Any

DIGESTS, COMMUNITIES, THREADS, NOTICES = 10_000, 200, 2_000, 4
SERVER = """
import sys, threading
from aiosmtpd.controller import Controller
class Sink:
    count = 0
    async def handle_DATA(self, server, session, envelope):
        Sink.count += 1
        return "250 OK"
server = Controller(Sink(), hostname="127.0.0.1", port=int(sys.argv[1]))
server.start()
for _line in sys.stdin:
    print(Sink.count, flush=True)
"""


def main(digests: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        os.environ |= {"COMMONPLACE_DATA": folder, "COMMONPLACE_MAIL": f"smtp://127.0.0.1:{port}"}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonplace.web.settings")
        import django
        from django.conf import settings

        django.setup()
        from django.db import connection

        connection.creation.create_test_db(verbosity=0)
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        server = subprocess.Popen([sys.executable, "-c", SERVER, str(port)], **pipes)
        try:
            counted(server)
            measure(digests, port, server, connection.vendor)
        finally:
            server.kill()
            connection.creation.destroy_test_db(settings.DATABASES["default"]["NAME"], verbosity=0)


def measure(digests: int, port: int, server: Any, vendor: str) -> None:
    from commonplace.corresponding.letters.sending import deliver
    from commonplace.corresponding.models import Letter

    begun = time.perf_counter()
    acts = fill(digests)
    print(f"{digests:,} people, {NOTICES} notices each, {COMMUNITIES} communities, {vendor}")
    line("filled", time.perf_counter() - begun, digests)
    line("decided", decided(acts), digests)
    message = one_letter()
    bare = sent_bare(message, port, digests)
    line("a bare loop of SMTP", bare, digests)
    from commonplace.ledger import clock

    before, begun, busy = counted(server), time.perf_counter(), time.process_time()
    with clock.at(clock.now() + timedelta(days=2)):
        while deliver(500):
            pass
    took = time.perf_counter() - begun
    line("the digests", took, digests)
    line("of it our own time", time.process_time() - busy, digests)
    sent = Letter.objects.exclude(sent_at=None).count()
    print(f"{sent:,} noted as sent, {counted(server) - before:,} arrived; {took / bare:.1f} x bare")


def line(name: str, seconds: float, many: int) -> None:
    print(f"{name:>24} {seconds:>8.1f} s {1000 * seconds / many:>8.2f} ms a letter")


def fill(digests: int) -> int:
    """Everybody is in two communities, where threads moved."""
    from commonplace.communities.models import Community, Membership, Person
    from commonplace.corresponding.models import Notice
    from commonplace.externalizing.models import Exchange
    from commonplace.ledger import clock

    why, now = "a benchmark fills its own database", clock.now()
    posts = [f"ann{n}@example.org" for n in range(digests)]
    people = [Person(name=f"Ann {n}", folded=f"ann {n}", email=at, given_email=at) for n, at in enumerate(posts)]
    communities = [Community(slug=f"crew-{n}", title=f"Crew {n}") for n in range(COMMUNITIES)]
    Person.objects.bulk_create(people, batch_size=500)
    Community.objects.everywhere(why).bulk_create(communities)
    threads = [
        Exchange(community=communities[n % COMMUNITIES], opener=people[n % digests], title=f"Pump {n} has lost prime")
        for n in range(THREADS)
    ]
    Exchange.objects.everywhere(why).bulk_create(threads, batch_size=500)
    members = [
        Membership(community=communities[(n + more) % COMMUNITIES], person=person)
        for n, person in enumerate(people)
        for more in (0, 1)
    ]
    Membership.objects.everywhere(why).bulk_create(members, batch_size=500)
    notices = [
        Notice(
            person=person, community=communities[(n + of) % COMMUNITIES], act=act, occasion="answered", because="yours",
            actor=people[0], object=person.pk, thread_kind="exchange", at=now,
            thread=threads[(n + of) % COMMUNITIES + COMMUNITIES * (act % 10)].pk,
        )
        for n, person in enumerate(people)
        for act, of in zip(range(1, NOTICES + 1), (0, 1, 0, 1), strict=True)
    ]  # fmt: skip
    Notice.objects.everywhere(why).bulk_create(notices, batch_size=500)
    return NOTICES


def decided(acts: int) -> float:
    from commonplace.corresponding.letters.deciding import decide

    begun = time.perf_counter()
    decide(list(range(1, acts + 1)))
    return time.perf_counter() - begun


def one_letter() -> bytes:
    """As it will be sent; not noted."""
    from django.db import transaction

    from commonplace.corresponding.letters.composing import settle
    from commonplace.corresponding.letters.writing import written
    from commonplace.corresponding.models import Letter

    with transaction.atomic():
        letter = Letter.objects.select_related("person")[0]
        settle([letter])
        message = written(letter)
        transaction.set_rollback(True)
    assert message
    return message.message().as_bytes(linesep="\r\n")


def sent_bare(message: bytes, port: int, many: int) -> float:
    begun = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for n in range(many):
            server.sendmail("word@example.org", [f"ann{n}@example.org"], message)
    return time.perf_counter() - begun


def counted(server: Any) -> int:
    server.stdin.write("?\n")
    server.stdin.flush()
    return int(server.stdout.readline())


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else DIGESTS)
