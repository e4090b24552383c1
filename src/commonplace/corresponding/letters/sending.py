"""Letters that are due are claimed under a lease, sent, and noted as sent: one after the other, by one connection.

Whoever dies between the server's answer and the note leaves a lease that ends: the letter goes again, with the same
Message-ID. Nothing else sends one twice.
"""

import logging
from contextlib import suppress
from datetime import timedelta
from smtplib import SMTPException, SMTPServerDisconnected
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.db import Error

from commonplace.corresponding.letters import composing, deciding, refusals
from commonplace.corresponding.letters.writing import written
from commonplace.corresponding.models import Ended, Letter
from commonplace.ledger import clock, jobs
from commonplace.ledger.jobs.failures import pause

log = logging.getLogger(__name__)
LEASE, MARGIN = timedelta(minutes=10), timedelta(minutes=2)
AT_A_TIME, A_RUN = 100, 500


class ServerAway(Exception):
    """No letter's fault: all of them wait until it answers."""


@jobs.job(deciding.SEND, long=True, when=jobs.every(timedelta(minutes=1)))
def send() -> None:
    """Not all in one run: other work wants its turn."""
    if settings.MAIL and deliver(A_RUN) >= A_RUN:
        jobs.enqueue(deciding.SEND)


def deliver(most: int) -> int:
    """How many were claimed."""
    server, claimed = get_connection(), 0
    try:
        while claimed < most and (letters := Letter.objects.claim(clock.now() + LEASE, min(AT_A_TIME, most))):
            claimed += len(letters)
            _carry(server, letters)
    finally:
        with suppress(SMTPException, OSError):
            server.close()
    return claimed


def _carry(server: Any, letters: list[Letter]) -> None:
    """A lease that is nearly over is left to whoever claims it next."""
    composing.settle(letters)
    for at, letter in enumerate(letters):
        if clock.now() > letter.due_at - MARGIN:
            return
        try:
            _send(server, letter)
        except ServerAway:
            _give_back(letters[at:])
            raise


def _send(server: Any, letter: Letter) -> None:
    """What one letter cannot do holds up no other; the database's own troubles are everybody's."""
    try:
        if message := written(letter):
            _open(server)
            message.connection = server
            message.send()
    except (ServerAway, Error):
        raise
    except Exception as error:
        _not_sent(server, letter, error)
    else:
        _note(letter, was_sent=message is not None)


def _note(letter: Letter, was_sent: bool) -> None:
    """One that had nothing to say is gone; what is unread of it stands in the next digest."""
    if was_sent:
        Letter.objects.held(letter).update(sent_at=clock.now())
    else:
        Letter.objects.held(letter).delete()


def _open(server: Any) -> None:
    try:
        server.open()
    except (SMTPException, OSError) as error:
        raise ServerAway from error


def _not_sent(server: Any, letter: Letter, error: Exception) -> None:
    answer = refusals.meaning(error)
    if answer.ended:
        refusals.take(letter, answer)
    elif letter.tries >= settings.JOB_MOST_TRIES:
        log.error(
            "Letter %s is given up after %s tries: %s", letter.pk, letter.tries, type(error).__name__, exc_info=error
        )
        refusals.take(letter, refusals.Answer(Ended.TRIES))
    else:
        log.warning(
            "Letter %s was not taken and will be tried again: %s", letter.pk, type(error).__name__, exc_info=error
        )
        Letter.objects.held(letter).update(due_at=clock.now() + pause(letter.tries))
    if isinstance(error, SMTPServerDisconnected | OSError):
        with suppress(SMTPException, OSError):
            server.close()


def _give_back(letters: list[Letter]) -> None:
    """As if they had not been tried."""
    for letter in letters:
        Letter.objects.held(letter).update(due_at=clock.now(), tries=letter.tries - 1)
