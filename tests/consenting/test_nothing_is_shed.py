"""Theory §2.7: nobody bends a round: an objection goes away only by its raiser, by what is said to meet it, or kept."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from commonplace.communities import acts as social
from commonplace.communities.models import Person
from commonplace.consenting import acts, jobs
from commonplace.consenting.counting import tally_of
from commonplace.consenting.kinds import Ground, How, Kind, Stand
from commonplace.consenting.models import Objection, Proposal, Question, RemedySeen
from commonplace.ledger import clock
from commonplace.ledger.act import writing
from commonplace.ledger.errors import NotPossible
from tests.consenting.conftest import closed, read
from tests.objectifying.conftest import Crew

LATER = timedelta(hours=2)
DAY = timedelta(days=1)


def withdrawn(crew: Crew, proposal: Proposal) -> None:
    acts.withdraw(crew.lea, proposal, reason="Another look.")


def hows(proposal: Proposal) -> set[tuple[str, str]]:
    return set(proposal.objections.values_list("raised_by__name", "how"))


def agree(crew: Crew, proposal: Proposal, *people: Person) -> None:
    for person in people:
        crew.story.stand(person, read(proposal))


class TestCarriedOver:
    """What stood against a round that was taken back stands in the next, whatever that says that it is about."""

    @pytest.mark.parametrize("about", ["zzz", "its own id"])
    def test_nothing_else_is_what_a_version_is_about(self, crew: Crew, proposal: Proposal, about: str) -> None:
        crew.objected(proposal)
        withdrawn(crew, proposal)
        practice = crew.practice_of(proposal)
        about = practice.pk if about == "its own id" else about
        address = reverse("create_proposal", args=[crew.community.slug, "acceptance", practice.pk])
        typed = {"aim": "x", "review_on": "2027-01-01", "number": "1", "about": about}
        answer = crew.story.browser(crew.lea).post(address, typed)
        assert (answer.status_code, "is about nothing else" in answer.content.decode()) == (422, True)

    def test_nor_of_a_rule(self, crew: Crew) -> None:
        draft = acts.draft_rule(crew.lea, crew.community, round_days=9)
        with pytest.raises(NotPossible, match="about nothing else"):
            acts.propose(
                crew.lea,
                crew.community,
                proposal=Proposal(matter=Kind.CHARTER, number=draft.number, about=crew.community.pk),
            )

    def test_another_stand_in_is_the_same_end(self, crew: Crew) -> None:
        other = crew.accepted(crew.candidate(title="Another way", how="Else."))
        practice = crew.accepted()
        retire = {"matter": Kind.RETIREMENT, "aim": "Old.", "number": 1}
        proposal = crew.story.propose(crew.lea, practice, **retire)
        crew.objected(proposal)
        withdrawn(crew, proposal)
        again = crew.story.propose(crew.lea, practice, **retire, about=other.pk)
        assert again.objections.standing().get().raised_by == crew.ines

    def test_its_raiser_is_asked_by_name(self, crew: Crew, proposal: Proposal) -> None:
        crew.objected(proposal)
        withdrawn(crew, proposal)
        again = crew.proposed(crew.practice_of(proposal))
        home = crew.story.browser(crew.ines).get("/").content.decode()
        assert again.objections.standing().get().get_absolute_url() in home


class TestTakenUp:
    @pytest.fixture
    def left(self, crew: Crew, proposal: Proposal, leaves: Callable[[Person], None]) -> Objection:
        objection = crew.objected(proposal)
        leaves(crew.ines)
        return objection

    def test_whose_text_or_round_it_is_takes_up_nothing(self, crew: Crew, left: Objection) -> None:
        for person in (crew.lea, crew.omar):
            with clock.at(clock.now() + LATER), pytest.raises(NotPossible, match="another of those asked"):
                acts.settle_objection(person, left, how=How.TAKEN_UP)

    @pytest.mark.parametrize("how", ["withdrawn", "consent", "another ground"])
    def test_let_go_of_it_is_dissent_of_who_left(self, crew: Crew, left: Objection, how: str) -> None:
        proposal, now = left.proposal, clock.now()
        with clock.at(now + LATER):
            acts.settle_objection(crew.fay, left, how=How.TAKEN_UP)
        with clock.at(now + LATER * 2):
            if how == "another ground":
                words = {"stance": Stand.OBJECT, "ground": Ground.EFFORT, "reason": "It takes two."}
                acts.take_stance(crew.fay, read(proposal), **words)
            if how == "withdrawn":
                mine = proposal.objections.standing().get()
                acts.settle_objection(crew.fay, mine, how=How.WITHDRAWN)
            agree(crew, proposal, crew.fay, crew.lea, crew.omar)
        with closed(proposal):
            jobs.end_rounds()
        assert read(proposal).outcome == "accepted"
        assert ("Ines", "dissent") in hows(proposal)

    @pytest.mark.breaks_ledger  # who is removed by a round, is so by an act
    def test_let_go_of_it_stands_of_who_was_removed(
        self, crew: Crew, proposal: Proposal, removed: Callable[[Person], None]
    ) -> None:
        objection, now = crew.objected(proposal), clock.now()
        removed(crew.ines)
        with clock.at(now + LATER):
            acts.settle_objection(crew.fay, objection, how=How.TAKEN_UP)
            agree(crew, proposal, crew.fay)
            assert tally_of(read(proposal)).standing == 1

    @pytest.mark.breaks_ledger  # who is removed by a round, is so by an act
    def test_nor_does_it_go_with_who_took_it_up(
        self, crew: Crew, removed: Callable[[Person], None], leaves: Callable[[Person], None]
    ) -> None:
        kim, now = crew.story.member("Kim"), clock.now()
        proposal = crew.proposed()
        objection = crew.objected(proposal)
        removed(crew.ines)
        with clock.at(now + LATER):
            acts.settle_objection(kim, objection, how=How.TAKEN_UP)
            leaves(kim)
        with clock.at(now + LATER * 2):
            assert tally_of(read(proposal)).standing == 1

    def test_who_came_back_and_consents_has_said_otherwise(self, crew: Crew, left: Objection) -> None:
        now = clock.now()
        with clock.at(now + LATER):
            acts.settle_objection(crew.fay, left, how=How.TAKEN_UP)
            social.join(crew.ines, crew.community)
        with clock.at(now + LATER * 2):
            agree(crew, left.proposal, crew.ines, crew.fay)
            assert not left.proposal.objections.standing().exists()


class TestSaidAgain:
    """The same person's on the same ground, of a text that was said to meet it."""

    def again(self, crew: Crew, claimed: bool = True, **objectors: Ground) -> Proposal:
        nour, judge = crew.story.member("Nour"), crew.story.serving("Judge", "facilitator")
        proposal = crew.proposed()
        self.object(crew, proposal, objectors)
        crew.amended(proposal, limits="Call first.")
        for one in proposal.objections.all() if claimed else ():
            acts.answer_objection(judge, one)
        with closed(read(proposal), 8):
            jobs.end_rounds()
            practice = crew.practice_of(proposal)
            crew.story.revise(crew.lea, practice, limits="Call first, and wait.")
            again = crew.proposed(practice)
            self.object(crew, again, objectors)
            agree(crew, again, crew.lea, crew.omar, nour)
        return again

    def object(self, crew: Crew, proposal: Proposal, objectors: dict[str, Ground]) -> None:
        for name, ground in objectors.items():
            acts.take_stance(getattr(crew, name), proposal, stance=Stand.OBJECT, ground=ground, reason="No.")

    def test_two_who_say_it_again_share_it(self, crew: Crew) -> None:
        again = self.again(crew, ines=Ground.UNSAFE, fay=Ground.UNSAFE)
        with clock.at(again.opened_at):
            assert [one.repeated for one in again.objections.all()] == [True, True]
            assert (tally_of(again).standing, tally_of(again).pending) == (2, 0)
            with pytest.raises(NotPossible, match="stops the round by itself"):
                acts.settle_objection(crew.fay, again.objections.get(raised_by=crew.ines), how=How.TAKEN_UP)
        with closed(again, 8):
            jobs.end_rounds()
        assert read(again).outcome == "returned"

    def test_alone_it_is_dissent(self, crew: Crew) -> None:
        again = self.again(crew, ines=Ground.UNSAFE)
        with closed(again):
            jobs.end_rounds()
        assert (read(again).outcome, hows(again)) == ("accepted", {("Ines", "dissent")})

    def test_a_change_that_nobody_says_meets_it_mutes_nobody(self, crew: Crew) -> None:
        again = self.again(crew, ines=Ground.UNSAFE, claimed=False)
        assert not again.objections.get().repeated

    def test_an_own_one_that_does_not_stop_the_round_is_not_said_to(self, crew: Crew) -> None:
        again = self.again(crew, ines=Ground.UNSAFE, fay=Ground.EFFORT)
        with clock.at(again.opened_at):
            assert (tally_of(again).standing, tally_of(again).pending) == (0, 2)
            other = again.objections.get(raised_by=crew.ines)
            with pytest.raises(NotPossible, match="object on its ground"):
                acts.settle_objection(crew.fay, other, how=How.TAKEN_UP)
            acts.take_stance(crew.fay, again, stance=Stand.OBJECT, ground=Ground.UNSAFE, reason="Me too.")
            assert (tally_of(again).standing, tally_of(again).pending) == (2, 0)

    def test_said_anew_it_is_what_it_was(self, crew: Crew) -> None:
        again = self.again(crew, ines=Ground.UNSAFE)
        with clock.at(again.opened_at):
            acts.take_stance(crew.ines, again, stance=Stand.OBJECT, ground=Ground.UNSAFE, reason="Still.")
            assert again.objections.standing().get().repeated


