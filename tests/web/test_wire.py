"""Pages travel compressed where that gives nothing away, and not at all when they are there already."""

import gzip

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from commonplace.web import wire
from tests.story import Story

ZIP = {"accept-encoding": "gzip"}


def test_a_page_is_compressed_and_reads_the_same(story: Story) -> None:
    browser = story.browser(story.member("Lea"))
    plain, packed = browser.get("/me/"), browser.get("/me/", headers=ZIP)
    assert (plain.has_header("Content-Encoding"), packed["Content-Encoding"]) == (False, "gzip")
    assert len(packed.content) < len(plain.content) / 2
    unpacked = gzip.decompress(packed.content)
    assert wire.TOKENS.sub(b"", unpacked) == wire.TOKENS.sub(b"", plain.content)
    assert int(packed["Content-Length"]) == len(packed.content)
    assert "Accept-Encoding" in plain["Vary"]


def test_its_length_says_less_than_it_could(rf: RequestFactory) -> None:
    pack = wire.Compressed(lambda request: HttpResponse("the same words " * 200))
    lengths = {len(pack(rf.get("/", headers=ZIP)).content) for _ in range(50)}
    assert len(lengths) > 5


@pytest.mark.parametrize(
    ("path", "packed"),
    [
        ("/search?q=a+stranger%27s+word", False),
        ("/?a+stranger%27s+words", False),
        ("/?a+stranger%27s+words=1", False),
        ("/?page=1&words=2", False),
        ("/?page=1;words", False),
        ("/?page=%31", False),
        ("/?555123456", False),
        ("/?page=555123456", False),
        ("/c/pump-crews/exchanges/?page=2", True),
        (f"/c/pump-crews/exchanges/?before={26 * '0'}", True),
        (f"/c/pump-crews/exchanges/?after={26 * '0'}", True),
        (f"/c/pump-crews/exchanges/?before={25 * '0'}", False),
        (f"/c/pump-crews/exchanges/?before={26 * '0'}&topic=pumps", False),
        ("/c/pump-crews/exchanges/", True),
        ("/account/2fa/", False),
        ("/account/password/change/", False),
    ],
)
def test_what_a_stranger_may_choose_is_not_compressed_beside_what_is_private(
    story: Story, path: str, packed: bool
) -> None:
    answer = story.browser(story.member("Lea")).get(path, headers=ZIP, follow=True)
    assert answer.status_code == 200
    assert answer.has_header("Content-Encoding") is packed


def test_the_address_of_a_page_is_not_in_the_page(story: Story) -> None:
    page = story.browser(story.member("Lea")).get("/c/pump-crews/exchanges/?words=of+a+stranger")
    assert "stranger" not in page.content.decode()


@pytest.mark.parametrize("way", ["before", "after"])
def test_no_list_says_where_it_was_asked_to_begin(story: Story, way: str) -> None:
    """So that it may be compressed: the row may be anybody's guess."""
    lea, guess = story.member("Lea"), 13 * "7x"
    exchange = story.ask(story.member("Omar"))
    practice = story.bring(lea)
    pages = ("exchanges/", "practices/", "proposals/", "topics/", "members", "objectives/", "cycle/")
    own = (exchange.get_absolute_url(), practice.get_absolute_url(), "/", "/notices/", "/me/", "/c/")
    for path in (*(f"/c/pump-crews/{page}" for page in pages), *own):
        shown = story.browser(lea).get(f"{path}?{way}={guess}", headers=ZIP)
        assert guess not in gzip.decompress(shown.content).decode(), path


def test_a_page_with_a_link_that_works_once_is_not_compressed(rf: RequestFactory) -> None:
    def secret(request: object) -> HttpResponse:
        return HttpResponse("a link " * 200, headers={"Cache-Control": "no-store"})

    assert not wire.Compressed(secret)(rf.get("/", headers=ZIP)).has_header("Content-Encoding")


def test_pictures_and_small_answers_are_left_alone(rf: RequestFactory) -> None:
    for answer in (HttpResponse(bytes(5000), content_type="image/png"), HttpResponse("short")):
        assert not wire.Compressed(lambda _, answer=answer: answer)(rf.get("/", headers=ZIP)).has_header("Vary")


@pytest.fixture
def stranger(story: Story) -> Client:
    story.member("Lea")
    client = Client()
    client.get("/account/password/reset/")
    return client


PUBLIC = "/account/password/reset/"


def test_an_unchanged_page_that_anybody_may_read_is_not_sent_again(stranger: Client) -> None:
    first = stranger.get(PUBLIC)
    assert first["Cache-Control"] == "private, no-cache"
    again = stranger.get(PUBLIC, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Content-Security-Policy"]


def test_its_form_still_works_and_a_new_secret_makes_it_new(stranger: Client) -> None:
    first = stranger.get(PUBLIC)
    stranger.cookies["csrftoken"] = "Q" * 32
    assert stranger.get(PUBLIC, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_in_another_language_it_is_another_page(stranger: Client) -> None:
    first = stranger.get(PUBLIC)
    other = stranger.get(PUBLIC, headers={"if-none-match": first["ETag"], "accept-language": "fr"})
    assert other.status_code == 200


def test_what_is_personal_has_no_mark_to_ask_for_again(story: Story) -> None:
    answer = story.browser(story.member("Lea")).get("/me/")
    assert (answer["Cache-Control"], answer.has_header("ETag")) == ("private, no-store", False)
