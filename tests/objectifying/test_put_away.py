"""T17: what was agreed on is retired by a round; what never was is set aside, or replaced by another that says it."""

from datetime import timedelta
from typing import Any

import pytest

from commonplace.consenting.kinds import Kind, Outcome
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock
from commonplace.ledger.check import findings
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.ids import new_id
from commonplace.objectifying import acts
from commonplace.objectifying.models import Practice
from commonplace.objectifying.status import Settled
from tests.objectifying.conftest import Crew
from tests.objectifying.test_review import due, fresh


def ending(crew: Crew, practice: Practice, **what: Any) -> Proposal:
    proposed = {"matter": Kind.RETIREMENT, "number": 1, "aim": "The pumps are gone.", **what}
    return crew.story.propose(crew.lea, practice, **proposed)


def retired(crew: Crew, practice: Practice, **what: Any) -> Practice:
    crew.decided(crew.consented(ending(crew, practice, **what)))
    return fresh(practice)


def test_a_round_retires_it_and_it_stays_readable_and_reported_on(crew: Crew) -> None:
    practice = retired(crew, crew.accepted())
    assert crew.status(practice) == "retired"
    assert not practice.agreements.in_force().exists()
    act = crew.last("practice.retired")
    proposal = Proposal.objects.everywhere("test").get(matter=Kind.RETIREMENT)
    assert act.evidence == {"why": "ended", "replacement": "", "proposal": proposal.pk}
    page = crew.story.browser(crew.lea).get(practice.get_absolute_url()).content.decode()
    assert "Bleed before the check valve." in page
    assert "The pumps are gone." in page
    with clock.at(clock.now() + timedelta(days=30)):
        crew.used(practice, where="Pump 12")
    assert list(findings()) == []


def test_it_says_why(crew: Crew) -> None:
    with pytest.raises(NotPossible, match="Say why"):
        ending(crew, crew.accepted(), aim=" ")


def test_what_was_agreed_on_last_is_what_is_retired(crew: Crew) -> None:
    practice = crew.accepted()
    crew.story.revise(crew.omar, practice, how="Otherwise.")
    with pytest.raises(NotPossible, match="agreed on last"):
        ending(crew, practice, number=2)
    with pytest.raises(NotPossible, match="never agreed on"):
        ending(crew, crew.candidate())


def test_another_practice_stands_in(crew: Crew) -> None:
    practice, other = crew.accepted(), crew.accepted(crew.candidate(title="Starting any pump"))
    practice = retired(crew, practice, about=other.pk)
    assert crew.status(practice) == "replaced"
    assert crew.last("practice.replaced").evidence["replacement"] == other.pk
    page = crew.story.browser(crew.lea).get(practice.get_absolute_url()).content.decode()
    assert other.get_absolute_url() in page
    assert list(findings()) == []


def test_what_stands_in_is_another_one_here_that_goes_on(crew: Crew) -> None:
    practice, gone = crew.accepted(), retired(crew, crew.accepted())
    fay = crew.story.person("Founder")
    elsewhere = crew.story.found("north", "North", by=fay)
    asked = crew.story.resolved(fay, crew.story.member("Nils", of=elsewhere), of=elsewhere)
    for about in (practice.pk, new_id(), crew.story.distil(fay, asked).pk):
        with pytest.raises(NotPossible, match="another practice of this community"):
            ending(crew, practice, about=about)
    with pytest.raises(NotPossible, match="does not go on itself"):
        ending(crew, practice, about=gone.pk)


def test_what_stands_in_has_gone_meanwhile_and_the_round_is_only_returned(crew: Crew) -> None:
    practice, other = crew.accepted(), crew.candidate(title="Starting any pump")
    proposal = ending(crew, practice, about=other.pk)
    acts.set_aside(crew.lea, other, reason="Nobody has the time.")
    crew.consented(proposal)
    with pytest.raises(NotPossible):
        crew.decided(proposal)
    crew.decided(proposal, Outcome.RETURNED)
    assert crew.status(practice) == "accepted"


def test_its_end_answers_challenges_and_ends_the_review(crew: Crew) -> None:
    practice = crew.accepted()
    review = due(crew, practice)
    challenge = crew.challenged(practice)
    practice = retired(crew, practice)
    challenge.refresh_from_db()
    review.refresh_from_db()
    assert (challenge.settlement.outcome, review.outcome) == (Settled.ANSWERED, "retired")
    assert crew.status(practice) == "retired"
    assert list(findings()) == []


