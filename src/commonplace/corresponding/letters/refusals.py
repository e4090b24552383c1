"""What a mail server's answer means: later, never this letter, or never this address, which is stopped then."""

import re
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import NamedTuple

from django.db import transaction

from commonplace.communities.models import Person
from commonplace.corresponding.models import Ended, Letter, StoppedAddress, Why
from commonplace.ledger import clock

OURS = re.compile(rb"5\.7\.\d")


class Answer(NamedTuple):
    """`ended`: none if it is to be tried again; `code`: of the server."""

    ended: str = ""
    code: str = ""


LATER = Answer()


def meaning(error: Exception) -> Answer:
    """Of a recipient, 5xx is for good; but not what the server holds against whoever sends: signing in, a policy."""
    match error:
        case SMTPRecipientsRefused(recipients=refused) if refused:
            code, words = next(iter(refused.values()))
            ours = code == 530 or OURS.match(words if isinstance(words, bytes) else str(words).encode())
            return Answer(Ended.ADDRESS, str(code)) if 500 <= code < 600 and not ours else LATER
        case SMTPDataError(smtp_code=code) if 500 <= code < 600:
            return Answer(Ended.LETTER, str(code))
        case _ if type(error).__name__ == "AnymailRecipientsRefused":
            return Answer(Ended.ADDRESS)
    return LATER


def take(letter: Letter, answer: Answer) -> None:
    """The letter has ended so, and its address if that is why."""
    with transaction.atomic():
        Letter.objects.held(letter).update(ended=answer.ended, ended_at=clock.now())
        if answer.ended == Ended.ADDRESS:
            stop(letter.person, str(letter.person.email), Why.REFUSED, answer.code)


def stop(person: Person, address: str, why: Why, code: str = "") -> None:
    row = StoppedAddress(person=person, address=address.lower(), why=why, code=code)
    StoppedAddress.objects.bulk_create([row], ignore_conflicts=True)


def stopped(person: Person) -> StoppedAddress | None:
    """Of the address that somebody has now."""
    return StoppedAddress.objects.filter(person=person.pk, address=person.email or "").first()


def begin_again(person: Person) -> None:
    """It works again, its owner says: the next letter tries it."""
    StoppedAddress.objects.filter(person=person.pk, address=person.email or "").delete()
