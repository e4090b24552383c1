"""The rule belongs to the community: it changes by a round; where one person keeps it, at once."""

from datetime import timedelta

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Charter, Community, Visibility
from commonplace.consenting import acts, jobs
from commonplace.consenting.kinds import Kind, Stand
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.communities.recorded import last
from tests.objectifying.conftest import Crew
from tests.story import Story


def drafted(crew: Crew, **terms: object) -> Proposal:
    draft = acts.draft_rule(crew.lea, crew.community, **terms)
    return acts.propose(crew.lea, crew.community, proposal=Proposal(matter=Kind.CHARTER, number=draft.number))


def here(crew: Crew) -> Community:
    return Community.objects.everywhere("test").get(pk=crew.community.pk)


def test_one_person_sets_the_rule_at_once(story: Story) -> None:
    assert social.set_charter(story.facilitator, story.community, quorum=5).quorum == 5


def test_with_others_no_facilitator_sets_it(crew: Crew) -> None:
    with pytest.raises(NotPossible, match="by a round"):
        social.set_charter(crew.fay, crew.community, quorum=2)
    assert social.set_charter(crew.fay, crew.community, norms="Be kind.").norms == "Be kind."


def test_nor_opens_it_wider(crew: Crew) -> None:
    narrow = crew.story.found("valves", "Valves", by=crew.fay, visibility=Visibility.PRIVATE)
    crew.story.member("Vera", of=narrow)
    with pytest.raises(NotPossible, match="by a round"):
        social.set_profile(crew.fay, narrow, visibility=Visibility.CLOSED)
    assert social.set_profile(crew.fay, crew.community, visibility=Visibility.CLOSED).visibility == "closed"


def test_a_round_sets_it(crew: Crew) -> None:
    proposal = crew.consented(drafted(crew, quorum=2, hidden_stances=True))
    crew.decided(proposal)
    charter = here(crew).charter
    assert (charter.quorum, charter.hidden_stances, charter.set_by, charter.domain) == (2, True, None, "Pumps")
    assert last("charter.set").evidence["by_consent"]


def test_a_round_opens_it_wider_or_narrower(crew: Crew) -> None:
    crew.decided(crew.consented(drafted(crew, visibility="closed")))
    assert here(crew).visibility == "closed"


def test_a_round_under_way_keeps_the_rule_that_it_began_with(crew: Crew) -> None:
    proposal = crew.proposed()
    crew.decided(crew.consented(drafted(crew, quorum=2, round_days=3)))
    proposal.refresh_from_db()
    assert (proposal.quorum, proposal.days) == (3, 14)


@pytest.mark.parametrize("terms", [{"quorum": 1}, {"round_days": 2}, {"visibility": "secret"}])
def test_no_rule_is_below_the_floor(crew: Crew, terms: dict[str, object]) -> None:
    with pytest.raises(NotPossible):
        acts.draft_rule(crew.lea, crew.community, **terms)


def test_what_changes_nothing_or_is_no_rule_is_not_drafted(crew: Crew) -> None:
    with pytest.raises(NotPossible, match="already"):
        acts.draft_rule(crew.lea, crew.community, round_days=14)
    with pytest.raises(NotAllowed):
        acts.draft_rule(crew.lea, crew.community, domain="Valves")


def test_who_is_alone_need_not_ask(story: Story) -> None:
    with pytest.raises(NotPossible, match="at once"):
        acts.draft_rule(story.facilitator, story.community, quorum=4)


def test_a_rule_that_holds_already_is_not_put(crew: Crew) -> None:
    draft = acts.draft_rule(crew.lea, crew.community, quorum=2)
    crew.decided(crew.consented(drafted(crew, quorum=2)))
    with pytest.raises(NotPossible, match="already"):
        acts.propose(crew.lea, crew.community, proposal=Proposal(matter=Kind.CHARTER, number=draft.number))


def test_an_objection_keeps_the_rule_as_it_is(crew: Crew) -> None:
    proposal = drafted(crew, quorum=2)
    for person in (crew.lea, crew.omar, crew.fay):
        crew.story.stand(person, proposal)
    crew.story.stand(crew.ines, proposal, Stand.OBJECT, "Two of us would decide for all.")
    with clock.at(proposal.closes_at + timedelta(days=8)):
        jobs.end_rounds()
    assert Charter.objects.everywhere("test").filter(community=crew.community).count() == 1


def test_the_page_drafts_it_and_goes_on_to_the_round(crew: Crew) -> None:
    browser = crew.story.browser(crew.lea)
    assert "put to consent" in browser.get("/c/pump-crews/proposals/rule").content.decode()
    typed = {"quorum": "2", "round_days": "7", "refusal_days": "7", "review_days": "365", "visibility": "open"}
    answer = browser.post("/c/pump-crews/proposals/rule/update", {**typed, "round_days": "1"})
    assert answer.status_code == 422
    assert 'value="1"' in answer.content.decode()


def test_one_who_is_alone_saves_it_on_the_page(story: Story) -> None:
    browser = story.browser(story.facilitator)
    typed = {"quorum": "4", "round_days": "7", "refusal_days": "7", "review_days": "365", "visibility": "closed"}
    browser.post("/c/pump-crews/proposals/rule/update", typed)
    community = Community.objects.everywhere("test").get(pk=story.community.pk)
    assert (community.charter.quorum, community.visibility) == (4, "closed")
