"""A person's page in a community: for its members, of whoever belongs or serves there, or did; and of nobody else."""

import re
from typing import Any

import pytest

from commonplace.communities import acts
from commonplace.communities.models import Person, RoleKind, Visibility
from commonplace.externalizing.models import Kind
from commonplace.objectifying import acts as practices
from tests.communities.test_known_for import membership, say, topic
from tests.story import Story

ALL = ["helped", "told", "wrote", "looks_after"]
MAIN = re.compile(r"<main.*</main>", re.DOTALL)


@pytest.fixture
def lea(story: Story) -> Person:
    return story.member("Lea")


@pytest.fixture
def omar(story: Story) -> Person:
    return story.member("Omar", unit="North")


def at(person: Person, slug: str = "pump-crews") -> str:
    return f"/c/{slug}/people/{person.pk}/"


def main(story: Story, reader: Person, path: str) -> str:
    here = MAIN.search(story.browser(reader).get(path).content.decode())
    return here[0] if here else ""


def status(story: Story, reader: Person, path: str) -> int:
    return story.browser(reader).get(path).status_code


def test_it_says_who_they_are_here(story: Story, lea: Person, omar: Person) -> None:
    story.granted(omar, RoleKind.STEWARD)
    shown = main(story, lea, at(omar))
    for words in ("<h1>Omar</h1>", "North", "Steward", "since"):
        assert words in shown


@pytest.mark.parametrize("visibility", Visibility.values)
def test_it_is_for_members_alone(story: Story, visibility: Visibility) -> None:
    here = story.found("here", "Here", by=story.facilitator, visibility=visibility)
    omar, sam = story.member("Omar", of=here), story.serving("Sam", RoleKind.SPONSOR, of=here)
    for stranger in (sam, story.operator, story.person("Passer"), story.member("Elsewhere")):
        assert status(story, stranger, at(omar, "here")) == 404
        assert status(story, stranger, at(stranger, "here")) == 404
    assert story.browser().get(at(omar, "here")).status_code == 302
    assert status(story, omar, at(omar, "here")) == 200


def test_whoever_never_belonged_or_served_has_none(story: Story, lea: Person) -> None:
    never = story.person("Never")
    assert status(story, lea, at(never)) == 404
    assert status(story, lea, at(story.operator)) == 404
    assert status(story, lea, "/c/pump-crews/people/none/") == 404
    assert status(story, lea, "/c/pump-crews/people/%00/") == 404


def test_nor_whoever_is_asked_to_serve_and_has_not_said_yes(story: Story, lea: Person) -> None:
    sam = story.person("Sam")
    acts.grant_role(story.facilitator, story.community, person=sam, kind=RoleKind.SPONSOR)
    assert status(story, lea, at(sam)) == 404


def test_whoever_serves_from_outside_has_one_that_says_so(story: Story, lea: Person) -> None:
    sam = story.serving("Sam", RoleKind.SPONSOR)
    shown = main(story, lea, at(sam))
    assert "Sponsor" in shown
    assert "from outside" in shown
    assert "Ask them" not in shown


def test_of_whoever_left_it_says_that_and_no_more(story: Story, lea: Person, omar: Person) -> None:
    story.resolved(lea, omar)
    say(story, omar, shows=["helped"])
    acts.leave(omar, story.community)
    shown = main(story, lea, at(omar))
    assert "Is not a member any more; what they shared stays." in shown
    for words in ("North", "since", "Ask them", "Pump 4 has lost prime", "Follow"):
        assert words not in shown


@pytest.mark.breaks_ledger
def test_nobody_has_a_page_who_is_only_a_name_in_an_archive(story: Story, lea: Person, omar: Person) -> None:
    Person.objects.filter(pk=omar.pk).update(email=None)
    assert status(story, lea, at(omar)) == 404


def test_until_they_choose_it_shows_what_they_look_after(story: Story, lea: Person, omar: Person) -> None:
    story.resolved(lea, omar, title="Which seal?")
    story.ask(omar, "A story of seals", kind=Kind.STORY)
    practice = story.bring(lea, title="Priming by hand")
    practices.set_steward(story.facilitator, practice, steward=omar)
    shown = main(story, lea, at(omar))
    assert "Priming by hand" in shown
    assert "Which seal?" not in shown
    assert "A story of seals" not in shown


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("helped", "Which seal?"),
        ("told", "A story of seals"),
        ("looks_after", "Priming by hand"),
        ("wrote", "Seals in winter"),
    ],
)
def test_it_shows_what_they_chose_and_nothing_else(
    story: Story, lea: Person, omar: Person, name: str, title: str
) -> None:
    titles = ["Which seal?", "A story of seals", "Priming by hand", "Seals in winter"]
    story.resolved(lea, omar, title=titles[0])
    story.ask(omar, titles[1], kind=Kind.STORY)
    practices.set_steward(story.facilitator, story.bring(lea, title=titles[2]), steward=omar)
    story.distil(omar, story.resolved(omar, lea, title="Winter?"), title=titles[3], authors=[omar])
    say(story, omar, shows=[name])
    shown = main(story, lea, at(omar))
    assert [one for one in titles if one in shown] == [title]


