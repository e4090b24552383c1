"""Markdown as people know it from elsewhere, made into HTML that cannot run, load or pretend."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.deflist import deflist_plugin

from commonplace.untrusted import formulas, pictured
from commonplace.untrusted.addresses import addresses_plugin, leads_nowhere
from commonplace.untrusted.alerts import alerts_plugin
from commonplace.untrusted.anchors import anchors_plugin
from commonplace.untrusted.colours import MOST_COLOURED, coloured
from commonplace.untrusted.dollars import dollars_plugin
from commonplace.untrusted.folds import folds_plugin
from commonplace.untrusted.front import parted
from commonplace.untrusted.html import named, own, plain, sanitize
from commonplace.untrusted.mentions import mentions_plugin
from commonplace.untrusted.tags import tags_plugin
from commonplace.untrusted.tasks import tasks_plugin

__all__ = ["files_in", "mentioned", "plain", "render", "render_line", "sanitize"]

BLOCKS: Final = frozenset({
    "paragraph", "heading", "bullet_list", "ordered_list", "blockquote", "table", "dl", "fold",
})  # fmt: skip


def render(text: str, mark: str, names: Collection[str] = ()) -> str:
    """HTML of a member's text, its places named after `mark`. No picture loads but ours, headings begin at the third
    level.

    `names`, folded, of people are marked after an @.
    """
    front, rest = parted(text)
    made = own(_table(front) + _MARKDOWN.render(rest, _env(mark) | {"names": names}))
    return made if "<!--" not in text or plain(made) else own(f"<p>{escapeHtml(text)}</p>")


def mentioned(text: str, names: Collection[str]) -> list[str]:
    """Which of these folded names `render` marks, as they stand in the text."""
    env = _env("") | {"names": names}
    _MARKDOWN.parse(parted(text)[1], env)
    return list(env["mentioned"])


@lru_cache(maxsize=128)
def files_in(text: str) -> Sequence[str]:
    """The ids of files that it shows or links to, each once; none in code. What a guard asked an act has at hand."""
    if "/files/" not in text:
        return ()
    front, rest = parted(text)
    blocks = [*_MARKDOWN.parse(rest, _env(""))]
    for _name, value in front:
        blocks += _MARKDOWN.parseInline(value, _env(""))
    return tuple(dict.fromkeys(pictured.named(blocks)))


def render_line(text: str) -> str:
    """HTML of a remark: emphasis, code and links, one paragraph, no blocks and no places."""
    return own(f"<p>{_MARKDOWN.renderInline(text, _env(''))}</p>")


def _env(mark: str) -> dict[str, Any]:
    return {"mark": f"t-{mark}", "ids": {}}


def _table(front: list[tuple[str, str]]) -> str:
    rows = "".join(
        f"<tr><th>{escapeHtml(name)}</th><td>{_MARKDOWN.renderInline(value, _env(''))}</td></tr>"
        for name, value in front
    )
    return f"<table><tbody>{rows}</tbody></table>" if rows else ""


def _direct(core: StateCore) -> None:
    """Each block is read in the direction of its own first letters."""
    for token in core.tokens:
        if token.nesting == 1 and token.level == 0 and token.type.removesuffix("_open") in BLOCKS:
            token.attrSet("dir", "auto")
        if str(token.attrGet("style") or "").startswith("text-align:"):
            token.attrSet("class", str(token.attrs.pop("style")).removeprefix("text-align:"))


def _mark_linked_pictures(core: StateCore) -> None:
    for token in core.tokens:
        depth = 0
        for child in token.children or ():
            depth += {"link_open": 1, "link_close": -1}.get(child.type, 0)
            child.meta["linked"] = depth > 0


def _picture(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[at]
    address = str(token.attrGet("src") or "")
    label = escapeHtml(named(address, renderer.renderInlineAsText(token.children, options, env)))
    if pictured.ADDRESS.fullmatch(address):
        return pictured.picture(address, label, token.meta["linked"])
    if token.meta["linked"] or leads_nowhere(address):
        return label if token.meta["linked"] else f"{label} ({escapeHtml(address)})"
    return f'<a href="{escapeHtml(address)}">{label}</a>'


def _code(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[at]
    env["code"] = env.get("code", 0) + len(token.content)
    language = token.info.strip().partition(" ")[0]
    if language == "math":
        return _formula(renderer, tokens, at, options, env)
    language = language if env["code"] <= MOST_COLOURED else ""
    return f"<pre><code>{coloured(token.content, language)}</code></pre>\n"


def _formula(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    token, env["formulas"] = tokens[at], env.get("formulas", 0) + 1
    block = token.type != "math_inline"
    made = (formulas.formula if env["formulas"] <= formulas.MOST else formulas.as_typed)(token.content, block)
    return f"<p>{made}</p>\n" if token.block else made


def _made() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    markdown.use(addresses_plugin).use(tags_plugin).use(folds_plugin).use(deflist_plugin).use(tasks_plugin)
    markdown.use(dollars_plugin).use(alerts_plugin).use(anchors_plugin).use(mentions_plugin)
    markdown.core.ruler.push("direct", _direct)
    markdown.core.ruler.push("linked_pictures", _mark_linked_pictures)
    rules: dict[str, Any] = {"image": _picture, "fence": _code}
    for name, rule in (rules | dict.fromkeys(("math_inline", "math_inline_double", "math_block"), _formula)).items():
        markdown.add_render_rule(name, rule)
    return markdown


_MARKDOWN: Final[Any] = _made()
