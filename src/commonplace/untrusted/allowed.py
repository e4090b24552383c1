"""What may stay of HTML: tags, attributes, classes, each by its name."""

from typing import Final

TAGS: Final = frozenset({
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "details", "dl", "dt", "em", "h3", "h4", "h5",
    "h6", "hr", "i", "ins", "kbd", "li", "mark", "ol", "p", "pre", "s", "samp", "strong", "sub", "summary",
    "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
})  # fmt: skip
# No address, no style, no class, no link: of a formula only what it looks like, and what was typed.
MATH: Final = frozenset({
    "math", "menclose", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom",
    "mprescripts", "mroot", "mrow", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd",
    "mtext", "mtr", "munder", "munderover", "none",
})  # fmt: skip
_OF_MATH: Final = frozenset({
    "accent", "accentunder", "columnalign", "columnlines", "columnspacing", "depth", "displaystyle", "fence",
    "form", "height", "largeop", "linethickness", "lspace", "mathvariant", "maxsize", "minsize",
    "movablelimits", "notation", "rowlines", "rowspacing", "rspace", "scriptlevel", "separator", "stretchy",
    "symmetric", "voffset", "width",
})  # fmt: skip
ATTRIBUTES: Final[dict[str, set[str]]] = {
    "*": set(), "a": {"href"}, "ol": {"start"}, "details": {"open"}, "math": {"display", "alttext"},
    **{tag: set(_OF_MATH) for tag in MATH - {"math"}},
}  # fmt: skip
# What may be wider than the page scrolls in itself, and the keyboard reaches it.
REACHED: Final = {"pre": {"tabindex": "0"}, "table": {"tabindex": "0"}}
SCHEMES: Final = {"http", "https", "mailto"}
# In our own text, where it holds nothing but digits: other signs are commands to a telephone.
OWN_SCHEMES: Final = SCHEMES | {"tel"}
# Only where our own renderer wrote it.
PLACES: Final = {tag: {"id"} for tag in ("h3", "h4", "h5", "h6", "li", "sup")}
SHOWN: Final = {"img": {"loading": {"lazy"}}}
DIRECTIONS: Final = {
    tag: {"dir": {"auto"}} for tag in ("p", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote", "table", "details")
}
_SIDES: Final = {"left", "right", "center"}
CLASSES: Final = {
    "td": _SIDES, "th": _SIDES, "span": {"kw", "st", "co", "nu", "na", "named"}, "ol": {"notes"}, "li": {"task"},
}  # fmt: skip
