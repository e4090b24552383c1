"""What a search shows of an exchange, what it offers for a typing error, and what it costs however large the index."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from commonplace.communities.models import Person, Visibility
from commonplace.externalizing import acts
from commonplace.externalizing.models import Exchange
from commonplace.internalizing.models import Document
from commonplace.internalizing.search import index_many, reindex, search
from commonplace.internalizing.search.engines import engine, rows
from commonplace.internalizing.search.numbers import free, number
from commonplace.internalizing.search.slips import can_be_mistyped, is_slip, one_less
from commonplace.ledger.ids import new_id
from commonplace.ledger.jobs import run_due
from commonplace.objectifying import acts as objectifying
from commonplace.objectifying.models import Excerpt
from tests.internalizing.conftest import brought
from tests.story import Story


def addresses(person: Person, typed: str, **asked: Any) -> list[str]:
    return [hit.address for hit in search(person, typed, **asked).hits]


def test_a_hit_leads_to_the_answer(story: Story, lea: Person, omar: Person) -> None:
    exchange = story.ask(lea, title="Pump 4 is dead")
    story.respond(omar, exchange, "Have you tried turning it on?")
    answer = story.respond(story.facilitator, exchange, "The gasket leaks.")
    [hit] = search(lea, "gasket").hits
    assert (hit.address, hit.kind, hit.title) == (answer.get_absolute_url(), "response", "Pump 4 is dead")
    assert hit.excerpt == "The <mark>gasket</mark> leaks."
    assert addresses(lea, "gasket", kinds=["exchange"]) == [answer.get_absolute_url()]
    assert addresses(lea, "gasket", kinds=["practice"]) == []


def test_an_exchange_is_shown_once_with_the_answer_that_helped(story: Story, lea: Person, omar: Person) -> None:
    exchange = story.ask(lea, title="Pump 4 is dead")
    answers = [story.respond(omar, exchange, f"The gasket, version {number}") for number in range(5)]
    story.confirm(lea, answers[2])
    story.ask(lea, title="The gasket of a crane")
    results = search(lea, "gasket")
    assert results.total == 2
    assert answers[2].get_absolute_url() in [hit.address for hit in results.hits]


def test_words_of_question_and_answer_are_added_up(story: Story, lea: Person, omar: Person) -> None:
    for title in ("The pump of the north", "The crane of the north"):
        story.respond(omar, story.ask(lea, title=title, body="-"), "Grease its gasket." if "pump" in title else "No.")
    results = search(lea, "gasket pump")
    assert (results.hits[0].title.striptags(), results.loose) == ("The pump of the north", False)


def test_what_helped_comes_first(story: Story, lea: Person, omar: Person) -> None:
    one, other = (story.ask(lea, title="Gasket", body=f"It leaks {word}") for word in ("here", "there"))
    story.confirm(lea, story.respond(omar, one, "So it does."))
    assert addresses(lea, "gasket") == [one.get_absolute_url(), other.get_absolute_url()]


@pytest.mark.usefixtures("nobody_works")
def test_the_index_is_kept_by_a_job_and_not_by_who_writes(story: Story, lea: Person) -> None:
    story.ask(lea, title="Gasket")
    assert search(lea, "gasket").nothing
    run_due()
    assert search(lea, "gasket").total == 1


@pytest.mark.usefixtures("nobody_works")
def test_what_was_edited_away_is_in_no_excerpt_before_the_index_knows(story: Story, lea: Person, omar: Person) -> None:
    exchange = story.ask(lea, title="Gasket of a pump", body="The gasket, my number is 5550123.")
    answer = story.respond(omar, exchange, "Ask Jane Canary for a gasket.")
    story.confirm(lea, answer)
    practice = story.distil(lea, exchange, title="Gaskets", quoted=[answer])
    run_due()
    assert "5550123" in str(search(lea, "gasket number").hits)
    acts.edit(lea, exchange, title="Gasket of a pump", body="The gasket leaks.", seen=exchange.fingerprint)
    acts.edit(omar, answer, body="Ask somebody for a gasket.", seen=answer.fingerprint)
    objectifying.refuse_words(omar, Excerpt.objects.of(omar).get())
    for typed in ("gasket", "5550123", "canary"):
        shown = search(lea, typed).hits
        assert shown
        assert not any(word in hit.excerpt for hit in shown for word in ("555", "Canary"))
    run_due()
    assert "leaks" in str(search(lea, "gasket leaks").hits)
    assert search(lea, "canary").nothing
    assert [hit.subject for hit in search(lea, "somebody gasket", kinds=["practice"]).hits] == [practice.pk]
    assert search(lea, "gaskets", kinds=["practice"]).hits[0].excerpt


def test_a_typing_error_is_mended_and_said_so(story: Story, lea: Person) -> None:
    story.ask(lea, title="Centrifugal pump", body="-")
    results = search(lea, "Centrifugl pummp")
    assert (results.corrected, results.total, results.loose) == ("centrifugal pump", 1, False)
    assert search(lea, "centrifugal").corrected == ""
    assert search(lea, "zebra").corrected == ""


@pytest.mark.parametrize("visibility", [Visibility.PRIVATE, Visibility.CLOSED])
def test_a_correction_tells_nothing_of_what_one_may_not_read(story: Story, lea: Person, visibility: str) -> None:
    secret = story.found("secret", "Secret", by=story.facilitator, visibility=visibility)
    for word in ("quixotry", "a quixotry", "marzipan"):
        story.ask(story.facilitator, of=secret, title=word)
    story.ask(lea, title="Marzipane")
    hidden, shown = search(lea, "quixory"), search(lea, "marzipam")
    assert (hidden.corrected, hidden.nothing) == ("", True)
    assert shown.corrected == ""
    assert search(lea, "marzipan").hits[0].title.striptags() == "Marzipane", "what stands only there is unknown here"
    assert search(story.facilitator, "quixory").corrected == "quixotry"


def test_a_correction_is_a_word_that_somebody_wrote(story: Story, lea: Person) -> None:
    story.ask(lea, title="Centrifugal forces", body="-")
    assert search(lea, "centrifugl").corrected == "centrifugal", "no mere stem"


@pytest.mark.parametrize(
    ("typed", "word", "slip"),
    [
        ("pummp", "pump", True), ("pmp", "pump", True), ("pumo", "pump", True), ("pmup", "pump", True),
        ("pump", "pump", False), ("pmpu", "pump", False), ("dump", "pumps", False), ("ab", "ba", True),
        ("pupm", "pump", True), ("xpump", "pump", True), ("pumpx", "pump", True), ("pamq", "pump", False),
    ],
)  # fmt: skip
def test_a_slip_is_one_letter(typed: str, word: str, slip: bool) -> None:
    assert is_slip(typed, word) == is_slip(word, typed) == slip
    reached = {typed, *one_less(typed)} & {word, *one_less(word)}
    assert reached or not slip, "what differs so has a part in common"


def test_numbers_and_short_words_are_never_mistyped() -> None:
    assert not any(map(can_be_mistyped, ["c++", "pum", "1234", "6es7", "上海东边", "पानीपत", "x" * 50]))


def test_a_number_begins_with_the_time_and_is_had_once() -> None:
    pks = [new_id() for _ in range(50)]
    assert sorted(pks, key=number) == sorted(pks, key=lambda pk: pk[:14])
    same = pks[0][:-1]
    assert sorted(free([f"{same}{last}" for last in "0123"], {number(pks[0])}).values()) == [
        number(pks[0]) + further for further in range(1, 5)
    ]


@pytest.mark.django_db(transaction=True)
def test_a_search_that_takes_too_long_ends_with_a_sentence(
    transactional_db: None, story: Story, lea: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(*_: object) -> None:
        rows("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")

    monkeypatch.setattr("commonplace.internalizing.search.find.find", endless)
    monkeypatch.setattr("commonplace.internalizing.search.find.SECONDS", 0.05)
    results = search(lea, "pump")
    assert results.too_slow
    assert not results.nothing
    assert "took too long" in story.browser(lea).get("/search", {"q": "pump"}).content.decode()
    assert Exchange.objects.visible_to(lea).count() == 0, "the connection goes on"


@pytest.mark.django_db(transaction=True)
def test_the_limit_is_lifted_after_the_search() -> None:
    with engine().limited(0.05):
        pass
    assert rows(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT count(*) FROM n"
    )


def grown(story: Story, by: Person, first: int, last: int) -> None:
    """Exchanges of which each has a common word, and a rare one."""
    titles = [f"Pump {n} rare{n % 97}x" for n in range(first, last)]
    index_many("exchange", brought(story, by, titles, "<p>steam</p>"))


@contextmanager
def touching() -> Iterator[list[int]]:
    """How many rows the statements of this block touch: rows that plans read, or steps of SQLite's machine."""
    counted = [0]

    def explained(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        if "internalizing_" in sql and "externalizing_" not in sql and sql.startswith("SELECT"):
            with connection.connection.cursor() as cursor:
                [[plan]] = cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", parameters).fetchall()
            counted[0] += sum(_read(plan[0]["Plan"]))
        return execute(sql, parameters, many, context)

    if connection.vendor == "postgresql":
        with connection.execute_wrapper(explained):
            yield counted
        return
    step = 100

    def count() -> int:
        counted[0] += step
        return 0

    connection.connection.set_progress_handler(count, step)
    yield counted
    connection.connection.set_progress_handler(None, 0)


def _read(plan: dict[str, Any]) -> Iterator[float]:
    within = plan.get("Plans", [])
    if not within:
        yield (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * plan["Actual Loops"]
    for one in within:
        yield from _read(one)


@pytest.mark.breaks_ledger
def test_what_a_search_touches_does_not_grow_with_the_index(
    story: Story, lea: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a tenth of the limits, at twice and ten times as much as they let through."""
    monkeypatch.setattr("commonplace.internalizing.search.find.NEWEST", 100)
    monkeypatch.setattr("commonplace.internalizing.search.find.MOST_ROWS", 300)

    @contextmanager
    def unlimited(_self: object, _seconds: float) -> Iterator[None]:
        yield

    monkeypatch.setattr(type(engine()), "limited", unlimited)

    def touched(typed: str) -> int:
        with touching() as counted:
            assert search(lea, typed).hits
        return counted[0]

    grown(story, lea, 0, 400)
    before = {typed: touched(typed) for typed in ("pump steam", "steam", "pump rare5x")}
    grown(story, lea, 400, 3_000)
    after = {typed: touched(typed) for typed in before}
    for typed, count in before.items():
        assert after[typed] < 1.6 * count + 100, (before, after)


@pytest.mark.breaks_ledger
def test_the_newest_of_a_frequent_word_are_found_in_ones_own_community(story: Story, lea: Person) -> None:
    """However many others have it: the community is a word of each document."""
    secret = story.found("secret", "Secret", by=story.facilitator, visibility=Visibility.PRIVATE)
    mine = story.ask(lea, title="Steam here", body="-")
    index_many("exchange", brought(story, story.facilitator, ["Steam"] * 1_100, community=secret))
    assert addresses(lea, "steam") == [mine.get_absolute_url()]


def test_edited_words_leave_vocabulary_and_postings(story: Story, lea: Person) -> None:
    exchange = story.ask(lea, title="Regrettable", body="embarrassing")
    acts.edit(lea, exchange, title="Fine", body="good", seen=exchange.fingerprint)
    count = "SELECT documents FROM internalizing_term WHERE word = %s AND community = %s"
    assert rows(count, ["regrettable", story.community.pk]) == [(0,)]
    assert search(lea, "regretable").nothing, "nor is it offered"
    reindex()
    assert rows(count, ["regrettable", story.community.pk]) == []
    [document] = Document.objects.everywhere("test")
    assert sorted(document.terms) == sorted(row[0] for row in rows("SELECT term FROM internalizing_posting"))
