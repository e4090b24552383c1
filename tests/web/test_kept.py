"""Nothing that somebody typed is lost because their session ended or their page was old; nothing is sent by itself."""

import html
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.account.models import EmailAddress
from django.test import Client, RequestFactory

from commonplace.communities import acts, kept, marks
from commonplace.communities.models import Invitation, Membership, Person, Visibility
from commonplace.externalizing.models import Exchange
from commonplace.ledger.models import Act
from tests.story import Story
from tests.trust.test_addresses import filled, routes
from tests.web.test_errors import main

PASSWORD, BODY = "rain on the roof", "It turns,\nbut moves no water. <b>&"
ASKED = {"kind": "request", "purpose": "reuse", "title": "Prime lost again", "body": BODY, "topics": "pumps"}
HERE = {"origin": "http://testserver"}


@pytest.fixture
def lea(story: Story) -> Person:
    lea = story.member("Lea")
    lea.set_password(PASSWORD)
    lea.save()
    return lea


def carried(page: Any) -> str:
    match = re.search(r'name="kept" value="([^"]+)"', page.content.decode())
    return html.unescape(match[1]) if match else ""


def mark_on(page: Any) -> str:
    match = re.search(r'name="once" value="(\w+)"', page.content.decode())
    assert match
    return match[1]


def signed_in_with(browser: Client, person: Person, page: Any) -> Any:
    sent = {"login": person.email, "password": PASSWORD, "kept": carried(page)}
    return browser.post("/account/login/", sent, follow=True)


def asked() -> list[Exchange]:
    return list(Exchange.objects.everywhere("test"))


def test_the_form_comes_back_with_all_that_was_typed_and_is_not_sent(story: Story, lea: Person) -> None:
    browser = Client()
    page = browser.post("/c/pump-crews/exchanges/create", ASKED)
    assert page.status_code == 401
    assert "Nothing was sent, and nothing is lost" in " ".join(page.content.decode().split())
    back = signed_in_with(browser, lea, page)
    words = back.content.decode()
    assert (back.status_code, len(back.redirect_chain)) == (200, 1)
    assert back.redirect_chain[0][0].startswith("/kept/")
    assert html.escape(BODY, quote=False) in words
    assert 'value="Prime lost again"' in words
    assert 'action="/c/pump-crews/exchanges/create"' in words
    assert asked() == []
    again = browser.post("/c/pump-crews/exchanges/create", {**ASKED, "once": mark_on(back)})
    assert again.status_code == 302
    assert [exchange.body.splitlines()[0] for exchange in asked()] == ["It turns,"]


def test_a_wrong_password_first_loses_nothing(story: Story, lea: Person) -> None:
    browser = Client()
    page = browser.post("/c/pump-crews/exchanges/create", ASKED)
    wrong = browser.post("/account/login/", {"login": lea.email, "password": "snow", "kept": carried(page)})
    assert "Prime lost again" in signed_in_with(browser, lea, wrong).content.decode()


def test_who_signed_in_meanwhile_goes_on_at_once(story: Story, lea: Person) -> None:
    browser = Client()
    page = browser.post("/c/pump-crews/exchanges/create", ASKED)
    browser.post("/account/login/", {"login": lea.email, "password": PASSWORD})
    assert "Prime lost again" in signed_in_with(browser, lea, page).content.decode()


def token_on(page: Any) -> str:
    match = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())
    assert match
    return match[1]


def two_windows(browser: Client, *titles: str) -> list[Any]:
    """The same text sent in each, once the session has ended."""
    pages = [
        browser.post("/c/pump-crews/exchanges/create", {**ASKED, "title": title}, headers=HERE) for title in titles
    ]
    assert [page.status_code for page in pages] == [401] * len(titles)
    return pages


def sign_in_at(browser: Client, person: Person, page: Any) -> Any:
    sent = {"login": person.email, "password": PASSWORD, "kept": carried(page), "csrfmiddlewaretoken": token_on(page)}
    return browser.post("/account/login/", sent, headers=HERE, follow=True)


def test_each_of_two_windows_gets_its_own_text_back(story: Story, lea: Person) -> None:
    """Signing in makes the other window's page too old to be sent; what it carries goes on all the same."""
    browser = Client(enforce_csrf_checks=True)
    backs = [
        sign_in_at(browser, lea, page) for page in two_windows(browser, "Of the first window", "Of the second one")
    ]
    for back, title in zip(backs, ("Of the first window", "Of the second one"), strict=True):
        assert f'value="{title}"' in back.content.decode()
        again = browser.get(back.redirect_chain[0][0]).content.decode()
        assert f'value="{title}"' in again, "the one does not take the other's place"
        assert "open for too long" not in again


