"""Who sees what: no name for a sponsor from outside, no trace of a private community for anybody else."""

import pytest
from django.test import Client

from commonplace.communities import acts
from commonplace.communities.models import Community, Membership, Role, RoleKind, Visibility
from tests.story import Story

PAGES = ["", "edit", "charter", "members", "invitations", "roles"]
POSTS = ["update", "membership", "membership/end", "requests", "invitations/create", "roles/create", "roles/hand-over"]


@pytest.fixture
def quiet(story: Story) -> Community:
    return story.found(
        "quiet", "Quiet circle", by=story.facilitator, visibility=Visibility.PRIVATE, domain="Quiet things"
    )


def test_a_sponsor_from_outside_sees_no_name(story: Story, quiet: Community) -> None:
    for community in (story.community, quiet):
        story.serving("Omar Onlooker" + community.slug, RoleKind.STEWARD, of=community)
        acts.set_charter(story.facilitator, community, domain="New")
    sam = story.serving("Sam Sponsor", RoleKind.SPONSOR, of=quiet)
    story.granted(sam, RoleKind.SPONSOR, story.community)
    browser = story.browser(sam)
    for path in [f"/c/{slug}/{page}" for slug in ("quiet", "pump-crews") for page in PAGES] + [
        "/c/",
        "/me/",
        "/me/data",
    ]:
        page = browser.get(path).content.decode()
        assert "Facilitator</" not in page.replace("Fay Facilitator", "!!"), path
        assert "Fay" not in page, path
        assert "Onlooker" not in page, path


def test_a_sponsor_sees_that_they_serve_and_nobody_else(story: Story) -> None:
    sam = story.serving("Sam", RoleKind.SPONSOR)
    assert [role.person_id for role in Role.objects.visible_to(sam)] == [sam.pk]
    assert not Membership.objects.visible_to(sam).exists()
    assert "You serve here" in story.browser(sam).get("/c/pump-crews/").content.decode()
    assert story.browser(sam).get("/c/pump-crews/members").status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_a_private_community_does_not_exist_for_others(story: Story, quiet: Community, path: str) -> None:
    for person in (story.person("Stranger"), story.operator):
        assert story.browser(person).get(f"/c/quiet/{path}").status_code == 404


@pytest.mark.parametrize("path", POSTS)
def test_nor_does_it_answer_to_what_others_send(story: Story, quiet: Community, path: str) -> None:
    assert story.browser(story.operator).post(f"/c/quiet/{path}").status_code == 404


def test_lists_name_only_what_one_may_see(story: Story, quiet: Community) -> None:
    stranger, member = story.person("Stranger"), story.member("Lea", of=quiet)
    assert "Quiet" not in story.browser(stranger).get("/c/").content.decode()
    assert "Quiet things" in story.browser(member).get("/c/").content.decode()
    assert "Nothing" not in story.browser(stranger).get("/c/?q=pump").content.decode()
    assert "Quiet" not in story.browser(stranger).get("/c/?q=quiet").content.decode().replace('value="quiet"', "")


def test_the_operator_sees_names_and_sizes_and_no_content(story: Story, quiet: Community) -> None:
    story.member("Lea", of=quiet)
    page = story.browser(story.operator).get("/operator/communities").content.decode()
    assert "Quiet circle" in page
    assert ">fewer than 5</td>" in page
    assert "Quiet things" not in page
    assert "Lea" not in page


@pytest.mark.parametrize("path", ["/operator/", "/people/", "/people/new"])
def test_the_operator_alone_has_these_pages(story: Story, path: str) -> None:
    assert story.browser(story.operator).get(path).status_code == 200
    assert story.browser(story.facilitator).get(path).status_code == 403
    assert Client().get(path)["Location"].startswith("/account/login/")


def test_members_see_each_other_and_find_by_name(story: Story) -> None:
    lea = story.member("Lea Moreau", unit="North")
    story.member("Omar Haddad")
    browser = story.browser(lea)
    page = browser.get("/c/pump-crews/members").content.decode()
    assert "Omar Haddad" in page
    assert "North" in page
    matches = browser.get("/c/pump-crews/members?q=lea").content.decode()
    assert "Omar" not in matches
    assert browser.get("/c/pump-crews/members?q=%00%25%27&page=x").status_code == 200


@pytest.mark.parametrize("path", ["/", "/members", "/charter", "/roles", "/invitations", "/edit"])
@pytest.mark.parametrize("rows", [2, 12])
def test_pages_of_a_community_cost_the_same_however_large(  # type: ignore[no-untyped-def]
    story: Story, django_assert_max_num_queries, path: str, rows: int
) -> None:
    closed = story.found("valves", "Valve keepers", by=story.facilitator, visibility=Visibility.CLOSED)
    for number in range(rows):
        story.serving(f"Steward {number}", RoleKind.STEWARD, of=closed)
        acts.ask_to_join(story.person(f"Asking {number}"), closed, words="Please")
        acts.set_charter(story.facilitator, closed, domain=f"version {number}")
    browser = story.browser(story.facilitator)
    with django_assert_max_num_queries(20):  # The front page asks the guards of its buttons, and each phase once.
        assert browser.get(f"/c/valves{path}").status_code == 200


@pytest.mark.parametrize("path", ["/c/", "/operator/", "/people/", "/people/new", "/me/", "/found"])
@pytest.mark.parametrize("rows", [2, 12])
def test_other_pages_cost_the_same_however_long(  # type: ignore[no-untyped-def]
    story: Story, django_assert_max_num_queries, path: str, rows: int
) -> None:
    for number in range(rows):
        community = story.found(f"c{number}", f"Community {number}", by=story.operator)
        story.member(f"Member {number}", of=community)
        story.browser(story.operator)
    browser = story.browser(story.operator)
    with django_assert_max_num_queries(14):  # One is the header's: where one belongs.
        assert browser.get(path).status_code == 200
