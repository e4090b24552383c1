"""Posts.xml, read twice: an answer may stand before its question."""

from collections.abc import Iterator

from commonplace.archiving.importers.stackexchange.dump import Dump
from commonplace.archiving.importers.stackexchange.fields import (
    LONGEST_TITLE,
    Fields,
    Wrong,
    licence,
    moment,
    number,
    optional_moment,
    optional_number,
    text,
    topics,
)
from commonplace.archiving.importers.stackexchange.known import Known, Post, new
from commonplace.archiving.records import AnswerRecord, ExchangeRecord, Record, Skipped

QUESTION, ANSWER = 1, 2
OTHER = "posts that are no question or answer: tag wikis, nominations, help"


def questions(dump: Dump, known: Known) -> Iterator[Record]:
    """Questions, and a reason for each post that is neither question nor answer."""

    def made(row: Fields) -> Record | None:
        if _is_answer(row):
            return None
        kind = number(row, "PostTypeId")
        identifier = new(number(row, "Id"), known.posts, known.other_posts)
        if kind == QUESTION:
            return _question(dump, known, row, identifier)
        known.other_posts.add(identifier)
        return Skipped(OTHER)

    return dump.each("Posts.xml", made)


def answers(dump: Dump, known: Known) -> Iterator[Record]:
    def made(row: Fields) -> Record | None:
        return _answer(dump, known, row) if _is_answer(row) else None

    return dump.each("Posts.xml", made, again=True)


def _is_answer(row: Fields) -> bool:
    return row.get("PostTypeId") == str(ANSWER)


def _question(dump: Dump, known: Known, row: Fields, identifier: int) -> Record:
    at, title, body = moment(row, "CreationDate", dump.now), text(row, "Title", LONGEST_TITLE), text(row, "Body")
    author = known.author(row, "OwnerUser", f"post {identifier}")
    known.posts[identifier] = Post(identifier, author, at, optional_number(row, "AcceptedAnswerId"))
    url, terms, edited = dump.url(f"/q/{identifier}"), licence(row, at), optional_moment(row, "LastEditDate", dump.now)
    closed, wiki = optional_moment(row, "ClosedDate", dump.now), _is_wiki(row)
    words = title, body, "html", topics(row), url, terms, edited
    return ExchangeRecord(str(identifier), at, author, *words, closed, wiki)


def _answer(dump: Dump, known: Known, row: Fields) -> Record:
    identifier = new(number(row, "Id"), known.posts, known.other_posts)
    question, at, body = number(row, "ParentId"), moment(row, "CreationDate", dump.now), text(row, "Body")
    if question not in known.posts or known.is_answer(question):
        raise Wrong(f"its question ({question}) is missing or was set aside", question)
    author = known.author(row, "OwnerUser", f"post {identifier}")
    known.posts[identifier] = Post(question, author, at)
    url, terms, edited = dump.url(f"/a/{identifier}"), licence(row, at), optional_moment(row, "LastEditDate", dump.now)
    return AnswerRecord(str(identifier), at, author, str(question), body, "html", url, terms, edited, _is_wiki(row))


def _is_wiki(row: Fields) -> bool:
    return bool(row.get("CommunityOwnedDate"))
