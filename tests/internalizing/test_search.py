"""Gathering: whatever a member types finds what the community knows, and nothing that the member may not read."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from commonplace.communities import acts as social
from commonplace.communities.models import Community, Person, Visibility
from commonplace.externalizing import acts
from commonplace.internalizing.search import Results, search
from commonplace.internalizing.search.results import PAGE
from commonplace.internalizing.search.typed import question
from commonplace.ledger import clock
from commonplace.ledger.ids import new_id
from commonplace.ledger.once import a_page
from commonplace.objectifying import acts as objectifying
from commonplace.objectifying.models import Challenge, Excerpt
from commonplace.untrusted.visible import one_line
from tests.internalizing.conftest import accept, report
from tests.story import Story

ODD = [
    "", " ", "*", "-", '"', "''", "(", "NEAR", "NEAR(a b, 2)", "a AND", "OR", "NOT x", "title:pump", "^pump", "{a} : b",
    "pump*", '"pump', "pump)", "a:*", "a & b", "!x", "x <-> y", "\\", "%", "_", "\0", "pu\0mp", "🚰", "½", "ﷺ",
    "\ud800", "ß", "İ", "हिन्दी", "知识", "x" * 10_000, "pump " * 2_000, "' OR 1=1 --", "$1", "%s", "{}", "\u202epump",
    "'a':1A", "𞤀𞤁 pump",
]  # fmt: skip


def titles(results: Results) -> list[str]:
    return [hit.title.striptags() for hit in results.hits]


@pytest.mark.parametrize("typed", ["4", "prime", "valve", "VALVE", "  valve prime\tpump"])
def test_a_word_is_found_wherever_it_was_said(story: Story, lea: Person, typed: str) -> None:
    exchange = story.ask(lea, title="Pump 4", body="It has lost its *prime*")
    story.respond(story.facilitator, exchange, "Bleed before the check valve")
    story.ask(lea, title="A pump is not that", body="It is another one.")
    assert titles(search(lea, typed))[0] == "Pump 4"


@pytest.mark.parametrize(
    "typed", ["turned", "turn", "tur", "TURNING", "slowly turning", "turns slow", "turning, slowly!"]
)
def test_other_forms_and_beginnings_of_a_word_find_it(story: Story, lea: Person, typed: str) -> None:
    story.ask(lea, title="Turning slowly", body="It does.")
    assert titles(search(lea, typed)) == ["Turning slowly"]


@pytest.mark.parametrize(
    "typed", ["réparée", "reparees", "REPARER", "coeur", "CŒUR", "l'eau", "eau", "pompe", "cœur réparé"]
)
def test_french_is_found_with_and_without_its_accents(story: Story, french: Community, typed: str) -> None:
    story.ask(story.facilitator, of=french, title="Pompes réparées", body="Au cœur de l’eau.")
    assert titles(search(story.facilitator, typed)) == ["Pompes réparées"]


@pytest.mark.parametrize("typed", ["C", "R 4", "pH", "x2", "分享"])
def test_short_words_and_words_without_spaces_are_found(story: Story, lea: Person, typed: str) -> None:
    story.ask(lea, title="C", body="R 4 pH x2 知识分享")
    assert titles(search(lea, typed)) == ["C"]


def test_all_words_are_wanted_and_some_are_better_than_none(story: Story, lea: Person) -> None:
    story.ask(lea, title="Bleeding a pump", body="-")
    story.ask(lea, title="Greasing a crane", body="-")
    both = search(lea, "how do I bleed the pump")
    assert (titles(both), both.loose) == (["Bleeding a pump"], True)
    every = search(lea, "greasing crane")
    assert (titles(every), every.loose) == (["Greasing a crane"], False)


def test_a_word_in_the_title_counts_for_more(story: Story, lea: Person) -> None:
    story.ask(lea, title="A question", body="about the prime")
    story.ask(lea, title="The prime", body="a question about it")
    story.ask(lea, title="A last question", body="about the prime")
    assert titles(search(lea, "prime"))[0] == "The prime"


def test_what_is_found_is_shown_where_it_stands(story: Story, lea: Person) -> None:
    exchange = story.ask(lea, title="<b>Prime</b> & suction", body="word " * 200 + "the <script>gauge</script> fell")
    [hit] = search(lea, "gauges prime").hits
    assert hit.title == "&lt;b&gt;<mark>Prime</mark>&lt;/b&gt; &amp; suction"
    assert "<mark>gauge</mark>" in hit.excerpt
    assert "<script>" not in hit.excerpt
    assert len(hit.excerpt.striptags()) < 300
    assert (hit.kind, hit.address, hit.community, hit.status) == (
        "exchange",
        exchange.get_absolute_url(),
        story.community,
        "open",
    )
    assert (str(hit.status_words), hit.at) == ("waiting for a response", exchange.opened_at)


def test_the_status_is_that_of_now(story: Story, lea: Person, omar: Person) -> None:
    story.resolved(lea, omar, title="Prime")
    assert [hit.status for hit in search(lea, "prime").hits] == ["resolved"]


@pytest.mark.parametrize("visibility", [Visibility.PRIVATE, Visibility.CLOSED])
def test_what_one_may_not_read_leaks_neither_by_hit_nor_by_count(story: Story, lea: Person, visibility: str) -> None:
    secret = story.found("secret", "Secret", by=story.facilitator, visibility=visibility)
    hidden = story.ask(story.facilitator, of=secret, title="Canary prime")
    story.ask(lea, title="Prime")
    for results in (search(lea, "prime"), search(lea, "canary prime"), search(lea, "prime", kinds=["exchange"])):
        assert (titles(results), results.total) == (["Prime"], 1)
    assert search(lea, "canary").total == search(lea, "prime", community=secret).total == 0
    assert search(story.operator, "canary").total == 0
    assert titles(search(story.facilitator, "canary")) == [hidden.title]


def test_who_leaves_a_private_community_finds_nothing_there_any_more(story: Story) -> None:
    secret = story.found("secret", "Secret", by=story.facilitator, visibility=Visibility.PRIVATE)
    mia = story.member("Mia", of=secret)
    story.ask(mia, of=secret, title="Canary")
    assert search(mia, "canary").total == 1
    social.leave(mia, secret)
    assert search(mia, "canary").total == 0


def test_one_community_or_one_kind_alone(story: Story, lea: Person, french: Community) -> None:
    story.ask(lea, title="Prime here")
    story.ask(story.facilitator, of=french, title="Prime there")
    assert titles(search(lea, "prime", community=french)) == ["Prime there"]
    assert search(lea, "prime", kinds=["practice"]).total == 0
    assert search(lea, "prime", kinds=["exchange", "practice"]).total == 2


def test_words_edited_away_are_not_found(story: Story, lea: Person, omar: Person) -> None:
    exchange = story.ask(lea, title="Embarrassing", body="regrettable")
    response = story.respond(omar, exchange, "unfortunate")
    acts.edit(lea, exchange, title="Fine", body="good", seen=exchange.fingerprint)
    acts.edit(omar, response, body="better", seen=response.fingerprint)
    for typed in ("embarrassing", "regrettable", "unfortunate", "regret"):
        assert search(lea, typed).nothing, typed
    assert titles(search(lea, "fine good better")) == ["Fine"]


def test_a_practice_is_found_by_its_four_parts_and_its_quotations(story: Story, lea: Person, omar: Person) -> None:
    exchange = story.ask(lea)
    response = story.respond(omar, exchange, "Mind the gasket.")
    story.confirm(lea, response)
    parts = {"context": "at night", "how": "bleed *twice*", "why": "air returns", "limits": "no chlorine"}
    written = story.distil(lea, exchange, title="Restarting", quoted=[response], **parts)
    for typed in ("night", "twice", "air", "chlorine", "gasket", "restart"):
        [hit] = search(lea, typed, kinds=["practice"]).hits
        assert (hit.kind, hit.address, hit.status) == ("practice", written.get_absolute_url(), "candidate"), typed
    assert "<mark>twice</mark>" in search(lea, "twice").hits[0].excerpt


def test_words_refused_or_written_anew_are_not_found(story: Story, lea: Person, omar: Person) -> None:
    exchange = story.ask(lea)
    response = story.respond(omar, exchange, "Mind the gasket.")
    story.confirm(lea, response)
    written = story.distil(lea, exchange, title="Restarting", quoted=[response], how="bleed it twice")
    assert search(lea, "gasket", kinds=["practice"]).total == 1
    objectifying.refuse_words(omar, Excerpt.objects.of(omar).get())
    assert search(lea, "gasket", kinds=["practice"]).nothing
    story.revise(lea, written, how="bleed it once")
    assert search(lea, "twice").nothing
    assert search(lea, "once").total == 1


def test_what_is_agreed_comes_first_then_candidates_then_exchanges(
    story: Story, lea: Person, omar: Person, ines: Person
) -> None:
    same = {"title": "Prime", "context": "a", "how": "b", "why": "c", "limits": "d"}
    asked = story.resolved(lea, omar, title="Another")
    agreed = story.distil(lea, asked, **same)
    report(ines, agreed)
    accept(story, agreed, lea, omar, ines)
    candidate = story.distil(lea, asked, **same)
    exchange = story.ask(lea, title="Prime", body="a\n\nb\n\nc\n\nd")
    assert [hit.address for hit in search(lea, "prime").hits] == [
        row.get_absolute_url() for row in (agreed, candidate, exchange)
    ]
    assert [hit.status for hit in search(lea, "prime").hits] == ["accepted", "candidate", "open"]
    objectifying.challenge(omar, agreed, challenge=Challenge(ground="failed", reason="It failed."))
    assert [hit.status for hit in search(lea, "prime").hits] == ["contested", "candidate", "open"]


def test_what_was_made_of_an_exchange_and_agreed_on_stands_before_it(
    story: Story, lea: Person, omar: Person, ines: Person
) -> None:
    """However much better the old answer fits the words."""
    asked = story.resolved(lea, omar, title="Gasket, gasket, gasket: which gasket?", body="gasket gasket")
    practice = story.distil(lea, asked, title="Sealing a flange", how="Take a paper one, not a gasket of rubber.")
    addresses = [asked.get_absolute_url(), practice.get_absolute_url()]
    assert [hit.address for hit in search(lea, "gasket").hits] == addresses
    report(ines, practice)
    accept(story, practice, lea, omar, ines)
    assert [hit.address for hit in search(lea, "gasket").hits] == addresses[::-1]
    other = story.resolved(lea, omar, title="Another gasket, gasket", body="gasket gasket gasket")
    assert other.get_absolute_url() in [hit.address for hit in search(lea, "gasket").hits]


def test_an_agreed_practice_is_dated_by_its_agreement(story: Story, lea: Person, omar: Person, ines: Person) -> None:
    with clock.at(clock.now() - timedelta(days=100)):
        practice = story.distil(lea, story.resolved(lea, omar), title="Quokka")
        report(ines, practice)
    accept(story, practice, lea, omar, ines)
    [hit] = search(lea, "quokka").hits
    assert hit.at == practice.agreements.get().since


def test_a_practice_of_a_private_community_leaks_neither_by_hit_nor_by_count(story: Story, lea: Person) -> None:
    secret = story.found("secret", "Secret", by=story.facilitator, visibility=Visibility.PRIVATE)
    mia = story.member("Mia", of=secret)
    story.distil(mia, story.resolved(mia, story.facilitator, of=secret, title="x"), title="Canary")
    for reader in (lea, story.operator):
        assert search(reader, "canary").total == search(reader, "canary", kinds=["practice"]).total == 0
    assert search(mia, "canary").total == 1


def test_pages(story: Story, lea: Person) -> None:
    for number in range(PAGE + 3):
        story.ask(lea, title=f"Prime {number}")
    first, second, beyond = (search(lea, "prime", page=page) for page in (1, 2, 10**30))
    assert (len(first.hits), len(second.hits), first.total, second.total) == (PAGE, 3, PAGE + 3, PAGE + 3)
    assert not {hit.address for hit in first.hits} & {hit.address for hit in second.hits}
    assert (second.page.number, second.page.has_next(), second.page.paginator.num_pages) == (2, False, 2)
    assert titles(beyond) == titles(first)
    assert titles(search(lea, "prime", page=-5)) == titles(first)


def test_nothing_found_offers_to_ask(story: Story, lea: Person) -> None:
    results = search(lea, "  why\0does\nthis   leak? " + "x" * 500)
    assert results.nothing
    assert results.title_to_ask.startswith("why does this leak? xxx")
    assert len(results.title_to_ask) == 200
    assert not search(lea, " ").asked


@pytest.mark.parametrize("rows", [2, PAGE])
@pytest.mark.parametrize("typed", ["prime", "prime neverheard"])
def test_a_search_costs_the_same_however_much_it_finds(
    story: Story, lea: Person, rows: int, typed: str, django_assert_max_num_queries: Any
) -> None:
    for number in range(0, rows, 2):
        asked = story.resolved(lea, story.facilitator, title=f"Prime {number}")
        story.distil(lea, asked, title=f"Prime {number}")
    with a_page(), django_assert_max_num_queries(12):  # The last asks what was made of what is found.
        assert search(lea, typed).total == rows


@pytest.mark.parametrize("typed", ODD, ids=range(len(ODD)))
def test_any_typed_text_is_a_valid_question(story: Story, lea: Person, typed: str) -> None:
    title = typed.encode(errors="replace").decode().replace("\0", "")[:200]
    story.ask(lea, title=one_line(title) or "-", body="pump")
    results = search(lea, typed)
    assert results.total >= len(results.hits)
    assert results.title_to_ask.isprintable()


PIECES = st.sampled_from([*"\"*-()^:{}+\\%'&|!<>, \t\0", "AND", "OR", "NOT", "NEAR", "pump", "prime", "é", "🚰"])
TYPED = st.text(max_size=80) | st.lists(PIECES, max_size=30).map("".join) | st.lists(PIECES, max_size=30).map(" ".join)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=TYPED)
def test_no_text_is_a_syntax_error(story: Story, typed: str) -> None:
    results = search(story.facilitator, typed)
    assert results.nothing or not results.asked


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60))
def test_what_was_written_can_be_typed(story: Story, written: str) -> None:
    exchange = story.ask(story.facilitator, title=one_line(f"{new_id()} {written}"), body="-")
    asked = question(exchange.title, ["en"])
    assume(not asked.without and not any(term.wanted for term in asked.terms))
    hit, *_ = search(story.facilitator, exchange.title).hits
    assert hit.address == exchange.get_absolute_url()


@pytest.mark.parametrize("typed", ["E=mc^2", "mc^2", r"\sqrt{2gh}"])
def test_a_formula_is_found_by_what_was_typed(story: Story, lea: Person, typed: str) -> None:
    story.ask(lea, title="Why so fast?", body=r"Because $v = \sqrt{2gh}$ and air; $$E=mc^2$$ holds.")
    results = search(lea, typed)
    assert titles(results) == ["Why so fast?"]
    assert r"v = \sqrt{2gh}" in results.hits[0].excerpt.striptags()
