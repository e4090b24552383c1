"""Me: where I am signed in, my communities, my language, and all that is kept about me."""

import json

import pytest
from django.test import Client

from commonplace.communities import acts
from commonplace.communities.models import Person, RoleKind
from tests.story import Story


@pytest.fixture
def lea(story: Story) -> Person:
    return story.member("Lea", unit="North")


def signed_in(person: Person) -> Client:
    browser = Client()
    browser.post("/account/login/", {"login": person.email, "password": "rain on the roof"})
    return browser


def test_sessions_are_listed_and_ended(lea: Person) -> None:
    lea.set_password("rain on the roof")
    lea.save()
    here, there, third = (signed_in(lea) for _ in range(3))
    page = here.get("/me/").content.decode()
    assert page.count("127.0.0.1 ·") == 3
    ends = [part.split('"')[0] for part in page.split('action="/me/sessions/')[1:]]
    here.post(f"/me/sessions/{ends[0]}")
    assert sorted(browser.get("/me/").status_code for browser in (there, third)) == [200, 302]
    here.post("/me/sessions/end-others")
    assert [browser.get("/me/").status_code for browser in (here, there, third)] == [200, 302, 302]


def test_nobody_ends_the_session_of_another(story: Story, lea: Person) -> None:
    lea.set_password("rain on the roof")
    lea.save()
    browser = signed_in(lea)
    pk = lea.usersession_set.get().pk
    story.browser(story.operator).post(f"/me/sessions/{pk}/end")
    story.browser(story.operator).post("/me/sessions/not-a-number/end")
    assert browser.get("/me/").status_code == 200


def test_my_communities_are_left_from_here(story: Story, lea: Person) -> None:
    page = story.browser(lea).get("/me/").content.decode()
    assert "Leave Pump crews" in page
    assert 'action="/c/pump-crews/membership/end"' in page


def test_my_data_is_all_mine_and_nobody_elses(story: Story, lea: Person) -> None:
    omar = story.member("Omar Haddad")
    exchange = story.ask(lea, title="My question", body="My words")
    story.respond(omar, exchange, body="Words of Omar")
    story.browser(lea).post(
        f"/c/pump-crews/exchanges/{exchange.pk}/update",
        {"title": "My question", "body": "Better words", "seen": exchange.fingerprint},
    )
    acts.grant_role(story.facilitator, story.community, person=lea, kind=RoleKind.FACILITATOR)
    acts.grant_role(lea, story.community, person=omar, kind=RoleKind.STEWARD)
    acts.issue_sign_in_link(story.operator, lea, secret="sesame")
    answer = story.browser(lea).get("/me/data")
    text, data = answer.content.decode(), json.loads(answer.content)
    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert data["communities.Person"][0]["email"] == "lea@example.org"
    assert data["communities.Person"][0]["unit"] == "North", "by its name, as people know it"
    assert [row["body"] for row in data["externalizing.Exchange"]] == ["Better words"]
    assert [row["body"] for row in data["externalizing.Revision"]] == ["My words"], "what hangs on my text is mine"
    assert "exchange.opened" in [row["verb"] for row in data["ledger.Act"]]
    assert any(row.get("granted_by") == lea.pk and "person" not in row for row in data["communities.Role"])
    assert data["communities.SignInLink"][0]["issued_by"] == "another person"
    for secret in ("Words of Omar", omar.pk, omar.name, story.operator.pk, lea.password, "session_key", "digest"):
        assert secret not in text


def test_the_language_of_the_footer_is_kept_with_me(story: Story, lea: Person) -> None:
    story.browser(lea).post("/i18n/language/", {"language": "fr", "next": "/me/"})
    lea.refresh_from_db()
    assert lea.language == "fr"
    story.browser(lea).post("/i18n/language/", {"language": "xx"})
    lea.refresh_from_db()
    assert lea.language == "fr"


def test_a_guest_chooses_a_language_too(story: Story) -> None:
    browser = Client()
    chosen = browser.post("/i18n/language/", {"language": "fr", "next": "/account/login/"})
    assert chosen["Location"] == "/account/login/"
    assert '<html lang="fr">' in browser.get("/account/login/").content.decode()
