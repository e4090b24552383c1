"""The pages of the gallery: by name, who opens each, and where."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from tests.gallery.worlds import World

Page = tuple[str, Callable[[World], str]]


def at(name: str) -> Callable[[World], str]:
    """The page of that name of the world's community."""
    return lambda world: reverse(name, args=[world.here.slug])


def searched(words: str) -> Callable[[World], str]:
    """A search for these in all that is read; of nothing for a word that nobody wrote."""
    return lambda world: f"{reverse('search')}?q={words if world.amount else 'zebra'}"


def sought(name: str) -> Callable[[World], str]:
    """A list of the whole installation: all of it, or as few as some letters leave."""
    return lambda world: reverse(name) + {0: "?q=zzz", 3: "?q=of+3"}.get(world.amount, "")


def filed(world: World) -> str:
    return reverse("topic", args=[world.here.slug, world.topic.pk, world.topic.slug])


PAGES: dict[str, Page] = {
    "home": ("reader", lambda world: "/"),
    "home of a sponsor": ("sponsor", lambda world: "/"),
    "home of a facilitator": ("tends", lambda world: "/"),
    "keys": ("reader", lambda world: reverse("keys")),
    "communities": ("reader", lambda world: reverse("communities")),
    "community": ("reader", at("community")),
    "community, from outside": ("stranger", at("community")),
    "members": ("reader", at("members")),
    "person": ("reader", lambda world: reverse("person", args=[world.here.slug, world.people[0].pk])),
    "ask": ("reader", at("ask")),
    "exchanges": ("reader", at("exchanges")),
    "exchange": ("reader", lambda world: world.exchange.get_absolute_url()),
    "topics": ("reader", at("topics")),
    "topic": ("reader", filed),
    "practices": ("reader", at("practices")),
    "practice": ("reader", lambda world: world.practice.get_absolute_url()),
    "practice, to print": (
        "reader",
        lambda world: reverse("print_practice", args=[world.here.slug, world.practice.pk]),
    ),
    "report of use": ("reader", lambda world: reverse("apply", args=[world.here.slug, world.practice.pk])),
    "rounds": ("reader", at("proposals")),
    "round": ("reader", lambda world: world.round.get_absolute_url()),
    "objectives": ("reader", at("objectives")),
    "objective": ("sponsor", lambda world: world.objective.get_absolute_url()),
    "cycle": ("reader", at("cycle")),
    "search": ("reader", searched("pump")),
    "notices": ("reader", lambda world: reverse("notices")),
    "desk": ("tends", at("desk")),
    "me": ("reader", lambda world: reverse("me")),
    "operator": ("operator", lambda world: reverse("operator")),
    "people": ("operator", sought("people")),
}


def visitor(world: World, who: str) -> Any:
    return None if who == "nobody" else getattr(world, who)
