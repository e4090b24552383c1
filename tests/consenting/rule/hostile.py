"""People who try to bend a round, and the others, who do what people do. By chance, of a seed."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any

from commonplace.consenting.kinds import Ground, How, Outcome, Stand
from tests.consenting.rule.oracle import faults
from tests.consenting.rule.village import Protest
from tests.consenting.rule.world import Refused, World

FACILITATOR, AUTHOR, FRIEND = "facilitator", "author", "friend"
PARTS = ("title", "how", "days", "why", "layout")
Play = Callable[[World, Random], None]


def tried(world: World, act: str, *args: Any) -> bool:
    with suppress(Refused):
        getattr(world, act)(*args)
        return True
    return False


def village(chance: Random) -> World:
    """Three to nine people in up to two units, a facilitator, an author and their friend among them."""
    world = World(judge=faults)
    units = chance.choice([("",), ("north",), ("north", "south"), ("north", "south", ""), ("north", "south", "south")])
    names = [FACILITATOR, AUTHOR, FRIEND, *(f"p{n}" for n in range(chance.randrange(8)))]
    for name in names:
        world.joins(name, chance.choice(units), active=chance.random() < 0.8, facilitator=name == FACILITATOR)
    if chance.random() < 0.3:
        world.people[names[-1]].facilitator = True
    world.quorum, world.hidden = chance.choice([None, 1, 2, 2, 4]), chance.random() < 0.2
    world.days, world.worker_sleeps = chance.randint(3, 10), chance.random() < 0.05
    world.text = world.text.retyped(AUTHOR, "how", chance.randrange(8))
    return world


def protests(world: World) -> list[Protest]:
    return world.open.unsettled() if world.open else []


def people_do(world: World, chance: Random, hostile: tuple[str, ...]) -> None:
    """Most consent, some late, some never; a few object, wait for a change, leave, come back, are sent away."""
    for name in list(world.people):
        if name in hostile or chance.random() < 0.6 or world.open is None:
            continue
        if world.open.own_unsettled(name):
            _waits_for_a_change(world, chance, name)
        elif chance.random() < 0.15:
            tried(world, "speaks", name, Stand.OBJECT, chance.choice([Ground.UNSAFE, Ground.EFFORT]))
        elif chance.random() < 0.1:
            tried(world, "goes", name, chance.choice(["left", "back", "back", "removed"]))
        else:
            stance = chance.choice([Stand.CONSENT, Stand.CONSENT, Stand.CONCERN, Stand.ASIDE])
            tried(world, "speaks", name, stance)
    if world.open and protests(world) and chance.random() < 0.3:
        opener = world.open.opener
        tried(world, "amends", opener, world.text.retyped(opener, chance.choice(["how", "why"])))


def _waits_for_a_change(world: World, chance: Random, name: str) -> None:
    """Whoever objected looks what was done about it, and says so, or nothing, or goes."""
    tried(world, "sees", name)
    for protest in protests(world):
        act, *how = chance.choice([("keeps",), ("settles", How.CHANGE), ("settles", How.WITHDRAWN), *[("sees",)] * 9])
        if protest.raiser == name and act != "sees":
            tried(world, act, name, protest, *how)
    if chance.random() < 0.1:
        tried(world, "goes", name, chance.choice(["left", "removed"]))


def the_facilitator_bends(world: World, chance: Random) -> None:
    """Wants it to fail, or to pass over an objection, or never to end; whoever is in the way is sent away."""
    wanted = chance.choice([Outcome.RETURNED, Outcome.NOT_ACCEPTED, Outcome.ACCEPTED, Outcome.WITHDRAWN])
    other = chance.choice(list(world.people))
    for act, *args in (
        ("decides", FACILITATOR, wanted),
        ("enters", FACILITATOR, other, chance.choice([*Stand])),
        ("goes", other, chance.choice(["removed", "bot", "no bot"])),
        ("amends", FACILITATOR, world.text.retyped(FACILITATOR, chance.choice(PARTS))),
        ("objects_for_another", FACILITATOR, Ground.UNFAIR),
        *(("answers", FACILITATOR, protest) for protest in protests(world)),
        *(("settles", FACILITATOR, protest, chance.choice([*How])) for protest in protests(world)),
        *(("sees", protest.raiser) for protest in protests(world)),
    ):
        if chance.random() < 0.35:
            tried(world, act, *args)
    _bends_the_frame(world, chance, other)


def _bends_the_frame(world: World, chance: Random, other: str) -> None:
    """Another charter, other units, roles given and taken in mid-round."""
    if chance.random() < 0.3:
        world.quorum, world.hidden, world.days = chance.choice([None, 1, 6]), chance.random() < 0.5, 14
        for member in world.people.values() if chance.random() < 0.3 else [world.people[other]]:
            member.unit = chance.choice(["", "north", "north", "south"])
        world.people[other].sponsor = chance.random() < 0.5
        world.people[other].facilitator = chance.random() < 0.3 or other == FACILITATOR


def the_author_bends(world: World, chance: Random) -> None:
    """Says yes for others, changes the text under their consent and back, withdraws when somebody objects."""
    other = chance.choice(list(world.people))
    if world.open and protests(world) and chance.random() < 0.2 and tried(world, "withdraws", AUTHOR):
        return
    tried(world, "speaks", AUTHOR, Stand.CONSENT)
    text = world.text
    for act, *args in (
        ("enters", AUTHOR, other, Stand.CONSENT),
        ("amends", AUTHOR, text.retyped(chance.choice([AUTHOR, other]), chance.choice(PARTS))),
        ("amends", AUTHOR, (world.open.texts[0] if world.open else text).retyped(other, "layout")),
        ("goes", AUTHOR, chance.choice(["left", "back"])),
        ("decides", AUTHOR, chance.choice([*Outcome])),
        *(("settles", AUTHOR, protest, How.CHANGE) for protest in protests(world)),
    ):
        if chance.random() < 0.3:
            tried(world, act, *args)


def two_collude(world: World, chance: Random) -> None:
    """One writes, one agrees; or both object in turn, leave, and take up what the other left; friends join late."""
    against = world.open is not None and world.open.days % 2 == 1
    for name, other in ((AUTHOR, FRIEND), (FRIEND, AUTHOR)):
        stance = Stand.OBJECT if against and chance.random() < 0.5 else Stand.CONSENT
        tried(world, "speaks", name, stance, chance.choice([Ground.UNSAFE, Ground.EFFORT]))
        for act, *args in (
            ("joins", f"late{min(len(world.people), 12)}", "south"),
            ("speaks", list(world.people)[-1], Stand.CONSENT),
            ("enters", name, chance.choice(list(world.people)), Stand.CONSENT),
            ("amends", name, world.text.retyped(other, chance.choice(PARTS))),
            ("goes", name, chance.choice(["left", "back", "back"])),
            ("decides", name, chance.choice([*Outcome])),
            *(("settles", name, protest, How.TAKEN_UP) for protest in protests(world)),
        ):
            if chance.random() < 0.25:
                tried(world, act, *args)


HOSTILE: dict[str, tuple[tuple[str, ...], Play]] = {
    "a facilitator who stalls, returns and bends": ((FACILITATOR,), the_facilitator_bends),
    "an author who amends, withdraws and retypes": ((AUTHOR,), the_author_bends),
    "two who collude": ((AUTHOR, FRIEND), two_collude),
}


def days_pass(world: World, chance: Random) -> None:
    """Often right up to the last seconds before the close."""
    time = timedelta(hours=chance.choice([6, 24, 48, 100]))
    if world.open and chance.random() < 0.3:
        time = max(world.open.ends_at - world.now - timedelta(seconds=30), timedelta(seconds=1))
    world.passes(time)
    if chance.random() < 0.01:
        tried(world, "overtakes")
    if chance.random() < 0.1:
        world.worker_sleeps = not world.worker_sleeps
        world.look()
