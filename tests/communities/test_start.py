"""The first visit: one account that becomes the operator, signed in, and a community; by code from elsewhere."""

import stat
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.test import Client, RequestFactory

from commonplace.communities import acts, first_code
from commonplace.communities.loopback import is_loopback
from commonplace.communities.models import Charter, Community, Installation, Person
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.models import Act

ME = {"name": "Ada  Adler", "email": "Ada@Example.org", "password": "rain on the roof"}
OURS = {
    "title": "Pump crews", "domain": "Keeping the pumps running", "purpose": "", "norms": "", "visibility": "open",
    "language": "en", "time_zone": "Europe/Paris", "stage": "potential", "quorum": "", "round_days": "14",
    "refusal_days": "7", "review_days": "365",
}  # fmt: skip
ELSEWHERE = {"REMOTE_ADDR": "203.0.113.7"}


def here() -> Client:
    """A browser on the machine itself."""
    return Client(headers={"host": "localhost"})


@pytest.fixture(autouse=True)
def _no_code_left() -> Any:
    yield
    first_code.remove()


@pytest.mark.django_db
def test_two_forms_lead_from_nothing_to_a_community() -> None:
    browser = here()
    assert browser.get("/", follow=True).redirect_chain == [("/start", 302)]
    made = browser.post("/start", ME)
    assert (made.status_code, made["Location"]) == (302, "/found")
    assert "Found a community" in browser.get("/found").content.decode()
    founded = browser.post("/found/create", OURS, follow=True)
    assert founded.redirect_chain == [("/c/pump-crews/first-hour", 302)]
    page = browser.get("/c/pump-crews/").content.decode()
    assert "Keeping the pumps running" in page
    assert "within 14 days at least 3 people and 30 %" in page
    ada = Person.objects.get()
    assert (ada.name, ada.email, ada.is_operator) == ("Ada Adler", "ada@example.org", True)
    community = Community.objects.visible_to(ada).get()
    assert (community.slug, community.time_zone) == ("pump-crews", "Europe/Paris")


@pytest.mark.django_db
def test_a_mistake_keeps_what_was_typed_but_not_the_password() -> None:
    page = here().post("/start", {**ME, "email": "not an address", "password": "ada"})
    words = page.content.decode()
    assert page.status_code == 422
    assert 'value="not an address"' in words
    assert "at least 10 characters" in words
    assert 'value="ada"' not in words
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_afterwards_there_is_no_first_visit() -> None:
    here().post("/start", ME)
    late = here()
    assert late.get("/start")["Location"] == "/"
    late.post("/start", {**ME, "email": "eve@example.org"})
    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_of_two_first_visits_at_once_one_is_told_that_it_is_too_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_code, "is_needed", lambda: True)
    here().post("/start", ME)
    late = here().post("/start", {**ME, "email": "eve@example.org"})
    assert late.status_code == 422
    assert "Somebody has made the first account already" in late.content.decode()
    assert [person.email for person in Person.objects.filter(is_operator=True)] == ["ada@example.org"]
    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_only_the_first_who_signs_up_is_the_operator() -> None:
    assert acts.sign_up(Person(name="Ada", email="ada@example.org"), Installation(), first=True).is_operator
    with pytest.raises(NotPossible, match="first account already"):
        acts.sign_up(Person(name="Max", email="max@example.org"), Installation(), first=True)
    assert Installation.objects.count() == 1


@pytest.mark.django_db
def test_from_elsewhere_it_takes_the_code_that_the_terminal_shows() -> None:
    code = first_code.make()
    assert code
    assert first_code.make() == code, "the same until it is used"
    path = Path(settings.DATA) / "first.code"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for wrong in ("", code[:-1], "first.code"):
        assert Client().post("/start", {**ME, "code": wrong}, **ELSEWHERE).status_code == 422
    assert not Person.objects.exists()
    assert Client().post("/start", {**ME, "code": code.upper().replace("-", " ")}, **ELSEWHERE).status_code == 302
    assert not path.exists()
    assert first_code.make() is None