def test_under_revision_it_is_retired_too(crew: Crew) -> None:
    practice = crew.settled(Settled.UNDER_REVISION)
    assert crew.status(retired(crew, practice)) == "retired"
    assert list(findings()) == []


def test_a_round_on_its_end_is_overtaken_by_a_newer_agreement(crew: Crew) -> None:
    practice = crew.accepted()
    proposal = crew.consented(ending(crew, practice))
    crew.story.revise(crew.omar, practice, how="Otherwise.")
    crew.decided(crew.consented(crew.proposed(fresh(practice))))
    with pytest.raises(NotPossible):
        crew.decided(proposal)


def test_who_wrote_it_its_steward_and_a_facilitator_set_a_candidate_aside(crew: Crew) -> None:
    with pytest.raises(NotAllowed):
        acts.set_aside(crew.ines, crew.candidate(), reason="Nobody has the time.")
    cared_for = crew.candidate()
    acts.set_steward(crew.ines, cared_for, steward=crew.ines)
    for person, practice in (
        (crew.lea, crew.candidate()),
        (crew.omar, crew.written(limits="")),
        (crew.fay, crew.refused()),
        (crew.ines, cared_for),
    ):
        acts.set_aside(person, practice, reason="Nobody has the time.")
        assert crew.status(practice) == "set_aside"
    assert crew.last("practice.set_aside").evidence == {"why": "not_pursued", "replacement": "", "proposal": ""}
    assert list(findings()) == []


def test_set_aside_it_is_found_reported_on_and_taken_up_again(crew: Crew) -> None:
    practice = crew.candidate()
    with pytest.raises(NotPossible, match="Say why"):
        acts.set_aside(crew.lea, practice, reason=" ")
    acts.set_aside(crew.lea, practice, reason="Nobody has the time.")
    crew.used(practice, where="Pump 15")
    with pytest.raises(NotPossible, match="set aside"):
        crew.proposed(fresh(practice))
    with pytest.raises(NotPossible, match="already"):
        acts.set_aside(crew.lea, practice, reason="Again.")
    listed = crew.story.browser(crew.ines).get(f"/c/{practice.community.slug}/practices/?status=set_aside")
    assert practice.title in listed.content.decode()
    crew.story.revise(crew.ines, practice, how="Bleed slowly.")
    assert crew.status(practice) == "candidate"


def test_what_was_agreed_on_or_is_being_agreed_is_not_set_aside(crew: Crew) -> None:
    with pytest.raises(NotPossible, match="takes a round"):
        acts.set_aside(crew.lea, crew.accepted(), reason="Enough.")
    with pytest.raises(NotPossible, match="A round on it is open"):
        acts.set_aside(crew.lea, crew.practice_of(crew.proposed()), reason="Enough.")


def test_a_duplicate_leads_to_the_other(crew: Crew) -> None:
    practice, other = crew.candidate(), crew.candidate(title="Starting any pump")
    with pytest.raises(NotAllowed):
        acts.replace_practice(crew.ines, practice, replacement=other, reason="The same.")
    with pytest.raises(NotPossible, match="another practice"):
        acts.replace_practice(crew.lea, practice, replacement=practice, reason="The same.")
    with pytest.raises(NotPossible, match="Say why"):
        acts.replace_practice(crew.lea, practice, replacement=other, reason="")
    acts.replace_practice(crew.lea, practice, replacement=other, reason="The same.")
    assert crew.status(practice) == "replaced"
    with pytest.raises(NotPossible, match="does not go on itself"):
        acts.replace_practice(crew.lea, other, replacement=practice, reason="The same.")
    with pytest.raises(NotPossible, match="takes a round"):
        acts.replace_practice(crew.lea, crew.accepted(), replacement=other, reason="The same.")
    assert list(findings()) == []


def test_a_duplicate_by_mistake_is_taken_up_again_what_a_round_replaced_is_not(crew: Crew) -> None:
    practice, other = crew.candidate(), crew.candidate(title="Starting any pump")
    acts.replace_practice(crew.lea, practice, replacement=other, reason="The same.")
    page = crew.story.browser(crew.ines).get(practice.get_absolute_url()).content.decode()
    assert "Take it up again" in page
    crew.story.revise(crew.ines, practice, how="Bleed slowly.")
    assert crew.status(practice) == "candidate"
    replaced = retired(crew, crew.accepted(), about=other.pk)
    with pytest.raises(NotPossible, match="stands in"):
        crew.story.revise(crew.lea, replaced, how="Bleed slowly.")
    assert "Take it up again" not in crew.story.browser(crew.ines).get(replaced.get_absolute_url()).content.decode()
    assert list(findings()) == []


