"""Nobody does what their role forbids: every act x role x whose it is, every address x role x visibility."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from commonplace.communities.models import Visibility
from commonplace.ledger.registry import ACTS as DECLARED
from commonplace.ledger.registry import doors
from commonplace.ledger.rules import Rule
from commonplace.web.middleware import HEADERS
from tests.story import Story
from tests.trust.expectations import ACTS, ALSO, On, Way, at
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


@pytest.mark.parametrize("says", [True, False])
def test_a_policy_that_is_taken_away_is_noticed(story: Story, says: bool) -> None:
    """The negative control: whichever act let everybody, or nobody, do it, the table would differ."""
    world, mutant = World(story), Rule("whoever", lambda person, target: says)
    assert [verb for verb, row in ACTS.items() if not list(_differences(world, mutant, row, "open"))] == []


def _differences(world: World, rule: Rule, row: On, visibility: str) -> Iterator[str]:
    others = THINGS[row.thing](world, world.somebody)
    for role in ROLES:
        allowed = rule.allows(world.people[role], others)
        if bool(allowed) != (role in at(visibility, row.others)):
            yield f"{role} {'may' if allowed else 'may not'} on a {row.thing}"
        if row.own is not None and role != ANONYMOUS:
            own = THINGS[row.thing](world, world.people[role])
            allowed = rule.allows(world.people[role], own)
            if bool(allowed) != (role in at(visibility, row.own)):
                yield f"{role} {'may' if allowed else 'may not'} on a {row.thing} of their own"


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
        address = reverse(name, kwargs=_parts(name, way, made))
        answer = client.post(address, _typed(way, made)) if way.method == "POST" else client.get(address)
        transaction.set_rollback(True)
    expected = way.expected(role, visibility, own)
    if answer.status_code not in expected:
        yield f"{role}{' on their own' if own else ''} gets {answer.status_code}, not {expected[0]}"
    if missing := set(HEADERS) - set(answer.headers):
        yield f"{role} gets an answer without {missing}"


class Made(dict[str, Any]):
    """Things of one owner, made when they are asked for."""

    def __init__(self, world: World, owner: Any) -> None:
        self.world, self.owner = world, owner

    def __missing__(self, name: str) -> Any:
        self[name] = THINGS[name](self.world, self.owner)
        return self[name]


def _parts(name: str, way: Way, made: Made) -> dict[str, str]:
    parts = {part: _part(spelled, made) for part, spelled in way.at.items()}
    return {"slug": made.world.slug, **parts} if _takes_a_slug(name) else parts


def _part(spelled: str, made: Made) -> str:
    """`exchange` is the id of one, `response.exchange` that of the one it belongs to; all else stands for itself."""
    thing, *further = spelled.split(".")
    if thing not in THINGS:
        return spelled
    row = made[thing]
    for attribute in further:
        row = getattr(row, attribute)
    return str(getattr(row, "pk", row))


def _takes_a_slug(name: str) -> bool:
    return any("slug" in parameters for _, parameters in get_resolver().reverse_dict.getlist(name)[0][0])


def _typed(way: Way, made: Made) -> dict[str, Any]:
    return dict(way.post(made) if callable(way.post) else way.post or {})