@pytest.mark.django_db
def test_without_a_code_nobody_comes_in_from_elsewhere() -> None:
    assert Client().post("/start", {**ME, "code": ""}, **ELSEWHERE).status_code == 422
    assert not first_code.matches("")


@pytest.mark.parametrize(
    ("sent", "here"),
    [
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000"}, True),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost"}, True),
        ({"REMOTE_ADDR": "::1", "HTTP_HOST": "[::1]:8000"}, True),
        ({"REMOTE_ADDR": "::ffff:127.0.0.1", "HTTP_HOST": "localhost"}, True),
        ({"REMOTE_ADDR": "203.0.113.7", "HTTP_HOST": "localhost"}, False),
        ({"REMOTE_ADDR": "", "HTTP_HOST": "localhost"}, False),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "rebound.example"}, False),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost.evil.example"}, False),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost", "HTTP_X_FORWARDED_FOR": "203.0.113.7"}, False),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost", "HTTP_FORWARDED": "for=203.0.113.7"}, False),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost", "HTTP_X_FORWARDED_PROTO": "https"}, False),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost", "HTTP_X_REAL_IP": "203.0.113.7"}, False),
    ],
)
def test_loopback_is_address_and_name_and_no_proxy(sent: dict[str, str], here: bool) -> None:
    request: HttpRequest = RequestFactory().get("/start")
    request.META.update(sent)
    assert is_loopback(request) is here


@pytest.mark.django_db
def test_a_community_needs_little_and_says_what_is_wrong() -> None:
    browser = here()
    browser.post("/start", ME)
    page = browser.post("/found/create", {**OURS, "domain": "", "time_zone": "Paris time", "quorum": "none"})
    words = page.content.decode()
    assert page.status_code == 422
    assert "Choose a time zone from the list, for instance Europe/Paris." in words
    assert 'value="Pump crews"' in words
    assert "<details open>" in words, "a mistake in the folded part is seen"


@pytest.mark.django_db
def test_addresses_are_made_from_the_title_and_stay_apart() -> None:
    browser = here()
    browser.post("/start", ME)
    for _ in range(2):
        browser.post("/found/create", OURS)
    browser.post("/found/create", {**OURS, "title": "水泵"})
    taken = browser.post("/found/create", {**OURS, "slug": "pump-crews"})
    assert taken.status_code == 422
    assert "already a community at this address" in taken.content.decode()
    slugs = Community.objects.everywhere("test").values_list("slug", flat=True)
    assert sorted(slugs) == ["community", "pump-crews", "pump-crews-2"]


@pytest.mark.django_db
def test_founding_is_one_act_with_a_charter() -> None:
    browser = here()
    browser.post("/start", ME)
    browser.post("/found/create", {**OURS, "profile_size": "small", "quorum": "2"})
    charter = Charter.objects.everywhere("test").get()
    assert (charter.quorum, charter.community.profile) == (2, {"size": "small"})
    verbs = list(Act.objects.everywhere("test").order_by("id").values_list("verb", flat=True))
    assert verbs == ["person.signed_up", "community.founded"]


@pytest.mark.django_db
def test_the_first_account_and_its_community_take_zone_and_language_from_the_browser() -> None:
    browser = Client(headers={"host": "localhost", "accept-language": "fr"})
    assert "data-zone" in browser.get("/start").content.decode()
    browser.post("/start", {**ME, "time_zone": "Africa/Dakar"})
    ada = Person.objects.get()
    assert (ada.language, ada.time_zone) == ("fr", "Africa/Dakar")
    page = browser.get("/found", headers={"accept-language": "en"}).content.decode()
    assert '<option value="Africa/Dakar" selected>' in page
    assert '<option value="fr" selected>' in page


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_first_page_prints_words_and_nothing_of_the_program(language: str) -> None:
    page = here().get("/start", headers={"accept-language": language}).content.decode()
    assert "&lt;function" not in page
    assert "&lt;django" not in page
    assert ("10 characters" if language == "en" else "10 caractères") in page
