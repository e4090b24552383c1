"""What is to do and what is done, as signs: a box that cannot be ticked is no field of a form."""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

_BOX: Final = re.compile(r"\[([ xX])\](?=\s)")
DONE, TO_DO = "\N{BALLOT BOX WITH CHECK}", "\N{BALLOT BOX}"


def tasks_plugin(markdown: MarkdownIt) -> None:
    markdown.core.ruler.after("inline", "tasks", _tick)


def _tick(core: StateCore) -> None:
    for item, paragraph, words in zip(core.tokens, core.tokens[1:], core.tokens[2:], strict=False):
        box = _BOX.match(words.content) if words.type == "inline" else None
        starts_an_item = item.type == "list_item_open" and paragraph.type == "paragraph_open"
        if starts_an_item and box and words.children and words.children[0].content.startswith(box[0]):
            item.attrSet("class", "task")
            first = words.children[0]
            first.content = (TO_DO if box[1] == " " else DONE) + first.content[len(box[0]) :]
