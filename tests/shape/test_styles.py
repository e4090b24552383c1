"""A sheet of one phase leaves alone what stands on every page."""

import re
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parents[2] / "src/commonplace"
FRAME = ("base", "partials/top", "partials/strip", "partials/place", "partials/notices", "partials/foot")


def test_no_sheet_of_a_phase_restyles_the_frame() -> None:
    frame = set(_classes_of_the_frame())
    assert "ask" in frame
    sheets = [path for path in HERE.glob("*/static/**/*.css") if path.parts[len(HERE.parts)] != "web"]
    assert [f"{path.name} .{name}" for path in sheets for name in _alone(path.read_text()) if name in frame] == []


def _classes_of_the_frame() -> Iterator[str]:
    for name in FRAME:
        template = (HERE / f"web/jinja2/{name}.jinja").read_text()
        for words in re.findall(r'class="([^"{]*)', template):
            yield from words.split()


def _alone(sheet: str) -> list[str]:
    """Classes that a rule names first and by themselves."""
    return re.findall(r"(?m)^\s*\.([\w-]+)(?=[\s,{>:])", sheet)
