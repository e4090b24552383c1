"""Two people at one address, link or unit. The controls show what comes of it without the act."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from commonplace.communities import acts
from commonplace.communities.acts.doors import _holds, _may_be_added
from commonplace.communities.acts.units import _may_be_merged, _may_be_moved
from commonplace.communities.models import Installation, Person, SignInLink, Unit
from commonplace.communities.secrets import digest, fresh
from commonplace.ledger import clock, registry
from commonplace.ledger.act import writing
from tests.story import Story
from tests.trust.colliding import ROUNDS, collide, unlocked
from tests.trust.crew import AN_ERROR, BOTH, ONCE, Crew

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def crew(transactional_db: None, story: Story) -> Crew:
    return Crew(story)


def added(by: Person, email: str) -> Callable[[Any], object]:
    return lambda do: do(by, Installation.current(), person=Person(name="New", email=email))


def test_an_address_is_added_once(crew: Crew) -> None:
    for number in range(ROUNDS):
        calls = [added(by, f"new{number}@x.org") for by in crew.operators]
        assert collide(*(lambda call=call: call(acts.add_person) for call in calls)) == ONCE  # type: ignore[misc]
    assert Person.objects.filter(email__endswith="@x.org").count() == ROUNDS


@pytest.mark.breaks_ledger
def test_without_the_act_the_second_operator_would_see_an_error(crew: Crew) -> None:
    calls = [added(by, "new@x.org") for by in crew.operators]
    assert unlocked("person.added", _may_be_added, *calls) == AN_ERROR


def test_the_first_account_is_made_once(transactional_db: None) -> None:
    def first(name: str) -> Callable[[], object]:
        return lambda: acts.sign_up(Person(name=name, email=f"{name}@x.org"), Installation.current(), first=True)

    for _ in range(ROUNDS):
        assert collide(first("ada"), first("eve")) == ONCE
        assert Person.objects.filter(is_operator=True).count() == 1
        with writing():
            Person.objects.all().delete()


def test_of_two_who_take_one_name_at_once_each_has_a_number_of_their_own(crew: Crew) -> None:
    """Whichever way they come by it: their own profile, the operator, signing up."""
    here, by = Installation.current(), crew.operators[0]
    for number in range(ROUNDS):
        name, one, other = f"Jane {number}", crew.somebody(), crew.somebody()
        new = Person(name=name, email=f"jane{number}@x.org")
        came_of_it = collide(
            lambda one=one, name=name: acts.edit_profile(one, one, name=name),
            lambda other=other, name=name: acts.edit_profile(other, other, name=name),
            lambda new=new: acts.add_person(by, here, person=new),
        )
        assert came_of_it == [*BOTH, "done"]
        numbers = Person.objects.filter(name=name).order_by("namesake").values_list("namesake", flat=True)
        assert list(numbers) == [1, 2, 3]


def test_operators_issue_links_for_each_other(crew: Crew) -> None:
    one, other = crew.operators
    for _ in range(ROUNDS):
        assert (
            collide(
                lambda: acts.issue_sign_in_link(one, other, secret=fresh()),
                lambda: acts.issue_sign_in_link(other, one, secret=fresh()),
            )
            == BOTH
        )
    assert SignInLink.objects.count() == 2 * ROUNDS


@pytest.mark.breaks_ledger
def test_a_lock_that_holds_up_who_refers_would_end_in_a_deadlock(crew: Crew) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    locked, (one, other) = threading.Barrier(2), crew.operators

    def issue(by: Person, person: Person) -> None:
        with transaction.atomic(), writing():
            Person.objects.select_for_update().get(pk=person.pk)
            locked.wait()
            kept = {"digest": digest(fresh()), "expires_at": clock.now() + timedelta(days=1)}
            SignInLink.objects.create(person=person, issued_by=by, **kept)

    assert collide(lambda: issue(one, other), lambda: issue(other, one)) == ["OperationalError", "done"]


def test_a_link_is_taken_once(crew: Crew) -> None:
    for _ in range(ROUNDS):
        secret = fresh()
        link = acts.issue_sign_in_link(crew.story.operator, crew.lea, secret=secret)
        take = lambda link=link, secret=secret: acts.take_sign_in_link(crew.lea, link, secret=secret)  # noqa: E731
        assert collide(take, take) == ONCE


@pytest.mark.breaks_ledger
def test_without_the_lock_a_link_would_be_taken_twice(crew: Crew) -> None:
    link = acts.issue_sign_in_link(crew.story.operator, crew.lea, secret="s")
    calls = [lambda do: do(crew.lea, link, secret="s")] * 2
    assert unlocked("person.link_used", _holds, *calls) == BOTH


def test_of_two_moves_no_loop_comes(crew: Crew) -> None:
    one, other = crew.operators
    for _ in range(ROUNDS):
        north, south = crew.unit(), crew.unit()
        assert (
            collide(
                lambda north=north, south=south: acts.move_unit(one, north, parent=south),
                lambda north=north, south=south: acts.move_unit(other, south, parent=north),
            )
            == ONCE
        )


@pytest.mark.breaks_ledger
def test_without_the_lock_two_units_would_be_part_of_each_other(crew: Crew) -> None:
    north, south = crew.unit(), crew.unit()
    calls = [
        lambda do: do(crew.operators[0], north, parent=south),
        lambda do: do(crew.operators[1], south, parent=north),
    ]
    assert unlocked("unit.moved", _may_be_moved, *calls) == BOTH
    assert {Unit.objects.get(pk=north.pk).parent, Unit.objects.get(pk=south.pk).parent} == {north, south}


def test_nobody_is_left_in_a_unit_that_is_merged_while_they_choose_it(crew: Crew) -> None:
    kept = crew.unit()
    for _ in range(ROUNDS):
        gone, person = crew.unit(), crew.somebody()
        came_of_it = collide(
            lambda gone=gone: acts.merge_unit(crew.operators[0], gone, into=kept),
            lambda gone=gone, person=person: acts.edit_profile(person, person, unit=gone),
        )
        person.refresh_from_db()
        assert (came_of_it, person.unit) in ((BOTH, kept), (ONCE, None))


@pytest.mark.breaks_ledger
def test_without_the_lock_somebody_would_be_left_in_it(crew: Crew) -> None:
    gone, kept, person, merged = crew.unit(), crew.unit(), crew.somebody(), threading.Event()
    write = registry.ACTS["person.profile_edited"].function
    assert write
    _may_be_merged(crew.operators[0], gone, into=kept)

    def choose() -> None:
        merged.wait()  # The guard has asked; now it is merged; then it is chosen.
        with writing():
            write(person, person, unit=gone)

    def merge() -> None:
        acts.merge_unit(crew.operators[0], gone, into=kept)
        merged.set()

    assert collide(choose, merge) == BOTH
    person.refresh_from_db()
    assert person.unit == gone
