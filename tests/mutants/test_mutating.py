"""Each wrong is the one that it says, and leaves the rest of the file as it was."""

from pathlib import Path

import pytest

from tests.mutants.__main__ import _files, _sample
from tests.mutants.mutating import mutants
from tests.mutants.running import ROOT, SOURCE, complaint, concerned_by


def _of(folder: Path, source: str) -> set[tuple[str, str]]:
    path = folder / "file.py"
    path.write_text(source)
    return {(one.wrong, one.source().decode()) for one in mutants(path)}


@pytest.mark.parametrize(
    ("source", "wrong", "mutant"),
    [
        ("a = b == c", "comparison turned", "a = b != c"),
        ("a = (b) < (c)", "comparison turned", "a = (b) <= (c)"),
        ("a = é is None", "comparison turned", "a = é is not None"),
        ("a = b and c and d", "operator turned", "a = b or c and d"),
        ("a = (x | y) & z", "operator turned", "a = (x | y) | z"),
        ("a = not b", "not dropped", "a = (b)"),
        ("a = ~b", "not dropped", "a = (b)"),
        ("a = 3", "constant changed", "a = 4"),
        ("a = 20_000", "constant changed", "a = 0"),
        ("a = True", "constant changed", "a = False"),
        ("def f():\n    if a:\n        raise E\n", "guard dropped", "def f():\n    if a:\n        pass\n"),
        ("must(a)", "call dropped", "pass"),
        ("a = rows.filter(b=c).all()", "filter dropped", "a = (rows).all()"),
        ("a = rows.current()", "filter dropped", "a = (rows)"),
    ],
)
def test_a_wrong_is_what_it_says(tmp_path: Path, source: str, wrong: str, mutant: str) -> None:
    assert (wrong, mutant) in _of(tmp_path, source)


@pytest.mark.parametrize(
    "source", ['"""Words."""', "a: Literal[3]", "if TYPE_CHECKING:\n    b = 3\n", "f = g(max_length=3)"]
)
def test_words_and_types_are_left_alone(tmp_path: Path, source: str) -> None:
    assert _of(tmp_path, source) == set()


def test_a_sample_is_the_same_every_time_and_all_of_it_has_tests() -> None:
    some = _sample(50, 7, "")
    assert some == _sample(50, 7, "") != _sample(50, 8, "")
    assert len(set(some)) == 50
    assert all(concerned_by(path.relative_to(ROOT / SOURCE)) for path in _files())


def test_tests_that_do_not_even_begin_have_noticed(tmp_path: Path) -> None:
    """A wrong may break the start, of which only the other stream speaks."""
    (tmp_path / "conftest.py").write_text("raise SystemExit(3)")
    assert complaint(tmp_path, ["."])
    (tmp_path / "conftest.py").write_text("")
    (tmp_path / "test_one.py").write_text("def test_one():\n    assert True\n")
    assert complaint(tmp_path, ["test_one.py"]) == ""
    (tmp_path / "test_one.py").write_text("def test_one():\n    assert False\n")
    assert complaint(tmp_path, ["test_one.py"])
