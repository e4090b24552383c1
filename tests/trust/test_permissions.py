"""Nobody does what their role forbids: every act x role x whose it is, every address x role x visibility."""

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from commonplace.communities.models import Community, Visibility, footing
from commonplace.ledger.once import a_page
from commonplace.ledger.registry import ACTS as DECLARED
from commonplace.ledger.registry import doors
from commonplace.ledger.rules import EVERY, NONE, Condition, Rule
from commonplace.web.middleware import HEADERS
from tests.story import Story
from tests.trust.expectations import ACTS, ALSO, NOBODY, On, Way, at
from tests.trust.made import Made, address_of, typed
from tests.trust.routes import GROUPS, ROUTES
from tests.trust.things import THINGS
from tests.trust.world import ANONYMOUS, ROLES, World

pytestmark = pytest.mark.breaks_ledger  # Things are made past the acts.


def test_every_act_has_its_row() -> None:
    assert {act.verb for act in doors()} ^ ACTS.keys() == set()


@pytest.mark.parametrize("visibility", Visibility.values)
def test_who_may_act(story: Story, visibility: str) -> None:
    world = World(story, visibility)
    rows = [*ACTS.items(), *ALSO]
    wrong = [
        f"{verb}: {line}" for verb, row in rows for line in _differences(world, DECLARED[verb].who, row, visibility)
    ]
    assert "\n".join(wrong) == ""


def says(one: bool, other: bool) -> Rule[Any, Any]:
    """For each row by itself, and for the set of them."""
    return Rule("whoever", Condition(lambda person, target: one, lambda person, model: EVERY if other else NONE))


@pytest.mark.parametrize("one", [True, False])
def test_a_policy_that_is_taken_away_is_noticed(story: Story, one: bool) -> None:
    """The negative control: whichever act let everybody, or nobody, do it, the table would differ; but for what the
    rule alone does, which nobody may do."""
    world, mutant = World(story), says(one, one)
    by_the_rule = set() if one else {verb for verb, row in ACTS.items() if (row.others, row.own) == (NOBODY, None)}
    assert {verb for verb, row in ACTS.items() if not list(_differences(world, mutant, row, "open"))} == by_the_rule


def _differences(world: World, rule: Rule[Any, Any], row: On, visibility: str) -> Iterator[str]:
    for role, own, thing in _cases(world, row):
        allowed = rule.allows(world.people[role], thing)
        expected = row.own if own and row.own is not None else row.others
        if bool(allowed) != (role in at(visibility, expected)):
            whose = " of their own" if own else ""
            yield f"{role} {'may' if allowed else 'may not'} on a {row.thing}{whose}"


def _cases(world: World, row: On) -> Iterator[tuple[str, bool, Any]]:
    """Role, whether it is their own, and what it is."""
    others = THINGS[row.thing](world, world.somebody)
    for role in ROLES:
        yield role, False, others
        if row.own is not None and role != ANONYMOUS:
            yield role, True, THINGS[row.thing](world, world.people[role])


@pytest.mark.parametrize("visibility", Visibility.values)
def test_both_faces_of_a_rule_agree(story: Story, visibility: str) -> None:
    """Who may act on a row is shown it among those to act on, and nobody else is."""
    world = World(story, visibility)
    wrong = [
        f"{verb}: {line}" for verb, row in [*ACTS.items(), *ALSO] for line in _quarrels(world, DECLARED[verb].who, row)
    ]
    assert "\n".join(wrong) == ""


@pytest.mark.parametrize("one", [True, False])
def test_faces_that_quarrel_are_noticed(story: Story, one: bool) -> None:
    """The negative control."""
    world, mutant = World(story), says(one, not one)
    unnoticed = {verb for verb, row in ACTS.items() if not list(_quarrels(world, mutant, row))}
    assert unnoticed == {verb for verb, row in ACTS.items() if row.thing == "nothing"}


def _quarrels(world: World, rule: Rule[Any, Any], row: On) -> Iterator[str]:
    for role, own, thing in _cases(world, row):
        person = world.people[role]
        if thing is not None and rule.allows(person, thing) != _among_those(rule, person, thing):
            yield f"{role} on a {row.thing}{' of their own' if own else ''}"


