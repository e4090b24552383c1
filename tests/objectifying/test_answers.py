"""T14: a version that is accepted answers the challenges that it names, and no other; who raised one keeps it open."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from commonplace.communities import acts as social
from commonplace.communities.models import Person
from commonplace.communities.waiting import needs
from commonplace.consenting import acts as rounds
from commonplace.consenting.kinds import How, Outcome, Stand
from commonplace.consenting.models import Proposal
from commonplace.ledger.check import findings
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.nobody import WORKER
from commonplace.objectifying import acts
from commonplace.objectifying.models import Challenge, Practice, Version
from commonplace.objectifying.status import Settled
from tests.objectifying.conftest import Crew

Later = Callable[[timedelta], Any]
DAY = timedelta(days=1)


@pytest.fixture
def challenge(crew: Crew) -> Challenge:
    """By Ines, against version 1."""
    return crew.challenged()


def fresh(challenge: Challenge) -> Challenge:
    return Challenge.objects.everywhere("test").select_related("settlement").get(pk=challenge.pk)


def how(challenge: Challenge) -> str:
    now = fresh(challenge)
    return "open" if now.is_open else now.settlement.outcome


def put(crew: Crew, challenge: Challenge, names: bool = True, **words: str) -> Proposal:
    """Lea writes a version, which names the challenge or not, and proposes it."""
    answers = [challenge] if names else []
    crew.story.revise(crew.lea, challenge.practice, answers, **(words or {"limits": "Not on diaphragm pumps."}))
    return crew.proposed(challenge.practice)


def agreed(crew: Crew, proposal: Proposal, *people: Person) -> Proposal:
    """By these and Lea, whoever else says nothing."""
    for person in (crew.lea, *people):
        crew.story.stand(person, proposal)
    return crew.decided(proposal)


def test_a_version_that_names_it_answers_it(crew: Crew, challenge: Challenge) -> None:
    proposal = put(crew, challenge)
    assert crew.last("practice.version_added").evidence["answers"] == [challenge.pk]
    agreed(crew, proposal, crew.omar, crew.fay)
    assert (how(challenge), crew.status(challenge.practice)) == ("answered", "accepted")
    assert list(findings()) == []


def test_a_version_that_does_not_name_it_leaves_it_open_and_contested(crew: Crew, challenge: Challenge) -> None:
    agreed(crew, put(crew, challenge, names=False), crew.omar, crew.fay)
    assert (how(challenge), crew.status(challenge.practice)) == ("open", "contested")
    now = fresh(challenge)
    assert (now.practice.course.agreed, now.number, now.ends_at) == (2, 1, challenge.ends_at)
    assert list(findings()) == []


def test_what_the_version_decided_on_names_counts_and_not_what_an_earlier_one_said(
    crew: Crew, challenge: Challenge
) -> None:
    proposal = put(crew, challenge)
    crew.amended(proposal, limits="Not at night.")
    agreed(crew, Proposal.objects.everywhere("test").get(pk=proposal.pk), crew.omar, crew.fay)
    assert how(challenge) == "open"


@pytest.mark.parametrize(("speaks", "left"), [(True, "answered"), (False, "open")])
def test_one_raised_since_it_was_written_ends_only_where_its_raiser_consents_knowing_it(
    crew: Crew, challenge: Challenge, later: Later, speaks: bool, left: str
) -> None:
    proposal = put(crew, challenge)
    with later(DAY):
        since = crew.challenged(challenge.practice, by=crew.omar, ground="unclear")
    with later(2 * DAY):
        agreed(crew, proposal, *([crew.omar] if speaks else []), crew.fay, crew.ines)
    assert (how(challenge), how(since)) == ("answered", left)


def test_consents_to_a_text_that_left_a_challenge_open_are_none_to_one_that_ends_it(
    crew: Crew, challenge: Challenge
) -> None:
    crew.story.revise(crew.lea, challenge.practice, how="Bleed it slowly.")
    proposal = crew.story.propose(crew.lea, challenge.practice)
    crew.story.stand(crew.fay, proposal)
    named = crew.story.revise(crew.lea, challenge.practice, [challenge], why="Air is trapped in it.")
    rounds.amend(crew.lea, proposal, number=named.number)
    assert not proposal.stances.current().exists()


def test_whoever_raised_it_keeps_it_open_by_objecting(crew: Crew, challenge: Challenge, later: Later) -> None:
    """Said by a facilitator, or by time, to be met, it is not: their own word counts."""
    proposal = put(crew, challenge)
    objection = crew.objected(proposal)
    crew.amended(proposal, limits="Not at all near chlorine.")
    named = crew.story.revise(crew.lea, challenge.practice, [challenge], limits="Not near chlorine, nor at night.")
    rounds.amend(crew.lea, proposal, number=named.number)
    rounds.answer_objection(crew.fay, objection)
    crew.story.browser(crew.ines).get(proposal.get_absolute_url())
    for person in (crew.lea, crew.omar, crew.fay):
        crew.story.stand(person, proposal)
    proposal.refresh_from_db()
    with later(proposal.closes_at - proposal.opened_at + timedelta(days=settings.REMEDY_DAYS)):
        rounds.decide(WORKER, proposal, outcome=Outcome.ACCEPTED)
    objection.refresh_from_db()
    assert (objection.how, how(challenge)) == (How.CHANGE, "open")
    assert crew.status(challenge.practice) == "contested"


@pytest.mark.parametrize("way", [How.WITHDRAWN, How.CHANGE])
def test_by_their_own_word_it_is_met_and_the_challenge_ends(crew: Crew, challenge: Challenge, way: How) -> None:
    proposal = put(crew, challenge)
    objection = crew.objected(proposal)
    version = crew.story.revise(crew.lea, challenge.practice, [challenge], limits="Not near chlorine.")
    rounds.amend(crew.lea, proposal, number=version.number)
    rounds.settle_objection(crew.ines, objection, how=way)
    agreed(crew, Proposal.objects.everywhere("test").get(pk=proposal.pk), crew.omar, crew.fay)
    assert how(challenge) == "answered"


def test_of_two_objections_the_last_word_counts(crew: Crew, challenge: Challenge, later: Later) -> None:
    proposal = put(crew, challenge)
    crew.objected(proposal)
    with later(timedelta(hours=1)):
        crew.story.stand(crew.ines, proposal)
    agreed(crew, proposal, crew.omar, crew.fay)
    assert how(challenge) == "answered"


def test_whoever_was_not_asked_could_not_object_and_it_goes_on(crew: Crew, challenge: Challenge, later: Later) -> None:
    proposal = put(crew, challenge)
    noor = crew.story.member("Noor")
    with later(DAY):
        since = crew.challenged(challenge.practice, by=noor, ground="unclear")
    agreed(crew, proposal, crew.omar, crew.fay)
    assert (how(challenge), how(since)) == ("answered", "open")


def test_whoever_has_left_keeps_nothing_open(crew: Crew, challenge: Challenge, later: Later) -> None:
    noor = crew.story.member("Noor")
    proposal = put(crew, challenge)
    with later(DAY):
        since = crew.challenged(challenge.practice, by=noor, ground="unclear")
        crew.objected(proposal, by=noor)
        social.leave(noor, crew.community)
    agreed(crew, proposal, crew.omar, crew.fay)
    assert (how(challenge), how(since)) == ("answered", "answered"), "they had spoken of this text"


def test_a_version_names_open_challenges_of_its_practice(crew: Crew, challenge: Challenge) -> None:
    elsewhere = crew.challenged()
    with pytest.raises(NotPossible, match="Untick it"):
        crew.story.revise(crew.lea, challenge.practice, [elsewhere], how="Slowly.")
    acts.take_back_challenge(crew.ines, challenge)
    with pytest.raises(NotPossible, match="settled meanwhile"):
        crew.story.revise(crew.lea, challenge.practice, [challenge], how="Slowly.")


def test_a_minor_edit_answers_none(crew: Crew, challenge: Challenge) -> None:
    base = challenge.practice.newest_version
    words = {part: base.words(part) for part in ("context", "how", "limits")} | {"why": f"{base.why} So."}
    with pytest.raises(NotPossible, match="minor edit answers no challenge"):
        acts.revise(crew.lea, challenge.practice, version=Version(**words), base=base, minor=True, answers=[challenge])


def test_it_is_settled_of_the_version_agreed_on_now(crew: Crew, challenge: Challenge) -> None:
    proposal = crew.settlement(Settled.UPHELD, challenge)
    agreed(crew, put(crew, challenge, names=False), crew.omar, crew.fay)
    crew.consented(proposal)
    with pytest.raises(NotPossible, match="has changed meanwhile"):
        crew.decided(proposal)
    crew.decided(proposal, Outcome.RETURNED)
    browser, there = crew.story.browser(crew.lea), f"/c/pump-crews/proposals/new/settlement/{challenge.practice_id}/"
    page = browser.get(f"{there}?about={challenge.pk}").content.decode()
    assert 'name="number" value="2"' in page
    assert "Raised against version 1; it goes on against version 2." in " ".join(page.split())
    again = crew.story.propose(
        crew.lea, challenge.practice, matter="settlement", about=challenge.pk, choice=Settled.UPHELD, number=2
    )
    assert "Not on diaphragm pumps." in again.texts["limits"]
    crew.decided(crew.consented(again))
    assert (how(challenge), crew.status(challenge.practice)) == (Settled.UPHELD, "accepted")


def test_a_settlement_round_that_a_version_overtook_is_not_one_that_missed_its_quorum(
    crew: Crew, challenge: Challenge
) -> None:
    overtaken = crew.settlement(Settled.UPHELD, challenge)
    agreed(crew, put(crew, challenge, names=False), crew.omar, crew.fay)
    crew.decided(overtaken, Outcome.RETURNED)
    settlement = {"matter": "settlement", "about": challenge.pk, "choice": Settled.UPHELD, "number": 2}
    crew.decided(crew.story.propose(crew.lea, challenge.practice, **settlement), Outcome.RETURNED)
    assert how(challenge) == "open"
    crew.decided(crew.story.propose(crew.lea, challenge.practice, **settlement), Outcome.RETURNED)
    assert how(challenge) == "unsettled"


def test_while_it_goes_on_the_same_person_raises_it_only_on_another_ground(crew: Crew, challenge: Challenge) -> None:
    agreed(crew, put(crew, challenge, names=False), crew.omar, crew.fay)
    with pytest.raises(NotPossible, match="open already"):
        crew.challenged(challenge.practice, case="Pump 14")
    assert crew.challenged(challenge.practice, ground="unsafe").number == 2


def test_answered_it_is_raised_again_with_a_new_case(crew: Crew, challenge: Challenge) -> None:
    agreed(crew, put(crew, challenge), crew.omar, crew.fay)
    with pytest.raises(NotPossible, match="new case"):
        crew.challenged(challenge.practice)
    assert crew.challenged(challenge.practice, case="Pump 14").number == 2


def test_in_time_it_ends_by_itself_as_ever(crew: Crew, challenge: Challenge, later: Later) -> None:
    agreed(crew, put(crew, challenge, names=False), crew.omar, crew.fay)
    with later(timedelta(days=settings.CHALLENGE_DAYS)):
        acts.settle_in_time(WORKER, fresh(challenge))
    assert (how(challenge), crew.status(challenge.practice)) == ("unsettled", "accepted")
    assert list(findings()) == []


def test_retiring_ends_all(crew: Crew, challenge: Challenge) -> None:
    retiring = crew.story.propose(
        crew.lea, challenge.practice, matter="retirement", number=1, aim="The pumps are gone."
    )
    crew.objected(retiring)
    rounds.settle_objection(crew.ines, retiring.objections.get(), how=How.WITHDRAWN)
    agreed(crew, retiring, crew.omar, crew.fay)
    assert how(challenge) == "answered"


def page_of(crew: Crew, person: Person, address: str) -> str:
    return " ".join(crew.story.browser(person).get(address).content.decode().split())


def there(practice: Practice, rest: str) -> str:
    return f"/c/{practice.community.slug}/practices/{practice.pk}/{rest}"


def sent(crew: Crew, practice: Practice, answers: list[str], base: int = 1, **words: str) -> Any:
    newest = practice.versions.get(number=base)
    typed = {part: getattr(newest, part) for part in ("context", "how", "why", "limits")}
    data = {**typed, "note": "", "base": base, "began": base, "answers": answers, **words}
    return crew.story.browser(crew.lea).post(there(practice, "versions"), data)


def box(challenge: Challenge, page: str) -> str:
    """How its tick stands."""
    [tag] = [tag for tag in page.split("<input") if f'value="{challenge.pk}"' in tag]
    return "ticked" if "checked" in tag.partition(">")[0] else "not ticked"


def test_the_form_offers_open_challenges_and_the_one_that_one_comes_from_is_ticked(
    crew: Crew, challenge: Challenge
) -> None:
    practice = challenge.practice
    other = crew.challenged(practice, by=crew.omar, ground="unclear")
    address = f"{there(practice, 'versions/new')}?challenge={challenge.pk}"
    assert f'href="{address}"' in page_of(crew, crew.lea, practice.get_absolute_url())
    page = page_of(crew, crew.lea, address)
    assert "It answers the challenge by Ines: It failed – It failed twice on the new pumps." in page
    assert (box(challenge, page), box(other, page)) == ("ticked", "not ticked")
    assert sent(crew, practice, [challenge.pk], how="Slowly.").status_code == 302
    assert [one.challenge for one in practice.versions.get(number=2).answers.all()] == [challenge]
    carried = page_of(crew, crew.lea, there(practice, "versions/new"))
    assert (box(challenge, carried), box(other, carried)) == ("ticked", "not ticked")


def test_without_an_open_challenge_the_form_asks_nothing(crew: Crew) -> None:
    page = page_of(crew, crew.lea, there(crew.accepted(), "versions/new"))
    assert "Does it answer a challenge?" not in page


def test_what_was_ticked_stays_ticked_and_what_is_settled_meanwhile_can_be_unticked(
    crew: Crew, challenge: Challenge
) -> None:
    practice = challenge.practice
    unchanged = sent(crew, practice, [challenge.pk])
    assert (unchanged.status_code, box(challenge, unchanged.content.decode())) == (422, "ticked")
    acts.take_back_challenge(crew.ines, challenge)
    refused = sent(crew, practice, [challenge.pk], how="Slowly.")
    page = refused.content.decode()
    assert (refused.status_code, "settled meanwhile" in page, box(challenge, page)) == (422, True, "ticked")
    assert sent(crew, practice, [], how="Slowly.").status_code == 302


def test_two_who_write_at_once_keep_what_both_ticked(crew: Crew, challenge: Challenge) -> None:
    practice = challenge.practice
    other = crew.challenged(practice, by=crew.omar, ground="unclear")
    crew.story.revise(crew.omar, practice, [other], why="Air above it.")
    merged = sent(crew, practice, [challenge.pk], how="Slowly.")
    page = merged.content.decode()
    assert (merged.status_code, box(challenge, page), box(other, page)) == (422, "ticked", "ticked")


def needed(crew: Crew, person: Person) -> list[str]:
    return [need.what for need in needs(person)]


ASKED = "If version 2 is accepted, your challenge counts as answered. Is it?"


def test_its_raiser_is_asked_by_name_until_they_have_spoken(crew: Crew, challenge: Challenge) -> None:
    proposal = put(crew, challenge)
    assert ASKED in needed(crew, crew.ines)
    assert ASKED not in needed(crew, crew.omar)
    page = page_of(crew, crew.ines, proposal.get_absolute_url())
    assert f"{ASKED} If not, object: it stays open." in page
    assert ASKED not in page_of(crew, crew.omar, proposal.get_absolute_url())
    crew.story.stand(crew.ines, proposal, Stand.OBJECT, "It failed there, too.")
    assert ASKED not in needed(crew, crew.ines)
    shown = page_of(crew, crew.ines, proposal.get_absolute_url())
    assert ASKED not in shown
    assert "this challenge goes on even if the version is accepted" in shown


def test_who_challenged_since_it_was_written_is_told_that_it_goes_on(
    crew: Crew, challenge: Challenge, later: Later
) -> None:
    proposal = put(crew, challenge)
    with later(DAY):
        crew.challenged(challenge.practice, by=crew.omar, ground="unclear")
        assert ASKED not in needed(crew, crew.omar)
        page = page_of(crew, crew.lea, proposal.get_absolute_url())
        assert "and that goes on, as the round stands" in page
        crew.story.stand(crew.omar, proposal)
        page = page_of(crew, crew.lea, proposal.get_absolute_url())
    assert "and if it is accepted, that counts as answered, too" in page


def test_what_goes_on_because_its_raiser_was_not_asked_is_not_called_answered(
    crew: Crew, challenge: Challenge, later: Later
) -> None:
    proposal = put(crew, challenge)
    noor = crew.story.member("Noor")
    with later(DAY):
        crew.challenged(challenge.practice, by=noor, ground="unclear")
        assert ASKED not in needed(crew, noor)
        page = page_of(crew, noor, proposal.get_absolute_url())
    assert "and that goes on, as the round stands" in page
    assert "counts as answered" not in page


def test_a_version_that_does_not_name_it_asks_nobody(crew: Crew, challenge: Challenge) -> None:
    proposal = put(crew, challenge, names=False)
    assert ASKED not in needed(crew, crew.ines)
    assert "What it answers" not in page_of(crew, crew.lea, proposal.get_absolute_url())


def test_pages_say_what_a_version_answers_and_what_goes_on(crew: Crew, challenge: Challenge) -> None:
    practice = challenge.practice
    other = crew.challenged(practice, by=crew.omar, ground="unclear", case="Pump 14")
    proposal = put(crew, challenge)
    for address in (there(practice, "versions/2/"), proposal.get_absolute_url()):
        page = page_of(crew, crew.fay, address)
        assert "It answers the challenge by" in page
        assert challenge.reason in page
        assert "Pump 14" not in page
    agreed(crew, proposal, crew.omar, crew.fay)
    for address in (practice.get_absolute_url(), there(practice, "challenges/all")):
        page = page_of(crew, crew.fay, address)
        assert page.count("Raised against version 1; it goes on against version 2.") == 1
    assert not fresh(challenge).is_open
    assert fresh(other).is_open


def test_the_biography_tells_which_version_answered_whose_challenge(crew: Crew, challenge: Challenge) -> None:
    agreed(crew, put(crew, challenge), crew.omar, crew.fay)
    page = page_of(crew, crew.fay, challenge.practice.get_absolute_url())
    assert "Version 2 answered the challenge by Ines" in page


def test_when_its_time_is_over_the_page_says_so(crew: Crew, challenge: Challenge, later: Later) -> None:
    with later(timedelta(days=settings.CHALLENGE_DAYS)):
        page = page_of(crew, crew.fay, challenge.practice.get_absolute_url())
        assert "Now the rule does, within a day, unless one on it is still open." in page
        acts.settle_in_time(WORKER, challenge)
        crew.settled(Settled.UNDER_REVISION, crew.challenged(challenge.practice, by=crew.omar))
        page = page_of(crew, crew.fay, there(challenge.practice, "challenges/all"))
    assert "Nobody settled it in time" in page
    assert "is looked at again" not in page
