"""A letter goes to an address only if somebody vouches for it: its reader, or whoever runs this installation."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from commonplace.communities import acts as social
from commonplace.communities import addresses
from commonplace.communities.arrivals import bring_in
from commonplace.communities.models import Installation, Person
from commonplace.communities.roster.people import Listed
from commonplace.corresponding.letters import deciding, digests
from commonplace.corresponding.letters.sending import deliver
from commonplace.corresponding.models import Letter, Notice
from commonplace.ledger import clock
from tests.corresponding.many import many
from tests.corresponding.post import Post, text
from tests.story import Story

VICTIM, SECOND = "victim@corp.example.com", "second@example.org"
PASSWORD = "rain on the roof"
BEGIN = "Letters begin once you have confirmed your address."
PAGES = ("/notices/", "/me/", "/me/letters/")
LINK = re.compile(r"https?://\S+/account/confirm-email/\S+/")


@pytest.fixture(autouse=True)
def _as_where_mail_is_sent(settings: Any) -> None:
    """And nobody has tried before."""
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    cache.clear()


def later(**time: float) -> None:
    with clock.at(clock.now() + timedelta(**time)):
        deliver(1_000)


def signed_up(story: Story, email: str = "Victim@Corp.example.com", name: str = "Mallory") -> tuple[Person, Client]:
    """By themselves, as the page does it, and a member of the open community."""
    social.set_installation(story.operator, Installation.current(), name="Waterworks", open_signup=True)
    browser, password = Client(), {"password1": PASSWORD, "password2": PASSWORD}
    assert browser.post("/account/signup/", {"name": name, "email": email, **password}).status_code == 302
    person = Person.objects.get(email=email.lower())
    return story.invited(person), browser


def link_in(post: Post) -> str:
    """Of the last letter that asks to confirm."""
    [*_others, last] = [link for letter in post.letters for link in LINK.findall(text(letter))]
    return str(last).removeprefix("http://testserver")


def answered(story: Story, asker: Person, by: Person) -> None:
    story.respond(by, story.ask(asker), body="Buy our pumps!")


def test_whoever_wrote_down_anothers_address_sends_them_nothing_but_what_asks_to_confirm_it(
    story: Story, omar: Person, post: Post
) -> None:
    mallory, browser = signed_up(story, name="Win at pumps.example.net")
    answered(story, mallory, omar)
    later(days=8)
    [asking] = post.letters
    assert (asking["To"], len(LINK.findall(text(asking)))) == (VICTIM, 1)
    assert "pumps.example.net" not in asking.as_string(), "no word of theirs"
    assert not Letter.objects.filter(person=mallory).exists(), "nothing is owed"
    assert Notice.objects.filter(person=mallory).everywhere("test").exists()
    for page in PAGES:
        words = browser.get(page).content.decode()
        assert words.count(BEGIN) == 1
        assert 'href="/account/email/"' in words
        assert "They go to" not in words


def test_once_it_is_confirmed_what_waited_comes_in_a_digest_and_letters_flow(
    story: Story, omar: Person, post: Post
) -> None:
    nina, browser = signed_up(story)
    answered(story, nina, omar)
    assert "Confirm" in browser.get(link_in(post)).content.decode()
    browser.post(link_in(post))
    post.letters.clear()
    later(days=2)
    [digest] = post.to(VICTIM)
    assert "Omar answered" in text(digest)
    answered(story, nina, omar)
    assert len(post.to(VICTIM)) == 2
    assert not [page for page in PAGES if BEGIN in browser.get(page).content.decode()]


def test_whoever_asks_for_the_letter_again_gets_it_but_not_at_each_press(story: Story, post: Post) -> None:
    _nina, browser = signed_up(story)
    pressed = {"action_send": "1", "email": VICTIM}
    assert "moment ago" in browser.post("/account/email/", pressed, follow=True).content.decode()
    assert len(post.letters) == 1
    cache.clear()
    assert "is on its way to" in browser.post("/account/email/", pressed, follow=True).content.decode()
    assert len(post.letters) == 2


def test_whom_the_operator_added_gets_letters_and_so_does_the_operator(story: Story, omar: Person, post: Post) -> None:
    listed = Listed("Zoe", "zoe@example.org")
    zoe = story.invited(bring_in(story.operator, listed, None).person)
    operator = story.invited(story.operator)
    for person in (zoe, operator):
        answered(story, person, omar)
    assert [letter["To"] for letter in post.letters] == [zoe.email, operator.email]
    assert BEGIN not in story.browser(zoe).get("/me/letters/").content.decode()


def test_an_invitation_names_no_address_and_vouches_for_none(story: Story, omar: Person, post: Post) -> None:
    social.invite(story.facilitator, story.community, secret="open sesame")
    browser, password = Client(), {"password1": PASSWORD, "password2": PASSWORD}
    browser.get("/invitation/open%20sesame/")
    browser.post("/account/signup/", {"name": "Nina", "email": VICTIM, **password})
    answered(story, Person.objects.get(email=VICTIM), omar)
    assert len(post.to(VICTIM)) == 1
    assert LINK.search(text(post.letters[0]))


def test_nobody_vouches_for_what_somebody_made_of_the_address_that_the_operator_gave(
    story: Story, lea: Person, omar: Person, post: Post
) -> None:
    lea.set_password(PASSWORD)
    lea.save()
    browser = Client()
    browser.post("/account/login/", {"login": lea.email, "password": PASSWORD})
    browser.post("/account/email/", {"action_add": "1", "email": SECOND})
    browser.post("/account/email/", {"action_primary": "1", "email": SECOND})
    assert Person.objects.get(pk=lea.pk).email == SECOND
    link = link_in(post)
    post.letters.clear()
    answered(story, lea, omar)
    assert post.letters == []
    browser.post(link)
    later(days=2)
    assert [letter["To"] for letter in post.letters] == [SECOND]


def test_who_chooses_another_address_that_is_confirmed_gets_what_waited(story: Story, omar: Person, post: Post) -> None:
    nina, browser = signed_up(story)
    answered(story, nina, omar)
    EmailAddress.objects.create(user=nina, email=SECOND, verified=True)
    post.letters.clear()
    browser.post("/account/email/", {"action_primary": "1", "email": SECOND})
    later(days=2)
    assert [letter["To"] for letter in post.letters] == [SECOND]


def test_a_letter_that_is_owed_already_does_not_go_to_an_address_that_came_since(
    story: Story, lea: Person, post: Post
) -> None:
    digests.owe([lea.pk])
    Notice.objects.filter(person=lea).everywhere("test").update(letter=None)
    Person.objects.filter(pk=lea.pk).update(email=VICTIM)
    later(days=2)
    assert post.letters == []
    assert not Letter.objects.exists()


def test_neither_wishes_nor_other_clocks_owe_a_digest_to_whom_nobody_vouches_for(story: Story, post: Post) -> None:
    nina, browser = signed_up(story)
    browser.post("/me/letters/update", {"often": "daily", "hour": "7"})
    social.edit_profile(nina, nina, time_zone="Asia/Tokyo")
    assert not Letter.objects.exists()


@pytest.mark.parametrize(("email", "verified", "goes"), [
    ("lea@else.example.org", True, True),
    ("lea@else.example.org", False, False),
    ("lea@example.com", True, False),
])  # fmt: skip
def test_exactly_the_address_of_now_is_confirmed(lea: Person, email: str, verified: bool, goes: bool) -> None:
    lea.email = "Lea@Else.Example.org"
    lea.save()
    EmailAddress.objects.create(user=lea, email=email, verified=verified)
    assert addresses.is_vouched_for(lea) is goes


@pytest.mark.parametrize(
    "theirs", ["leaxb@example.org", "le\u0131.b@example.org", "lea.b@example.org", "%@example.org"]
)
@pytest.mark.parametrize("mine", ["lea_b@example.org", "lei.b@example.org", "%b@example.org"])
def test_an_address_that_is_only_like_it_vouches_for_nobody(lea: Person, mine: str, theirs: str) -> None:
    """`_` and `%` stand for any sign where a database is asked what is alike, and a dotless i for an i."""
    lea.email = mine
    lea.save()
    EmailAddress.objects.create(user=lea, email=theirs, verified=True)
    assert not addresses.is_vouched_for(lea)
    assert lea not in addresses.vouched_for()
    Person.objects.filter(pk=lea.pk).update(given_email=theirs)
    assert lea not in addresses.vouched_for()


def test_a_confirmation_of_anothers_counts_for_nobody_else(story: Story, lea: Person, omar: Person) -> None:
    lea.email = "lea@else.example.org"
    lea.save()
    EmailAddress.objects.create(user=omar, email=lea.email, verified=True)
    assert not addresses.is_vouched_for(lea)


def test_without_mail_nothing_is_said_of_it_and_confirming_owes_nothing(story: Story, settings: Any) -> None:
    settings.MAIL = ""
    nina, browser = signed_up(story)
    assert not [page for page in PAGES if BEGIN in browser.get(page).content.decode()]
    EmailAddress.objects.filter(user=nina).update(verified=True)
    browser.post("/account/email/", {"action_primary": "1", "email": VICTIM})
    assert not Letter.objects.exists()


@pytest.mark.breaks_ledger
def test_however_many_are_told_they_are_asked_of_at_once(
    story: Story, post: Post, django_assert_max_num_queries: Any
) -> None:
    crowd = many(story.community, 40)
    Notice.objects.bulk_create(
        Notice(
            person=one, community=story.community, act=1, occasion="answered", thread_kind="exchange", at=clock.now()
        )
        for one in crowd
    )
    with django_assert_max_num_queries(12):
        deciding.decide([1])
    assert Letter.objects.filter(person__in=crowd).count() == 40
