"""Two people at one community, invitation, request or role. The controls show what comes of it without the act."""

from collections.abc import Callable
from typing import Any

import pytest

from commonplace.communities import acts
from commonplace.communities.acts.founding import _may_be_founded
from commonplace.communities.acts.inviting import _holds, _is_good
from commonplace.communities.acts.joining import _door_is_open, _may_ask, _waits
from commonplace.communities.acts.roles import _can_pass_on, _may_end, fits
from commonplace.communities.models import Community, Invitation, JoinRequest, Membership, Person, Role, RoleKind
from commonplace.communities.secrets import fresh
from tests.story import Story
from tests.trust.colliding import ROUNDS, collide, recorded, unlocked
from tests.trust.crew import AN_ERROR, BOTH, ONCE, Crew

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def crew(transactional_db: None, story: Story) -> Crew:
    return Crew(story)


def times(person: Person, community: Community) -> int:
    rows = Membership.objects.filter(person=person, community=community).current()
    return rows.everywhere("test").count()


def serving(crew: Crew, *people: Person) -> int:
    return Role.objects.filter(community=crew.here, person__in=people).current().everywhere("test").count()


def founded(by: Person, slug: str) -> Callable[[Any], object]:
    return lambda do: do(by, None, community=Community(slug=slug, title="Crew"), domain="Pumps")


def test_an_address_is_founded_once(crew: Crew) -> None:
    for number in range(ROUNDS):
        calls = [founded(by, f"crew-{number}") for by in (crew.fay, crew.lea)]
        assert collide(*(lambda call=call: call(acts.found) for call in calls)) == ONCE  # type: ignore[misc]
    assert Community.objects.filter(slug__startswith="crew-").everywhere("test").count() == ROUNDS


@pytest.mark.breaks_ledger
def test_without_the_act_the_second_founder_would_see_an_error(crew: Crew) -> None:
    calls = [founded(by, "crew") for by in (crew.fay, crew.lea)]
    assert unlocked("community.founded", _may_be_founded, *calls) == AN_ERROR


def test_one_belongs_once_however_often_one_joins(crew: Crew) -> None:
    for _ in range(ROUNDS):
        person = crew.somebody()
        assert collide(*[lambda person=person: acts.join(person, crew.here)] * 2) == ONCE
        assert times(person, crew.here) == 1


@pytest.mark.breaks_ledger
def test_without_the_act_joining_twice_would_be_an_error(crew: Crew) -> None:
    person = crew.somebody()
    assert unlocked("member.joined", _door_is_open, *[lambda do: do(person, crew.here)] * 2) == AN_ERROR


def test_one_belongs_once_by_an_invitation_taken_twice(crew: Crew) -> None:
    for _ in range(ROUNDS):
        person, secret = crew.somebody(), fresh()
        held = crew.invitation(secret)

        def accept(person: Person = person, held: Invitation = held, secret: str = secret) -> object:
            return acts.accept_invitation(person, held, secret=secret)

        assert collide(accept, accept) == ONCE
        assert times(person, crew.here) == 1


def test_one_belongs_once_who_joins_and_accepts_at_the_same_time(crew: Crew) -> None:
    for _ in range(ROUNDS):
        person, secret = crew.somebody(), fresh()
        held = crew.invitation(secret)
        came_of_it = collide(
            lambda person=person: acts.join(person, crew.here),
            lambda person=person, held=held, secret=secret: acts.accept_invitation(person, held, secret=secret),
        )
        assert came_of_it == ONCE
        assert times(person, crew.here) == 1


def test_a_sponsors_invitation_is_taken_by_one_of_two(crew: Crew) -> None:
    for _ in range(ROUNDS):
        one, other, secret = crew.somebody(), crew.somebody(), fresh()
        held = acts.invite(crew.fay, crew.here, secret=secret, role=RoleKind.SPONSOR)
        came_of_it = collide(
            lambda one=one, held=held, secret=secret: acts.accept_invitation(one, held, secret=secret),
            lambda other=other, held=held, secret=secret: acts.accept_invitation(other, held, secret=secret),
        )
        assert came_of_it == ONCE
        assert crew.here.roles.filter(person__in=(one, other)).count() == 1


def test_one_withdrawn_while_a_sponsor_takes_it_does_either(crew: Crew) -> None:
    for _ in range(ROUNDS):
        person, secret = crew.somebody(), fresh()
        held = acts.invite(crew.fay, crew.here, secret=secret, role=RoleKind.SPONSOR)
        came_of_it = collide(
            lambda person=person, held=held, secret=secret: acts.accept_invitation(person, held, secret=secret),
            lambda held=held: acts.withdraw_invitation(crew.fay, held),
        )
        assert came_of_it == ONCE


@pytest.mark.breaks_ledger
def test_without_the_act_an_invitation_taken_twice_would_be_an_error(crew: Crew) -> None:
    person, held = crew.somebody(), crew.invitation("s")
    calls = [lambda do: do(person, held, secret="s")] * 2
    assert unlocked("member.invitation_accepted", _holds, *calls) == AN_ERROR