def test_said_anew_of_a_changed_text_it_was_not_withdrawn(crew: Crew, proposal: Proposal) -> None:
    first = crew.objected(proposal)
    crew.amended(proposal, how="Quite another.")
    acts.take_stance(crew.ines, read(proposal), stance=Stand.OBJECT, ground=Ground.UNSAFE, reason="It still is.")
    assert hows(proposal) == {("Ines", "anew"), ("Ines", "")}
    assert proposal.objections.standing().get().taken_from == first


class TestRemedies:
    """Days run only against somebody who could still say no."""

    @pytest.fixture
    def answered(self, crew: Crew, proposal: Proposal) -> Objection:
        objection = crew.objected(proposal)
        crew.amended(proposal, why="Air above it comes back, always.")
        judge = crew.story.serving("Judge", "facilitator")
        RemedySeen.objects.create(remedy=acts.answer_objection(judge, objection))
        agree(crew, proposal, crew.lea, crew.omar, crew.fay)
        return objection

    def ended(self, proposal: Proposal) -> str:
        with closed(read(proposal), 20):
            jobs.end_rounds()
        return str(read(proposal).outcome)

    @pytest.mark.breaks_ledger  # who is removed by a round, is so by an act
    def test_who_was_removed_is_not_silent(
        self, crew: Crew, answered: Objection, removed: Callable[[Person], None]
    ) -> None:
        removed(crew.ines)
        assert self.ended(answered.proposal) == "returned"

    @pytest.mark.breaks_ledger  # as an operator does, by a command
    def test_who_has_no_way_in_is_not_silent(self, crew: Crew, answered: Objection) -> None:
        with writing():
            Person.objects.filter(pk=crew.ines.pk).update(is_active=False)
        assert self.ended(answered.proposal) == "returned"

    def test_who_left_is_kept_as_dissent(
        self, crew: Crew, answered: Objection, leaves: Callable[[Person], None]
    ) -> None:
        leaves(crew.ines)
        assert self.ended(answered.proposal) == "accepted"
        assert hows(answered.proposal) == {("Ines", "dissent")}

    def test_nothing_is_said_to_meet_it_then(
        self, crew: Crew, proposal: Proposal, leaves: Callable[[Person], None]
    ) -> None:
        objection = crew.objected(proposal)
        crew.amended(proposal, why="Air above it comes back, always.")
        leaves(crew.ines)
        with clock.at(clock.now() + LATER), pytest.raises(NotPossible, match="not here to say no"):
            acts.answer_objection(crew.fay, objection)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("settle_objection", {"how": "change"}),
        ("settle_objection", {"how": "withdrawn"}),
        ("answer_objection", {}),
        ("keep_objection", {}),
        ("take_stance", {"stance": "consent"}),
    ],
)
@pytest.mark.parametrize("number", [{"number": 2}, {}], ids=["stale", "unsaid"])
def test_a_press_is_of_the_text_that_was_shown(
    crew: Crew, proposal: Proposal, name: str, typed: dict[str, Any], number: dict[str, int]
) -> None:
    objection = crew.objected(proposal)
    crew.amended(proposal, limits="Call first.")
    crew.amended(read(proposal), limits="Anywhere.")
    if name == "keep_objection":
        acts.answer_objection(crew.fay, objection)
    who = crew.fay if name == "answer_objection" else crew.ines
    at = [crew.community.slug, proposal.pk, *([objection.pk] if "objection" in name else [])]
    answer = crew.story.browser(who).post(reverse(name, args=at), {**typed, **number})
    assert answer.status_code == 422
    objection.refresh_from_db()
    assert objection.is_standing
    assert objection.remedies.filter(refused_at=None).exists() is (name == "keep_objection")


