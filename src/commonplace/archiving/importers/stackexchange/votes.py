"""Votes.xml: of all votes, the acceptance of an answer is a confirmation by the asker."""

from collections.abc import Iterator
from datetime import datetime

from commonplace.archiving.importers.stackexchange.dump import Dump
from commonplace.archiving.importers.stackexchange.fields import Fields, moment, number
from commonplace.archiving.importers.stackexchange.known import Known
from commonplace.archiving.records import ConfirmationRecord, Record, Skipped

ACCEPTED = 1
OTHER = "votes other than the acceptance of an answer"
OUTDATED = "acceptances that no longer hold, or of an answer that is not in the archive"


def confirmations(dump: Dump, known: Known) -> Iterator[Record]:
    """Acceptances dated by their vote; then those that only the question knows, dated by the answer."""

    def made(row: Fields) -> Record:
        if number(row, "VoteTypeId") != ACCEPTED:
            return Skipped(OTHER)
        answer = number(row, "PostId")
        if not _stands(known, answer):
            return Skipped(OUTDATED)
        return _confirmation(known, answer, moment(row, "CreationDate", dump.now))

    yield from dump.each("Votes.xml", made)
    for answer in [post.accepted for post in known.posts.values() if post.accepted]:
        if _stands(known, answer):
            yield _confirmation(known, answer, known.posts[answer].at)


def _stands(known: Known, answer: int) -> bool:
    if not known.is_answer(answer):
        return False
    question = known.posts[answer].question
    return known.posts[question].accepted == answer and question not in known.confirmed


def _confirmation(known: Known, answer: int, day: datetime) -> ConfirmationRecord:
    post = known.posts[answer]
    question = known.posts[post.question]
    known.confirmed.add(post.question)
    at = max(day, post.at, question.at)
    return ConfirmationRecord(str(answer), at, question.author, str(post.question), str(answer))
