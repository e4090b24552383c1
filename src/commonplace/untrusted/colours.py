"""Code with what its language means by it: a few classes, made here, so that the page needs no script."""

import html as entities
import re
from functools import lru_cache
from itertools import groupby
from typing import Any, Final

from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, Number, String
from pygments.util import ClassNotFound

# Of one text: some grammars take the square of what was made to be slow.
MOST_COLOURED: Final = 8_000
_MANY_BLANK_LINES: Final = re.compile(r"(?:\n[ \t]*){10}")
CLASSES: Final = {
    "kw": (Keyword, Name.Tag), "st": (String,), "co": (Comment,), "nu": (Number,),
    "na": (Name.Function, Name.Class, Name.Decorator, Name.Attribute),
}  # fmt: skip
# Those that people here write, each tried with texts made to be slow.
LANGUAGES: Final = frozenset({
    "bash", "bat", "c", "c#", "c++", "cpp", "csharp", "css", "diff", "docker", "dockerfile", "go", "groovy",
    "haskell", "html", "http", "ini", "java", "javascript", "js", "json", "jsx", "julia", "kotlin", "latex",
    "lua", "matlab", "nginx", "objective-c", "octave", "pascal", "perl", "php",
    "postgresql", "powershell", "properties", "py", "python", "python3", "r", "rb", "rs", "ruby", "rust",
    "scala", "sh", "shell", "sql", "st", "swift", "tex", "toml", "ts", "tsx", "typescript", "vb.net", "verilog",
    "vhdl", "xml", "yaml", "yml", "zsh",
})  # fmt: skip


def coloured(code: str, language: str) -> str:
    """Escaped code, with spans where its language is known."""
    lexer = _lexer(language.casefold()) if not _MANY_BLANK_LINES.search(code) else None
    if lexer is None:
        return entities.escape(code, quote=False)
    tokens = ((_class_of(kind), text) for kind, text in lexer.get_tokens(code))
    runs = ((name, "".join(text for _name, text in run)) for name, run in groupby(tokens, key=lambda token: token[0]))
    return "".join(_span(name, entities.escape(text, quote=False)) for name, text in runs)


def _span(name: str, text: str) -> str:
    return f'<span class="{name}">{text}</span>' if name and text.strip() else text


@lru_cache(maxsize=128)
def _lexer(language: str) -> Any:
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False) if language in LANGUAGES else None
    except ClassNotFound:
        return None


@lru_cache(maxsize=512)
def _class_of(kind: Any) -> str:
    return next((name for name, kinds in CLASSES.items() if any(kind in one for one in kinds)), "")
