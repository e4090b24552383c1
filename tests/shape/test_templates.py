"""Pages carry no script and no style of their own, so the security policy can forbid both; and they speak the field's language."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.shape.source import PACKAGE, ROOT, templates

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
NAMES = {"Commonplace", "English", "Français", "Markdown"}


@pytest.mark.parametrize("what", INLINE)
def test_no_template_carries(what: str) -> None:
    found = re.compile(INLINE[what], re.IGNORECASE)
    assert [name for name, source in templates().items() if found.search(CODE.sub("", source))] == []


@pytest.fixture(scope="module")
def sentences(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Every sentence that is marked for translation, in Python and templates: what `make messages` finds."""
    catalog = tmp_path_factory.mktemp("messages") / "django.pot"
    extract = re.search(r"\$\(BABEL\) (extract .*?) -o \S+", (ROOT / "Makefile").read_text())
    assert extract
    command = [
        str(Path(sys.executable).with_name("pybabel")),
        "-q",
        *extract[1].split(),
        "-o",
        str(catalog),
        str(PACKAGE),
    ]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with catalog.open("rb") as file:
        return [
            text for message in read_po(file) for text in ([message.id] if isinstance(message.id, str) else message.id)
        ]


def test_what_people_read_uses_the_words_of_the_field(sentences: list[str]) -> None:
    spoken = [*sentences, *(TAG.sub(" ", CODE.sub(" ", source)) for source in templates().values())]
    assert [found[0] for text in spoken for found in [FORBIDDEN.search(text)] if found] == []


def test_what_people_read_can_be_translated() -> None:
    bare = {
        name: TAG.sub(" ", CODE.sub(" ", CLASS.sub(" ", WRAPPED.sub(" ", source))))
        for name, source in templates().items()
    }
    words = {name: [w for w in re.findall(r"[A-Za-zÀ-ÿ]{3,}", text) if w not in NAMES] for name, text in bare.items()}
    assert {name: found for name, found in words.items() if found} == {}
