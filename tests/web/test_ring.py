"""The labels of the ring stay within their bands, in whatever language they are."""

import re

import pytest
from django.template import engines
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

RING = """{% from "macros/ring.jinja" import ring %}
{{ ring("t", "d", ext=(1, ext, ""), obj=(2, obj, ""), int=(3, int, ""), gaps=gaps, hub=(4, hub, "")) }}"""
LINE = re.compile(r'<tspan class="l" x="(\d+)"[^>]*>([^<]*)<')
MOST = {"524": 11, "76": 11, "404": 16, "196": 16, "300": 20}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_line_is_longer_than_its_place(language: str) -> None:
    with translation.override(language):
        words = {
            "ext": ngettext("exchange open", "exchanges open", 2),
            "obj": _("being agreed"),
            "int": _("taken up"),
            "hub": ngettext("practice held", "practices held", 2),
            "gaps": [(1, _("written down")), (1, _("to agree, for half")), (1, _("to be used, for half"))],
        }
        drawn = engines["jinja2"].from_string(RING).render(words)
    lines = LINE.findall(drawn)
    assert {x for x, _words in lines} == set(MOST)
    assert [words for x, words in lines if len(words.replace("&#39;", "’")) > MOST[x]] == []
    assert sorted(" ".join(one for x, one in lines if x == "524").split()) == sorted(words["obj"].split())
