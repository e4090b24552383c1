"""Comments.xml: remarks on a question or on an answer."""

from collections.abc import Iterator

from commonplace.archiving.importers.stackexchange.dump import Dump
from commonplace.archiving.importers.stackexchange.fields import Fields, Wrong, licence, moment, number, text
from commonplace.archiving.importers.stackexchange.known import Known, new
from commonplace.archiving.records import CommentRecord, Record, Skipped

ELSEWHERE = "comments on posts that are no question or answer"


def comments(dump: Dump, known: Known) -> Iterator[Record]:
    def made(row: Fields) -> Record:
        identifier, post = new(number(row, "Id"), known.comments), number(row, "PostId")
        if post in known.other_posts:
            return Skipped(ELSEWHERE)
        if post not in known.posts:
            raise Wrong(f"its post ({post}) is missing or was set aside", post)
        return _comment(dump, known, row, identifier, post)

    return dump.each("Comments.xml", made)


def _comment(dump: Dump, known: Known, row: Fields, identifier: int, post: int) -> CommentRecord:
    at, body = moment(row, "CreationDate", dump.now), text(row, "Text")
    author = known.author(row, "User", f"comment {identifier}")
    known.comments.add(identifier)
    question, about = str(known.posts[post].question), str(post) if known.is_answer(post) else ""
    url, terms = dump.url(f"/posts/comments/{identifier}"), licence(row, at)
    return CommentRecord(str(identifier), at, author, question, body, "remark", about, url, terms)
