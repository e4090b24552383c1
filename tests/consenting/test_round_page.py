"""A round's page: whose turn an objection is, who has not spoken, and the four presses, in place or without script."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest

from commonplace.communities.models import Person
from commonplace.consenting import acts
from commonplace.consenting.kinds import How, Outcome, Stand
from commonplace.consenting.models import Objection, Proposal
from commonplace.ledger import clock
from tests.consenting.conftest import closed
from tests.consenting.test_pages import HERE, at, page, refused, sent, shown
from tests.consenting.test_people import recall
from tests.objectifying.conftest import Crew

Befalls = Callable[[Person], None]
HTMX = {"hx-request": "true"}


def text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def turn(crew: Crew, person: Person, objection: Objection) -> str:
    """The sentence in bold: whose turn it is."""
    seen = page(crew, person, objection.proposal)
    article = seen.partition(f'id="o-{objection.pk}"')[2].partition("</article>")[0]
    return text(article.partition("turn")[2].partition("<b>")[2].partition("</b>")[0]).replace(" .", ".")


class TestWhoseTurnItIs:
    def test_whoever_opened_it_answers_until_the_close(self, crew: Crew, proposal: Proposal) -> None:
        objection = crew.objected(proposal)
        assert turn(crew, crew.omar, objection).startswith("Lea answers until ")
        assert turn(crew, crew.lea, objection).startswith("You answer until ")

    def test_its_raiser_says_whether_the_new_text_meets_it(self, crew: Crew, proposal: Proposal) -> None:
        objection = crew.objected(proposal)
        crew.amended(proposal, limits="Never near chlorine.")
        assert turn(crew, crew.omar, objection) == "Ines says whether the new text meets it."
        assert turn(crew, crew.ines, objection) == "You say whether the new text meets it."

    def test_and_whether_it_is_met_as_a_facilitator_says(self, crew: Crew, proposal: Proposal) -> None:
        objection = crew.objected(proposal)
        crew.amended(proposal, limits="Never near chlorine.")
        acts.answer_objection(crew.fay, objection)
        assert turn(crew, crew.omar, objection) == "Ines says whether it is met."
        assert turn(crew, crew.ines, objection) == "You say whether it is met."
        with clock.at(clock.now() + timedelta(days=11)):
            assert turn(crew, crew.omar, objection) == "Nobody's turn."

    def test_anybody_asked_takes_up_what_its_raiser_left(self, crew: Crew, proposal: Proposal, leaves: Befalls) -> None:
        objection = crew.objected(proposal)
        leaves(crew.ines)
        with clock.at(clock.now() + timedelta(hours=2)):
            assert turn(crew, crew.omar, objection).startswith("Anybody asked may take it up until ")

    @pytest.mark.breaks_ledger  # who is removed by a round, is so by an act
    def test_or_what_its_raiser_can_say_no_more_of(self, crew: Crew, proposal: Proposal, removed: Befalls) -> None:
        objection = crew.objected(proposal)
        removed(crew.ines)
        with clock.at(clock.now() + timedelta(hours=2)):
            assert turn(crew, crew.omar, objection).startswith("Anybody asked may take it up until ")

    def test_its_raiser_says_whether_it_stands_in_the_round_after(self, crew: Crew, proposal: Proposal) -> None:
        crew.objected(proposal)
        acts.withdraw(crew.lea, proposal, reason="Too soon.")
        with clock.at(clock.now() + timedelta(hours=1)):
            again = crew.proposed(crew.practice_of(proposal))
            [carried] = Objection.objects.everywhere("test").filter(proposal=again)
            assert turn(crew, crew.omar, carried) == "Ines says whether it still stands."
            assert turn(crew, crew.ines, carried) == "You say whether it still stands."

    def test_of_a_matter_without_another_text_its_raiser_may_withdraw_it(self, crew: Crew) -> None:
        proposal = recall(crew)
        objection = crew.objected(proposal)
        assert turn(crew, crew.omar, objection).startswith("Ines may withdraw it until ")
        assert turn(crew, crew.ines, objection).startswith("You may withdraw it until ")

    def test_nobody_s_once_it_is_settled(self, crew: Crew, proposal: Proposal) -> None:
        objection = crew.objected(proposal)
        acts.settle_objection(crew.ines, objection, how=How.WITHDRAWN)
        assert turn(crew, crew.omar, objection) == ""

    def test_what_is_asked_of_the_reader_comes_first(self, crew: Crew, proposal: Proposal) -> None:
        mine = crew.objected(proposal)
        with clock.at(clock.now() + timedelta(hours=1)):
            other = crew.objected(proposal, by=crew.omar)
            acts.restate_objection(crew.lea, other, heard_as="It is loud.")
            seen = page(crew, crew.omar, proposal)
        assert seen.index(f'id="o-{other.pk}"') < seen.index(f'id="o-{mine.pk}"')


class TestWhoHasNotSpoken:
    def silent(self, seen: str) -> str:
        return text(seen.partition('<details class="silent"')[2].partition("</details>")[0])

    def test_they_are_named_to_members_while_they_may_speak(self, crew: Crew, proposal: Proposal) -> None:
        crew.story.stand(crew.omar, proposal)
        silent = self.silent(page(crew, crew.lea, proposal))
        assert "3 have not spoken yet" in silent
        assert [name in silent for name in ("Lea", "Ines", "Fay", "Omar")] == [True, True, True, False]
        with closed(proposal):
            assert self.silent(page(crew, crew.lea, proposal)) == ""

    def test_whoever_is_no_member_is_told_of_none(self, crew: Crew, proposal: Proposal) -> None:
        crew.story.stand(crew.omar, proposal)
        assert self.silent(page(crew, crew.story.person("Nora"), proposal)) == ""

    def test_where_stances_are_hidden_only_who_has_spoken_is_told(self, crew: Crew) -> None:
        crew.story.rule(hidden_stances=True)
        proposal = crew.proposed()
        crew.story.stand(crew.omar, proposal, Stand.CONCERN, "At night?")
        seen = page(crew, crew.lea, proposal)
        voices = text(seen.partition('id="voices"')[2].partition("</section>")[0])
        assert "Who has spoken Omar" in voices
        assert self.silent(seen) == ""
        assert not any(name in voices for name in ("Ines", "Fay", "concern", "At night?"))

    def test_where_it_was_taken_back_hidden_it_stays_so(self, crew: Crew) -> None:
        crew.story.rule(hidden_stances=True)
        proposal = crew.proposed()
        crew.story.stand(crew.omar, proposal, Stand.CONCERN, "At night?")
        acts.withdraw(crew.lea, proposal, reason="Too soon.")
        seen = page(crew, crew.ines, proposal)
        assert "where people stood is shown to nobody" in seen
        assert "At night?" not in seen


class TestTheFourPresses:
    def test_each_says_what_it_does_on_the_page_and_in_a_list(self, crew: Crew, proposal: Proposal) -> None:
        seen = page(crew, crew.ines, proposal)
        effects = [str(proposal.kind.phrases.effect(stance)) for stance in Stand]
        assert [effect in seen for effect in effects] == [True] * 4
        assert [f'name="stance" value="{stance.value}"' in seen for stance in Stand] == [True] * 4

    def test_nothing_is_chosen_for_anybody(self, crew: Crew, proposal: Proposal) -> None:
        assert " checked" not in page(crew, crew.ines, proposal).partition('id="stand"')[2]

    def test_a_press_without_a_choice_says_so(self, crew: Crew, proposal: Proposal) -> None:
        assert "Choose one of the four." in refused(crew, crew.ines, at(proposal, "stances"), reason="Hm.")

    def test_in_its_place_it_answers_with_what_has_changed(self, crew: Crew, proposal: Proposal) -> None:
        typed = {"number": 1, "stance": "concern", "reason": "At night?"}
        answer = crew.story.browser(crew.ines).post(at(proposal, "stances"), typed, headers=HTMX)
        piece = answer.content.decode()
        assert (answer.status_code, "HX-Request" in answer["Vary"]) == (200, True)
        assert not any(words in piece for words in ("<html", "<main", 'id="text"', 'id="questions"'))
        for name in ("state", "mine", "objections", "voices", "stand", "decide"):
            assert piece.count(f'id="{name}"') == 1, name
            assert page(crew, crew.ines, proposal).count(f'id="{name}"') == 1, name
        assert "you said: consent, with a concern" in piece
        assert "You have said: Consent, with a concern." in text(piece)
        assert re.search(r'<section id="stand"[^>]* autofocus', piece), "the focus goes where the press was"
        assert proposal.stances.get(person=crew.ines).stance == Stand.CONCERN

    def test_what_changes_is_told_aloud(self, crew: Crew, proposal: Proposal) -> None:
        seen = page(crew, crew.ines, proposal)
        assert '<div id="state" role="status">' in seen
        assert "#state:innerHTML" in seen, "the region stays, and its words change"

    def test_in_its_place_an_objection_appears_and_says_whose_turn_it_is(self, crew: Crew, proposal: Proposal) -> None:
        typed = {"number": 1, "stance": "object", "reason": "Gas in the pit.", "ground": "unsafe"}
        piece = text(crew.story.browser(crew.ines).post(at(proposal, "stances"), typed, headers=HTMX).content.decode())
        assert "1 objection stands" in piece
        assert "Lea answers until" in piece
        assert "then you are asked whether it does" in piece

    def test_in_its_place_a_refusal_keeps_what_was_typed(self, crew: Crew, proposal: Proposal) -> None:
        typed = {"number": 1, "stance": "object", "reason": "Gas in the pit."}
        answer = crew.story.browser(crew.ines).post(at(proposal, "stances"), typed, headers=HTMX)
        piece = answer.content.decode()
        assert (answer.status_code, "<html" in piece) == (422, False)
        assert "Gas in the pit.</textarea>" in piece
        assert 'value="object" checked' in piece
        assert "Say on which ground you object." in piece

    def test_in_its_place_nobody_speaks_of_a_text_that_they_have_not_before_them(
        self, crew: Crew, proposal: Proposal
    ) -> None:
        crew.amended(proposal, limits="Never near chlorine.")
        there, typed = at(proposal, "stances"), {"number": 1, "stance": "concern", "reason": "At night?"}
        browser = crew.story.browser(crew.ines)
        piece = browser.post(there, typed, headers=HTMX).content.decode()
        assert "Meanwhile the round moved to version 2" in piece
        assert "To the round as it is now" in piece
        assert 'name="number" value="1"' in piece
        whole = browser.post(there, typed).content.decode()
        assert 'name="number" value="2"' in whole, "the whole page shows the new text"
        assert "At night?</textarea>" in whole

    def test_in_its_place_what_came_too_late_is_kept(self, crew: Crew, proposal: Proposal) -> None:
        typed = {"number": 1, "stance": "concern", "reason": "At night?"}
        with closed(proposal):
            answer = crew.story.browser(crew.ines).post(at(proposal, "stances"), typed, headers=HTMX)
        assert answer.status_code == 422
        assert "This round is closed" in text(answer.content.decode())
        assert "At night?" in answer.content.decode()

    def test_where_the_last_word_ends_it_the_page_is_loaded_anew(self, crew: Crew, proposal: Proposal) -> None:
        for person in (crew.lea, crew.omar, crew.fay):
            crew.story.stand(person, proposal)
        typed = {"number": 1, "stance": "consent"}
        answer = crew.story.browser(crew.ines).post(at(proposal, "stances"), typed, headers=HTMX)
        assert answer.headers["HX-Redirect"] == proposal.get_absolute_url()
        assert page(crew, crew.ines, proposal).count("<h1>Accepted</h1>") == 1

    def test_its_form_carries_its_token_and_its_mark(self, crew: Crew, proposal: Proposal) -> None:
        stand = page(crew, crew.ines, proposal).partition('<section id="stand"')[2].partition("</form>")[0]
        assert ['name="csrfmiddlewaretoken"' in stand, 'name="once"' in stand] == [True, True]

    def test_sent_from_a_page_that_is_too_old_it_is_shown_again(self, crew: Crew, proposal: Proposal) -> None:
        browser = crew.story.browser(crew.ines)
        browser.handler.enforce_csrf_checks = True
        typed = {"number": 1, "stance": "concern", "reason": "At night?"}
        here = {"sec-fetch-site": "same-origin"}
        answer = browser.post(at(proposal, "stances"), typed, headers=here, follow=True)
        assert answer.status_code in (200, 403, 422)
        assert "At night?" in answer.content.decode()
        assert not proposal.stances.exists()

    def test_whoever_has_spoken_says_it_anew_behind_a_fold(self, crew: Crew, proposal: Proposal) -> None:
        sent(crew, crew.ines, at(proposal, "stances"), stance="consent")
        stand = page(crew, crew.ines, proposal).partition('<section id="stand"')[2].partition("</section>")[0]
        assert 'class="stand"' in stand, "out of the way"
        assert "Say it anew" in stand


class TestWhatIsPut:
    def test_what_changed_stands_open_and_the_whole_is_folded_for_whoever_knows_it(
        self, crew: Crew, proposal: Proposal
    ) -> None:
        crew.consented(proposal)
        crew.amended(proposal, how="Bleed twice.")
        whole = "<summary>The whole text</summary>"
        assert f"<details>{whole}" in page(crew, crew.omar, proposal).replace("<details >", "<details>")
        assert f"<details open>{whole}" in page(crew, crew.fay, proposal)
        assert "<ins>twice.</ins>" in page(crew, crew.fay, proposal).partition(whole)[0]

    def test_in_a_list_a_row_has_the_line_and_whose_turn_it_is(self, crew: Crew, proposal: Proposal) -> None:
        crew.story.stand(crew.omar, proposal)
        rows = text(shown(crew, crew.ines, HERE))
        assert "1 of 3 needed consent · no objection stands · 14 days left" in rows
        assert "Your turn" in rows
        mine = text(shown(crew, crew.omar, HERE))
        assert "14 days left · you said: consent" in mine
        assert "Your turn" not in mine

    def test_of_more_than_can_be_counted_it_says_no_number(
        self, crew: Crew, proposal: Proposal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        crew.objected(proposal)
        monkeypatch.setattr("commonplace.consenting.presenting.lines.MOST_ASKED", 3)
        rows = text(shown(crew, crew.lea, HERE))
        assert "needed consent" not in rows
        assert "an objection stands · 14 days left" in rows

    def test_what_ended_says_what_was_missing_and_what_stood(self, crew: Crew, proposal: Proposal) -> None:
        crew.objected(proposal)
        crew.decided(proposal, Outcome.NOT_ACCEPTED)
        seen = text(page(crew, crew.ines, proposal))
        assert "1 objection stood" in seen
        assert "What was missing: too few consent" in seen


def test_why_fewer_are_asked_than_there_are_people_is_said(crew: Crew, proposal: Proposal) -> None:
    assert "Asked are the members who can sign in, but for bots" in text(page(crew, crew.omar, proposal))
