"""The community signs a card by the same procedure of consent: whoever wrote it or opened the round decides nothing."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from commonplace.communities.models import Person, RoleKind
from commonplace.consenting import acts as rounds
from commonplace.consenting import jobs
from commonplace.consenting.counting import tally_of
from commonplace.consenting.kinds import Stand
from commonplace.consenting.models import Proposal, Question
from commonplace.ledger import clock
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.steering.models import Card, Objective, Side, Signature
from tests.steering.conftest import closed, evidence_of, put
from tests.story import Story


def read(card_round: Proposal) -> Proposal:
    return Proposal.objects.everywhere("test").get(pk=card_round.pk)


def test_a_member_opens_it_and_the_rule_is_fixed(story: Story, objective: Objective, second: Person) -> None:
    opened = put(story.member("Lea"), objective)
    assert (opened.eligible, opened.quorum, opened.title) == (3, 2, "Half the call-outs at night")
    evidence = evidence_of("proposal.opened")
    assert (evidence.matter, evidence.number, evidence.review_on) == ("card", 1, "")


def test_the_text_is_the_whole_card_in_words(card_round: Proposal) -> None:
    texts = card_round.texts
    assert (texts["expected"], texts["horizon"], texts["metrics"]) == ("20 a month", "2040-01-01", "N3, X3")


def test_who_is_no_member_opens_none(sponsor: Person, objective: Objective) -> None:
    with pytest.raises(NotAllowed):
        put(sponsor, objective)


def test_a_card_that_another_has_replaced_is_not_put(
    story: Story, objective: Objective, second: Person, change: Callable[..., Card]
) -> None:
    change(expected="30 a month")
    with pytest.raises(NotPossible, match="newest card"):
        put(story.facilitator, objective, number=1)
    with pytest.raises(NotPossible, match="no longer here"):
        put(story.facilitator, objective, number=7)


def test_what_the_community_has_signed_is_not_asked_again(story: Story, in_force: Card) -> None:
    with pytest.raises(NotPossible, match="before the community has signed"):
        put(story.facilitator, in_force.objective)


def test_one_round_at_a_time(story: Story, card_round: Proposal, objective: Objective) -> None:
    with pytest.raises(NotPossible, match="One is decided before the next"):
        put(story.member("Lea"), objective)


def test_it_ends_by_the_rule_and_the_community_has_signed(card_round: Proposal, consent: Callable[[], None]) -> None:
    consent()
    assert (read(card_round).outcome, read(card_round).decided_by) == ("accepted", None)
    signature = Signature.objects.everywhere("test").get()
    assert (signature.side, signature.person, signature.proposal) == (Side.COMMUNITY, None, card_round.pk)


def test_silence_signs_nothing(story: Story, card_round: Proposal) -> None:
    """A facilitator returns it, else it returns by itself."""
    with closed(card_round):
        with pytest.raises(NotPossible, match="too few consent"):
            story.decide(story.facilitator, card_round)
        jobs.end_rounds()
        assert read(card_round).is_open, "the second facilitator has no part in it"
    assert not Signature.objects.everywhere("test").exists()


def test_an_objection_stops_the_signature(story: Story, card_round: Proposal, second: Person) -> None:
    third = story.facilitator
    story.stand(third, card_round)
    story.stand(second, card_round, Stand.OBJECT, "It counts the wrong nights")
    with closed(card_round):
        jobs.end_rounds()
    assert read(card_round).outcome == "returned", "nobody without a part is left to choose"


def test_whose_card_it_is_consents_for_nobody_else(story: Story, objective: Objective, second: Person) -> None:
    """Written and opened by the facilitator: her consent is not another's."""
    from commonplace.steering import acts

    own = acts.state(story.facilitator, story.community, card=_copy(objective.latest))
    lea = story.member("Lea")
    card_round = put(lea, own)
    for person in (story.facilitator, lea):
        story.stand(person, card_round)
    assert (tally_of(card_round).consents, tally_of(card_round).others_consent) == (2, 0)


def test_a_round_moves_to_the_newer_card(
    story: Story, card_round: Proposal, second: Person, change: Callable[..., Card]
) -> None:
    story.stand(second, card_round)
    change(expected="30 a month")
    moved = rounds.amend(story.facilitator, card_round, number=2)
    assert (moved.texts["expected"], tally_of(moved).consents) == ("30 a month", 0)
    for person in (story.facilitator, second):
        story.stand(person, card_round)
    with closed(read(card_round)):
        jobs.end_rounds()
    assert Objective.objects.visible_to(second).get().latest.sides == {Side.COMMUNITY}


