"""What stands at an address, and what is sent there, made for one owner."""

from typing import Any

from django.urls import get_resolver, reverse

from tests.trust.expectations import Way
from tests.trust.things import THINGS
from tests.trust.world import World


class Made(dict[str, Any]):
    """Things of one owner, made when they are asked for."""

    def __init__(self, world: World, owner: Any) -> None:
        self.world, self.owner = world, owner

    def __missing__(self, name: str) -> Any:
        self[name] = THINGS[name](self.world, self.owner)
        return self[name]


def address_of(name: str, way: Way, made: Made) -> str:
    return reverse(name, kwargs=parts(name, way, made))


def parts(name: str, way: Way, made: Made) -> dict[str, str]:
    given = {part: _part(spelled, made) for part, spelled in way.at.items()}
    return {"slug": made.world.slug, **given} if takes_a_slug(name) else given


def _part(spelled: str, made: Made) -> str:
    """`exchange` is the id of one, `response.exchange` that of the one it belongs to; all else stands for itself."""
    thing, *further = spelled.split(".")
    if thing not in THINGS:
        return spelled
    row = made[thing]
    for attribute in further:
        row = getattr(row, attribute)
    return str(getattr(row, "pk", row))


def takes_a_slug(name: str) -> bool:
    return any("slug" in parameters for _, parameters in get_resolver().reverse_dict.getlist(name)[0][0])


def typed(way: Way, made: Made) -> dict[str, Any]:
    return dict(way.post(made) if callable(way.post) else way.post or {})
