"""A rule is one statement with two faces: whatever is combined, a row passes if it is among those that pass."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonplace.communities.models import Person
from commonplace.ledger.rules import Condition, Rule, about, among, has, lacks, names

PEOPLE = ("a", "b", "c")
VALUES = (None, *PEOPLE)


def _models() -> tuple[type[Any], type[Any]]:
    class Site(models.Model):
        keeper = models.CharField(max_length=4, null=True)

        class Meta:
            app_label, db_table = "ledger", "toy_site"

    class Pump(models.Model):
        opener = models.CharField(max_length=4, null=True)
        kind = models.CharField(max_length=4, null=True)
        site = models.ForeignKey(Site, models.CASCADE, null=True, related_name="+")

        class Meta:
            app_label, db_table = "ledger", "toy_pump"

    return Site, Pump


class Pumps:
    """One for every combination of values, some nowhere, all else NULL where it can be."""

    def __init__(self, site: type[Any], pump: type[Any]) -> None:
        self.site, self.pump = site, pump
        sites = [None, *(site.objects.create(keeper=keeper) for keeper in VALUES)]
        self.rows = [
            pump.objects.create(opener=opener, kind=kind, site=where)
            for opener in VALUES[:3]
            for kind in VALUES[:3]
            for where in sites
        ]


@pytest.fixture(scope="module")
def pumps(django_db_setup: None, django_db_blocker: Any) -> Iterator[Pumps]:
    with isolate_apps("commonplace.ledger"), django_db_blocker.unblock():
        site, pump = _models()
        with connection.schema_editor() as editor:
            editor.create_model(site)
            editor.create_model(pump)
        yield Pumps(site, pump)
        with connection.schema_editor() as editor:
            editor.delete_model(pump)
            editor.delete_model(site)


Build = Callable[[Pumps], Condition[Any, Any]]
PATHS = ("opener", "kind", "site__keeper")
paths = st.sampled_from(PATHS)


def _openers(pumps: Pumps) -> Callable[[Any], Any]:
    """A list of keys in which some are nothing."""
    return lambda person: pumps.pump.objects.filter(kind=person.pk).values("opener")


conditions: st.SearchStrategy[Build] = st.recursive(
    st.one_of(
        st.builds(lambda path: lambda pumps: names(path), paths),
        st.builds(lambda path, some: lambda pumps: has(path, *some), paths, st.lists(st.sampled_from(PEOPLE))),
        st.builds(lambda path: lambda pumps: lacks(path), st.sampled_from((*PATHS, "site"))),
        st.builds(lambda path: lambda pumps: among(path, _openers(pumps)), paths),
        st.builds(lambda one: lambda pumps: about(lambda person: person.pk == one), st.sampled_from(PEOPLE)),
    ),
    lambda inner: st.one_of(
        st.builds(lambda one, other: lambda pumps: one(pumps) & other(pumps), inner, inner),
        st.builds(lambda one, other: lambda pumps: one(pumps) | other(pumps), inner, inner),
        st.builds(lambda one: lambda pumps: ~one(pumps), inner),
    ),
    max_leaves=6,
)


def _passing(condition: Condition[Any, Any], person: Any, pumps: Pumps) -> tuple[set[int], set[int]]:
    """Row by row, and as a set."""
    one_by_one = {row.pk for row in pumps.rows if condition.allows(person, row)}
    return one_by_one, set(pumps.pump.objects.filter(condition.where(person, pumps.pump)).values_list("pk", flat=True))


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(build=conditions, who=st.sampled_from(VALUES))
def test_the_two_faces_agree(pumps: Pumps, django_db_blocker: Any, build: Build, who: str | None) -> None:
    """What is nothing too, on either side of a "not"; and for somebody without an id."""
    with django_db_blocker.unblock():
        one_by_one, as_a_set = _passing(build(pumps), SimpleNamespace(pk=who), pumps)
    assert one_by_one == as_a_set


@pytest.mark.parametrize("path", PATHS)
def test_what_is_nothing_is_not_somebodys_and_not_among_any(pumps: Pumps, django_db_blocker: Any, path: str) -> None:
    person = SimpleNamespace(pk="a")
    with django_db_blocker.unblock():
        for condition in (names(path), has(path, "a"), among(path, _openers(pumps))):
            without, same = _passing(~condition & lacks(path), person, pumps)
            nothing, _ = _passing(lacks(path), person, pumps)
            assert without == same == nothing != set()


def test_nothing_is_no_value() -> None:
    with pytest.raises(ValueError, match="lacks"):
        has("kind", "a", None)


def test_who_is_nobody_is_named_nowhere(pumps: Pumps, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        assert _passing(names("opener"), SimpleNamespace(pk=None), pumps) == (set(), set())


def test_a_rule_says_for_whom_it_is_and_two_say_both() -> None:
    one, other = Rule("members", about(lambda person: False)), Rule("sponsors", about(lambda person: True))
    assert (one | other).words == "members, or sponsors"
    assert (one | other).allows(None, None)
    assert not one.allows(None, None)


def test_a_path_may_depend_on_the_row(db: None) -> None:
    person = Person.objects.create(name="Lea", email="lea@example.org")
    themselves = names(lambda model: "pk")
    assert themselves.allows(person, person)
    assert Person.objects.filter(themselves.where(person, Person)).get() == person