def test_to_oneself_it_speaks_of_oneself(story: Story, lea: Person, omar: Person) -> None:
    story.resolved(lea, omar, title="Which seal?")
    story.ask(omar, "A story of seals", kind=Kind.STORY)
    practices.set_steward(story.facilitator, story.bring(lea, title="Priming by hand"), steward=omar)
    story.distil(omar, story.resolved(omar, lea, title="Winter?"), title="Seals in winter", authors=[omar])
    say(story, omar, shows=ALL)
    for reader, his in ((omar, False), (lea, True)):
        headings = re.findall(r"<h2>([^<]+)</h2>", main(story, reader, at(omar)))[1 : len(ALL) + 1]
        assert [bool(re.search(r"\b(they|theirs)\b", one)) for one in headings] == [his] * len(ALL)


def test_me_leads_to_my_page_and_what_it_says_in_each_community(story: Story, lea: Person) -> None:
    story.found("other", "Other", by=lea)
    sponsored = story.found("third", "A third", by=story.facilitator)
    acts.grant_role(story.facilitator, sponsored, person=lea, kind=RoleKind.SPONSOR)
    acts.accept_role(lea, sponsored.roles.get(person=lea))
    shown = main(story, lea, "/me/")
    assert 'href="/c/third/"' in shown
    for slug, there in (("pump-crews", True), ("other", True), ("third", False)):
        assert (f'href="/c/{slug}/people/{lea.pk}/"' in shown) is there
        assert (f'href="/c/{slug}/people/me/edit"' in shown) is there


def test_it_counts_nothing_and_says_nothing_of_when(story: Story, lea: Person, omar: Person) -> None:
    for n in range(7):
        story.resolved(lea, omar, title=f"Seal {'abcdefg'[n]}")
    say(story, omar, shows=ALL)
    shown = main(story, lea, at(omar))
    assert "And more." in shown
    words = re.sub(r"<[^>]+>", " ", shown)
    assert re.findall(r"\b\d+\b", words.replace(re.findall(r"since\s+(.*?\d{4})", words)[0], "")) == []
    assert "last seen" not in words


def test_what_one_may_not_read_stands_on_nobody_s_page(story: Story, lea: Person, omar: Person) -> None:
    """What somebody did elsewhere is shown there; who belongs to both reads each on its own page."""
    other = story.found("other", "Other", by=omar, visibility=Visibility.PRIVATE)
    story.invited(lea, other)
    story.resolved(lea, omar, of=other, title="A private leak")
    say(story, omar, shows=ALL)
    assert "A private leak" not in main(story, lea, at(omar))


def test_one_s_own_page_says_that_others_see_it(story: Story, lea: Person, omar: Person) -> None:
    mine = main(story, omar, at(omar))
    assert "Others see this." in mine
    assert "/people/me/edit" in mine
    assert "Ask them" not in mine
    assert "/people/me/edit" not in main(story, lea, at(omar))
    assert story.browser(omar).get("/c/pump-crews/people/me/")["Location"] == at(omar)


def test_ask_them_opens_the_form_with_their_name(story: Story, lea: Person, omar: Person) -> None:
    shown = main(story, lea, at(omar))
    [ask] = re.findall(r'href="(/c/pump-crews/exchanges/new\?of=[^"]+)"', shown)
    assert re.search(r"<textarea[^>]*>\s*@Omar\b", main(story, lea, ask))
    assert not re.search(r"<textarea[^>]*>\s*@", main(story, lea, "/c/pump-crews/exchanges/new?of=none"))


def test_a_program_is_not_asked_nor_followed(story: Story, lea: Person, omar: Person) -> None:
    acts.set_bot(story.operator, omar, bot=True)
    shown = main(story, lea, at(omar))
    assert "Ask them" not in shown
    assert "Follow" not in shown


def test_somebody_is_followed_here_and_not_elsewhere(story: Story, lea: Person, omar: Person) -> None:
    other = story.found("other", "Other", by=omar)
    story.invited(lea, other)
    sent = {"kind": "person", "of": omar.pk, "as": "followed"}
    done = story.browser(lea).post("/c/pump-crews/following/update", sent)
    assert done["Location"] == at(omar)
    assert "Stop following" in main(story, lea, at(omar))
    assert "Stop following" not in main(story, lea, at(omar, "other"))
    assert "Stop following" not in main(story, omar, at(lea))


def test_what_somebody_wrote_is_never_markup(story: Story, lea: Person, omar: Person) -> None:
    say(story, omar, words="<script>alert(1)</script> seals")
    assert "<script>alert" not in main(story, lea, at(omar))


def test_a_removal_is_proposed_from_their_page(story: Story, lea: Person, omar: Person) -> None:
    about = membership(omar, story.community).pk
    assert f"?about={about}" in main(story, lea, at(omar))
    assert "?about=" not in main(story, omar, at(omar))


def test_however_much_there_is_a_page_asks_few_questions(
    story: Story, lea: Person, omar: Person, django_assert_max_num_queries: Any
) -> None:
    for n in range(7):
        story.resolved(lea, omar, title=f"Seal {n}", topics=[f"seal {n}"])
        say(story, story.member(f"Member {n}"), topics=[topic(story, f"seal {n}")])
    say(story, omar, topics=[topic(story, f"seal {n}") for n in range(7)], shows=ALL)
    browser = story.browser(lea)
    for path, most in ((at(omar), 18), ("/c/pump-crews/members", 13), ("/c/pump-crews/people/me/edit", 13)):
        browser.get(path)
        with django_assert_max_num_queries(most):
            browser.get(path)
