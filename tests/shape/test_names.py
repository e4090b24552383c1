"""One name, one meaning: what these five mean elsewhere has a name of its own there (footing, evidence, matches)."""

import ast
from collections.abc import Iterator

from tests.shape.source import ROOT, parsed

MEANT = {
    ("found", "src/commonplace/communities/acts/founding.py"): "the act of founding a community",
    ("found", "src/commonplace/archiving/importing/founding.py"): "the same act, for an archive that has none yet",
    ("found", "tests/story.py"): "the same act, in a story",
    ("standing", "src/commonplace/consenting/models/objection.py"): "the objections that stand",
    ("standing", "src/commonplace/consenting/rule/tally.py"): "how many objections stand",
    ("standing", "src/commonplace/consenting/evidence.py"): "how many objections stand",
    ("standing", "src/commonplace/consenting/acts/withdrawing.py"): "how many objections stand",
    ("state", "src/commonplace/steering/acts/stating.py"): "the act of stating an objective",
}
RESERVED = {"found", "said", "standing", "state", "told"}


def given(tree: ast.AST) -> Iterator[str]:
    """The names that a module gives: to functions, classes, arguments, values and attributes."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield name
            case ast.alias(asname=str(name)) | ast.ExceptHandler(name=str(name)):
                yield name


def test_names_given_elsewhere_keep_their_one_meaning() -> None:
    double = [
        f"{place}: {name}"
        for place, tree in trees()
        for name in RESERVED & {name.lstrip("_") for name in given(tree)}
        if (name, place) not in MEANT
    ]
    assert double == []


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted([*ROOT.glob("src/commonplace/**/*.py"), *ROOT.glob("tests/**/*.py")]):
        place = path.relative_to(ROOT)
        yield str(place), parsed(path.read_text())
