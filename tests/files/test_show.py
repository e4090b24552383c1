"""A file is served to whoever may read a text that names it, as what it is, and to nobody else."""

import io

import pytest
from django.test import Client
from PIL import Image

from commonplace.communities import acts as social
from commonplace.communities.models import Community, Person, RoleKind, Visibility
from commonplace.files import storing
from commonplace.files.views import HEADERS
from commonplace.web.wire import TOKENS
from tests.files.sent import PDF, body, docx, held, picture, sent, shown
from tests.story import Story


def community(story: Story, visibility: Visibility) -> Community:
    return story.found("apart", "Apart", by=story.facilitator, visibility=visibility)


def test_a_picture_is_shown_whole_and_small(story: Story, lea: Person) -> None:
    file = sent(lea, picture(size=(3000, 1500)), "The seal.jpeg")
    browser = story.browser(lea)
    whole, small = shown(browser, file), shown(browser, file, "?small")
    assert [Image.open(io.BytesIO(body(one))).size for one in (whole, small)] == [(2560, 1280), (640, 320)]
    assert (file.width, file.height) == (2560, 1280)
    assert whole["Content-Type"] == small["Content-Type"] == "image/jpeg"
    assert whole["Content-Disposition"] == 'inline; filename="The seal.jpg"'


def test_anything_else_is_saved_and_never_opened_in_its_place(story: Story, lea: Person) -> None:
    browser = story.browser(lea)
    for data, name, kind in [
        (PDF, "Plan é.pdf", "application/pdf"),
        (b"a < b", "notes.md", "text/plain; charset=utf-8"),
        (docx(), "report.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ]:
        answer = shown(browser, sent(lea, data, name))
        assert body(answer) == data
        assert answer["Content-Type"] == kind
        assert answer["Content-Disposition"].startswith("attachment; ")
    assert "filename*=utf-8''Plan%20%C3%A9.pdf" in shown(browser, sent(lea, PDF, "Plan é.pdf"))["Content-Disposition"]


def test_nothing_runs_in_what_is_shown_and_nobody_keeps_it(story: Story, lea: Person) -> None:
    answer = shown(story.browser(lea), sent(lea))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_until_a_text_names_it_it_is_its_senders_alone(story: Story, lea: Person) -> None:
    file, tom = sent(lea), story.browser(story.member("Tom"))
    assert shown(tom, file).status_code == 404
    held(file, story.community)
    assert shown(tom, file).status_code == 200


@pytest.mark.parametrize("visibility", [Visibility.PRIVATE, Visibility.CLOSED])
def test_who_may_not_read_the_text_gets_what_is_not_there(story: Story, lea: Person, visibility: Visibility) -> None:
    file, stranger = sent(lea), story.browser(story.person("Sam Stranger"))
    held(file, community(story, visibility))
    hidden = shown(stranger, file)
    absent = stranger.get(file.get_absolute_url().replace(file.pk, "0" * 26))
    assert hidden.status_code == absent.status_code == 404
    assert TOKENS.sub(b"", hidden.content).replace(file.pk.encode(), b"0" * 26) == TOKENS.sub(b"", absent.content)
    assert stranger.head(file.get_absolute_url()).status_code == 404
    etag = f'"{file.digest}"'
    assert shown(stranger, file, if_none_match=etag).status_code == 404
    assert shown(stranger, file, "?small", if_none_match=f'"{file.digest}{storing.SMALL}"').status_code == 404


def test_an_open_community_shows_its_files_to_whoever_is_signed_in(story: Story, lea: Person) -> None:
    file = sent(lea)
    held(file, community(story, Visibility.OPEN))
    assert shown(story.browser(story.person("Sam Stranger")), file).status_code == 200
    there, absent = file.get_absolute_url(), f"/files/{'0' * 26}/seal.jpg"
    here, nowhere = Client().get(there), Client().get(absent)
    assert (here.status_code, here["Location"]) == (302, nowhere["Location"].replace("0" * 26, file.pk))


def test_a_sponsor_from_outside_reads_no_text_and_so_no_file(story: Story, lea: Person) -> None:
    file, here = sent(lea), community(story, Visibility.OPEN)
    held(file, here)
    sponsor = story.serving("Sue Sponsor", RoleKind.SPONSOR, of=here)
    assert shown(story.browser(sponsor), file).status_code == 404


def test_who_has_left_gets_nothing_more_but_what_is_their_own(story: Story, lea: Person) -> None:
    closed = community(story, Visibility.CLOSED)
    tom = story.member("Tom", of=closed)
    browser, theirs, own = story.browser(tom), sent(lea), sent(tom, picture(size=(9, 9)))
    for file in (theirs, own):
        held(file, closed)
    etag = shown(browser, theirs)["ETag"]
    assert shown(browser, theirs, if_none_match=etag).status_code == 304
    social.leave(tom, closed)
    assert shown(browser, theirs, if_none_match=etag).status_code == 404
    assert shown(browser, own).status_code == 200


def test_what_a_text_names_no_more_is_its_senders_again(story: Story, lea: Person) -> None:
    file, tom = sent(lea), story.browser(story.member("Tom"))
    held(file, story.community).delete()
    assert shown(tom, file).status_code == 404


def test_another_name_is_another_address(story: Story, lea: Person) -> None:
    file = sent(lea)
    assert story.browser(lea).get(file.get_absolute_url().replace(".jpg", ".html")).status_code == 404


def test_the_same_bytes_of_another_open_no_door(story: Story, lea: Person) -> None:
    """Whoever has the same picture learns nothing of where else it is."""
    closed = sent(lea)
    held(closed, community(story, Visibility.PRIVATE))
    stranger = story.person("Sam Stranger")
    story.found("others", "Others", by=stranger)
    own = sent(stranger)
    assert own.digest == closed.digest
    assert shown(story.browser(stranger), own).status_code == 200
    assert shown(story.browser(stranger), closed).status_code == 404


def test_what_the_disk_has_lost_is_not_there(story: Story, lea: Person) -> None:
    file = sent(lea)
    storing.remove(file.digest)
    assert shown(story.browser(lea), file).status_code == 404


def test_head_tells_what_get_would(story: Story, lea: Person) -> None:
    browser, file = story.browser(lea), sent(lea)
    head, whole = browser.head(file.get_absolute_url()), shown(browser, file)
    assert head["Content-Length"] == whole["Content-Length"] == str(file.size)
    assert head["ETag"] == whole["ETag"]


def test_what_is_still_the_same_keeps_what_was_said_of_it(story: Story, lea: Person) -> None:
    """A browser puts the headers of a 304 in place of those it has: the picture stays in its sandbox, and is kept."""
    browser, file = story.browser(lea), sent(lea)
    whole = shown(browser, file)
    same = shown(browser, file, if_none_match=whole["ETag"])
    assert same.status_code == 304
    for header in (*HEADERS, "ETag"):
        assert same.headers.get(header) == whole[header], header
