"""The rows behind the names of a scenario, as they come to be."""

from typing import Any, TypeVar

from django.db import models

from commonplace.communities.models import Community, Person
from commonplace.demo.unreadable import ScenarioError

M = TypeVar("M", bound=models.Model)


class World:
    """`keep` what has come to be under its name; `the` finds it again."""

    def __init__(self) -> None:
        self._rows: dict[tuple[type[models.Model], str], Any] = {}

    def keep(self, name: str, row: models.Model) -> None:
        self._rows[type(row), name] = row

    def the(self, kind: type[M], name: str) -> M:
        try:
            row: M = self._rows[kind, name]
        except KeyError:
            raise ScenarioError(kind.__name__.lower(), f"nothing is called {name!r} yet") from None
        return row

    def person(self, name: str) -> Person:
        return self.the(Person, name)

    def community(self, name: str) -> Community:
        return self.the(Community, name)