def test_a_window_that_waits_after_a_one_time_link_in_another(story: Story, lea: Person) -> None:
    browser = Client(enforce_csrf_checks=True)
    (page,) = two_windows(browser, "Of the window that waits")
    secret = "s" * 32
    acts.issue_sign_in_link(story.operator, lea, secret=secret)
    link = f"/sign-in/{secret}/"
    browser.post(link, {"csrfmiddlewaretoken": token_on(browser.get(link))}, headers=HERE)
    assert 'value="Of the window that waits"' in sign_in_at(browser, lea, page).content.decode()


def test_a_window_that_waits_while_another_signs_in_and_out(story: Story, lea: Person) -> None:
    browser = Client(enforce_csrf_checks=True)
    first, second = two_windows(browser, "One", "Of the window that waits")
    sign_in_at(browser, lea, first)
    browser.logout()
    again = sign_in_at(browser, lea, second)
    assert again.status_code == 401
    assert 'value="Of the window that waits"' in sign_in_at(browser, lea, again).content.decode()


def test_a_page_elsewhere_puts_no_text_into_a_session(story: Story, lea: Person) -> None:
    browser = Client()
    page = browser.post("/c/pump-crews/exchanges/create", ASKED)
    back = strict(lea).post("/account/login/", {"kept": carried(page)}, headers={"origin": "https://evil.example"})
    assert back.status_code == 403
    assert "Prime lost again" not in back.content.decode()


def test_once_sent_nothing_says_that_it_was_not(story: Story, lea: Person) -> None:
    """Going back, or the address of what was kept: it leads to where sending led."""
    mark = mark_on(story.browser(lea).get("/c/pump-crews/exchanges/new"))
    browser = Client()
    back = signed_in_with(browser, lea, browser.post("/c/pump-crews/exchanges/create", {**ASKED, "once": mark}))
    sent = browser.post("/c/pump-crews/exchanges/create", {**ASKED, "title": "Mended", "once": mark_on(back)})
    again = browser.get(back.redirect_chain[0][0])
    assert (again.status_code, again["Location"]) == (302, sent["Location"])


def test_a_refusal_is_not_taken_for_sent(story: Story, lea: Person) -> None:
    mark = mark_on(story.browser(lea).get("/c/pump-crews/exchanges/new"))
    browser = Client()
    back = signed_in_with(browser, lea, browser.post("/c/pump-crews/exchanges/create", {**ASKED, "once": mark}))
    refused = browser.post("/c/pump-crews/exchanges/create", {**ASKED, "title": "", "once": mark_on(back)})
    assert refused.status_code == 422
    assert "Prime lost again" in browser.get(back.redirect_chain[0][0]).content.decode()


def test_one_word_is_a_text_too(story: Story, lea: Person) -> None:
    held = kept.Kept("/", {"email": ["lea@else.example.org"], "name": ["Pumps"], "action_add": ["1"], "once": ["a b"]})
    assert held.words() == ["lea@else.example.org", "Pumps"]


def test_an_address_is_not_lost_and_not_added_by_showing(story: Story, lea: Person) -> None:
    story.browser(lea).get("/account/email/")
    browser = Client()
    page = browser.post("/account/email/", {"email": "lea@else.example.org", "action_add": "1"})
    back = signed_in_with(browser, lea, page)
    words = back.content.decode()
    assert 'value="lea@else.example.org"' in words
    assert 'action="/account/email/"' in words
    assert not EmailAddress.objects.filter(email="lea@else.example.org").exists()
    browser.post("/account/email/", {"email": "lea@else.example.org", "action_add": "1"})
    assert browser.get(back.redirect_chain[0][0])["Location"] == "/account/email/"


def test_where_nothing_was_typed_nothing_is_said_of_it(story: Story, lea: Person) -> None:
    story.found("quiet", "Quiet", by=story.facilitator, visibility=Visibility.OPEN)
    for browser, page in (
        (guest := Client(), lambda: signed_in_with(guest, lea, guest.post("/c/quiet/membership", {}))),
        (member := strict(lea), lambda: member.post("/c/quiet/membership", {}, headers=HERE, follow=True)),
    ):
        words = page().content.decode()
        assert "what you wrote" not in words
        assert "what you wrote" not in browser.get("/").content.decode()


def test_what_one_person_typed_is_not_shown_to_another(story: Story, lea: Person) -> None:
    omar = story.member("Omar")
    mark = mark_on(story.browser(omar).get("/c/pump-crews/exchanges/new"))
    browser = Client()
    page = browser.post("/c/pump-crews/exchanges/create", {**ASKED, "once": mark})
    assert "Prime lost again" not in signed_in_with(browser, lea, page).content.decode()