def test_an_invitation_is_withdrawn_once(crew: Crew) -> None:
    before = recorded("member.invitation_withdrawn", crew.here.pk)
    for _ in range(ROUNDS):
        held = crew.invitation(fresh())
        assert (
            collide(*(lambda by=by, held=held: acts.withdraw_invitation(by, held) for by in (crew.fay, crew.second)))
            == ONCE
        )
    assert recorded("member.invitation_withdrawn", crew.here.pk) == before + ROUNDS


@pytest.mark.breaks_ledger
def test_without_the_lock_an_invitation_would_be_withdrawn_twice(crew: Crew) -> None:
    held = crew.invitation("s")
    calls = [lambda do, by=by: do(by, held) for by in (crew.fay, crew.second)]
    assert unlocked("member.invitation_withdrawn", _is_good, *calls) == BOTH


def test_one_waits_once_however_often_one_asks(crew: Crew) -> None:
    for _ in range(ROUNDS):
        person = crew.somebody()
        assert collide(*[lambda person=person: acts.ask_to_join(person, crew.closed, words="")] * 2) == ONCE


@pytest.mark.breaks_ledger
def test_without_the_act_asking_twice_would_be_an_error(crew: Crew) -> None:
    person = crew.somebody()
    assert unlocked("member.requested", _may_ask, *[lambda do: do(person, crew.closed, words="")] * 2) == AN_ERROR


def test_a_request_has_one_answer(crew: Crew) -> None:
    for _ in range(ROUNDS):
        asked = crew.asked()
        answers = [
            lambda asked=asked, yes=yes: acts.answer_request(crew.fay, asked, admitted=yes) for yes in (True, False)
        ]
        assert collide(*answers) == ONCE
        row = JoinRequest.objects.everywhere("test").get(pk=asked.pk)
        assert times(asked.person, crew.closed) == int(bool(row.admitted))


@pytest.mark.breaks_ledger
def test_without_the_lock_a_request_would_have_two_answers(crew: Crew) -> None:
    asked = crew.asked()
    calls = [lambda do, yes=yes: do(crew.fay, asked, admitted=yes) for yes in (True, False)]
    assert unlocked("member.answered", _waits, *calls) == BOTH


def test_a_role_is_given_once(crew: Crew) -> None:
    for _ in range(ROUNDS):
        person = crew.steward().person

        def grant(by: Person, person: Person = person) -> Callable[[], object]:
            return lambda: acts.grant_role(by, crew.here, person=person, kind=RoleKind.FACILITATOR)

        assert collide(grant(crew.fay), grant(crew.second)) == ONCE
        assert serving(crew, person) == 2


@pytest.mark.breaks_ledger
def test_without_the_act_a_role_given_twice_would_be_an_error(crew: Crew) -> None:
    steward = {"person": crew.lea, "kind": RoleKind.STEWARD}
    calls = [lambda do, by=by: do(by, crew.here, **steward) for by in (crew.fay, crew.second)]
    assert unlocked("role.granted", fits, *calls) == AN_ERROR


def test_a_role_ends_once(crew: Crew) -> None:
    for _ in range(ROUNDS):
        role = crew.steward()
        assert collide(*(lambda by=by, role=role: acts.end_role(by, role) for by in (crew.fay, role.person))) == ONCE
    assert recorded("role.ended", crew.here.pk) == ROUNDS


@pytest.mark.breaks_ledger
def test_without_the_lock_a_role_would_end_twice(crew: Crew) -> None:
    role = crew.steward()
    calls = [lambda do, by=by: do(by, role) for by in (crew.fay, role.person)]
    assert unlocked("role.ended", _may_end, *calls) == BOTH


def handed(by: Person, role: Role, successor: Person) -> Callable[[Any], object]:
    return lambda do: do(by, role, successor=successor)


def test_a_role_is_handed_to_one(crew: Crew) -> None:
    for _ in range(ROUNDS):
        role, before = crew.steward(), [crew.steward() for _ in range(2)]
        heirs = [acts.end_role(crew.fay, one).person for one in before]
        calls = [handed(by, role, heir) for by, heir in zip((crew.fay, role.person), heirs, strict=True)]
        assert collide(*(lambda call=call: call(acts.hand_over_role) for call in calls)) == ONCE  # type: ignore[misc]
        assert serving(crew, role.person, *heirs) == 1


def test_a_role_is_handed_over_or_ends(crew: Crew) -> None:
    for _ in range(ROUNDS):
        role, heir = crew.steward(), acts.end_role(crew.fay, crew.steward()).person
        assert (
            collide(
                lambda role=role: acts.end_role(crew.fay, role),
                lambda role=role, heir=heir: acts.hand_over_role(role.person, role, successor=heir),
            )
            == ONCE
        )


@pytest.mark.breaks_ledger
def test_without_the_lock_a_role_would_be_handed_to_two(crew: Crew) -> None:
    role = crew.steward()
    calls = [handed(crew.fay, role, crew.lea), handed(role.person, role, crew.omar)]
    assert unlocked("role.handed_over", _can_pass_on, *calls) == BOTH
    assert serving(crew, role.person, crew.lea, crew.omar) == 2
