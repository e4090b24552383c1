"""A page that shows several phases composes what they brought: it names no file of theirs, and hides nothing."""

import ast
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.template.loader import get_template
from jinja2 import Environment, nodes
from jinja2.meta import find_undeclared_variables

from commonplace.communities.contributions import (
    FirstStep,
    Needs,
    News,
    Panel,
    Panels,
    SearchSource,
    Shelf,
    contribute,
    contributed,
)
from commonplace.ledger.effects import SUBSCRIPTIONS
from commonplace.ledger.registry import ACTS
from tests.shape.source import PACKAGE, Module, modules, templates

SHARED = re.compile(r"(base\.jinja|account\.jinja|(partials|macros)/\w+\.jinja)\Z")
NAMED = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
PARSER = Environment(extensions=["jinja2.ext.i18n"])
LATE = {
    "apps.py": "models are there only once an application is ready",
    "web/serving.py": "settings are read only once the address is known to be free",
    "demo/commands.py": "the example's own settings are read only once its folder is claimed",
    "web/expected.py": "help is quick: Django is loaded only when something went wrong",
}
MINE = (
    "archiving",
    "demo",
    "web",
    "internalizing",
    "communities/contributions",
    "communities/needs",
    "steering/contributions",
)


def ours() -> dict[str, str]:
    """The templates of our own pages: what allauth shows is in Django's language."""
    return {name: source for name, source in templates().items() if "/jinja2/" in name}


def _package(name: str) -> str:
    return name.split("/")[0]


def _drawn_in(source: str) -> Iterator[tuple[str, bool]]:
    """Each template that another one draws in by its name, "" if the name is not written there; and in silence?"""
    for node in PARSER.parse(source).find_all(NAMED):
        yield getattr(node.template, "value", ""), getattr(node, "ignore_missing", False)


def _rendered_by(module: Module) -> Iterator[str]:
    """The beginnings of template names in a module: "web/..." or an f-string's first words."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith(".jinja"):
            yield node.value
        if isinstance(node, ast.JoinedStr) and str(getattr(node.values[-1], "value", "")).endswith(".jinja"):
            yield str(getattr(node.values[0], "value", ""))


def test_a_template_draws_in_its_own_package_s_and_those_that_all_share() -> None:
    foreign = [
        f"{name}: {drawn}"
        for name, source in ours().items()
        for drawn, _silent in _drawn_in(source)
        if drawn and not SHARED.match(drawn) and _package(drawn) != _package(name)
    ]
    assert foreign == []


def test_a_template_that_is_missing_is_an_error() -> None:
    assert [name for name, source in ours().items() for _, silent in _drawn_in(source) if silent] == []


CONTRIBUTED = ("template", "above", "beside")


def test_only_a_contribution_names_a_template_that_is_not_written_there() -> None:
    unwritten = [
        f"{name}:{node.lineno}"
        for name, source in ours().items()
        for node in PARSER.parse(source).find_all(NAMED)
        if not isinstance(node.template, nodes.Const) and getattr(node.template, "attr", "") not in CONTRIBUTED
    ]
    assert unwritten == []


def test_a_phase_s_templates_are_rendered_by_that_phase() -> None:
    phases = {path.name for path in PACKAGE.iterdir() if (path / "jinja2" / path.name).is_dir()}
    foreign = [
        f"{module.name}: {name}"
        for module in modules()
        for name in _rendered_by(module)
        if _package(name) in phases - {_package(module.name)}
    ]
    assert foreign == []


def test_nothing_is_imported_inside_a_function() -> None:
    hidden = [
        f"{module.name}:{node.lineno}"
        for module in modules()
        if module.name.startswith(MINE) and not any(module.name.endswith(late) for late in LATE)
        for function in module.functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_the_first_page_knows_no_phase() -> None:
    """What is composed for it is contributed; communities, on which all stand, it may know."""
    phases = [config.name for config in apps.get_app_configs() if config.name.startswith("commonplace.")]
    known = ("commonplace.web", "commonplace.ledger", "commonplace.communities")
    [home] = [module for module in modules() if module.name == "web/home.py"]
    above = tuple(name for name in phases if name not in known)
    assert [name for name in home.imports() if name.startswith(above)] == []


@pytest.mark.parametrize("kind", [Needs, News, Panels, SearchSource, Shelf, FirstStep])
def test_every_kind_is_brought_and_by_more_than_one(kind: Any) -> None:
    """A seam without a second user would not be here."""
    assert len(contributed(kind)) > 1


def test_lower_layers_come_first() -> None:
    assert [one.name for one in contributed(News)] == ["rounds", "exchanges", "practices", "applications", "openings"]
    assert [one.name for one in contributed(SearchSource)] == ["exchange", "response", "practice"]


def test_a_name_is_given_once() -> None:
    with pytest.raises(ImproperlyConfigured, match="twice"):
        contribute(*contributed(News)[:1])


def test_a_panel_s_template_lies_with_its_phase() -> None:
    panels = Panel.__subclasses__()
    assert panels
    for panel in panels:
        assert _shown(panel)
        for name in _shown(panel):
            assert get_template(name)
            assert _package(name) == panel.__module__.split(".")[1]


def _shown(panel: type[Panel]) -> list[str]:
    """In its place, at the top, beside the title."""
    return [name for name in (panel.template, panel.above, panel.beside) if name]


def test_a_panel_shows_itself_and_nothing_else_of_the_page() -> None:
    """Its template is given `panel`; what else it reads is there on every page, as what its forms carry is."""
    everywhere = {"csrf_input", *_environment().globals}
    for panel in Panel.__subclasses__():
        for name in _shown(panel):
            read = _read_by(templates()[f"{_package(name)}/jinja2/{name}"])
            assert read - everywhere == {"panel"}, name


def _read_by(source: str) -> set[str]:
    return find_undeclared_variables(_environment().parse(source)) - {"_"}


def _environment() -> Environment:
    """In which pages are drawn, with our filters."""
    drawn: Environment = get_template("base.jinja").template.environment  # type: ignore[attr-defined]
    return drawn


def test_search_hears_of_every_act_that_a_source_names() -> None:
    heard = {one.name: one.verbs for one in SUBSCRIPTIONS}
    for source in contributed(SearchSource):
        assert heard[f"search.{source.name}"] == set(source.verbs)
        assert set(source.verbs) <= ACTS.keys()