def test_passwords_are_not_carried_nor_is_more_than_a_page_can(rf: RequestFactory) -> None:
    request = rf.post(
        "/start?x=1", {"password": "a", "oldpassword": "b", "code": "1", "name": "Lea", "csrfmiddlewaretoken": "c"}
    )
    assert kept.of(request) == kept.Kept("/start?x=1", {"name": ["Lea"]})
    assert kept.opened(kept.sealed(kept.of(request))) == kept.of(request)
    assert kept.sealed(kept.Kept("/", {"body": ["x" * (kept.MOST + 1)]})) == ""
    assert kept.opened("forged") is None


def test_what_is_too_much_is_told_before_it_is_lost(story: Story) -> None:
    page = Client().post("/c/pump-crews/exchanges/create", {**ASKED, "body": "x" * (kept.MOST + 1)})
    assert "copy what you wrote" in page.content.decode()


def test_a_forged_way_back_leads_home(story: Story, lea: Person) -> None:
    sent = {"login": lea.email, "password": PASSWORD, "kept": "forged"}
    assert Client().post("/account/login/", sent)["Location"] == "/"


def done() -> list[list[Any]]:
    """All that the buttons below could have changed."""
    people = Person.objects.order_by("pk").values_list("pk", "picture")
    members = Membership.objects.everywhere("test").order_by("pk").values_list("pk", "left_at")
    invitations = Invitation.objects.everywhere("test").order_by("pk").values_list("pk", "withdrawn_at")
    acts = Act.objects.everywhere("test").order_by("pk").values_list("pk")
    return [list(rows) for rows in (people, members, invitations, acts)]


def test_nothing_is_done_by_showing(story: Story, lea: Person) -> None:
    """Buttons without a form, and forms that write beside it: their page is shown, and that is all."""
    story.found("quiet", "Quiet", by=story.facilitator, visibility=Visibility.OPEN)
    story.facilitator.set_password(PASSWORD)
    story.facilitator.save()
    Person.objects.filter(pk=lea.pk).update(picture="a picture")
    elsewhere = story.browser(lea)
    for address, who, leads_to in (
        ("/c/quiet/membership", lea, "/kept/"),
        ("/c/pump-crews/membership/end", lea, "/kept/"),
        ("/me/sessions/end-others", lea, "/me/"),
        ("/me/picture/remove", lea, "/me/"),
        ("/c/pump-crews/invitations/create", story.facilitator, "/kept/"),
    ):
        browser, before = Client(), done()
        back = signed_in_with(browser, who, browser.post(address, {}))
        assert (back.status_code, back.redirect_chain[-1][0].startswith(leads_to)) == (200, True), address
        assert done() == before, address
    assert elsewhere.get("/me/").status_code == 200, "the other session goes on"


def test_text_whose_form_is_gone_can_be_copied(story: Story, lea: Person) -> None:
    story.found("quiet", "Quiet", by=story.facilitator, visibility=Visibility.PRIVATE)
    browser = Client()
    page = browser.post("/c/quiet/exchanges/create", ASKED)
    words = signed_in_with(browser, lea, page).content.decode()
    assert "Its form is no longer there for you" in words
    assert html.escape(BODY, quote=False) in words


def strict(person: Person) -> Client:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person)
    return browser


def test_an_old_page_gives_the_text_back_with_a_form_that_can_be_sent(story: Story, lea: Person) -> None:
    browser = strict(lea)
    page = browser.post("/c/pump-crews/exchanges/create", ASKED, headers=HERE)
    words = page.content.decode()
    assert page.status_code == 403
    assert "open for too long" in words
    assert html.escape(BODY, quote=False) in words
    fresh = {**ASKED, "csrfmiddlewaretoken": token_on(page)}
    sent = browser.post("/c/pump-crews/exchanges/create", fresh, headers=HERE)
    assert sent.status_code == 302


