"""What waits for somebody in rounds: said on their home page, with its address, until it is done."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonplace.communities import contributions
from commonplace.communities.contributions import Need
from commonplace.communities.models import Person, RoleKind
from commonplace.consenting import acts
from commonplace.consenting.contributions.makers import objected
from commonplace.consenting.contributions.needs import returnable, waiting
from commonplace.consenting.kinds import Stand
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock
from commonplace.ledger.check import findings
from commonplace.ledger.errors import NotPossible
from tests.objectifying.conftest import Crew


def waits(person: Person) -> list[Need]:
    return list(waiting(person))


def test_a_round_waits_for_everybody_asked_until_they_have_spoken(crew: Crew) -> None:
    proposal = crew.proposed()
    [need] = waits(crew.ines)
    assert (need.what, need.href, need.title) == (
        "Accept version 1? Where do you stand?",
        proposal.get_absolute_url(),
        "Restarting a pump",
    )
    assert need.detail.startswith("closes ")
    crew.story.stand(crew.ines, proposal)
    assert waits(crew.ines) == []
    assert waits(crew.story.member("Late")) == []


def test_a_round_that_has_closed_waits_for_nobody_s_word(crew: Crew) -> None:
    proposal = crew.proposed()
    with clock.at(proposal.closes_at + timedelta(minutes=1)):
        assert waits(crew.ines) == []


def test_where_a_text_that_binds_changed_everybody_is_asked_again(crew: Crew) -> None:
    proposal = crew.proposed()
    crew.story.stand(crew.omar, proposal)
    crew.amended(proposal, how="Bleed twice.")
    assert [need.what for need in waits(crew.omar)] == ["Accept version 2? Where do you stand?"]


def test_what_was_written_down_waits_for_a_confirmation_and_not_for_a_word(crew: Crew) -> None:
    proposal = crew.proposed()
    acts.take_stance(crew.lea, proposal, stance=Stand.CONSENT, person=crew.ines)
    [need] = waits(crew.ines)
    assert need.what == "Somebody wrote down where you stand: confirm it"
    crew.story.stand(crew.ines, proposal)
    assert waits(crew.ines) == []


def test_whoever_objected_is_asked_when_the_text_has_changed(crew: Crew) -> None:
    proposal = crew.proposed()
    objection = crew.objected(proposal)
    assert waits(crew.ines) == []
    crew.amended(proposal, why="For other reasons.")
    [need] = [one for one in waits(crew.ines) if one.phase == "red"]
    assert (need.what, need.href) == ("Does your objection still stand?", objection.get_absolute_url())
    acts.answer_objection(crew.fay, objection)
    acts.keep_objection(crew.ines, objection)
    assert [one for one in waits(crew.ines) if one.phase == "red"] == []


def test_a_facilitator_without_a_part_may_return_what_has_closed(crew: Crew) -> None:
    proposal = crew.proposed()
    with clock.at(proposal.closes_at + timedelta(hours=1)):
        [need] = returnable(crew.fay)
        assert need.href == proposal.get_absolute_url()
        assert list(returnable(crew.ines)) == []
        crew.story.decide(crew.fay, proposal, "returned", "Too soon.")
        assert list(returnable(crew.fay)) == []


def test_nobody_with_a_part_is_asked_to_return_it(crew: Crew) -> None:
    dee = crew.story.serving("Dee", RoleKind.FACILITATOR)
    proposal = crew.story.propose(dee, crew.candidate())
    with clock.at(proposal.closes_at + timedelta(hours=1)):
        assert list(returnable(dee)) == []
        assert len(list(returnable(crew.fay))) == 1


def test_while_somebody_may_still_say_no_it_is_not_returned(crew: Crew) -> None:
    proposal = crew.proposed()
    objection = crew.objected(proposal)
    crew.amended(proposal, why="For other reasons.")
    acts.answer_objection(crew.fay, objection)
    proposal = Proposal.objects.everywhere("test").get()
    with clock.at(proposal.closes_at - timedelta(days=1)):
        crew.story.browser(crew.ines).get(proposal.get_absolute_url())
    with clock.at(proposal.closes_at + timedelta(hours=1)):
        assert list(returnable(crew.fay)) == []


def test_home_costs_the_same_however_much_waits(crew: Crew, django_assert_num_queries: Callable[..., Any]) -> None:
    browser = crew.story.browser(crew.ines)
    _waits_twice(crew, 0)
    browser.get("/")
    with CaptureQueriesContext(connection) as one:
        browser.get("/")
    for number in range(1, 5):
        _waits_twice(crew, number)
    with django_assert_num_queries(len(one)):
        home = browser.get("/").content.decode()
    assert home.count("Does your objection still stand?") == 3
    assert "2 more objections of yours wait for you" in home


def _waits_twice(crew: Crew, number: int) -> None:
    proposal = crew.proposed(crew.candidate(title=f"Practice {number}"))
    crew.objected(proposal)
    crew.amended(proposal, why="For other reasons.")


def test_where_more_waits_than_is_shown_one_s_own_objection_is_and_how_much_more(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contributions, "MOST_ALIKE", 1)
    for number in range(4):
        with clock.at(clock.now() + timedelta(days=number)):
            last = crew.proposed(crew.candidate(title=f"Practice {number}"))
    crew.objected(last)
    crew.amended(last, why="For other reasons.")
    shown = [(one.what, one.title) for one in waits(crew.ines)]
    assert shown[0] == ("Does your objection still stand?", "Practice 3")
    assert shown[1] == ("Accept version 1? Where do you stand?", "Practice 0")
    assert shown[2] == ("3 more rounds wait for you", crew.community.title)
    home = crew.story.browser(crew.ines).get("/").content.decode()
    assert home.index("Does your objection") < home.index("Where do you stand") < home.index("more rounds wait")


def test_home_shows_it(crew: Crew) -> None:
    crew.proposed()
    home = crew.story.browser(crew.ines).get("/").content.decode()
    assert "Where do you stand?" in home


def asks_again(person: Person) -> list[str]:
    return [one.href for one in waits(person) if one.what == "Does your objection still stand?"]


def test_what_was_carried_on_from_a_round_before_stands_by_one_press(crew: Crew) -> None:
    before = crew.proposed()
    crew.objected(before)
    acts.withdraw(crew.lea, before, reason="Another look.")
    proposal = crew.proposed(crew.practice_of(before))
    [at] = asks_again(crew.ines)
    browser = crew.story.browser(crew.ines)
    assert "An objection waits for you." in browser.get(proposal.get_absolute_url()).content.decode()
    page = browser.get(at).content.decode()
    assert f'action="{at}kept"' in page
    assert "You say whether it still stands." in page
    browser.post(f"{at}kept", {"number": proposal.number})
    assert crew.last("proposal.objection_kept").evidence == {"number": 1}
    assert asks_again(crew.ines) == [], "it was said"
    assert proposal.objections.get().is_standing
    assert f'action="{at}kept"' not in browser.get(at).content.decode()
    assert list(findings()) == []


def test_so_does_one_whose_text_has_changed(crew: Crew) -> None:
    """Nobody has said that the new text meets it, and its raiser need not wait for that."""
    proposal = crew.proposed()
    objection = crew.objected(proposal)
    crew.amended(proposal, limits="Not near chlorine.")
    acts.keep_objection(crew.ines, objection)
    assert asks_again(crew.ines) == []
    with pytest.raises(NotPossible, match="said that it still stands"):
        acts.answer_objection(crew.fay, objection)
    assert "Ines objects" in next(one.what for one in objected(crew.lea)), "a text that meets it is asked for"
    crew.amended(proposal, limits="Never near chlorine.")
    assert asks_again(crew.ines) != [], "of another text it is asked anew"
