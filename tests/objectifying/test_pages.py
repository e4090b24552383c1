"""The phase in the browser: what people see, what is kept when something is refused, and what a page costs."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from commonplace.communities.models import Visibility
from commonplace.consenting.kinds import Stand
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock
from commonplace.objectifying.models import Practice
from commonplace.objectifying.status import Settled
from tests.objectifying.conftest import Crew

HERE = "/c/pump-crews/practices/"
PARTS = {"context": "It turns dry.", "how": "Bleed *before* it.", "why": "Air.", "limits": "Not near chlorine."}


def shown(browser: Client, address: str) -> str:
    page = browser.get(address)
    assert page.status_code == 200, address
    return page.content.decode()


def at(proposal: Proposal) -> str:
    return proposal.get_absolute_url()


def test_words_are_refused_in_the_browser(crew: Crew) -> None:
    exchange = crew.story.resolved(crew.lea, crew.omar)
    practice = crew.story.distil(crew.lea, exchange, quoted=[exchange.responses.get()])
    omar = crew.story.browser(crew.omar)
    assert "Remove my words" in shown(omar, f"{HERE}words")
    assert "Remove my words" not in shown(crew.story.browser(crew.lea), f"{HERE}{practice.pk}/words")
    excerpt = practice.excerpts.get()
    page = omar.post(f"{HERE}{practice.pk}/words/{excerpt.pk}/refusal", follow=True).content.decode()
    assert "Your words are gone" in page
    assert "Bleed before" not in page
    again = omar.post(f"{HERE}{practice.pk}/words/{excerpt.pk}/refusal", follow=True).content.decode()
    assert "refused these words already" in again


def test_a_steward_is_found(crew: Crew) -> None:
    practice = crew.candidate()
    crew.story.browser(crew.ines).post(f"{HERE}{practice.pk}/steward/update", {"steward": crew.ines.pk})
    page = shown(crew.story.browser(crew.lea), practice.get_absolute_url())
    assert re.search(r"steward\s+(<a [^>]*>)?Ines", page)
    assert crew.story.browser(crew.lea).get(f"{HERE}{practice.pk}/steward")["Location"] == practice.get_absolute_url()


@pytest.mark.parametrize(
    ("address", "typed", "kept"),
    [
        ("create", {"title": "", "how": "Half a thought"}, "Half a thought"),
        ("{practice}/versions", {"how": "Half a thought", "base": "1"}, "Half a thought"),
        ("{practice}/challenges", {"reason": "", "case": "Half a thought"}, "Half a thought"),
        ("{practice}/challenges", {"reason": "Half a thought", "ground": "failed"}, "Only what is in force"),
    ],
)
def test_what_is_refused_is_explained_and_kept(crew: Crew, address: str, typed: dict[str, str], kept: str) -> None:
    practice = crew.candidate()
    page = crew.story.browser(crew.lea).post(HERE + address.format(practice=practice.pk), typed)
    assert page.status_code == 422
    assert kept in page.content.decode()
    assert "did not go through" in page.content.decode()


def test_another_exchange_is_added_without_losing_what_was_typed(crew: Crew) -> None:
    one, two = crew.story.resolved(crew.lea, crew.omar), crew.story.resolved(crew.ines, crew.omar, title="Pump 9")
    address = f"http://testserver{two.get_absolute_url()}"
    typed = {"title": "Restarting", "exchange": one.pk, "also": address, **PARTS}
    page = crew.story.browser(crew.lea).post(f"{HERE}create", typed).content.decode()
    assert f'name="exchange" value="{two.pk}"' in page
    assert "It turns dry." in page
    assert not Practice.objects.visible_to(crew.lea).exists()


def test_versions_have_permanent_addresses_and_show_what_changed(crew: Crew) -> None:
    practice = crew.candidate()
    crew.story.revise(crew.ines, practice, limits="Not near <b>chlorine</b> lines at all.")
    page = shown(crew.story.browser(crew.lea), f"{HERE}{practice.pk}/versions/2/")
    assert "<del>lines.</del>" in page
    assert "<ins>lines at all.</ins>" in page, "what is read is compared, not how it is typed"
    assert "Not near chlorine lines." in shown(crew.story.browser(crew.lea), f"{HERE}{practice.pk}/versions/1/")
    assert crew.story.browser(crew.lea).get(f"{HERE}{practice.pk}/versions/3/").status_code == 404


def test_the_list_sifts_and_puts_what_is_being_agreed_first(crew: Crew) -> None:
    crew.proposed(crew.candidate(title="Old but open"))
    with clock.at(clock.now() + timedelta(days=1)):
        crew.candidate(title="Newer")
    page = shown(crew.story.browser(crew.lea), HERE)
    assert page.index("Old but open") < page.index("Newer")
    sifted = shown(crew.story.browser(crew.lea), f"{HERE}?status=candidate")
    assert "Newer" in sifted
    assert "Old but open" not in sifted


def test_a_private_communitys_practices_do_not_exist_for_others(crew: Crew) -> None:
    hidden = crew.story.found("hidden", "Hidden", by=crew.fay, visibility=Visibility.PRIVATE)
    asked = crew.story.ask(crew.fay, of=hidden)
    helper = crew.story.member("Hal", of=hidden)
    crew.story.confirm(crew.fay, crew.story.respond(helper, asked))
    practice = crew.story.distil(helper, asked, authors=[helper], quoted=[asked.responses.get()])
    crew.used(practice)
    proposal = crew.story.propose(helper, practice)
    for browser in (crew.story.browser(crew.lea), crew.story.browser(crew.story.operator)):
        for address in ("/c/hidden/practices/", practice.get_absolute_url(), at(proposal), "/c/hidden/practices/words"):
            assert browser.get(address).status_code == 404, address
    assert not Practice.objects.visible_to(crew.lea).filter(pk=practice.pk).exists()
    assert not Proposal.objects.visible_to(crew.lea).filter(pk=proposal.pk).exists()


def test_another_communitys_address_does_not_lead_to_a_practice(crew: Crew) -> None:
    practice = crew.candidate()
    crew.story.found("valves", "Valves", by=crew.fay)
    elsewhere = practice.get_absolute_url().replace("pump-crews", "valves")
    assert crew.story.browser(crew.fay).get(elsewhere).status_code == 404


def test_a_reader_who_is_no_member_sees_no_buttons(crew: Crew) -> None:
    proposal = crew.proposed()
    reader = crew.story.browser(crew.story.person("Reader"))
    assert "Where do you stand?" not in shown(reader, at(proposal))
    assert "Write a new version" not in shown(reader, crew.practice_of(proposal).get_absolute_url())
    assert reader.get(f"{HERE}new").status_code == 403


def fill(crew: Crew, rows: int, **words: Any) -> Practice:
    """A contested practice with so many sources, versions, people who spoke, objections, challenges, applications."""
    exchanges = [crew.story.resolved(crew.lea, crew.omar) for _ in range(rows)]
    quoted = [one.responses.get() for one in exchanges]
    practice = crew.story.distil(crew.lea, *exchanges, authors=[crew.omar], quoted=quoted, **words)
    for number in range(rows):
        crew.used(practice, where=f"Pump {number}")
        crew.story.revise(crew.ines, practice, limits=f"Limit {number}")
    more = [crew.story.member(f"Member {number}", unit=f"Unit {number}") for number in range(rows)]
    proposal = crew.proposed(practice)
    for person in more:
        crew.story.stand(person, proposal, Stand.OBJECT, "Because.")
        crew.story.stand(person, proposal, Stand.CONCERN, "Then so.")
    crew.decided(crew.consented(proposal))
    for person in more:
        crew.challenged(practice, by=person)
    settlement = crew.settlement(Settled.UPHELD, practice.challenges.open()[0])
    for person in more:
        crew.story.stand(person, settlement, Stand.OBJECT, "It fails.")
    crew.story.revise(crew.ines, practice, limits="Another text")
    return practice


@pytest.mark.parametrize("rows", [1, 8])
def test_pages_cost_the_same_however_much_there_is(
    crew: Crew, rows: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    practice = fill(crew, rows)
    for number in range(rows):
        crew.candidate(title=f"Practice {number}")
    rounds = [at(proposal) for proposal in Proposal.objects.on(practice).everywhere("test")]
    words = (f"{HERE}{practice.pk}/words", f"{HERE}words", f"{HERE}{practice.pk}/versions/1/")
    for person in (crew.lea, crew.omar, crew.ines, crew.fay):
        browser = crew.story.browser(person)
        for address in (HERE, practice.get_absolute_url(), *rounds, *words):
            with django_assert_max_num_queries(28):  # With its topics, and how many people it is for.
                assert browser.get(address).status_code == 200, address


def test_what_is_challenged_and_written_anew_costs_no_more(
    crew: Crew, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    """There are two rounds that could be opened: what both ask of the practice is read once."""
    practice = crew.accepted()
    crew.used(practice, where="Pump 6")
    crew.challenged(practice)
    crew.story.revise(crew.lea, practice, how="Bleed slowly.")
    for person in (crew.omar, crew.fay):
        browser = crew.story.browser(person)
        browser.get("/")
        with django_assert_max_num_queries(29):
            assert "Propose version 2" in shown(browser, practice.get_absolute_url())


def test_no_page_says_who_applied_it(crew: Crew) -> None:
    practice = crew.candidate()
    crew.used(practice, where="Pump 9", outcome="failed")
    page = shown(crew.story.browser(crew.lea), practice.get_absolute_url())
    assert "First used by somebody who had no part in it" in page
    assert "Used 2 times so far" in page
    assert "1 worked, 1 failed" in page


def test_every_page_of_a_practice_opens(crew: Crew) -> None:
    practice, person = crew.accepted(), crew.story.browser(crew.fay)
    for page in ("versions/new", "challenges/new", "challenges/all", "steward", "words"):
        assert person.get(f"{HERE}{practice.pk}/{page}").status_code == 200, page
    assert person.get(f"{HERE}new").status_code == 200


def test_what_would_be_refused_is_said_before_anything_is_written(crew: Crew) -> None:
    practice = crew.practice_of(crew.proposed())
    page = shown(crew.story.browser(crew.ines), f"{HERE}{practice.pk}/challenges/new")
    assert "It is put to consent: say in the round what does not hold." in page
    assert "<textarea" not in page
    assert "Back to the practice" in page


def test_what_is_over_is_not_written_anew(crew: Crew) -> None:
    practice = crew.settled(Settled.RETIRED)
    page = shown(crew.story.browser(crew.ines), f"{HERE}{practice.pk}/versions/new")
    assert "Back to the practice" in page
    assert "<textarea" not in page
