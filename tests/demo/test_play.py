"""The hand-written part, played through the acts: all that a page may have to show occurs, and the ledger agrees."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from commonplace.communities.models import Community, Experience, JoinRequest, Membership, Person, Unit, Visibility
from commonplace.consenting.kinds import How, Kind, Outcome, Stand
from commonplace.consenting.models import Objection, Proposal, Stance
from commonplace.demo import play
from commonplace.demo.moments import Calendar
from commonplace.demo.scenario import load
from commonplace.demo.story import tell
from commonplace.demo.unreadable import ScenarioError
from commonplace.externalizing.models import Exchange
from commonplace.externalizing.models import Status as ExchangeStatus
from commonplace.ledger.check import findings
from commonplace.ledger.models import Act
from commonplace.measuring.jobs import without_figures
from commonplace.objectifying.models import Excerpt, Practice, Settlement
from commonplace.objectifying.status import SETTLEMENTS, Status
from commonplace.steering.models import Objective
from tests.demo.conftest import SMALL

WHY = "a test"


@pytest.fixture(scope="module")
def _played(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Once for all tests here, without the everyday background."""
    with django_db_blocker.unblock(), transaction.atomic():
        calendar = play.calendar()
        scenario = load()
        scenario.background.clear()
        play.play(tell(scenario, calendar))
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("_played")
class TestPlayed:
    def test_the_ledger_and_the_rows_agree(self) -> None:
        assert list(findings()) == []

    def test_practices_stand_in_every_status_that_there_is(self) -> None:
        rows = Practice.objects.everywhere(WHY)
        assert {*rows.values_list("course__status", flat=True)} >= {*Status} - {Status.SET_ASIDE, Status.REPLACED}

    def test_exchanges_stand_in_every_status_that_there_is(self) -> None:
        rows = Exchange.objects.everywhere(WHY)
        assert set(rows.values_list("course__status", flat=True)) == set(ExchangeStatus)

    def test_of_the_open_rounds_one_has_a_standing_objection_and_one_has_none(self) -> None:
        rounds = Proposal.objects.filter(decided_at=None).everywhere(WHY)
        assert {one.objections.filter(settled_at=None).exists() for one in rounds} == {True, False}

    def test_objections_were_met_by_a_change_and_withdrawn(self) -> None:
        assert set(Objection.objects.everywhere(WHY).values_list("how", flat=True)) >= {"", How.CHANGE, How.WITHDRAWN}

    def test_every_stance_was_taken_and_concerns_are_kept(self) -> None:
        assert set(Stance.objects.everywhere(WHY).values_list("stance", flat=True)) == set(Stand)

    def test_rounds_ended_with_acceptance_refusal_and_every_settlement(self) -> None:
        ended = set(Proposal.objects.exclude(decided_at=None).everywhere(WHY).values_list("outcome", flat=True))
        assert ended == {Outcome.ACCEPTED, Outcome.NOT_ACCEPTED}
        assert set(Settlement.objects.everywhere(WHY).values_list("outcome", flat=True)) >= set(SETTLEMENTS)

    def test_a_decision_says_how_many_consented(self) -> None:
        """The words were written before; the numbers in them are true."""
        for one in Proposal.objects.exclude(reason="").everywhere(WHY):
            consents = one.stances.filter(replaced_at=None, stance__in=[Stand.CONSENT, Stand.CONCERN])
            assert NUMBERS[consents.count()] in one.reason.lower(), one.reason
            people = consents.values("person")
            units = {unit for unit in one.asked.filter(person__in=people).values_list("unit", flat=True) if unit}
            assert " units" not in one.reason or f"{NUMBERS[len(units)]} units" in one.reason, one.reason

    def test_somebody_refused_to_be_quoted(self) -> None:
        assert Excerpt.objects.exclude(refused_at=None).everywhere(WHY).count() == 1

    def test_communities_are_open_closed_and_private(self) -> None:
        seen = Community.objects.everywhere(WHY).values_list("visibility", flat=True)
        assert sorted(seen) == sorted(Visibility)
        assert JoinRequest.objects.waiting().everywhere(WHY).count() == 1

    def test_objectives_are_in_force_in_a_round_and_only_stated(self) -> None:
        cards = [objective.latest for objective in Objective.objects.everywhere(WHY)]
        assert Counter(len(card.sides) for card in cards).keys() == {0, 1, 2}
        assert Proposal.objects.filter(matter=Kind.CARD).open().everywhere(WHY).exists()

    def test_everything_has_its_own_time_and_the_one_who_did_it(self) -> None:
        acts = Act.objects.everywhere(WHY)
        by_the_rule = ("proposal.decided", "proposal.objection_resolved", "challenge.settled", "objective.signed")
        assert not acts.filter(actor="").exclude(verb__in=by_the_rule).exists()
        assert acts.dates("happened_at", "month").count() >= 18

    def test_some_said_whether_the_work_was_new_to_them_and_most_did_not(self) -> None:
        answers = Counter(Membership.objects.everywhere(WHY).values_list("experience", flat=True))
        assert answers.keys() == set(Experience)
        assert answers[Experience.UNSAID] > answers[Experience.EXPERIENCED] > answers[Experience.NEW]
        newcomers = Act.objects.everywhere(WHY).filter(newcomer=True)
        assert set(newcomers.values_list("experience", flat=True)) == set(Experience)

    def test_its_figures_are_due_as_soon_as_a_worker_looks(self) -> None:
        assert set(without_figures()) == set(Community.objects.everywhere(WHY).values_list("pk", flat=True))

    def test_people_and_acts_are_of_units_that_the_operator_named(self) -> None:
        operator = Person.objects.get(is_operator=True)
        named = Act.objects.everywhere(WHY).filter(verb="unit.named")
        assert set(named.values_list("actor", flat=True)) == {operator.pk}
        assert set(named.values_list("object", flat=True)) == set(Unit.objects.values_list("pk", flat=True))

    def test_one_person_runs_it_and_nobody_has_a_password(self) -> None:
        people = list(Person.objects.all())
        assert [person.name for person in people if person.is_operator] == ["Ruben Maes"]
        assert not any(person.has_usable_password() for person in people)


NUMBERS: dict[int, str] = dict(
    enumerate(
        [
            "none",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
        ]
    )
)


@pytest.mark.django_db
def test_an_act_that_refuses_says_where_it_is_told(written: Callable[[str], Path], calendar: Calendar) -> None:
    twice = SMALL + SMALL[SMALL.index("[[exchange.confirmation]]") :].replace("+1d 2h 5m", "+2d")
    with pytest.raises(ScenarioError, match=r"small\.toml, exchange 1 \(prime\): .*You have said so already"):
        play.play(tell(load(written(twice)), calendar))


@pytest.mark.django_db
def test_time_and_actor_are_those_of_the_story(written: Callable[[str], Path], calendar: Calendar) -> None:
    happenings = tell(load(written(SMALL)), calendar)
    heard: list[Any] = []
    play.play(happenings, lambda: heard.append(1))
    asked = Act.objects.everywhere(WHY).get(verb="exchange.opened")
    assert asked.happened_at == happenings[6].at
    assert asked.actor == Person.objects.get(name="Léa Moreau").pk
    assert len(heard) == len(happenings)