def test_taken_back_a_hidden_round_stays_hidden(crew: Crew) -> None:
    """Else whoever opened it looks, and opens the next."""
    crew.story.rule(hidden_stances=True)
    proposal = crew.proposed()
    crew.story.stand(crew.omar, proposal, Stand.CONCERN, "A canary.")
    withdrawn(crew, proposal)
    for person in (crew.lea, crew.fay):
        seen = crew.story.browser(person).get(proposal.get_absolute_url()).content.decode()
        assert "A canary." not in seen
        assert "consented" not in seen
        assert "concern is kept" not in seen


@pytest.mark.parametrize("hour", [9, 17, 19, 23])
def test_days_are_whole_days(crew: Crew, hour: int) -> None:
    crew.story.rule(round_days=3)
    practice = crew.candidate()
    with clock.at(clock.now().replace(hour=hour, minute=30) + DAY):
        proposal = crew.proposed(practice)
        assert proposal.closes_at >= clock.now() + 3 * DAY
        assert proposal.closes_at < clock.now() + 4 * DAY
        assert crew.amended(proposal, how="Another.").closes_at >= clock.now() + 5 * DAY


def test_a_round_that_moved_ends_at_its_close(crew: Crew, proposal: Proposal) -> None:
    """Five days pass after any change, however fast all have consented again."""
    crew.amended(proposal, how="Quite another.")
    agree(crew, proposal, crew.lea, crew.omar, crew.ines, crew.fay)
    assert read(proposal).is_open
    with closed(read(proposal)):
        jobs.end_rounds()
    assert read(proposal).outcome == "accepted"


