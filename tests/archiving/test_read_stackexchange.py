"""The reader of Stack Exchange dumps: one record for each row, in an order that can be written."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonplace.archiving.importers.stackexchange import StackExchange
from commonplace.archiving.importers.stackexchange.site import address_of_site
from commonplace.archiving.records import (
    AnswerRecord,
    CommentRecord,
    ConfirmationRecord,
    ExchangeRecord,
    LinkRecord,
    PersonRecord,
    Quarantined,
    Record,
    Skipped,
)
from commonplace.untrusted.archives import open_archive
from commonplace.untrusted.refused import Refused
from tests.archiving.dumps import Row, answer, comment, link, question, small, user, vote, write

NOW = datetime(2026, 1, 1, tzinfo=UTC)
Files = dict[str, list[Row]]
Kind = TypeVar("Kind")
KINDS = (PersonRecord, ExchangeRecord, AnswerRecord, CommentRecord, ConfirmationRecord, LinkRecord, Skipped)


def read(folder: Path, files: Files) -> list[Record]:
    return list(StackExchange(NOW).read(open_archive(write(folder, files)), address_of_site(folder.name)))


def only(kind: type[Kind], records: list[Record]) -> list[Kind]:
    return [record for record in records if isinstance(record, kind)]


def aside(folder: Path, **files: list[Row]) -> list[Quarantined]:
    return only(Quarantined, read(folder, small() | files))


def test_each_row_gives_one_record(tmp_path: Path) -> None:
    records = read(tmp_path, small())
    counts = Counter(type(record) for record in records)
    assert [counts[kind] for kind in KINDS] == [4, 2, 2, 2, 1, 1, 4]
    assert len(records) == sum(map(len, small().values()))


def test_a_record_comes_after_those_it_needs(tmp_path: Path) -> None:
    posts = [answer(3, of=1), question(1, AcceptedAnswerId="3")]
    kinds = [type(record) for record in read(tmp_path, {"Posts": posts, "Votes": [vote(1, 3)]})]
    assert kinds == [ExchangeRecord, AnswerRecord, ConfirmationRecord]


def test_a_question_keeps_its_words_time_topics_and_terms(tmp_path: Path) -> None:
    folder = tmp_path / "ai-stackexchange-2016-12"
    (first, *_) = only(ExchangeRecord, read(folder, {"Users": [user(1)], "Posts": [question(7)]}))
    assert (first.title, first.body, first.body_format) == ("Question 7", "<p>Why?</p>", "html")
    assert first.at == datetime(2016, 8, 2, 9, tzinfo=UTC)
    assert first.author.external_id == "1"
    assert first.topics == ("pumps", "valves")
    assert (first.url, first.licence) == ("https://ai.stackexchange.com/q/7", "CC BY-SA 3.0")


@pytest.mark.parametrize("tags", ["<pumps><valves>", "|pumps|valves|", "pumps|valves"])
def test_topics_come_in_each_spelling(tmp_path: Path, tags: str) -> None:
    (first,) = only(ExchangeRecord, read(tmp_path, {"Posts": [question(1, Tags=tags)]}))
    assert first.topics == ("pumps", "valves")


@pytest.mark.parametrize(("day", "terms"), [("2011-01-01", "2.5"), ("2018-05-01", "3.0"), ("2018-05-02", "4.0")])
def test_terms_that_are_not_stated_follow_from_the_date(tmp_path: Path, day: str, terms: str) -> None:
    (first,) = only(ExchangeRecord, read(tmp_path, {"Posts": [question(1, CreationDate=f"{day}T00:00:00")]}))
    assert first.licence == f"CC BY-SA {terms}"


def test_a_comment_knows_what_it_is_about(tmp_path: Path) -> None:
    on_question, on_answer = only(CommentRecord, read(tmp_path, small()))
    assert (on_question.exchange, on_question.about) == ("1", "")
    assert (on_answer.exchange, on_answer.about) == ("1", "3")


def test_an_acceptance_is_the_askers_and_not_before_its_answer(tmp_path: Path) -> None:
    (confirmed,) = only(ConfirmationRecord, read(tmp_path, small()))
    assert (confirmed.author.external_id, confirmed.answer) == ("1", "3")
    assert confirmed.at == datetime(2016, 8, 2, 10, tzinfo=UTC)


def test_a_later_day_of_acceptance_counts(tmp_path: Path) -> None:
    votes = [vote(1, 3, CreationDate="2016-08-05T00:00:00.000")]
    (confirmed,) = only(ConfirmationRecord, read(tmp_path, small() | {"Votes": votes}))
    assert confirmed.at == datetime(2016, 8, 5, tzinfo=UTC)


@pytest.mark.parametrize("votes", [[], [vote(1, 4)], [vote(1, 99)]])
def test_an_acceptance_that_only_the_question_knows_is_not_lost(tmp_path: Path, votes: list[Row]) -> None:
    records = read(tmp_path, small() | {"Votes": votes})
    (confirmed,) = only(ConfirmationRecord, records)
    assert confirmed.answer == "3"
    assert confirmed.at == datetime(2016, 8, 2, 10, tzinfo=UTC)


def test_an_acceptance_is_confirmed_once(tmp_path: Path) -> None:
    assert len(only(ConfirmationRecord, read(tmp_path, small() | {"Votes": [vote(1, 3), vote(2, 3)]}))) == 1


def test_unknown_authors_are_people_apart(tmp_path: Path) -> None:
    posts = [
        question(1, OwnerUserId="", OwnerDisplayName="user9"),
        question(2, OwnerUserId="99"),
        question(3, OwnerUserId=""),
        question(4, OwnerUserId=""),
        question(5, OwnerUserId="", OwnerDisplayName="user9"),
    ]
    authors = [record.author for record in only(ExchangeRecord, read(tmp_path, {"Posts": posts}))]
    assert authors[0] == authors[4]
    assert authors[0].name == "user9"
    assert len(set(authors)) == 4
    assert all(author.name for author in authors)


def test_files_are_found_at_any_depth_in_any_case(tmp_path: Path) -> None:
    write(tmp_path / "a/b", {"posts": [question(1)]})
    assert len(list(StackExchange(NOW).read(open_archive(tmp_path), ""))) == 1


def test_two_sites_in_one_archive_are_refused(tmp_path: Path) -> None:
    for site in ("ai", "ai.meta"):
        write(tmp_path / site, small())
    with pytest.raises(Refused, match="one site"):
        list(StackExchange(NOW).read(open_archive(tmp_path), ""))


def test_an_archive_without_posts_says_what_is_expected(tmp_path: Path) -> None:
    write(tmp_path, {"Users": [user(1)]})
    with pytest.raises(Refused, match=r"Posts\.xml"):
        list(StackExchange(NOW).read(open_archive(tmp_path), ""))


def test_a_site_is_known_again_in_whatever_archive(tmp_path: Path) -> None:
    marks = {StackExchange(NOW).marks(open_archive(write(tmp_path / name, small()))) for name in ("a", "b")}
    assert len(marks) == 1
    other = small() | {"Users": [user(-1, CreationDate="2017-01-01T00:00:00.000")]}
    assert StackExchange(NOW).marks(open_archive(write(tmp_path / "c", other))) not in marks


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (question(5, CreationDate="yesterday"), "CreationDate is no date"),
        (question(5, CreationDate=""), "CreationDate is missing"),
        (question(5, CreationDate="1970-01-01T00:00:00"), "out of range"),
        (question(5, CreationDate="2026-02-01T00:00:00"), "out of range"),
        (question(5, Title=" "), "Title is empty"),
        (question(5, Title="x" * 301), "longer than 200"),
        (question(5, Body=""), "Body is empty"),
        (question(5, OwnerUserId="x"), "OwnerUserId is no number"),
        (question(5, PostTypeId=""), "PostTypeId is missing"),
        (question(1), "twice"),
        (answer(5, of=99), r"its question \(99\) is missing"),
        (answer(5, of=3), r"its question \(3\) is missing"),
        (answer(1, of=2), "twice"),
    ],
)
def test_a_broken_post_is_set_aside_with_its_place(tmp_path: Path, broken: Row, reason: str) -> None:
    (quarantined,) = aside(tmp_path, Posts=[*small()["Posts"], broken])
    assert quarantined.place == f"Posts.xml line 7 (Id {broken['Id']})"
    assert quarantined.reason.find(reason.replace("\\", "")) >= 0


def test_a_row_without_a_number_is_set_aside_with_its_line(tmp_path: Path) -> None:
    row = question(5)
    del row["Id"]
    assert aside(tmp_path, Posts=[*small()["Posts"], row]) == [Quarantined("Posts.xml line 7", "Id is missing")]


def test_what_hangs_on_a_broken_record_is_set_aside_too(tmp_path: Path) -> None:
    places = [broken.place for broken in aside(tmp_path, Posts=[question(1, Title=""), question(2), answer(3, of=1)])]
    assert places[:2] == ["Posts.xml line 3 (Id 1)", "Posts.xml line 5 (Id 3)"]
    assert places[2:] == ["Comments.xml line 3 (Id 1)", "Comments.xml line 4 (Id 3)"]


@pytest.mark.parametrize(
    ("file", "row", "reason"),
    [
        ("Users", user(9, CreationDate="?"), "CreationDate is no date"),
        ("Users", user(1), "twice"),
        ("Comments", comment(9, on=99), "its post (99) is missing"),
        ("Comments", comment(9, on=1, Text=""), "Text is empty"),
        ("Comments", comment(1, on=1), "twice"),
        ("Votes", {"Id": "9"}, "VoteTypeId is missing"),
        ("PostLinks", link(9, 1, 2, kind=7), "LinkTypeId is unknown"),
        ("PostLinks", link(9, 1, 2, CreationDate="?"), "CreationDate is no date"),
    ],
)
def test_other_broken_records_are_set_aside(tmp_path: Path, file: str, row: Row, reason: str) -> None:
    (broken,) = aside(tmp_path, **{file: [*small()[file], row]})
    assert broken.place.startswith(f"{file}.xml line ")
    assert reason in broken.reason


def test_links_with_a_missing_end_are_left_out_with_the_reason(tmp_path: Path) -> None:
    records = read(tmp_path, small() | {"PostLinks": [link(1, 2, 99), link(2, 99, 1), link(3, 4, 2, kind=3)]})
    (kept,) = only(LinkRecord, records)
    assert (kept.exchange, kept.target, kept.relation) == ("1", "2", "duplicate")
    assert Counter(only(Skipped, records))[Skipped("links of which one end is not in the archive")] == 2


def test_other_posts_and_their_comments_are_left_out(tmp_path: Path) -> None:
    posts = [*small()["Posts"], {"Id": "9", "PostTypeId": "5"}]
    records = read(tmp_path, small() | {"Posts": posts, "Comments": [comment(1, on=9)]})
    assert not only(Quarantined, records)
    assert len(only(Skipped, records)) == 6


@pytest.mark.parametrize(
    ("archive", "site"),
    [
        ("ai.stackexchange.com", "https://ai.stackexchange.com"),
        ("conlang-meta-stackexchange-2020-08.tar.gz", "https://conlang.meta.stackexchange.com"),
        ("stackoverflow.com-Posts", "https://stackoverflow.com"),
        ("mathoverflow.net.zip", "https://mathoverflow.net"),
        ("dump", ""),
        ("backup-stackexchange.tar.gz", ""),
        ("ai-stackexchange-old.zip", ""),
    ],
)
def test_the_name_of_the_archive_tells_the_site(archive: str, site: str) -> None:
    assert address_of_site(archive) == site


TEXTS = [
    "",
    "0",
    "1",
    "2",
    "3",
    "-1",
    "9" * 30,
    "x",
    "2016-08-02T09:00:00",
    "9999-12-31T23:59:59+23:59",
    "\x85é",
    "<b>",
]
NAMES = "Id PostTypeId ParentId CreationDate OwnerUserId Title Body Tags Text UserId PostId VoteTypeId LinkTypeId"
ROWS = st.lists(st.dictionaries(st.sampled_from(NAMES.split()), st.sampled_from(TEXTS)), max_size=4)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.fixed_dictionaries(dict.fromkeys(small(), ROWS)))
def test_whatever_the_rows_each_gives_one_record(tmp_path: Path, more: Files) -> None:
    files = {name: [*rows, *more[name]] for name, rows in small().items()}
    assert len(read(tmp_path, files)) == sum(map(len, files.values()))