def _among_those(rule: Rule[Any, Any], person: Any, thing: Any) -> bool:
    model = type(thing)
    return bool(model._base_manager.filter(rule.where(person, model), pk=thing.pk).exists())


def test_who_was_deactivated_may_nothing(story: Story) -> None:
    world = World(story)
    for role in ROLES:
        world.people[role].is_active = False
    may = [
        f"{verb}: {role}"
        for verb, row in [*ACTS.items(), *ALSO]
        for role, _own, thing in _cases(world, row)
        for person, rule in [(world.people[role], DECLARED[verb].who)]
        if rule.allows(person, thing) or (thing is not None and _among_those(rule, person, thing))
    ]
    assert may == []


DOORS = {
    "may_see": lambda person: Community.objects.visible_to(person),
    "may_read": lambda person: Community.objects.readable_by(person),
    "may_oversee": lambda person: Community.objects.overseen_by(person),
    "is_member": lambda person: Community.objects.shared_by(person),
    "is_within": lambda person: Community.objects.of(person),
}


@pytest.mark.parametrize("page", [a_page, nullcontext])
@pytest.mark.parametrize("visibility", Visibility.values)
def test_a_page_opens_for_those_to_whom_it_is_listed(story: Story, visibility: str, page: Any) -> None:
    """How a person stands to one community, and the communities to which they stand so; settled for a page or not."""
    world = World(story, visibility)
    wrong = []
    for role in ROLES:
        with page():
            mine = footing(world.people[role], world.here)
            wrong += [
                f"{role} {name}"
                for name, communities in DOORS.items()
                if getattr(mine, name) != communities(world.people[role]).filter(pk=world.here.pk).exists()
            ]
    assert wrong == []


def test_each_door_opens_for_some_and_not_for_others(story: Story) -> None:
    """The negative control: none of them is always open, or always shut."""
    world = World(story, Visibility.PRIVATE)
    stands = [footing(world.people[role], world.here) for role in ROLES]
    assert {name for name in DOORS if len({getattr(one, name) for one in stands}) == 1} == set()


def named_routes(patterns: Any = None, prefix: str = "") -> Iterator[str]:
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            yield from named_routes(
                pattern.url_patterns, prefix + (f"{pattern.namespace}:" if pattern.namespace else "")
            )
        elif isinstance(pattern, URLPattern):
            yield prefix + (pattern.name or f"unnamed {pattern.pattern}")


def test_every_address_has_its_row() -> None:
    assert set(named_routes()) ^ ROUTES.keys() == set()


@pytest.mark.parametrize("visibility", Visibility.values)
@pytest.mark.parametrize("group", GROUPS)
def test_who_gets_what_where(story: Story, group: str, visibility: str) -> None:
    ways = {name: way for name, way in GROUPS[group].items() if _says_something_new(way, visibility)}
    if not ways:
        return
    world = World(story, visibility)
    clients = world.clients()
    wrong = [
        f"{name}: {line}"
        for name, way in ways.items()
        for role in ROLES
        for own in ((False, True) if way.own is not None and role != ANONYMOUS else (False,))
        for line in _answer(world, clients[role], name, way, role, visibility, own)
    ]
    assert "\n".join(wrong) == ""


def _says_something_new(way: Way, visibility: str) -> bool:
    """Open ones are asked about everything, private ones where that matters, closed ones where even that does."""
    other = {"open": None, "private": "open", "closed": "private"}[visibility]
    return other is None or _expected(way, visibility) != _expected(way, other)


def _expected(way: Way, visibility: str) -> list[tuple[int, ...]]:
    return [way.expected(role, visibility, own) for role in ROLES for own in (False, True)]


def _answer(world: World, client: Client, name: str, way: Way, role: str, visibility: str, own: bool) -> Iterator[str]:
    owner = world.people[role] if own else world.somebody
    with transaction.atomic():
        made = Made(world, owner)
        address = address_of(name, way, made)
        answer = client.post(address, typed(way, made)) if way.method == "POST" else client.get(address)
        transaction.set_rollback(True)
    expected = way.expected(role, visibility, own)
    if answer.status_code not in expected:
        yield f"{role}{' on their own' if own else ''} gets {answer.status_code}, not {expected[0]}"
    if missing := set(HEADERS) - set(answer.headers):
        yield f"{role} gets an answer without {missing}"
