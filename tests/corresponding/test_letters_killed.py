"""Whoever is killed while letters go loses none; one goes twice only between the server's answer and our note of it,
and then under the same Message-ID."""

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection, transaction

from commonplace.communities.models import Person
from commonplace.corresponding.letters import deciding, digests, sending, wishes
from commonplace.corresponding.models import Letter, LetterQuerySet, Notice, Often
from commonplace.ledger import clock
from commonplace.ledger.jobs import run_due
from tests.corresponding.conftest import HERE
from tests.corresponding.post import Post
from tests.story import Story
from tests.web.installation import ROOT, environment

KILLS, LIVES, SEED, AT_ONCE = 200, 4, 20260302, 4
EVERYTHING = 10_000


class Killed(BaseException):
    """As a kill is: nobody tidies up after it."""


class Fate:
    """Ends whoever reaches the point for which it is set."""

    def __init__(self) -> None:
        self.left = 0
        self.unnoted: Counter[str] = Counter()

    def reach(self, message: str = "") -> None:
        self.left -= 1
        if self.left == 0:
            self.unnoted.update([message] if message else [])
            raise Killed


@pytest.fixture
def fate(monkeypatch: pytest.MonkeyPatch) -> Fate:
    """Points before and after each step of sending; at one of them the server has answered and it is not noted."""
    fate = Fate()
    claim, held, written, send = LetterQuerySet.claim, sending._note, sending.written, EmailMultiAlternatives.send

    def claiming(rows: Any, *args: Any) -> Any:
        fate.reach()
        letters = claim(rows, *args)
        fate.reach()
        return letters

    def writing(letter: Letter) -> Any:
        message = written(letter)
        fate.reach()
        return message

    def going(message: EmailMultiAlternatives, **more: Any) -> int:
        sent = send(message, **more)
        fate.reach(message.extra_headers["Message-ID"])
        return sent

    def noting(letter: Letter, was_sent: bool) -> None:
        held(letter, was_sent)
        fate.reach()

    monkeypatch.setattr(LetterQuerySet, "claim", claiming)
    monkeypatch.setattr(sending, "written", writing)
    monkeypatch.setattr(EmailMultiAlternatives, "send", going)
    monkeypatch.setattr(sending, "_note", noting)
    return fate


def owed_again() -> set[str]:
    """The same notices, each in a letter of its own."""
    Notice.objects.everywhere("test").update(letter=None, put_away_at=None)
    before = set(Letter.objects.values_list("pk", flat=True))
    with transaction.atomic():
        deciding.decide(list(Notice.objects.everywhere("test").values_list("act", flat=True)))
    return {one.message_id for one in Letter.objects.exclude(pk__in=before).filter(kind="at_once")}


def told_of_answers(story: Story, omar: Person) -> None:
    asked = story.ask(story.member("Lea"))
    for _ in range(AT_ONCE):
        story.respond(omar, asked)


def test_killed_at_200_points_none_is_lost_and_twice_comes_only_what_was_not_noted(
    story: Story, omar: Person, post: Post, fate: Fate, nobody_works: None
) -> None:
    told_of_answers(story, omar)
    run_due()
    chance, moment = random.Random(SEED), clock.now()
    owed: set[str] = set(post.ids())
    for _ in range(KILLS):
        moment += sending.LEASE + timedelta(minutes=1)
        with clock.at(moment):
            owed |= set() if Letter.objects.waiting().filter(kind="at_once").exists() else owed_again()
            fate.left = chance.randint(1, 3 * AT_ONCE + 4)
            with suppress(Killed):
                sending.deliver(EVERYTHING)
    fate.left = 0
    with clock.at(moment + 2 * sending.LEASE):
        sending.deliver(EVERYTHING)
    assert owed - post.ids().keys() == set()
    twice = {message: times - 1 for message, times in post.ids().items() if times > 1}
    assert twice == dict(fate.unnoted)
    assert sum(fate.unnoted.values()) > KILLS / 20, "the point was reached"


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_killed_from_outside_none_is_lost(post: Post, tmp_path: Any, settings: Any) -> None:
    """A process that sends is killed as soon as the server has some letters; each comes at least once, and at most once
    more for each kill."""
    story = Story()
    told_of_answers(story, story.member("Omar"))
    run_due()
    before, owed, kills = post.ids(), owed_again(), 0
    assert len(owed) == AT_ONCE
    for life in range(LIVES + 1):
        Letter.objects.waiting().update(due_at=clock.now() - timedelta(hours=1))
        kills += _lived(post, tmp_path, settings, killed=life < LIVES)
    arrived = post.ids() - before
    assert arrived.keys() == owed
    assert sum(arrived.values()) - len(owed) <= kills


def _lived(post: Post, folder: Any, settings: Any, killed: bool) -> bool:
    more = {"COMMONPLACE_DATABASE": url} if (url := os.environ.get("COMMONPLACE_DATABASE")) else {}
    mail = {"COMMONPLACE_MAIL": settings.MAIL, "COMMONPLACE_URL": HERE}
    command = [sys.executable, "-c", SENDS, str(connection.settings_dict["NAME"])]
    enough = len(post.letters) + 1
    process = subprocess.Popen(command, cwd=ROOT, env=environment(folder / "data", **more, **mail))
    while process.poll() is None and not (killed and len(post.letters) >= enough):
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.005)
    if process.poll() is None:
        os.kill(process.pid, signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


SENDS = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "commonplace.web.settings"
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from commonplace.corresponding.letters.sending import deliver
deliver(10_000)
"""


def test_a_digest_that_is_claimed_is_not_put_off_and_goes_once(
    story: Story, lea: Person, omar: Person, post: Post, nobody_works: None
) -> None:
    """Whoever says at that moment when they want digests says it of the next."""
    story.respond(omar, story.ask(lea))
    run_due()
    Letter.objects.filter(person=lea).delete()
    digests.owe([lea.pk])
    with clock.at(clock.now() + timedelta(days=1, hours=1)):
        claimed = Letter.objects.claim(clock.now() + sending.LEASE, 10)
        wishes.keep(lea, Often.DAILY, 23, {})
        sending._carry(get_connection(), claimed)
        assert not Letter.objects.to_come().filter(person=lea).exists()
    with clock.at(clock.now() + timedelta(days=3)):
        sending.deliver(10)
    assert [post.ids()[one.message_id] for one in claimed] == [1]
