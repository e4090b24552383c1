"""A file is read at one sitting, a function at one glance. The budget is design.md's; a change of it has its reason in docs/decisions."""

import statistics

import pytest

from tests.shape.source import modules, templates


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
    found = sizes()
    assert percentile(list(found.values()), share) <= most, _worst(found)


def test_every_function_says_what_it_gives() -> None:
    assert [f"{m.name}:{f.lineno} {f.name}" for m in modules() for f in m.functions() if f.returns is None] == []


def test_views_only_translate() -> None:
    """Parse the form, call the act, render."""
    views = [(m, f) for m in modules() if "/views/" in m.name for f in m.functions()]
    long = [f"{m.name}:{f.lineno} {f.name}" for m, f in views if (f.end_lineno or 0) - f.lineno + 1 > 25]
    assert long == []
    assert statistics.median((f.end_lineno or 0) - f.lineno + 1 for _, f in views) <= 9
