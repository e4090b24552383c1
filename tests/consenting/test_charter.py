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


def test_with_others_no_facilitator_lets_letters_quote_and_a_round_does(crew: Crew) -> None:
    with pytest.raises(NotPossible, match="by a round"):
        social.set_charter(crew.fay, crew.community, letters_quote=True)
    proposal = drafted(crew, letters_quote=True)
    assert proposal.texts["letters_quote"] == "bring titles only → may quote what is said here"
    crew.decided(crew.consented(proposal))
    assert here(crew).charter.letters_quote


def test_the_pages_of_what_is_not_open_say_what_letters_quote(story: Story) -> None:
    closed = story.found("valves", "Valves", by=story.facilitator, visibility=Visibility.CLOSED)
    browser = story.browser(story.facilitator)
    for path in ("/c/valves/", "/c/valves/charter"):
        assert "Letters and feeds bring titles only." in browser.get(path).content.decode()
        assert "Letters and feeds" not in browser.get(path.replace("valves", "pump-crews")).content.decode()
    social.set_charter(story.facilitator, closed, letters_quote=True)
    for path in ("/c/valves/", "/c/valves/charter"):
        assert "Letters and feeds may quote what is said here." in browser.get(path).content.decode()
    assert "what letters quote" in browser.get("/c/valves/charter").content.decode()


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


def test_a_round_writes_only_what_it_changes(crew: Crew) -> None:
    proposal = drafted(crew, round_days=9)
    social.set_profile(crew.fay, crew.community, visibility=Visibility.PRIVATE)
    crew.decided(crew.consented(proposal))
    assert (here(crew).charter.round_days, here(crew).visibility) == (9, Visibility.PRIVATE)


def test_what_was_changed_meanwhile_is_not_changed_back(crew: Crew) -> None:
    proposal = drafted(crew, visibility=Visibility.CLOSED)
    social.set_profile(crew.fay, crew.community, visibility=Visibility.PRIVATE)
    crew.consented(proposal)
    with clock.at(proposal.closes_at + timedelta(days=8)):
        jobs.end_rounds()
    assert here(crew).visibility == Visibility.PRIVATE
    proposal.refresh_from_db()
    assert proposal.outcome == "returned"


def test_the_text_says_from_what_to_what_and_names_apart_what_stays(crew: Crew) -> None:
    texts = drafted(crew, round_days=9).texts
    assert texts["round_days"] == "14 → 9"
    assert not texts["review_days"]
    assert "365" in texts["stays"]


def test_while_a_round_on_the_rule_is_open_only_who_has_a_say_in_it_writes_another(crew: Crew) -> None:
    proposal = drafted(crew, round_days=9)
    with pytest.raises(NotPossible, match="round on the rule is open"):
        acts.draft_rule(crew.omar, crew.community, quorum=2)
    page = crew.story.browser(crew.omar).get("/c/pump-crews/proposals/rule").content.decode()
    assert proposal.get_absolute_url() in page
    assert "<textarea" not in page
    assert 'name="round_days"' not in page
    crew.story.stand(crew.ines, proposal, Stand.OBJECT, "Nine days are too few in summer.")
    assert acts.draft_rule(crew.ines, crew.community, round_days=12)
    assert acts.draft_rule(crew.lea, crew.community, round_days=11)


def test_who_opens_a_round_is_offered_no_strangers_draft(crew: Crew) -> None:
    mine = acts.draft_rule(crew.lea, crew.community, round_days=9)
    acts.draft_rule(crew.omar, crew.community, quorum=2)
    at = f"/c/pump-crews/proposals/new/charter/{crew.community.pk}/"
    assert f'name="number" value="{mine.number}"' in crew.story.browser(crew.lea).get(at).content.decode()
    number = Proposal(matter=Kind.CHARTER, number=mine.number)
    proposal = acts.propose(crew.lea, crew.community, proposal=number)
    page = crew.story.browser(crew.lea).get(proposal.get_absolute_url()).content.decode()
    assert "Put version 2" not in page


def test_the_form_says_what_is_in_force_whatever_is_typed(crew: Crew) -> None:
    typed = {"quorum": "2", "round_days": "1", "refusal_days": "7", "review_days": "365", "visibility": "open"}
    answer = crew.story.browser(crew.lea).post("/c/pump-crews/proposals/rule/update", typed)
    assert "In force: 14." in answer.content.decode()
