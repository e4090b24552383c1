"""Only the operator issues one-time links, on the page or from the terminal, and only for an account that is open."""

import pytest
from click.testing import CliRunner
from django.test import Client

from commonplace.communities import acts
from commonplace.communities.commands import signin_link
from commonplace.communities.models import Person, SignInLink
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.communities.recorded import last
from tests.story import Story


@pytest.fixture
def lea(story: Story) -> Person:
    lea = story.member("Lea")
    lea.set_password("rain on the roof")
    lea.save()
    return lea


def test_the_secret_is_kept_nowhere(story: Story, lea: Person) -> None:
    link = acts.issue_sign_in_link(story.operator, lea, secret="sesame")
    assert "sesame" not in link.digest
    issued = last("person.link_issued")
    assert (issued.actor, issued.object, issued.evidence) == (story.operator.pk, link.pk, {})


def test_only_the_operator_issues_links(story: Story, lea: Person) -> None:
    for person in (story.facilitator, lea):
        for target in (story.operator, lea):
            with pytest.raises(NotAllowed):
                acts.issue_sign_in_link(person, target, secret="mine")
            assert story.browser(person).post(f"/people/{target.pk}/links").status_code == 403
    assert not SignInLink.objects.exists()


def test_the_page_shows_a_link_once(story: Story, lea: Person) -> None:
    browser = story.browser(story.operator)
    assert "Lea" in browser.get("/people/?q=LEA@").content.decode()
    page = browser.post(f"/people/{lea.pk}/links").content.decode()
    path = page.split('value="http://testserver')[1].split('"')[0]
    assert Client().get(path).status_code == 200
    assert SignInLink.objects.get().digest not in page


def test_whoever_has_no_account_gets_no_link(story: Story, lea: Person) -> None:
    unclaimed = Person.objects.create(name="From an archive")
    lea.is_active = False
    lea.save()
    for person in (unclaimed, lea):
        with pytest.raises(NotPossible, match="no account"):
            acts.issue_sign_in_link(story.operator, person, secret="x")
    assert "From an archive" not in story.browser(story.operator).get("/people/").content.decode()


def test_the_command_prints_a_link_that_works(story: Story, lea: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8123")
    printed = CliRunner().invoke(signin_link, ["LEA@example.org"])
    assert printed.exit_code == 0
    assert printed.output.startswith("http://127.0.0.1:8123/sign-in/")
    assert Client().post(printed.output.strip().removeprefix("http://127.0.0.1:8123")).status_code == 302
    monkeypatch.setenv("COMMONPLACE_URL", "https://commonplace.example.org/")
    assert CliRunner().invoke(signin_link, [lea.email]).output.startswith("https://commonplace.example.org/sign-in/")


def test_an_unknown_address_is_a_one_line_error(story: Story) -> None:
    printed = CliRunner().invoke(signin_link, ["nobody@example.org"])
    assert printed.exit_code != 0
    assert printed.output.strip() == "Error: Nobody here has the address nobody@example.org."


@pytest.mark.breaks_ledger
def test_with_several_operators_one_says_which_one_is(story: Story, lea: Person) -> None:
    """The act bears a name that members may read: never that of somebody who knows nothing of it."""
    second = story.person("Second")
    Person.objects.filter(pk=second.pk).update(is_operator=True)
    for words in ([], ["--as", lea.email]):
        printed = CliRunner().invoke(signin_link, [lea.email, *words])
        assert printed.exit_code == 1
        assert printed.output.strip() == (
            f"Error: Say which operator you are, with --as EMAIL: {story.operator.email}, {second.email}."
        )
    assert CliRunner().invoke(signin_link, [lea.email, "--as", second.email.upper()]).exit_code == 0
    assert last("person.link_issued").actor == second.pk


@pytest.mark.django_db
def test_before_the_first_account_the_command_says_so() -> None:
    Person.objects.create(name="Lea", email="lea@example.org")
    printed = CliRunner().invoke(signin_link, ["lea@example.org"])
    assert "There is no operator yet" in printed.output


def test_the_page_that_made_a_link_shows_it_no_more_when_it_was_used(story: Story, lea: Person) -> None:
    browser, sent = story.browser(story.operator), {"once": "f" * 64}
    path = browser.post(f"/people/{lea.pk}/links", sent).content.decode().split('value="http://testserver')[1]
    assert Client().post(path.split('"')[0]).status_code == 302
    again = browser.post(f"/people/{lea.pk}/links", sent).content.decode()
    assert "it was used, or is too old" in again
    assert "It signs in once" not in again
    assert 'id="secret"' not in again
    assert f'action="/people/{lea.pk}/links"' in again, "another is offered"
