"""A facilitator makes a link; it is shown once, and only its digest is kept."""

import html
from urllib.parse import parse_qs, urlsplit

import pytest

from commonplace.communities import acts, roster
from commonplace.communities.models import Invitation, Person, RoleKind
from commonplace.ledger.errors import NotAllowed
from tests.communities.recorded import last
from tests.story import Story


def test_a_link_is_shown_once_and_leads_in(story: Story) -> None:
    browser = story.browser(story.facilitator)
    made = browser.post("/c/pump-crews/invitations/create").content.decode()
    link = made.split('value="http://testserver')[1].split('"')[0]
    assert link not in browser.get("/c/pump-crews/invitations").content.decode()
    assert story.browser(story.person("Lea")).get(link).status_code == 200


def test_members_do_not_invite(story: Story) -> None:
    lea = story.member("Lea")
    browser = story.browser(lea)
    assert browser.get("/c/pump-crews/invitations").status_code == 403
    assert browser.post("/c/pump-crews/invitations/create").status_code == 403
    with pytest.raises(NotAllowed):
        acts.invite(lea, story.community, secret="mine")


def test_the_secret_is_kept_nowhere(story: Story) -> None:
    invitation = acts.invite(story.facilitator, story.community, secret="open sesame")
    assert "sesame" not in invitation.digest
    assert last("member.invited").object == invitation.pk
    assert last("member.invited").evidence == {"brings": None}


PASTED = "Léa Moreau <lea@x.org>; omar@x.org\nAnn\tann@x.org\tNorth\nLEA@x.org\nnobody at all\n"


def test_a_pasted_list_becomes_a_letter_to_all_of_them_with_the_link(story: Story) -> None:
    page = story.browser(story.facilitator).post("/c/pump-crews/invitations/create", {"people": PASTED})
    words = html.unescape(page.content.decode())
    assert page.status_code == 200
    letter = urlsplit(words.split('href="mailto:')[1].split('"')[0])
    link = words.split('value="http://testserver')[1].split('"')[0]
    sent = parse_qs(letter.query)
    assert sent["bcc"] == ["lea@x.org,omar@x.org,ann@x.org"], "each once, and none sees another's"
    assert link in sent["body"][0]
    assert "line 4: there is no e-mail address in it" in words
    assert PASTED.strip() in words, "what was pasted is still there"


@pytest.mark.parametrize(
    ("line", "sent", "told_of"),
    [
        ("lea@x.org; omar@x; ann@x.org", ["lea@x.org", "ann@x.org"], ["omar@x"]),
        ("lea@x.org, omar, ann@x.org", ["lea@x.org", "ann@x.org"], ["omar"]),
        ("Lea lea@x.org Omar omar@@x.org", ["lea@x.org"], ["omar@@x.org"]),
        ("lea@x.org\nbob at x.org", ["lea@x.org"], ["bob at x.org"]),
        ("Moreau, Lea <lea@x.org>, Omar <mailto:omar@x.org>", ["lea@x.org", "omar@x.org"], []),
        ("Lea; lea@x.org; Omar; omar@x.org", ["lea@x.org", "omar@x.org"], []),
        ("pat.o'brien@x.org", ["pat.o'brien@x.org"], []),
    ],
)
def test_what_is_no_address_is_said_and_the_rest_goes_on(line: str, sent: list[str], told_of: list[str]) -> None:
    """A name beside its own address is none, and nothing of an address is taken for another."""
    listed, unread = roster.addresses(line)
    assert listed == sent
    assert [one.text for one in unread] == told_of


def test_a_part_of_a_line_that_is_no_address_is_told_and_still_typed(story: Story) -> None:
    words = {"people": "Léa <lea@x.org>; omar@x; ann@x.org"}
    page = story.browser(story.facilitator).post("/c/pump-crews/invitations/create", words)
    told_of = html.unescape(page.content.decode())
    assert "line 1: “omar@x” is not an e-mail address" in told_of
    assert "bcc=lea@x.org,ann@x.org" in told_of
    assert f"{words['people']}</textarea>" in told_of


def test_of_a_list_without_an_address_no_link_is_made(story: Story) -> None:
    page = story.browser(story.facilitator).post("/c/pump-crews/invitations/create", {"people": "Lea and Omar"})
    assert page.status_code == 422
    assert "No address was read in this list" in page.content.decode()
    assert "Lea and Omar" in page.content.decode()
    assert not Invitation.objects.everywhere("test").exists()


def test_the_page_leads_back_to_the_first_hour_while_something_of_it_is_left(story: Story) -> None:
    browser = story.browser(story.facilitator)
    back = 'href="/c/pump-crews/first-hour"'
    assert back in browser.get("/c/pump-crews/invitations").content.decode()
    assert back in browser.post("/c/pump-crews/invitations/create").content.decode()
    browser.post("/c/pump-crews/first-hour/put-away")
    assert back not in browser.get("/c/pump-crews/invitations").content.decode()


def test_no_address_of_a_pasted_list_is_kept(story: Story) -> None:
    story.browser(story.facilitator).post("/c/pump-crews/invitations/create", {"people": PASTED})
    assert not Person.objects.filter(email__endswith="@x.org").exists()
    assert "x.org" not in str(list(Invitation.objects.everywhere("test").values()))
    assert last("member.invited").evidence == {"brings": None}


def test_a_list_says_of_nobody_whether_they_have_an_account(story: Story) -> None:
    lea = story.person("Lea")
    browser = story.browser(story.facilitator)
    known, unknown = (
        browser.post("/c/pump-crews/invitations/create", {"people": one}).content.decode().count(one)
        for one in (str(lea.email), "leo@example.org")
    )
    assert known == unknown


def test_a_long_list_is_several_letters(story: Story) -> None:
    many = " ".join(f"n{number}@x.org" for number in range(60))
    page = story.browser(story.facilitator).post("/c/pump-crews/invitations/create", {"people": many})
    letters = html.unescape(page.content.decode()).split('href="mailto:')[1:]
    assert [len(parse_qs(urlsplit(one.split('"')[0]).query)["bcc"][0].split(",")) for one in letters] == [25, 25, 10]
    assert all(len(one.split('"')[0]) < 2000 for one in letters), "mail programs cut what is longer"


def test_an_operator_may_go_on_with_the_list_to_accounts(story: Story) -> None:
    """Others have no such button: accounts are the operator's."""
    story.granted(story.invited(story.operator), RoleKind.FACILITATOR)
    mine, theirs = (
        story.browser(person).get("/c/pump-crews/invitations").content.decode()
        for person in (story.operator, story.facilitator)
    )
    assert "/people/preview" not in theirs
    assert 'formaction="/people/preview"' in mine
    words = {"people": PASTED, "community": story.community.pk}
    page = story.browser(story.operator).post("/people/preview", words).content.decode()
    assert "Ann" in page
    assert f'value="{story.community.pk}" selected' in page
