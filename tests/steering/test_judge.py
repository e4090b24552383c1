"""At reviews each side judges the card in force for itself; the two stand side by side, and nothing adds them up."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Person, RoleKind
from commonplace.ledger import clock
from commonplace.ledger.check import findings
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.measuring.models import Figure
from commonplace.steering import acts
from commonplace.steering.models import Card, Judgement, Objective, Side
from tests.steering.conftest import evidence_of
from tests.story import Story, role_of


def judge(by: Person, card: Card, side: Side = Side.SPONSOR, level: int = 0, words: str = "As hoped") -> Judgement:
    return acts.judge(by, card, side=side, level=level, words=words)


def test_both_stand_side_by_side(story: Story, sponsor: Person, in_force: Card) -> None:
    judge(sponsor, in_force, level=-1, words="Too slow for the board")
    judge(story.facilitator, in_force, Side.COMMUNITY, level=1, words="Nights are calmer")
    page = story.browser(sponsor).get(in_force.objective.get_absolute_url()).content.decode()
    assert "Too slow for the board" in page
    assert "Nights are calmer" in page
    assert list(findings()) == []


def test_a_member_without_a_role_judges_for_nobody(story: Story, in_force: Card) -> None:
    with pytest.raises(NotAllowed):
        judge(story.member("Lea"), in_force, Side.COMMUNITY)


def test_each_side_judges_for_itself(story: Story, sponsor: Person, in_force: Card) -> None:
    for by, side in ((story.facilitator, Side.SPONSOR), (sponsor, Side.COMMUNITY)):
        with pytest.raises(NotPossible, match="for itself"):
            judge(by, in_force, side)


def test_whoever_sponsored_once_judges_no_more(story: Story, sponsor: Person, in_force: Card) -> None:
    social.end_role(story.facilitator, role_of(sponsor, kind=RoleKind.SPONSOR))
    with pytest.raises(NotAllowed):
        judge(sponsor, in_force)


def test_what_is_not_signed_is_not_judged(sponsor: Person, objective: Objective) -> None:
    with pytest.raises(NotPossible, match="both sides have signed"):
        judge(sponsor, objective.latest)


def test_the_newer_card_is_not_judged_before_it_is_signed(
    sponsor: Person, in_force: Card, change: Callable[..., Card]
) -> None:
    newer = change(expected="30 a month")
    with pytest.raises(NotPossible, match="both sides have signed"):
        judge(sponsor, newer)
    assert judge(sponsor, in_force)


@pytest.mark.parametrize("level", [-3, 3, 100])
def test_a_level_is_one_of_the_five(sponsor: Person, in_force: Card, level: int) -> None:
    with pytest.raises(NotPossible, match="five levels"):
        judge(sponsor, in_force, level=level)


def test_a_level_has_its_reasons(sponsor: Person, in_force: Card) -> None:
    with pytest.raises(NotPossible, match="why you see it there"):
        judge(sponsor, in_force, words=" ")


def test_the_ledger_holds_what_stood_beside_it_and_when_the_next_is_due(
    sponsor: Person, in_force: Card, now: object
) -> None:
    """X3 was published with a value, N3 as too few to say."""
    for metric, value in (("X3", 7200.0), ("N3", None), ("X2", 0.5)):
        Figure.objects.create(
            community=in_force.community, metric=metric, value=value, unit="seconds", span="weeks", formula_version=1,
            since=clock.now(), until=clock.now(), seen=clock.now(), last_act=1,
            suppressed="" if value else "few_people",
        )  # fmt: skip
    judge(sponsor, in_force, level=2)
    due = clock.now() + timedelta(days=in_force.review_days)
    assert evidence_of("objective.judged").as_json() == {
        "number": 1, "side": "sponsor", "level": 2, "figures": ["X3"], "due_on": f"{due:%Y-%m-%d}"
    }  # fmt: skip


def test_the_page_judges_the_card_that_was_shown(story: Story, sponsor: Person, in_force: Card) -> None:
    address = f"{in_force.objective.get_absolute_url()}judgements"
    typed = {"card": in_force.pk, "side": "sponsor", "level": "1", "words": "Calmer"}
    assert story.browser(sponsor).post(address, typed).status_code == 302
    for wrong in ({"card": "nonsense"}, {"side": "nobody"}):
        assert story.browser(sponsor).post(address, {**typed, **wrong}).status_code == 404
    assert Judgement.objects.everywhere("test").get().card == in_force
