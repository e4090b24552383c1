"""Small Stack Exchange dumps, made for a test."""

from pathlib import Path
from xml.sax.saxutils import quoteattr

Row = dict[str, str]
DAY = "2016-08-02T00:00:00.000"


def user(number: int, **more: str) -> Row:
    return {"Id": str(number), "CreationDate": "2016-08-01T08:00:00.000", "DisplayName": f"Person {number}"} | more


def question(number: int, **more: str) -> Row:
    made = {"Id": str(number), "PostTypeId": "1", "CreationDate": "2016-08-02T09:00:00.000", "OwnerUserId": "1"}
    return made | {"Title": f"Question {number}", "Body": "<p>Why?</p>", "Tags": "<pumps><valves>"} | more


def answer(number: int, of: int, **more: str) -> Row:
    made = {"Id": str(number), "PostTypeId": "2", "ParentId": str(of), "CreationDate": "2016-08-02T10:00:00.000"}
    return made | {"OwnerUserId": "2", "Body": "<p>Because.</p>"} | more


def comment(number: int, on: int, **more: str) -> Row:
    made = {"Id": str(number), "PostId": str(on), "CreationDate": "2016-08-02T11:00:00.000", "UserId": "3"}
    return made | {"Text": "Since *when*?"} | more


def vote(number: int, post: int, kind: int = 1, **more: str) -> Row:
    return {"Id": str(number), "PostId": str(post), "VoteTypeId": str(kind), "CreationDate": DAY} | more


def link(number: int, post: int, related: int, kind: int = 1, **more: str) -> Row:
    made = {"Id": str(number), "CreationDate": "2016-08-03T00:00:00.000", "PostId": str(post)}
    return made | {"RelatedPostId": str(related), "LinkTypeId": str(kind)} | more


def small() -> dict[str, list[Row]]:
    """Three people; two questions, the first with an accepted answer and two comments; one link."""
    return {
        "Users": [user(-1, DisplayName="Community"), user(1), user(2), user(3)],
        "Posts": [question(1, AcceptedAnswerId="3"), question(2), answer(3, of=1), answer(4, of=1)],
        "Comments": [comment(1, on=1), comment(3, on=3)],
        "Votes": [vote(1, post=3), vote(2, post=3, kind=2)],
        "PostLinks": [link(1, 2, 1)],
        "PostHistory": [{"Id": "1"}],
        "Badges": [{"Id": "1"}],
        "Tags": [{"Id": "1", "TagName": "pumps"}],
    }


SITE = "ai.stackexchange.com"


def write(folder: Path, files: dict[str, list[Row]]) -> Path:
    """The dump as a folder; returns it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in files.items():
        (folder / f"{name}.xml").write_text(xml(name.lower(), rows), encoding="utf-8-sig")
    return folder


def xml(root: str, rows: list[Row]) -> str:
    lines = ("  <row " + " ".join(f"{key}={quoteattr(value)}" for key, value in row.items()) + " />" for row in rows)
    return "\n".join(['<?xml version="1.0" encoding="utf-8"?>', f"<{root}>", *lines, f"</{root}>"])