def test_another_statement_is_another_text(
    story: Story, card_round: Proposal, second: Person, change: Callable[..., Card]
) -> None:
    story.stand(second, card_round)
    change(statement="No call-outs at night")
    moved = rounds.amend(story.facilitator, card_round, number=2)
    assert (moved.title, tally_of(moved).consents) == ("No call-outs at night", 0)


def test_a_newer_card_that_nobody_agreed_on_ends_no_round(
    story: Story, card_round: Proposal, second: Person, change: Callable[..., Card]
) -> None:
    """Else whoever sponsors writes one a minute before the close, whatever the community consents to."""
    story.stand(story.facilitator, card_round)
    with clock.at(card_round.closes_at - timedelta(minutes=1)):
        change(horizon=date(2041, 1, 1))
        story.stand(second, card_round)
    assert read(card_round).outcome == "accepted"
    signature = Signature.objects.everywhere("test").get()
    assert (signature.side, signature.card.number) == (Side.COMMUNITY, 1)


def test_nobody_signs_for_both_sides(
    story: Story, card_round: Proposal, second: Person, consent: Callable[[], None]
) -> None:
    """Made sponsor afterwards, who consented as a member does not sign for the sponsors."""
    from commonplace.steering import acts

    consent()
    story.granted(second, RoleKind.SPONSOR)
    with pytest.raises(NotPossible, match="as a member"):
        acts.sign(second, _objective(second).latest)


def test_who_sponsors_is_not_asked(story: Story, objective: Objective, second: Person, sponsor: Person) -> None:
    third = story.member("Lea")
    story.granted(third, RoleKind.SPONSOR)
    card_round = put(story.facilitator, objective)
    assert card_round.eligible == 2
    with pytest.raises(NotPossible, match="fixed when it opened"):
        story.stand(third, card_round)


def _objective(reader: Person) -> Objective:
    return Objective.objects.visible_to(reader).get()


def _copy(card: Card) -> Card:
    return Card(**{name: getattr(card, name) for name in Card.WORDING})


def test_a_sponsor_from_outside_reads_the_round_and_asks_and_takes_no_stance(
    card_round: Proposal, sponsor: Person, story: Story
) -> None:
    asked = rounds.ask_about(sponsor, card_round, question=Question(text="Which nights?"))
    page = story.browser(sponsor).get(card_round.get_absolute_url())
    assert page.status_code == 200
    assert asked.text in page.content.decode()
    assert 'name="stance"' not in page.content.decode()
    with pytest.raises(NotAllowed):
        rounds.take_stance(sponsor, card_round, stance=Stand.CONSENT)


def test_a_sponsor_from_outside_is_told_of_no_single_consent(
    card_round: Proposal, sponsor: Person, story: Story
) -> None:
    def read(path: str) -> str:
        page = story.browser(sponsor).get(path).content.decode()
        return re.sub('value="[a-zQX]{64}"', "", page.partition("<main")[2].partition("</main>")[0])

    addresses = (card_round.get_absolute_url(), "/c/pump-crews/proposals/", "/c/pump-crews/")
    before = [read(address) for address in addresses]
    rounds.take_stance(story.facilitator, card_round, stance=Stand.CONSENT)
    assert "its rule is not met yet" in before[0]
    assert [read(address) for address in addresses] == before


def test_a_sponsor_from_outside_reads_no_round_on_a_practice(story: Story, sponsor: Person) -> None:
    story.community.refresh_from_db()
    lea, omar = story.member("Lea"), story.member("Omar")
    practice = story.distil(lea, story.resolved(lea, omar))
    story.apply(story.facilitator, practice)
    proposal = story.propose(lea, practice)
    assert story.browser(sponsor).get(proposal.get_absolute_url()).status_code == 404
    with pytest.raises(NotAllowed):
        rounds.ask_about(sponsor, proposal, question=Question(text="Which pumps?"))


def test_a_sponsor_from_outside_reads_the_round_and_sees_no_person(
    story: Story, card_round: Proposal, sponsor: Person, second: Person
) -> None:
    """Whoever passes by an open community reads who spoke, as they read who asks there."""
    rounds.take_stance(second, card_round, stance=Stand.CONCERN, reason="Two months are short.")
    rounds.ask_about(story.facilitator, card_round, question=Question(text="Which months?"))
    rounds.ask_about(sponsor, card_round, question=Question(text="Since when?"))
    people = (second.name, story.facilitator.name, "Two months are short.")
    for reader, is_told in ((sponsor, False), (story.person("Nora"), True)):
        seen = story.browser(reader).get(card_round.get_absolute_url()).content.decode().partition("<main")[2]
        assert [words in seen for words in people] == [is_told] * 3
        assert "Which months?" in seen
    seen = story.browser(sponsor).get(card_round.get_absolute_url()).content.decode().partition("<main")[2]
    assert sponsor.name in seen, "their own question bears their name"
