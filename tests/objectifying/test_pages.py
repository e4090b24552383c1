"""The phase in the browser: what people see, what is kept when something is refused, and what a page costs."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from commonplace.communities.models import Visibility
from commonplace.ledger import clock
from commonplace.objectifying.consent import Stand
from commonplace.objectifying.models import Practice, Proposal
from commonplace.objectifying.status import Outcome
from tests.objectifying.conftest import Crew

HERE = "/c/pump-crews/practices/"
PARTS = {"context": "It turns dry.", "how": "Bleed *before* it.", "why": "Air.", "limits": "Not near chlorine."}


def shown(browser: Client, address: str) -> str:
    page = browser.get(address)
    assert page.status_code == 200, address
    return page.content.decode()


def at(proposal: Proposal) -> str:
    return proposal.get_absolute_url()


def test_from_an_exchange_to_an_accepted_practice(crew: Crew) -> None:
    exchange = crew.story.resolved(crew.lea, crew.omar)
    lea = crew.story.browser(crew.lea)
    link = f"{HERE}new?exchange={exchange.pk}"
    assert link in shown(lea, exchange.get_absolute_url())
    form = shown(lea, link)
    assert "Omar · Bleed before the check valve." in form
    answer = exchange.responses.get()
    typed = {"title": "Restarting", "exchange": exchange.pk, "authors": crew.omar.pk, "quoted": answer.pk, **PARTS}
    page = lea.post(f"{HERE}create", typed, follow=True)
    assert "<em>before</em>" in page.content.decode()
    practice = Practice.objects.visible_to(crew.lea).get(title="Restarting")
    assert "1 reported use by somebody who did not write it (so far 0)" in page.content.decode()
    crew.used(practice)
    assert "at least 3 of the 4 who may speak" in shown(lea, f"{HERE}{practice.pk}/proposals/new")
    opened = lea.post(f"{HERE}{practice.pk}/proposals", {"aim": "One way", "review_on": "2026-12-01"}, follow=True)
    proposal = practice.proposals.get()
    assert opened.redirect_chain[-1][0] == at(proposal)
    for person in (crew.lea, crew.omar, crew.ines):
        crew.story.browser(person).post(f"{at(proposal)}stances", {"stance": "consent", "reason": ""})
    with clock.at(proposal.closes_at):
        fay = crew.story.browser(crew.fay)
        assert 'value="accepted"' in shown(fay, at(proposal))
        fay.post(f"{at(proposal)}decision", {"outcome": "accepted", "reason": ""})
        assert "Accepted by consent of 3 of 4" in shown(lea, practice.get_absolute_url())


def test_an_objection_is_met_in_the_browser(crew: Crew) -> None:
    proposal = crew.proposed()
    ines = crew.story.browser(crew.ines)
    ines.post(f"{at(proposal)}stances", {"stance": "object", "reason": "Unsafe near chlorine."})
    page = shown(crew.story.browser(crew.lea), at(proposal))
    assert "Objection, standing" in page
    assert "Unsafe near chlorine." in page
    revised = {
        "context": "It turns dry.",
        "how": "Bleed.",
        "why": "Air.",
        "limits": "Call the shift lead near chlorine.",
    }
    crew.story.browser(crew.lea).post(f"{HERE}{proposal.practice_id}/versions", {**revised, "note": "For Ines"})
    objection = proposal.objections.get()
    ines.post(f"{at(proposal)}objections/{objection.pk}/answer", {"how": "change", "version": "2"})
    page = shown(ines, at(proposal))
    assert "met by a change" in page
    assert "<ins>" in page
    assert "0 of 4 have spoken" in page


def test_a_challenge_shows_and_is_settled_in_the_browser(crew: Crew) -> None:
    practice = crew.accepted()
    ines = crew.story.browser(crew.ines)
    ines.post(f"{HERE}{practice.pk}/challenges", {"reason": "Failed twice.", "case": "Pump 7.", "application": ""})
    page = shown(crew.story.browser(crew.lea), practice.get_absolute_url())
    assert "Challenged by Ines." in page
    challenge = practice.challenges.get()
    address = f"{HERE}{practice.pk}/challenges/{challenge.pk}/settlement"
    assert "Failed twice." in shown(ines, f"{address}/new")
    crew.story.browser(crew.lea).post(address, {"outcome": "under_revision", "aim": "New pumps."})
    assert "The practice goes under revision?" in shown(ines, at(practice.proposals.open().get()))


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
    assert "steward Ines" in shown(crew.story.browser(crew.lea), practice.get_absolute_url())
    assert crew.story.browser(crew.lea).get(f"{HERE}{practice.pk}/steward")["Location"] == practice.get_absolute_url()


@pytest.mark.parametrize(
    ("address", "typed", "kept"),
    [
        ("create", {"title": "", "how": "Half a thought"}, "Half a thought"),
        ("{practice}/versions", {"how": "Half a thought"}, "Half a thought"),
        ("{practice}/proposals", {"aim": "Half a thought", "review_on": "soon"}, "Half a thought"),
        ("{practice}/challenges", {"reason": "", "case": "Half a thought"}, "Half a thought"),
        ("{practice}/challenges", {"reason": "Half a thought"}, "Only what is accepted"),
    ],
)
def test_what_is_refused_is_explained_and_kept(crew: Crew, address: str, typed: dict[str, str], kept: str) -> None:
    practice = crew.candidate()
    page = crew.story.browser(crew.lea).post(HERE + address.format(practice=practice.pk), typed)
    assert page.status_code == 422
    assert kept in page.content.decode()
    assert "did not go through" in page.content.decode()


def test_what_is_refused_in_a_round_is_kept_too(crew: Crew) -> None:
    proposal = crew.proposed()
    late = crew.story.browser(crew.ines)
    for address, typed, why in (
        ("stances", {"stance": "no-such", "reason": "Half a thought"}, "Half a thought"),
        ("stances", {"stance": "object", "reason": " "}, "needs its reason"),
        ("amendments", {}, "newer version"),
    ):
        person = crew.lea if address == "amendments" else crew.ines
        page = crew.story.browser(person).post(at(proposal) + address, typed)
        assert page.status_code == 422, address
        assert why in page.content.decode() or address == "amendments"
    with clock.at(proposal.closes_at):
        page = crew.story.browser(crew.fay).post(
            f"{at(proposal)}decision", {"outcome": "accepted", "reason": "Half a thought"}
        )
        assert page.status_code == 422
        assert "not enough people consent" in page.content.decode()
        assert "Half a thought" in page.content.decode()
        assert late.post(f"{at(proposal)}stances", {"stance": "consent", "reason": "Late"}).status_code == 422


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
    assert "<del>chlorine lines.</del>" in page
    assert "<ins>&lt;b&gt;chlorine&lt;/b&gt; lines at all.</ins>" in page
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
    hidden = crew.story.found("hidden", "Hidden", by=crew.fay, visibility=Visibility.PRIVATE, quorum=1)
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
    assert "Write a new version" not in shown(reader, proposal.practice.get_absolute_url())
    assert reader.get(f"{HERE}new").status_code == 403


def fill(crew: Crew, rows: int) -> Practice:
    """A contested practice with so many sources, versions, people who spoke, objections, challenges, applications."""
    exchanges = [crew.story.resolved(crew.lea, crew.omar) for _ in range(rows)]
    quoted = [one.responses.get() for one in exchanges]
    practice = crew.story.distil(crew.lea, *exchanges, authors=[crew.omar], quoted=quoted)
    for number in range(rows):
        crew.used(practice, where=f"Pump {number}")
        crew.story.revise(crew.ines, practice, limits=f"Limit {number}")
    more = [crew.story.member(f"Member {number}", unit=f"Unit {number}") for number in range(rows)]
    proposal = crew.consented(crew.proposed(practice))
    for person in more:
        crew.story.stand(person, proposal, Stand.OBJECT, "Because.")
        crew.story.stand(person, proposal, Stand.CONCERN, "Then so.")
    crew.decided(proposal)
    for person in more:
        crew.challenged(practice, by=person)
    settlement = crew.settlement(Outcome.UPHELD, practice.challenges.open()[0])
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
    rounds = [at(proposal) for proposal in practice.proposals.all()]
    words = (f"{HERE}{practice.pk}/words", f"{HERE}words", f"{HERE}{practice.pk}/versions/1/")
    for person in (crew.lea, crew.omar, crew.ines, crew.fay):
        browser = crew.story.browser(person)
        for address in (HERE, practice.get_absolute_url(), *rounds, *words):
            with django_assert_max_num_queries(24):
                assert browser.get(address).status_code == 200, address


def test_no_page_says_who_applied_it(crew: Crew) -> None:
    practice = crew.candidate()
    crew.used(practice, where="Pump 9", outcome="failed")
    page = shown(crew.story.browser(crew.lea), practice.get_absolute_url())
    assert "First used by somebody who had no part in it" in page
    assert "Used 2 times so far" in page
    assert "1 worked, 1 failed" in page


def test_every_page_of_a_practice_opens(crew: Crew) -> None:
    practice, person = crew.accepted(), crew.story.browser(crew.fay)
    for page in ("versions/new", "challenges/new", "proposals/new", "steward", "words"):
        assert person.get(f"{HERE}{practice.pk}/{page}").status_code == 200, page
    assert person.get(f"{HERE}new").status_code == 200


def test_a_refused_stance_puts_the_focus_where_the_reason_is_missing(crew: Crew) -> None:
    proposal, browser = crew.proposed(), crew.story.browser(crew.ines)
    answer = browser.post(f"{at(proposal)}stances", {"stance": "concern", "reason": ""})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert re.findall(r'<(\w+) [^>]*name="(\w+)"[^>]*\bautofocus', page) == [("textarea", "reason")]
    assert page.count("autofocus") == 1
    assert re.search(r'<textarea[^>]*aria-describedby="[^"]*stance_reason_error"', page), "the field says what is wrong"
    assert '<p class="wrong" id="stance_reason_error">Say your concern: it is kept for the review.</p>' in page
    assert f'action="{at(proposal)}stances"' in page


def test_a_refusal_of_no_field_has_the_focus_itself(crew: Crew) -> None:
    proposal, browser = crew.proposed(), crew.story.browser(crew.ines)
    typed = {"stance": "consent", "reason": ""}
    spoken = browser.post(f"{at(proposal)}stances", typed, follow=True).content.decode()
    assert "Where you stand: consent." in spoken
    page = browser.post(f"{at(proposal)}stances", typed).content.decode()
    assert "You have said so already." in page
    assert '<div class="failed" role="alert" tabindex="-1" autofocus>' in page
    assert page.count("autofocus") == 1


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("challenges/new", "Only what is accepted can be challenged."),
        ("proposals/new", "A round on it is open already."),
    ],
)
def test_what_would_be_refused_is_said_before_anything_is_written(crew: Crew, path: str, words: str) -> None:
    practice = crew.proposed().practice
    page = shown(crew.story.browser(crew.ines), f"{HERE}{practice.pk}/{path}")
    assert words in page
    assert "<textarea" not in page
    assert "Back to the practice" in page


def test_nobody_is_asked_to_challenge_the_same_twice(crew: Crew) -> None:
    challenge = crew.challenged(by=crew.ines)
    address = f"{HERE}{challenge.practice_id}/challenges/new"
    theirs, others = (crew.story.browser(person) for person in (crew.ines, crew.omar))
    assert f'href="{address}"' not in shown(theirs, challenge.practice.get_absolute_url())
    assert f'href="{address}"' in shown(others, challenge.practice.get_absolute_url())
    assert "Your challenge is open already." in shown(theirs, address)


def test_what_is_over_is_not_written_anew(crew: Crew) -> None:
    practice = crew.settled(Outcome.RETIRED)
    for path in ("versions/new", "applications/new"):
        page = shown(crew.story.browser(crew.ines), f"{HERE}{practice.pk}/{path}")
        assert "Back to the practice" in page
        assert "<textarea" not in page
