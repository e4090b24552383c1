"""Pages carry no script and no style: the security policy forbids both. They speak the language of the field."""

import re

import pytest

from tests.shape.catalog import extracted, spoken
from tests.shape.source import PACKAGE, templates

INLINE = {
    "style=": r"<[^>]*\sstyle\s*=",
    "<style>": r"<style\b",
    "inline script": r"<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)",
    "on...=": r"<[^>]*\son[a-z]+\s*=",
    "hx-on": r"\bhx-on\b",
    "js:": r"""["']\s*(js|javascript):""",
    "trigger filter": r"""hx-trigger\s*=\s*["'][^"']*\[""",
    "another host": r"""\b(src|href|action)\s*=\s*["'](https?:)?//""",
}
FORBIDDEN = re.compile(r"\b(users?|lurkers?|lurking|best practices?|leaderboards?)\b", re.IGNORECASE)
CODE = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}|<!--.*?-->", re.DOTALL)
WRAPPED = re.compile(
    r"{%-?\s*(trans|blocktrans|blocktranslate)\b.*?{%-?\s*end(trans|blocktrans|blocktranslate)\s*-?%}", re.DOTALL
)
CLASS = re.compile(r"{% block width %}\w+{% endblock %}")
TAG = re.compile(r"<[^>]*>", re.DOTALL)
ENTITY = re.compile(r"&#?\w+;")
NAMES = {"Commonplace", "English", "Français", "Markdown"}


@pytest.mark.parametrize("what", INLINE)
def test_no_template_carries(what: str) -> None:
    pattern = re.compile(INLINE[what], re.IGNORECASE)
    assert [name for name, source in templates().items() if pattern.search(CODE.sub("", source))] == []


def test_what_people_read_uses_the_words_of_the_field() -> None:
    marked = [text for message in extracted() for text in spoken(message.id)]
    texts = [*marked, *(TAG.sub(" ", CODE.sub(" ", source)) for source in templates().values())]
    assert [word[0] for text in texts for word in FORBIDDEN.finditer(text)] == []


def test_what_people_read_can_be_translated() -> None:
    bare = {
        name: TAG.sub(" ", CODE.sub(" ", CLASS.sub(" ", WRAPPED.sub(" ", source))))
        for name, source in templates().items()
    }
    words = {name: [w for w in re.findall(r"[A-Za-zÀ-ÿ]{3,}", text) if w not in NAMES] for name, text in bare.items()}
    assert {name: left for name, left in words.items() if left} == {}


def test_a_sentence_is_translated_with_its_punctuation() -> None:
    """French sets a space before a colon; only a translated sentence can."""
    bare = {
        name: ENTITY.sub("", TAG.sub(" ", CODE.sub("", WRAPPED.sub("", text)))) for name, text in templates().items()
    }
    assert {name: left for name, text in bare.items() if (left := re.findall(r".{,20}[:;?!].{,20}", text))} == {}


def test_nothing_is_said_behind_a_piece_of_a_sentence() -> None:
    """In another language a day, a name, a number stands elsewhere in it."""
    glued = re.compile(r'_\("[^"]*"\) *-?\}\}:? *\{\{|_\("[^"]*"\) ~ [\w.]+[|(]|\.split\(":"\)')
    assert {name: left for name, text in templates().items() if (left := glued.findall(text))} == {}
    in_python = re.compile(r"""f["'].*\{n?_\(|\b_\("[^"]*"\) \+ """)
    sources = {path.name: in_python.findall(path.read_text()) for path in PACKAGE.rglob("*.py")}
    assert {name: left for name, left in sources.items() if left} == {}


def test_no_form_leads_to_a_fragment() -> None:
    """A browser that scrolls to one gives the focus to no field."""
    assert [name for name, source in templates().items() if re.search(r'action="[^"]*#', CODE.sub("x", source))] == []


def test_what_scrolls_can_be_scrolled_by_keys() -> None:
    """Long lines of a `pre` scroll within it, on a phone most of all: who has no pointer reads them too."""
    rolls = re.compile(r"<pre(?![^>]*\btabindex=)|class=\"[^\"]*\bscroll\b[^\"]*\"(?![^>]*\btabindex=)")
    assert [name for name, source in templates().items() if rolls.search(source)] == []
