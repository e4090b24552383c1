"""Who looks after a practice, whose it is, who used it, whom it is for: each is told what becomes of it, and why."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonplace.communities import acts as social
from commonplace.communities.models import Experience, Membership, Person, Visibility
from commonplace.consenting.kinds import Kind, Outcome
from commonplace.corresponding.following import mark
from commonplace.corresponding.models import Notice
from commonplace.corresponding.noting import note
from commonplace.corresponding.reminding import remind
from commonplace.ledger import clock
from commonplace.ledger.act import writing
from commonplace.objectifying import acts, batches, jobs
from commonplace.objectifying.audience import NEWCOMERS
from commonplace.objectifying.models import Excerpt, Practice, Version
from commonplace.objectifying.status import Settled
from tests.corresponding.many import many
from tests.corresponding.noticed import forgotten, noticed, rows, words
from tests.objectifying.batching import Desk
from tests.objectifying.conftest import Crew
from tests.objectifying.test_batch import WHOLE
from tests.objectifying.test_minor_edit import edited, passes

DAY = timedelta(days=1)


@pytest.fixture
def practice(crew: Crew) -> Practice:
    """Lea's, of Omar's knowledge, used by Fay; Ines looks after it. What was told before is forgotten."""
    practice = crew.candidate()
    cared_for(crew, practice, crew.ines)
    return practice


@pytest.fixture
def accepted(crew: Crew) -> Practice:
    practice = crew.accepted()
    cared_for(crew, practice, crew.ines)
    return practice


def cared_for(crew: Crew, practice: Practice, by: Person) -> None:
    acts.set_steward(crew.fay, practice, steward=by)
    forgotten()


class TestOrigins:
    def test_who_took_part_in_what_it_was_made_of_is_told(self, crew: Crew) -> None:
        exchange = crew.story.resolved(crew.lea, crew.omar)
        crew.story.respond(crew.ines, exchange)
        forgotten()
        crew.story.distil(crew.fay, exchange, authors=[crew.omar])
        assert noticed(crew.omar) == [("distilled", "credited")]
        assert noticed(crew.ines) == [("distilled", "took_part")]
        assert noticed(crew.fay) == []

    def test_whose_words_are_quoted_is_told_at_once_and_led_to_where_they_refuse(self, crew: Crew) -> None:
        exchange = crew.story.ask(crew.lea)
        answer = crew.story.respond(crew.omar, exchange)
        crew.story.confirm(crew.lea, answer)
        forgotten()
        practice = crew.story.distil(crew.lea, exchange, quoted=[answer])
        [one] = rows(crew.omar)
        assert (one.because, one.at_once) == ("quoted", True)
        assert f"{practice.pk}/words" in crew.story.browser(crew.omar).get("/notices/").content.decode()
        acts.refuse_words(crew.omar, Excerpt.objects.everywhere("test").get())
        assert noticed(crew.lea) == [("words_refused", "quoted")]

    def test_who_is_credited_and_who_is_not_any_more_are_told(self, crew: Crew) -> None:
        practice = crew.written()
        forgotten()
        acts.credit(crew.lea, practice, authors=[crew.lea], contributors=[])
        assert noticed(crew.omar) == [("credited", "took_part")]

    def test_who_brought_it_in_is_told_that_somebody_knows_it_in_use(self, crew: Crew) -> None:
        practice = crew.brought()
        acts.back(crew.omar, practice)
        assert noticed(crew.lea) == [("backed", "brought")]

    def test_who_looks_after_the_original_is_told_of_one_taken_over_if_they_may_read_it(
        self, crew: Crew, accepted: Practice
    ) -> None:
        original = Version.objects.everywhere("test").get(practice=accepted)
        for slug, visibility in (("valves", Visibility.PRIVATE), ("seals", Visibility.OPEN)):
            there = crew.story.found(slug, slug.title(), by=crew.fay, visibility=visibility)
            crew.story.bring(
                crew.fay, title=f"Taken {slug}", of=there, original=original, source_kind="community",
                authority="agreed_elsewhere", source="",
            )  # fmt: skip
        [one] = rows(crew.ines)
        assert (one.occasion, one.because) == ("brought", "theirs")
        assert "Taken seals" in words(crew.story, crew.ines)
        assert "valves" not in words(crew.story, crew.ines)


class TestBatch:
    @pytest.fixture
    def desk(self, crew: Crew, tmp_path: Path) -> Desk:
        desk = Desk(crew, tmp_path)
        for name in ("Open a valve", "Shut a valve"):
            desk.put(f"{name}.md", WHOLE.format(name))
        return desk

    def test_those_asked_to_back_it_are_told_once_of_all_of_it(self, crew: Crew, desk: Desk) -> None:
        batch = desk.brought()
        for days in (0, 1):
            with clock.at(clock.now() + days * DAY):
                remind()
        assert noticed(crew.ines) == [("batch_came_in", "knows")]
        assert noticed(crew.lea) == []
        assert "Handbook Came in at once It came in" in words(crew.story, crew.ines)
        crew.story.browser(crew.ines).get(f"/c/pump-crews/practices/batches/{batch.pk}")
        assert rows(crew.ines)[0].put_away_at

    def test_who_brought_it_in_is_told_once_of_all_that_somebody_knows(self, crew: Crew, desk: Desk) -> None:
        batch = desk.brought()
        batches.back_all(crew.omar, batch.pk, [one.pk for one in desk.practices().values()])
        assert noticed(crew.lea) == [("batch_backed", "brought")]

    def test_and_once_more_after_they_have_read_that(self, crew: Crew, desk: Desk) -> None:
        batch = desk.brought()
        for one in list(desk.practices().values())[:2]:
            batches.back_all(crew.omar, batch.pk, [one.pk])
            crew.story.browser(crew.lea).get(f"/c/pump-crews/practices/batches/{batch.pk}")
        assert noticed(crew.lea) == [("batch_backed", "brought")] * 2


class TestText:
    def test_who_looks_after_it_whose_it_is_and_who_used_it_hear_of_a_version(
        self, crew: Crew, practice: Practice
    ) -> None:
        crew.story.revise(crew.story.member("Nour"), practice, how="Bleed twice.")
        reasons = [noticed(person, "version") for person in (crew.ines, crew.lea, crew.omar, crew.fay)]
        assert reasons == [[("version", reason)] for reason in ("cares", "began", "credited", "used")]

    def test_who_challenged_it_hears_of_the_version_that_answers(self, crew: Crew, accepted: Practice) -> None:
        nour = crew.story.member("Nour")
        challenge = crew.challenged(accepted, by=nour)
        forgotten()
        crew.story.revise(crew.lea, accepted, answers=[challenge], how="Bleed twice.")
        assert noticed(nour) == [("version", "challenged")]

    def test_who_objected_hears_at_once_of_the_version_written_to_meet_it(self, crew: Crew) -> None:
        proposal = crew.proposed()
        objection = crew.objected(proposal, by=crew.fay)
        forgotten()
        crew.story.revise(crew.lea, crew.practice_of(proposal), how="Bleed twice.", meets=objection.pk)
        assert [(one.because, one.at_once) for one in rows(crew.fay)] == [("objected", True)]

    def test_who_looks_after_it_hears_of_a_minor_edit_and_its_writer_what_became_of_it(
        self, crew: Crew, accepted: Practice
    ) -> None:
        edit = edited(crew, accepted)
        assert noticed(crew.ines) == [("minor_edit", "cares")]
        acts.find_fine(crew.omar, edit)
        assert noticed(crew.lea) == [("minor_fine", "wrote")]
        passes()
        assert noticed(crew.lea) == [("minor_fine", "wrote"), ("minor_agreed", "wrote")]
        assert noticed(crew.omar) == [("minor_agreed", "fine")]

    def test_who_looks_after_it_hears_that_it_was_taken_back(self, crew: Crew, accepted: Practice) -> None:
        acts.take_back_edit(crew.lea, edited(crew, accepted))
        assert noticed(crew.ines, "minor_taken_back") == [("minor_taken_back", "cares")]

    def test_who_looks_after_it_hears_whom_it_is_for_now(self, crew: Crew, practice: Practice) -> None:
        with clock.at(clock.now() + DAY):
            acts.set_audience(crew.lea, practice, number=1, audience=NEWCOMERS)
        assert noticed(crew.ines) == [("audience_set", "cares")]
        crew.story.revise(crew.lea, practice, audience=crew.story.of_units("North"), how="Bleed twice.")
        assert noticed(crew.ines, "audience_set") == [("audience_set", "cares")], "the version says it"


class TestAccepted:
    def test_whom_it_is_for_are_told_once_and_not_at_once(self, crew: Crew) -> None:
        nour, zoe = crew.story.member("Nour", unit="South"), crew.story.member("Zoe", unit="North")
        practice = crew.written(audience=crew.story.of_units("South"))
        crew.used(practice)
        crew.accepted(practice)
        assert [(one.because, one.at_once) for one in rows(nour, "practice_accepted")] == [("for_you", False)]
        assert noticed(zoe, "practice_accepted") == []
        crew.used(practice, by=zoe)
        crew.story.revise(crew.lea, practice, how="Bleed twice.")
        forgotten()
        crew.accepted(Practice.objects.everywhere("test").get(pk=practice.pk))
        assert noticed(nour, "practice_accepted") == []
        assert noticed(zoe, "practice_accepted") == [("practice_accepted", "used")]

    @pytest.mark.breaks_ledger
    def test_what_is_for_newcomers_is_told_to_those_alone(self, crew: Crew) -> None:
        nour, zoe = crew.story.member("Nour"), crew.story.member("Zoe")
        with writing():
            here = Membership.objects.filter(person=nour).everywhere("test")
            here.update(experience=Experience.NEW)
        practice = crew.written(audience=NEWCOMERS)
        crew.used(practice)
        crew.accepted(practice)
        assert noticed(nour, "practice_accepted") == [("practice_accepted", "for_you")]
        assert noticed(zoe, "practice_accepted") == []

    def test_who_spoke_is_told_how_the_round_ended_and_not_of_the_same_act_again(self, crew: Crew) -> None:
        crew.accepted()
        assert noticed(crew.ines, "accepted", "practice_accepted") == [("accepted", "consent")]


def test_who_follows_a_practice_hears_of_rounds_versions_and_challenges(crew: Crew, practice: Practice) -> None:
    ned = crew.story.member("Ned")
    assert mark(ned, crew.community, "practice", practice.pk, "followed")
    zoe = crew.story.member("Zoe")
    crew.story.revise(crew.lea, practice, how="Bleed twice.")
    crew.decided(crew.consented(crew.proposed(practice)))
    crew.challenged(practice, by=crew.lea)
    told_once = ["version", "round_opened", "practice_accepted", "challenged"]
    assert [occasion for occasion, _because in noticed(ned)] == told_once
    assert noticed(zoe) == [("round_opened", "asked"), ("practice_accepted", "for_you")]


class TestChallenges:
    def test_who_looks_after_it_hears_at_once(self, crew: Crew, accepted: Practice) -> None:
        crew.challenged(accepted, by=crew.story.member("Nour"))
        assert [(one.because, one.at_once) for one in rows(crew.ines)] == [("cares", True)]
        assert noticed(crew.omar) == [("challenged", "credited")]
        assert noticed(crew.fay, "challenged") == [("challenged", "facilitates")]

    def test_who_raised_it_hears_who_sees_it_too_and_how_it_ends(self, crew: Crew, accepted: Practice) -> None:
        nour = crew.story.member("Nour")
        challenge = crew.challenged(accepted, by=nour)
        acts.share(crew.omar, challenge)
        assert noticed(nour) == [("challenge_shared", "raised")]
        forgotten()
        with clock.at(clock.now() + 400 * DAY):
            jobs.let_time_pass()
        assert noticed(nour, "challenge_settled") == [("challenge_settled", "raised")]
        assert noticed(crew.omar, "challenge_settled") == [("challenge_settled", "shares")]
        assert noticed(crew.ines, "challenge_settled") == [("challenge_settled", "cares")]

    def test_by_a_round_they_hear_it_as_its_end_and_not_twice(self, crew: Crew, accepted: Practice) -> None:
        nour = crew.story.member("Nour")
        challenge = crew.challenged(accepted, by=nour)
        crew.settled(Settled.UPHELD, challenge)
        assert noticed(nour, "accepted", "challenge_settled") == [("accepted", "challenged")]

    def test_who_looks_after_it_hears_that_it_was_taken_back(self, crew: Crew, accepted: Practice) -> None:
        challenge = crew.challenged(accepted, by=crew.story.member("Nour"))
        acts.take_back_challenge(challenge.raised_by, challenge)
        assert noticed(crew.ines, "challenge_taken_back") == [("challenge_taken_back", "cares")]


class TestCare:
    def test_who_is_to_look_after_it_hears_at_once_and_who_did_hears_it_too(
        self, crew: Crew, accepted: Practice
    ) -> None:
        acts.set_steward(crew.fay, accepted, steward=crew.omar)
        assert [(one.because, one.at_once) for one in rows(crew.omar)] == [("cares", True)]
        assert [(one.because, one.at_once) for one in rows(crew.ines)] == [("cared", False)]

    def test_who_looks_after_it_and_who_facilitates_hear_that_a_review_is_due(
        self, crew: Crew, accepted: Practice
    ) -> None:
        with clock.at(clock.now() + 800 * DAY):
            jobs.let_time_pass()
        assert noticed(crew.ines, "review_due") == [("review_due", "cares")]
        assert noticed(crew.fay, "review_due") == [("review_due", "facilitates")]
        review = accepted.reviews.get()
        forgotten()
        with clock.at(clock.now() + 801 * DAY):
            acts.reaffirm(crew.omar, review, reason="It holds.")
        assert noticed(crew.ines) == [("reaffirmed", "cares")]
        with clock.at(clock.now() + 802 * DAY):
            acts.reaffirm(crew.fay, review, reason="It holds.")
        assert noticed(crew.ines) == [("reaffirmed", "cares"), ("review_done", "cares")]
        assert noticed(crew.omar) == [("review_done", "voice")]

    def test_who_looked_after_it_and_who_used_it_hear_that_it_is_put_away(self, crew: Crew, practice: Practice) -> None:
        acts.set_aside(crew.lea, practice, reason="Nobody needs it.")
        assert noticed(crew.ines) == [("set_aside", "cares")]
        assert noticed(crew.fay) == [("set_aside", "used")]

    def test_who_spoke_on_its_end_hears_it_once_and_who_used_it_hears_it_too(
        self, crew: Crew, accepted: Practice
    ) -> None:
        nour = crew.story.member("Nour")
        crew.used(accepted, by=nour)
        number = accepted.versions.latest("number").number
        proposal = crew.story.propose(crew.lea, accepted, matter=Kind.RETIREMENT, number=number, aim="Pumps are gone.")
        forgotten()
        crew.decided(crew.consented(proposal), Outcome.ACCEPTED)
        assert noticed(nour) == [("retired", "used")]
        assert noticed(crew.ines, "accepted", "retired") == [("accepted", "consent")]


@pytest.mark.breaks_ledger
def test_however_many_it_is_for_it_is_asked_in_as_many_statements(crew: Crew) -> None:
    counted = []
    for people in (50, 500):
        many(crew.community, people)
        practice = crew.candidate(title=f"For {people}")
        crew.accepted(practice)
        Notice.objects.everywhere("test").delete()
        with CaptureQueriesContext(connection) as asked, writing():
            note([crew.last("proposal.decided")])
        counted.append(sum("INSERT" not in one["sql"] for one in asked))
        assert Notice.objects.filter(because="for_you").everywhere("test").count() >= people
    assert counted[0] == counted[1] <= 20


def test_who_left_is_told_nothing_more(crew: Crew, accepted: Practice) -> None:
    social.leave(crew.omar, crew.community)
    crew.challenged(accepted, by=crew.lea)
    assert noticed(crew.omar) == []
