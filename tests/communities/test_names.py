"""A name leads to a person's page where the reader is a member of the community whose page it is; else nowhere."""

import pytest
from django.template import engines

from commonplace.communities import acts, names
from commonplace.communities.models import Community, Person, RoleKind
from commonplace.ledger.once import a_page
from tests.story import Story
from tests.trust.reading_html import Links


def to(person: Person, slug: str = "pump-crews") -> str:
    return f'<a class="name" href="/c/{slug}/people/{person.pk}/">'


def page(story: Story, reader: Person, path: str) -> str:
    return story.browser(reader).get(path).content.decode()


def test_it_leads_to_their_page_in_the_community_one_stands_in(story: Story) -> None:
    lea, omar = story.member("Lea"), story.member("Omar")
    exchange = story.ask(lea)
    shown = page(story, omar, exchange.get_absolute_url())
    assert f"{to(lea)}Lea</a>" in shown
    assert story.browser(omar).get(f"/c/pump-crews/people/{lea.pk}/").status_code == 200


def test_to_ones_own_page_too(story: Story) -> None:
    lea = story.member("Lea")
    assert to(lea) in page(story, lea, story.ask(lea).get_absolute_url())


def test_whoever_is_no_member_sees_a_name_and_no_link(story: Story) -> None:
    lea = story.member("Lea")
    address = story.ask(lea).get_absolute_url()
    shown = page(story, story.person("Passer"), address)
    assert "Lea" in shown
    assert "/people/" not in shown


def test_nor_does_a_facilitator_of_another_community(story: Story) -> None:
    lea, other = story.member("Lea"), story.person("Ida")
    story.found("other", "Other", by=other)
    assert "/people/" not in page(story, other, story.ask(lea).get_absolute_url())


def test_whoever_left_sees_no_link_on_the_next_page(story: Story) -> None:
    lea, omar = story.member("Lea"), story.member("Omar")
    address = story.ask(lea).get_absolute_url()
    assert to(lea) in page(story, omar, address)
    acts.leave(omar, story.community)
    assert "/people/" not in page(story, omar, address)


def test_a_page_of_several_communities_says_none_but_ones_own(story: Story) -> None:
    lea, omar = story.member("Lea"), story.member("Omar")
    story.ask(lea)
    for path in ("/", "/search?q=prime", "/notices/", "/me/"):
        assert f"/people/{lea.pk}" not in page(story, omar, path), path


def test_a_page_that_refuses_a_form_keeps_its_links(story: Story) -> None:
    """An act forgets what the page has settled, not whose page it is."""
    lea, omar = story.member("Lea"), story.member("Omar")
    exchange = story.ask(lea)
    refused = story.browser(omar).post(f"/c/pump-crews/exchanges/{exchange.pk}/responses", {"body": ""})
    assert refused.status_code == 422
    assert to(lea) in refused.content.decode()


def shown(reader: object, person: Person | None, here: Community | None, passed: Community | None = None) -> str:
    with a_page():
        names.read_by(reader)
        if here:
            names.within(here.slug)
        return names.page_of(person, passed)


def test_nobody_is_led_to_who_cannot_come_in_or_is_gone(story: Story) -> None:
    lea, here = story.member("Lea"), story.community
    unclaimed, erased = Person(name="Ann Archive", origin="archive"), Person(name="", email="gone@example.org")
    assert shown(lea, unclaimed, here) == ""
    assert shown(lea, erased, here) == ""
    assert shown(lea, None, here) == ""


def test_a_page_of_several_may_say_which(story: Story) -> None:
    lea, other = story.member("Lea"), story.found("other", "Other", by=story.person("Ida"))
    assert shown(lea, lea, None, story.community) == f"/c/pump-crews/people/{lea.pk}/"
    assert shown(lea, lea, None, other) == ""
    assert shown(lea, lea, other, story.community) == f"/c/pump-crews/people/{lea.pk}/"


def test_a_sponsor_from_outside_is_led_to_nobody(story: Story) -> None:
    lea, sam = story.member("Lea"), story.serving("Sam", RoleKind.SPONSOR)
    assert shown(sam, lea, story.community) == ""


def test_outside_a_page_nobody_reads(story: Story) -> None:
    """A letter, a feed, a job."""
    lea = story.member("Lea")
    assert names.page_of(lea, story.community) == ""
    with a_page():
        names.read_by(lea)
        names.within(story.community.slug)
        with a_page():
            assert names.page_of(lea) == ""


FACE = """{% from "macros/face.jinja" import face %}{{ face(person, "asks", here) }}"""


@pytest.mark.parametrize("is_member", [True, False])
def test_a_face_is_one_link_or_none(story: Story, is_member: bool) -> None:
    lea = story.member("Lea")
    with a_page():
        names.read_by(lea if is_member else story.person("Passer"))
        html = engines["jinja2"].from_string(FACE).render({"person": lea, "here": story.community})
    assert html.count("<a ") == is_member
    assert Links(html).wrong == []
    assert "Lea" in html


def test_whoever_is_only_asked_to_serve_has_no_page_to_be_led_to(story: Story) -> None:
    sam = story.person("Sam")
    acts.grant_role(story.facilitator, story.community, person=sam, kind=RoleKind.SPONSOR)
    shown = story.browser(story.member("Lea")).get("/c/pump-crews/roles").content.decode()
    assert "Sam" in shown
    assert f"/people/{sam.pk}/" not in shown
