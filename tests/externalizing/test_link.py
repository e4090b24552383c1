"""Any member points from one exchange to another of the same community; both pages show it."""

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Community, Person
from commonplace.externalizing import acts
from commonplace.externalizing.evidence import Linked
from commonplace.externalizing.models import Exchange, LinkKind
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.externalizing.reading import last, refusal
from tests.story import Story

LINKED, DUPLICATE = LinkKind.LINKED, LinkKind.DUPLICATE


@pytest.fixture
def other(story: Story, omar: Person) -> Exchange:
    return story.ask(omar, title="Pump 5 has lost prime")


def test_both_pages_show_it(story: Story, lea: Person, omar: Person, exchange: Exchange, other: Exchange) -> None:
    acts.link(omar, exchange, other=other, kind=LINKED)
    for one, points_at in ((exchange, other), (other, exchange)):
        assert points_at.get_absolute_url() in story.browser(lea).get(one.get_absolute_url()).content.decode()


def test_only_members_link(story: Story, omar: Person, exchange: Exchange, other: Exchange) -> None:
    social.leave(omar, story.community)
    with pytest.raises(NotAllowed, match="members of the community"):
        acts.link(omar, exchange, other=other, kind=LINKED)


def test_never_to_itself(lea: Person, exchange: Exchange) -> None:
    with pytest.raises(NotPossible, match="another exchange"):
        acts.link(lea, exchange, other=exchange, kind=LINKED)


def test_never_across_communities(story: Story, lea: Person, exchange: Exchange, elsewhere: Community) -> None:
    with pytest.raises(NotPossible, match="of this community"):
        acts.link(lea, exchange, other=story.ask(lea, of=elsewhere), kind=LINKED)


@pytest.mark.usefixtures("the_guard_alone")
@pytest.mark.parametrize("kind", LinkKind)
def test_once_in_a_way(lea: Person, exchange: Exchange, other: Exchange, kind: LinkKind) -> None:
    acts.link(lea, exchange, other=other, kind=kind)
    with pytest.raises(NotPossible, match="linked already"):
        acts.link(lea, exchange, other=other, kind=kind)


def test_in_another_way_and_from_the_other_side_too(lea: Person, exchange: Exchange, other: Exchange) -> None:
    acts.link(lea, exchange, other=other, kind=LINKED)
    acts.link(lea, other, other=exchange, kind=LINKED)
    acts.link(lea, exchange, other=other, kind=DUPLICATE)
    assert (exchange.links.count(), other.links.count()) == (2, 1)


def test_of_two_one_is_the_duplicate(lea: Person, exchange: Exchange, other: Exchange) -> None:
    acts.link(lea, exchange, other=other, kind=DUPLICATE)
    with pytest.raises(NotPossible, match="already says"):
        acts.link(lea, other, other=exchange, kind=DUPLICATE)
    acts.link(lea, other, other=exchange, kind=LINKED)


def test_both_are_locked(lea: Person, exchange: Exchange, other: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    """In which order is the ledger's affair; the races of tests/trust show that it is one."""
    locked: list[object] = []
    monkeypatch.setattr("commonplace.ledger.act.lock", locked.extend)
    acts.link(lea, exchange, other=other, kind=LINKED)
    assert locked == [exchange, other]


def test_the_ledger_keeps_which_two_and_how(lea: Person, exchange: Exchange, other: Exchange) -> None:
    acts.link(lea, exchange, other=other, kind=DUPLICATE)
    assert last("exchange.linked").subject == exchange.pk
    assert Linked.of(last("exchange.linked")) == Linked(kind=DUPLICATE, other=other.pk)


def test_in_the_browser(story: Story, lea: Person, exchange: Exchange, other: Exchange) -> None:
    typed = {"kind": "duplicate", "address": f"https://example.org{other.get_absolute_url()}"}
    assert story.browser(lea).post(f"/c/pump-crews/exchanges/{exchange.pk}/links", typed).status_code == 302
    assert exchange.links.get().other == other


@pytest.mark.parametrize("address", ["my words", "/c/x/exchanges/" + "0" * 26, "private"])
def test_a_refused_address_is_explained_and_kept(story: Story, lea: Person, exchange: Exchange, address: str) -> None:
    if address == "private":
        crew = story.found("secret-crew", "Secret crew", by=story.facilitator, visibility="private")
        address = story.ask(story.facilitator, of=crew).get_absolute_url()
    page = refusal(story.browser(lea), f"/c/pump-crews/exchanges/{exchange.pk}/links", address=address, kind="linked")
    assert f'value="{address}"' in page
    assert not exchange.links.exists()
