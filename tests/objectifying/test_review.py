"""T16: what was agreed on is looked at again, and two people, one of whom did not write it, say that it holds."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonplace.communities import acts as social
from commonplace.communities.models import RoleKind
from commonplace.consenting.kinds import Stand
from commonplace.ledger import clock
from commonplace.ledger.check import findings
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.models import Act
from commonplace.ledger.nobody import WORKER
from commonplace.objectifying import acts, jobs
from commonplace.objectifying.models import Agreement, Challenge, Practice, Review
from commonplace.objectifying.status import Due, Settled
from tests.objectifying.conftest import Crew

DAY = timedelta(days=1)


def fresh(practice: Practice) -> Practice:
    return Practice.objects.everywhere("test").get(pk=practice.pk)


def agreement(practice: Practice) -> Agreement:
    return fresh(practice).agreements.in_force().get()


def evening(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), clock.now().tzinfo) + timedelta(hours=20)


def due(crew: Crew, practice: Practice) -> Review:
    """Its day has come."""
    with clock.at(evening(agreement(practice).review_on)):
        jobs.let_time_pass()
    review = fresh(practice).open_review
    assert review
    return review


def test_its_day_has_come(crew: Crew) -> None:
    practice = crew.accepted()
    review_on = agreement(practice).review_on
    with clock.at(evening(review_on) - DAY):
        crew.used(practice, where="Pump 7")
        jobs.let_time_pass()
        assert fresh(practice).open_review is None
    review = due(crew, practice)
    assert (review.why, review.due_on) == (Due.DAY, review_on)
    act = crew.last("review.due")
    assert act.actor == ""
    assert act.evidence == {"agreement": agreement(practice).pk, "due_on": review_on.isoformat(), "why": "day"}
    with clock.at(evening(review_on) + DAY):
        jobs.let_time_pass()
    assert practice.reviews.count() == 1


def test_two_failed_reports_bring_it_earlier(crew: Crew) -> None:
    practice = crew.accepted()
    with clock.at(crew.moment + 20 * DAY):
        crew.used(practice, outcome="failed", where="Pump 5")
        jobs.let_time_pass()
        assert fresh(practice).open_review is None
        crew.used(practice, outcome="failed", where="Pump 6")
        jobs.let_time_pass()
    review = fresh(practice).open_review
    assert review
    assert review.why == Due.FAILURES


def test_what_failed_before_it_was_agreed_on_counts_no_more(crew: Crew) -> None:
    practice = crew.candidate()
    for where in ("Pump 5", "Pump 6"):
        crew.used(practice, outcome="failed", where=where)
    crew.accepted(practice)
    with clock.at(crew.moment + 20 * DAY):
        jobs.let_time_pass()
    assert fresh(practice).open_review is None


def test_a_year_without_a_report_brings_it_earlier(crew: Crew) -> None:
    proposal = crew.story.propose(crew.lea, crew.candidate(), review_on=(crew.moment + 1000 * DAY).date())
    crew.decided(crew.consented(proposal))
    practice = crew.practice_of(proposal)
    with clock.at(crew.moment + 100 * DAY):
        crew.used(practice, where="Pump 8")
    with clock.at(crew.moment + 464 * DAY):
        jobs.let_time_pass()
        assert fresh(practice).open_review is None
    with clock.at(crew.moment + 466 * DAY):
        jobs.let_time_pass()
    review = fresh(practice).open_review
    assert review
    assert review.why == Due.SILENCE


def test_nobody_but_the_rule_opens_it_and_not_before_it_is_due(crew: Crew) -> None:
    held = agreement(crew.accepted())
    with pytest.raises(NotAllowed):
        acts.open_review(crew.fay, held, why=Due.DAY)
    with pytest.raises(NotPossible, match="not to be looked at yet"):
        acts.open_review(WORKER, held, why=Due.DAY)


def test_two_people_reaffirm_it_one_of_whom_did_not_write_it(crew: Crew) -> None:
    practice = crew.accepted()
    review = due(crew, practice)
    before = agreement(practice).review_on
    with clock.at(evening(before) + 3 * DAY):
        acts.reaffirm(crew.omar, review)
        acts.reaffirm(crew.lea, review)
        assert fresh(practice).open_review == review
        acts.reaffirm(crew.ines, review)
    held = agreement(practice)
    days = practice.community.charter.review_days
    assert held.review_on == before + timedelta(days=3 + days)
    done = crew.last("review.done")
    assert done.evidence == {
        "review": review.pk, "outcome": "reaffirmed", "uses_since": 0, "failed_since": 0, "concerns_read": 0,
        "by_nonauthor": True, "review_on": held.review_on.isoformat(),
    }  # fmt: skip
    assert [act.evidence["by_author"] for act in practice_acts(practice, "review.reaffirmed")] == [True, True, False]
    assert crew.status(practice) == "accepted"
    assert list(findings()) == []
    with clock.at(evening(held.review_on) - 3 * DAY):
        crew.used(practice, where="Pump 3")
        jobs.let_time_pass()
    assert fresh(practice).open_review is None


def practice_acts(practice: Practice, verb: str) -> list[Act]:
    return list(Act.objects.about(practice).filter(verb=verb).order_by("id"))


def test_one_person_is_not_enough_and_says_it_once(crew: Crew) -> None:
    practice = crew.accepted()
    review = due(crew, practice)
    acts.reaffirm(crew.ines, review)
    assert fresh(practice).open_review == review
    with pytest.raises(NotPossible, match="already"):
        acts.reaffirm(crew.ines, review)


def test_members_do_and_no_sponsor(crew: Crew) -> None:
    review = due(crew, crew.accepted())
    with pytest.raises(NotAllowed):
        acts.reaffirm(crew.story.person("Stranger"), review)
    sponsor = crew.story.member("Sponsor")
    role = social.grant_role(crew.fay, crew.community, person=sponsor, kind=RoleKind.SPONSOR)
    social.accept_role(sponsor, role)
    with pytest.raises(NotAllowed):
        acts.reaffirm(sponsor, review)


def test_what_failed_is_named_or_it_is_said_why_not(crew: Crew) -> None:
    practice = crew.accepted()
    with clock.at(crew.moment + 20 * DAY):
        failed = [crew.story.apply(crew.ines, practice, outcome="failed", where=f"Pump {n}") for n in (5, 6)]
    review = due(crew, practice)
    with pytest.raises(NotPossible, match="Say why it holds"):
        acts.reaffirm(crew.fay, review)
    challenge = crew.challenged(practice, application=failed[0].pk)
    with pytest.raises(NotPossible, match="Say why it holds"):
        acts.reaffirm(crew.fay, review)
    acts.take_back_challenge(crew.ines, challenge)
    acts.reaffirm(crew.fay, review, reason="Pump 6 was out of order.")
    acts.reaffirm(crew.ines, review)
    done = crew.last("review.done").evidence
    assert (done["uses_since"], done["failed_since"]) == (0, 2)


def test_a_version_that_names_the_report_answers_it(crew: Crew) -> None:
    practice = crew.accepted()
    with clock.at(crew.moment + 20 * DAY):
        failed = crew.story.apply(crew.ines, practice, outcome="failed", where="Pump 5")
    review = due(crew, practice)
    with pytest.raises(NotPossible, match="Say why it holds"):
        acts.reaffirm(crew.fay, review)
    crew.story.revise(crew.lea, fresh(practice), how="Bleed slowly.", application=failed.pk)
    assert acts.reaffirm(crew.fay, review)


def test_what_was_found_to_hold_before_it_was_agreed_on_anew_is_not_the_last_look(crew: Crew) -> None:
    practice = crew.accepted()
    with clock.at(crew.moment + 400 * DAY):
        for person in (crew.fay, crew.ines):
            acts.reaffirm(person, due(crew, practice))
    with clock.at(crew.moment + 500 * DAY):
        crew.used(practice, outcome="failed", where="Pump 5")
        crew.story.revise(crew.lea, fresh(practice), how="Bleed slowly.")
        crew.accepted(fresh(practice))
        review = due(crew, practice)
        assert acts.reaffirm(crew.fay, review), "what failed then has been answered by the round"
        acts.reaffirm(crew.ines, review)
    assert crew.last("review.done").evidence["failed_since"] == 0


def test_what_is_agreed_on_no_more_is_not_looked_at(crew: Crew) -> None:
    practice = crew.accepted()
    first = agreement(practice)
    crew.story.revise(crew.lea, practice, how="Bleed slowly.")
    with clock.at(crew.moment + 20 * DAY):
        crew.accepted(fresh(practice))
    first.refresh_from_db()
    with clock.at(evening(first.review_on)), pytest.raises(NotPossible):
        acts.open_review(WORKER, first, why=Due.DAY)
    assert fresh(practice).open_review is None


def test_concerns_and_dissent_of_its_round_are_read_again(crew: Crew) -> None:
    proposal = crew.proposed()
    for person in (crew.lea, crew.omar):
        crew.story.stand(person, proposal)
    crew.story.stand(crew.ines, proposal, Stand.CONCERN, "In winter?")
    crew.decided(proposal)
    practice = crew.practice_of(proposal)
    review = due(crew, practice)
    for person in (crew.fay, crew.ines):
        acts.reaffirm(person, review)
    assert crew.last("review.done").evidence["concerns_read"] == 1


def test_another_version_or_the_end_is_what_came_of_the_review(crew: Crew) -> None:
    practice = crew.accepted()
    review = due(crew, practice)
    crew.story.revise(crew.lea, practice, how="Bleed slowly.")
    crew.accepted(fresh(practice))
    review.refresh_from_db()
    assert review.outcome == "revised"
    with pytest.raises(NotPossible, match="is done"):
        acts.reaffirm(crew.ines, review)
    other = crew.accepted()
    second = due(crew, other)
    crew.settled(Settled.RETIRED, crew.challenged(other))
    second.refresh_from_db()
    assert second.outcome == "retired"
    assert list(findings()) == []


def test_one_that_cannot_be_judged_keeps_no_other_from_being_looked_at(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = crew.accepted(), crew.accepted()
    judge = jobs.why_due

    def falls(one: Agreement) -> Due | None:
        if one.practice_id == first.pk:
            raise ZeroDivisionError
        return judge(one)

    monkeypatch.setattr(jobs, "why_due", falls)
    with clock.at(evening(agreement(first).review_on)):
        jobs.let_time_pass()
        assert fresh(first).open_review is None
        assert fresh(second).open_review
        monkeypatch.undo()
        jobs.let_time_pass()
        assert fresh(first).open_review


def test_a_challenge_that_cannot_be_judged_keeps_no_other_open(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = crew.challenged(), crew.challenged()
    judge = jobs.is_supported

    def falls(one: Challenge) -> bool:
        if one.pk == first.pk:
            raise ZeroDivisionError
        return judge(one)

    monkeypatch.setattr(jobs, "is_supported", falls)
    with clock.at(second.ends_at + DAY):
        jobs.let_time_pass()
    assert not Challenge.objects.everywhere("test").get(pk=second.pk).is_open


def test_a_day_costs_the_same_however_much_is_agreed_on(crew: Crew) -> None:
    """Where nothing is due."""
    reads = []
    for number in range(2):
        crew.accepted(crew.candidate(title=f"Practice {number}"))
        with clock.at(crew.moment + 20 * DAY), CaptureQueriesContext(connection) as read_now:
            jobs.let_time_pass()
        reads.append(len(read_now))
    assert reads[0] == reads[1]


def test_a_revision_that_only_its_writers_agreed_on_was_looked_at_by_nobody_else(crew: Crew) -> None:
    practice = crew.accepted()
    due(crew, practice)
    people = (crew.lea, crew.omar, crew.ines, crew.fay)
    for number, person in enumerate(people):
        crew.story.revise(person, practice, limits=f"Never in case {number}.")
    proposal = crew.story.propose(crew.lea, practice)
    for person in people:
        crew.story.stand(person, proposal)
    crew.decided(proposal)
    assert crew.last("proposal.decided").evidence["others_consent"] == 0
    assert crew.last("review.done").evidence["by_nonauthor"] is False
