"""A file is read at one sitting, a function at one glance, a line without scrolling.

The budget is design.md's; a change of it has its reason in docs/decisions.
"""

from collections.abc import Iterator
from inspect import getsourcelines, unwrap
from typing import Any

import pytest
from django.urls import URLResolver, get_resolver

from tests.shape.source import modules, templates

LONGEST_VIEW = 16
LONGEST_LINE = 120


def percentile(sizes: list[int], share: float) -> int:
    return sorted(sizes)[int(share * (len(sizes) - 1))]


def _worst(sizes: dict[str, int]) -> str:
    return ", ".join(f"{name} {size}" for name, size in sorted(sizes.items(), key=lambda item: -item[1])[:5])


def files() -> dict[str, int]:
    return {module.name: module.lines for module in modules() if module.lines}


def functions() -> dict[str, int]:
    return {
        f"{module.name}:{function.lineno} {function.name}": (function.end_lineno or 0) - function.lineno + 1
        for module in modules()
        for function in module.functions()
    }


def pages() -> dict[str, int]:
    return {name: source.count("\n") for name, source in templates().items()}


@pytest.mark.parametrize(
    ("sizes", "share", "most"),
    [
        (files, 0.5, 60), (files, 0.9, 150), (files, 1, 300),
        (functions, 0.5, 6), (functions, 0.9, 18), (functions, 1, 40),
        (pages, 0.5, 20), (pages, 1, 80),
    ],
)  # fmt: skip
def test_sizes_keep_to_the_budget(sizes, share: float, most: int) -> None:  # type: ignore[no-untyped-def]
    measured = sizes()
    assert percentile(list(measured.values()), share) <= most, _worst(measured)


def test_a_line_of_a_template_is_read_without_scrolling() -> None:
    """Python's lines are ruff's affair."""
    too_long = [
        f"{name}:{number} {len(line)}"
        for name, source in templates().items()
        for number, line in enumerate(source.splitlines(), 1)
        if len(line) > LONGEST_LINE
    ]
    assert too_long == []


def test_every_function_says_what_it_gives() -> None:
    assert [f"{m.name}:{f.lineno} {f.name}" for m in modules() for f in m.functions() if f.returns is None] == []


def test_views_only_translate() -> None:
    """Parse the form, call the act, render."""
    lines = {f"{view.__module__}.{view.__name__}": len(getsourcelines(view)[0]) for view in routed()}
    assert {name: size for name, size in lines.items() if size > LONGEST_VIEW} == {}


def routed(patterns: Any = None) -> Iterator[Any]:
    """Our functions behind addresses, without their decorators."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routed(pattern.url_patterns)
        elif (view := unwrap(pattern.callback)).__module__.startswith("commonplace."):
            yield view