@pytest.mark.parametrize("headers", [{}, {"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}])
def test_what_a_page_elsewhere_makes_somebody_send_is_not_shown_to_them(
    story: Story, lea: Person, headers: dict[str, str]
) -> None:
    for browser in (strict(lea), Client(enforce_csrf_checks=True)):
        page = browser.post("/c/pump-crews/exchanges/create", ASKED, headers=headers)
        assert page.status_code == 403
        assert "Prime lost again" not in page.content.decode()
        assert not carried(page)


def test_signed_out_with_an_old_page_is_still_carried(story: Story, lea: Person) -> None:
    browser = Client(enforce_csrf_checks=True)
    page = browser.post("/c/pump-crews/exchanges/create", ASKED, headers=HERE)
    assert page.status_code == 401
    assert carried(page)


def test_a_part_of_a_page_gives_way_to_all_of_the_sign_in(story: Story) -> None:
    page = Client().post("/c/pump-crews/exchanges/create", ASKED, headers={"HX-Request": "true"})
    assert (page.status_code, page["HX-Retarget"]) == (200, "body")
    assert carried(page)


def test_another_language_does_not_empty_a_form_that_was_refused(story: Story, lea: Person) -> None:
    browser = story.browser(lea)
    refused = browser.post("/c/pump-crews/exchanges/create", {**ASKED, "title": ""})
    assert refused.status_code == 422
    back = browser.post("/i18n/language/", {"language": "fr", "kept": carried(refused)}, follow=True)
    words = back.content.decode()
    assert html.escape(BODY, quote=False) in words
    assert '<html lang="fr"' in words


def test_another_language_does_not_empty_the_page_of_signing_in(story: Story, lea: Person) -> None:
    browser = Client()
    page = browser.post("/c/pump-crews/exchanges/create", ASKED)
    footer = page.content.decode().partition('action="/i18n/language/"')[2]
    assert 'name="kept"' in footer
    again = browser.post("/i18n/language/", {"language": "fr", "kept": carried(page)})
    assert '<html lang="fr"' in again.content.decode()
    assert "Prime lost again" in signed_in_with(browser, lea, again).content.decode()


def test_every_address_that_takes_a_form_can_be_opened(story: Story) -> None:
    """Going back, another language, a bookmark: none of them ends at an address that only takes forms."""
    asked = story.resolved(story.facilitator, story.member("Omar"))
    practice = story.distil(story.facilitator, asked)
    there = {"exchanges": asked.pk, "practices": practice.pk, "responses": asked.responses.get().pk, "c": "pump-crews"}
    browsers = (story.browser(story.facilitator), story.browser(story.operator))
    refused = {
        address: page.status_code
        for address in (filled(route, there) for route in routes())
        for browser in browsers
        for page in [browser.get(address)]
        if page.status_code == 405 or (page.status_code == 302 and page["Location"] == address)
    }
    assert refused == {}


def test_the_address_of_a_form_leads_to_its_page(story: Story) -> None:
    browser = story.browser(story.facilitator)
    exchange = story.ask(story.facilitator)
    for address, page in {
        "exchanges/create": "exchanges/new",
        f"exchanges/{exchange.pk}/responses": f"exchanges/{exchange.pk}/",
        "update": "edit",
        "roles/create": "roles",
    }.items():
        assert browser.get(f"/c/pump-crews/{address}")["Location"] == f"/c/pump-crews/{page}"


def test_who_opens_it_signed_out_comes_to_its_page(story: Story, lea: Person) -> None:
    sent = {"login": lea.email, "password": PASSWORD, "next": "/c/pump-crews/exchanges/create"}
    page = Client().post("/account/login/", sent, follow=True)
    assert (page.status_code, page.redirect_chain[-1][0]) == (200, "/c/pump-crews/exchanges/new")
    assert 'name="body"' in main(page)


def test_a_mark_is_of_whom_it_was_made_for(story: Story, lea: Person, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = lea
    assert marks.is_of(marks.made_for(request), lea)
    assert not marks.is_of(marks.made_for(request), story.facilitator)


def test_an_old_page_of_any_address_is_answered_and_nobody_is_signed_out_by_showing(story: Story, lea: Person) -> None:
    browser = strict(lea)
    for address in (filled(route, {"c": "pump-crews"}) for route in routes()):
        answer = browser.post(address, {"email": "x@example.org", "action_add": ""}, headers=HERE)
        assert answer.status_code < 500, address
        assert browser.get("/me/").status_code == 200, address


def test_forms_without_a_token_are_counted_too(story: Story) -> None:
    guest = Client(enforce_csrf_checks=True)
    codes = [
        guest.post("/c/pump-crews/exchanges/create", {"body": "a b"}, headers=HERE).status_code for _ in range(301)
    ]
    assert (codes[299], codes[300]) == (401, 429)


def test_the_names_of_fields_count_as_what_a_page_carries(rf: RequestFactory) -> None:
    sent = rf.post("/", urlencode({"x" * (kept.MOST + 1): "a b"}), "application/x-www-form-urlencoded")
    assert kept.sealed(kept.of(sent)) == ""