def test_what_somebody_is_found_to_be_after_the_close_changes_nothing(crew: Crew, proposal: Proposal) -> None:
    crew.consented(proposal)
    with closed(proposal):
        social.set_bot(crew.story.operator, crew.ines, bot=True)
        jobs.end_rounds()
    assert read(proposal).outcome == "accepted"


@pytest.mark.parametrize("asks_first", [True, False])
def test_for_somebody_unnamed_a_facilitator_speaks_once(crew: Crew, proposal: Proposal, asks_first: bool) -> None:
    ask: Callable[[], object] = lambda: acts.ask_about(  # noqa: E731
        crew.fay, proposal, question=Question(text="How long?", for_another=True)
    )
    objects: Callable[[], object] = lambda: acts.object_for_another(  # noqa: E731
        crew.fay, proposal, ground=Ground.UNFAIR, harm="It hurts."
    )
    first, second = (ask, objects) if asks_first else (objects, ask)
    first()
    with pytest.raises(NotPossible, match="one in a round"):
        second()


def test_a_review_is_in_ten_years_at_the_latest(crew: Crew) -> None:
    practice, today = crew.candidate(), clock.now().date()
    with pytest.raises(NotPossible, match="ten years at the latest"):
        crew.story.propose(crew.lea, practice, review_on=today + timedelta(days=3660))
    assert crew.story.propose(crew.lea, practice, review_on=today + timedelta(days=3650)).outcome == ""
