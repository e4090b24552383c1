"""A round says what is decided in it, whatever it is about: while it is open, on home, and once it is over (§2.7)."""

import re
from datetime import timedelta

from commonplace.communities.models import Community, Person
from commonplace.consenting import acts
from commonplace.consenting.contributions.needs import waiting
from commonplace.consenting.contributions.news import decided
from commonplace.consenting.kinds import Kind, Outcome, Stand
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock
from commonplace.ledger.act import writing
from commonplace.objectifying.contributions.news import moved
from commonplace.objectifying.models import Practice
from commonplace.objectifying.status import Settled
from tests.consenting.test_pages import at, page, refused
from tests.consenting.test_people import agreed_by, recall
from tests.objectifying.conftest import Crew

TRY = "Good enough for now, safe enough to try?"


def retirement(crew: Crew, practice: Practice) -> Proposal:
    number = practice.course.last_agreed
    return crew.story.propose(crew.lea, practice, matter=Kind.RETIREMENT, number=number, aim="New pumps.")


def test_a_retirement_says_that_it_ends_the_practice_and_what_consent_to_that_is(crew: Crew) -> None:
    proposal = retirement(crew, crew.accepted())
    seen = page(crew, crew.ines, proposal)
    assert "Retire “Restarting a pump”?" in seen
    assert "I can work with its end" in seen
    assert "The text that ends" in seen
    assert TRY not in seen
    assert "What it is for" not in seen
    crew.decided(crew.consented(proposal))
    assert "<h1>Retired</h1>" in page(crew, crew.ines, proposal)


def test_two_rounds_on_one_practice_are_told_apart_on_home(crew: Crew) -> None:
    practice = crew.accepted()
    retirement(crew, practice)
    crew.proposed(crew.story.revise(crew.lea, practice, how="Slowly.").practice)
    assert {need.what for need in waiting(crew.ines)} == {
        "Retire it? Where do you stand?",
        "Accept version 2? Where do you stand?",
    }


def test_a_settlement_names_the_challenge_its_ground_and_what_it_would_do(crew: Crew) -> None:
    proposal = crew.settlement(Settled.UNDER_REVISION, crew.challenged(case="Pump 7, in May."))
    seen = page(crew, crew.ines, proposal)
    assert "Challenged: “It failed”. Settle it so: “It needs another version”?" in seen
    assert "It failed twice on the new pumps." in seen
    assert "Pump 7, in May." in seen


def test_a_recall_asks_about_the_person_and_not_about_a_text_to_try(crew: Crew) -> None:
    seen = page(crew, crew.lea, recall(crew))
    assert "<h1>Recall Fay Facilitator as facilitator?</h1>" in seen
    assert TRY not in seen


def test_news_say_what_was_decided_and_that_nobody_but_the_rule_did(crew: Crew) -> None:
    challenge = crew.challenged()
    with clock.at(clock.now() + timedelta(days=40)):
        practice = crew.settled(Settled.UNDER_REVISION, challenge)
    other = crew.accepted(crew.candidate(title="Other"))
    with clock.at(clock.now() + timedelta(days=40)):
        crew.decided(crew.consented(retirement(crew, other)))
    with clock.at(clock.now() + timedelta(days=400)):
        news = {one.title: (str(one.what), one.who) for one in moved(crew.lea, [crew.community.pk], clock.now())}
    assert news == {
        practice.title: ("settled: “It needs another version”", None),
        "Other": ("retired", None),
    }


def test_a_recall_that_is_decided_is_news_for_members_and_for_nobody_else(crew: Crew) -> None:
    agreed_by(crew, recall(crew), crew.lea, crew.omar, crew.ines)
    with clock.at(clock.now() + timedelta(days=400)):
        [piece] = decided(crew.omar, [crew.community.pk], clock.now())
        assert list(decided(crew.story.person("Stranger"), [crew.community.pk], clock.now())) == []
    assert (piece.what, piece.title) == ("recalled", "Recall Fay Facilitator as facilitator")


def test_who_opened_what_came_back_is_shown_what_to_do_next(crew: Crew) -> None:
    proposal = crew.decided(crew.proposed(), Outcome.RETURNED)
    seen = page(crew, crew.lea, proposal)
    assert "Write a new version" in seen
    assert "Put it again" in seen
    assert "Put it again" not in page(crew, crew.ines, proposal)


def test_nobody_is_promised_a_facilitator_that_there_is_not(crew: Crew) -> None:
    proposal = crew.proposed()
    assert "a facilitator without a part in it may return it" in page(crew, crew.ines, proposal)
    crew.story.stand(crew.fay, proposal, Stand.OBJECT, "Unsafe.")
    seen = page(crew, crew.ines, proposal)
    assert "a facilitator without a part in it may return it" not in seen
    assert "it returns by itself within minutes" in seen


def test_what_is_accepted_asks_at_once_for_a_steward_and_to_be_used(crew: Crew) -> None:
    proposal = crew.decided(crew.consented(crew.proposed()))
    seen = page(crew, crew.ines, proposal)
    assert "Look after it" in seen
    assert "I used it" in seen


def test_what_another_wrote_down_is_not_shown_as_one_s_word(crew: Crew) -> None:
    proposal = crew.proposed()
    acts.take_stance(crew.lea, proposal, stance=Stand.CONCERN, reason="Loud.", person=crew.ines)
    seen = page(crew, crew.omar, proposal)
    assert "for Ines, not confirmed" in seen
    assert "Loud." not in seen


def test_an_objection_that_lacks_both_is_told_of_both(crew: Crew) -> None:
    seen = refused(crew, crew.ines, at(crew.proposed(), "stances"), stance="object")
    assert "what harm would it do?" in seen
    assert "Say on which ground you object." in seen


def test_whoever_has_a_question_lands_on_its_open_form(crew: Crew) -> None:
    proposal = crew.proposed()
    assert 'href="?ask=yes#ask"' in page(crew, crew.ines, proposal)
    browser = crew.story.browser(crew.ines)
    assert '<details id="ask" open>' in browser.get(at(proposal, "?ask=yes")).content.decode()


def test_whoever_has_no_time_zone_reads_the_community_s_and_its_name(crew: Crew) -> None:
    with writing():
        Community.objects.filter(pk=crew.community.pk).everywhere("test").update(time_zone="Pacific/Auckland")
        Person.objects.filter(pk=crew.ines.pk).update(time_zone="")
    crew.ines.refresh_from_db()
    seen = page(crew, crew.ines, crew.proposed())
    assert re.search(r"It closes on [^<]*<time[^>]*>[^<]*18:00</time>", seen)
    assert "By the clock of" in seen
    [need] = waiting(crew.ines)
    assert need.detail.endswith("18:00")
