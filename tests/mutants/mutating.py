"""Small wrongs that one could do to a file: a comparison turned, a constant changed, a guard or a filter dropped."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.shape.source import parsed

TURNED: dict[type[ast.cmpop], str] = {
    ast.Eq: "!=", ast.NotEq: "==", ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">",
    ast.Is: "is not", ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in",
}  # fmt: skip
FILTERS = {"filter", "exclude", "current", "standing", "open", "in_force", "shown", "waiting", "due", "since"}
# A bound one higher is the same bound; one of nought is none.
LARGE = 10
# Of these nobody could tell the difference, or only a type checker or the database's own limits.
NEVER_MEANT = {
    *("warnings", "help", "max_length", "related_name", "violation_error_message", "verbose_name"),
    *("slots", "frozen", "frozen_default", "kw_only_default"),
}


@dataclass(frozen=True)
class Mutant:
    """In `path`, from byte `start` to `end`, `text` instead of what stands there."""

    path: Path
    line: int
    wrong: str
    start: int
    end: int
    text: str

    def source(self) -> bytes:
        before = self.path.read_bytes()
        return before[: self.start] + self.text.encode() + before[self.end :]

    def __str__(self) -> str:
        before = self.path.read_bytes()[self.start : self.end].decode()
        return f"{self.path}:{self.line} {self.wrong}: {_short(before)} -> {_short(self.text)}"


def mutants(path: Path) -> list[Mutant]:
    """All of one file, in their order, each of which still parses."""
    file = _File(path)
    places = [mutant for node in file.nodes() for mutant in file.wrongs(node)]
    return [mutant for mutant in places if _parses(mutant.source())]


class _File:
    def __init__(self, path: Path) -> None:
        self.path, self.source = path, path.read_bytes()
        starts = [0]
        for line in self.source.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        self.starts = starts

    def nodes(self) -> Iterator[ast.AST]:
        """Of what runs: not of annotations, of what stands for type checkers, or of words."""
        todo: list[ast.AST] = [parsed(self.source)]
        while todo:
            node = todo.pop(0)
            yield node
            for name, value in ast.iter_fields(node):
                if name not in ("annotation", "returns", "type_params") and not _is_for_types(node):
                    many = value if isinstance(value, list) else [value]
                    todo += [one for one in many if isinstance(one, ast.AST) and not _is_words(one)]

    def wrongs(self, node: ast.AST) -> Iterator[Mutant]:
        yield from self._of_expressions(node)
        if isinstance(node, ast.Raise):
            yield self._instead(node, "guard dropped", "pass")
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            yield self._instead(node, "call dropped", "pass")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in FILTERS:
            yield self._instead(node, "filter dropped", self._text(node.func.value))

    def _of_expressions(self, node: ast.AST) -> Iterator[Mutant]:
        match node:
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                yield self._between(left, right, "comparison turned", TURNED[type(op)])
            case ast.BoolOp(op=op, values=[left, right, *_]):
                yield self._between(left, right, "operator turned", "or" if isinstance(op, ast.And) else "and")
            case ast.BinOp(op=ast.BitAnd() | ast.BitOr() as op, left=left, right=right):
                yield self._between(left, right, "operator turned", "|" if isinstance(op, ast.BitAnd) else "&")
            case ast.UnaryOp(op=ast.Not() | ast.Invert(), operand=operand):
                yield self._instead(node, "not dropped", self._text(operand))
            case ast.Constant(value=bool() as value):
                yield self._instead(node, "constant changed", str(not value))
            case ast.Constant(value=int() as value):
                yield self._instead(node, "constant changed", str(value + 1 if value < LARGE else 0))

    def _instead(self, node: ast.AST, wrong: str, text: str) -> Mutant:
        return Mutant(self.path, _line(node), wrong, *self._place(node), text)

    def _between(self, left: ast.expr, right: ast.expr, wrong: str, operator: str) -> Mutant:
        """With another operator; the parentheses around the two stay."""
        start, end = self._place(left)[1], self._place(right)[0]
        between = self.source[start:end].decode()
        closing, opening = between.count(")"), between.count("(")
        return Mutant(self.path, _line(left), wrong, start, end, f"{')' * closing} {operator} {'(' * opening}")

    def _place(self, node: ast.AST) -> tuple[int, int]:
        assert isinstance(node, ast.expr | ast.stmt)
        assert node.end_lineno
        assert node.end_col_offset is not None
        return self.starts[node.lineno - 1] + node.col_offset, self.starts[node.end_lineno - 1] + node.end_col_offset

    def _text(self, node: ast.expr) -> str:
        start, end = self._place(node)
        return f"({self.source[start:end].decode()})"


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _is_words(node: ast.AST) -> bool:
    return isinstance(node, ast.keyword) and node.arg in NEVER_MEANT


def _line(node: ast.AST) -> int:
    return int(getattr(node, "lineno", 0))


def _parses(source: bytes) -> bool:
    try:
        compile(source, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) < 60 else f"{words[:57]}..."