def test_what_was_set_aside_is_led_to_another(crew: Crew) -> None:
    practice, other = crew.candidate(), crew.candidate(title="Starting any pump")
    acts.set_aside(crew.lea, practice, reason="Nobody has the time.")
    at = f"/c/{practice.community.slug}/practices/{practice.pk}/end"
    browser = crew.story.browser(crew.lea)
    assert "Which practice do people use instead?" in browser.get(at).content.decode()
    kept = browser.post(f"{at}/create", {"replacement": "", "reason": "The same, after all."})
    assert kept.status_code == 422
    assert "The same, after all." in kept.content.decode()
    browser.post(f"{at}/create", {"replacement": other.pk, "reason": "The same, after all."})
    assert crew.status(practice) == "replaced"
    assert crew.last("practice.replaced").evidence["why"] == "duplicate"


def test_a_challenge_settled_by_its_end_retires_it(crew: Crew) -> None:
    practice = crew.settled(Settled.RETIRED)
    assert crew.status(practice) == "retired"
    gone = crew.last("practice.retired")
    assert (gone.evidence["why"], gone.evidence["replacement"]) == ("challenged", "")
    assert practice.last_put_away is not None
    assert practice.last_put_away.proposal_id == gone.evidence["proposal"]
    assert list(findings()) == []


def test_the_page_sets_aside_replaces_or_leads_to_a_round(crew: Crew) -> None:
    first, second, agreed = crew.candidate(title="First"), crew.candidate(title="Second"), crew.accepted()
    browser, base = crew.story.browser(crew.lea), f"/c/{agreed.community.slug}/practices"
    assert "It does not go on" in browser.get(agreed.get_absolute_url()).content.decode()
    assert "put to consent" in browser.get(f"{base}/{agreed.pk}/end").content.decode()
    to_round = browser.post(f"{base}/{agreed.pk}/end/create", {"replacement": second.pk})
    assert to_round["Location"].endswith(f"/retirement/{agreed.pk}/?about={second.pk}")
    there = browser.get(to_round["Location"]).content.decode()
    assert "What people use instead" in there
    assert browser.post(f"{base}/{first.pk}/end/create", {"replacement": "", "reason": ""}).status_code == 422
    browser.post(f"{base}/{first.pk}/end/create", {"replacement": second.pk, "reason": "The same."})
    assert crew.status(first) == "replaced"
    browser.post(f"{base}/{second.pk}/end/create", {"replacement": "", "reason": "Nobody has the time."})
    assert crew.status(second) == "set_aside"
    assert "Nobody pursues it now" in browser.get(second.get_absolute_url()).content.decode()
    assert crew.story.browser(crew.ines).get(f"{base}/{crew.candidate().pk}/end").status_code == 403


@pytest.mark.parametrize("agreed", [False, True], ids=["at once", "by a round"])
def test_where_the_list_ends_any_other_has_an_address(
    crew: Crew, monkeypatch: pytest.MonkeyPatch, agreed: bool
) -> None:
    """The last by title stands in as the first does."""
    monkeypatch.setattr("commonplace.objectifying.views.putting_away.MOST_OTHERS", 1)
    practice = crew.accepted() if agreed else crew.candidate()
    crew.candidate(title="A first one")
    at = f"/c/pump-crews/practices/{practice.pk}/end"
    browser = crew.story.browser(crew.lea)
    assert "that the list does not show" not in browser.get(at).content.decode()
    last = crew.candidate(title="Zuletzt")
    shown = browser.get(at).content.decode()
    assert "that the list does not show" in shown
    assert "Zuletzt" not in shown
    for elsewhere in ("nowhere", f"/practices/{practice.pk}/"):
        refused = browser.post(f"{at}/create", {"reason": "The same.", "elsewhere": elsewhere})
        assert refused.status_code == 422
        assert "could stand in is at this address" in refused.content.decode()
    address = f"https://here.example{last.get_absolute_url()}"
    answer = browser.post(f"{at}/create", {"reason": "The same.", "elsewhere": address})
    assert answer.status_code == 302
    if agreed:
        assert f"about={last.pk}" in answer["Location"]
    else:
        assert crew.last("practice.replaced").evidence["replacement"] == last.pk
